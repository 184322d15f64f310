"""笔记本里的显示：一小段转义过的网页。只用已经读出的内容，不触发标注。"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from zlib import crc32

from jiaoyan_nlp.reports.headings import heading, word
from jiaoyan_nlp.reports.html import clean, environment, percent
from jiaoyan_nlp.reports.marks import compare
from jiaoyan_nlp.reports.rows import records, share_of
from jiaoyan_nlp.reports.settings import whole
from jiaoyan_nlp.types import KINDS

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup

    from jiaoyan_nlp.comparing.build import Comparison
    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.reuse import CopyReport
    from jiaoyan_nlp.types import Document


def corpus_html(corpus: Corpus) -> str:
    """一批文档：多少篇、多少所学校、前几篇是什么。"""
    documents = list(corpus)
    most = whole("notebook", "documents")
    kinds = Counter(d.meta.kind for d in documents)
    return _render(
        "corpus.html",
        size=len(documents),
        kinds="，".join(f"{word('kind', kind)} {kinds[kind]}" for kind in KINDS if kinds[kind]),
        schools=len({d.meta.school for d in documents if d.meta.school}),
        notes=len(corpus.notes),
        rows=[(d.meta.school or "", word("kind", d.meta.kind), d.meta.title or "", d.file) for d in documents[:most]],
        more=max(0, len(documents) - most),
    )


def document_html(document: Document) -> str:
    """一篇文档：标题、元数据、栏目、载入时的记录。"""
    meta = document.meta
    details = (word("kind", meta.kind), meta.school, meta.term, meta.subject, meta.date, document.file)
    return _render(
        "document.html",
        title=meta.title or "（无标题）",
        details=[*(d for d in details if d), f"{len(document.text)} 字"],
        outline=[(2 * (s.level - 1), f"{s.number}{s.title}") for s in document.sections if s.title],
        notes=document.notes,
    )


def comparison_html(comparison: Comparison) -> str:
    """各组的比较：一组一行，活动、数量、目标、问题各有几种；其余的表只写名称。"""
    most, low = whole("notebook", "documents"), "低于要求"
    amounts = comparison.quantities
    mine = {str(name): part["mark"] for name, part in amounts.groupby(amounts.columns[0])}
    counts = [
        [len({str(c).split("·")[0] for c in row.index[row > 0]}) for _, row in frame.iterrows()]
        for frame in (comparison.coverage, comparison.goals, comparison.problems)
    ]
    rows = [
        (name, activities, len(mine.get(name, ())), list(mine.get(name, ())).count(low), goals, problems)
        for name, activities, goals, problems in zip(map(str, comparison.coverage.index), *counts, strict=True)
    ]
    return _render(
        "comparison.html",
        size=len(rows),
        by=heading(comparison.by),
        rows=rows[:most],
        more=max(0, len(rows) - most),
        coverage=_drawn("coverage", comparison.coverage) if comparison.coverage.size else "",
    )


def copies_html(report: CopyReport) -> str:
    """雷同排查的结果：各篇的相同比例排行，最长的几段并排对照。"""
    most, longest = whole("notebook", "passages"), whole("copies", "longest")
    passages = sorted(records(report.passages), key=lambda row: -len(row["text"]))
    ranking = [(row["file"], share) for row in records(report.documents) if (share := share_of(row))]
    ranking.sort(key=lambda pair: (-pair[1], pair[0]))
    shown = [
        (row["kind"], row["file"], row["source_file"], compare(row["text"][:longest], row["source_text"][:longest]))
        for row in passages[:most]
    ]
    charts = []
    if len(report.pairs):
        charts = [("学校之间的相同文字", _drawn("matrix", report)), ("谁与谁同源", _drawn("clusters", report))]
    return _render(
        "copies.html",
        charts=charts,
        passages=len(passages),
        documents=len({row["document"] for row in passages}),
        ranking=[(file, percent(share)) for file, share in ranking[: whole("notebook", "documents")]],
        shown=shown,
        more=max(0, len(passages) - most),
    )


def _drawn(name: str, given: CopyReport | pd.DataFrame) -> Markup:
    """一张图的 SVG；同一个笔记本里可能有好几份，编号按内容分开。"""
    from markupsafe import Markup

    from jiaoyan_nlp.reports import charts
    from jiaoyan_nlp.reports.vector import svg

    chart = getattr(charts, name)(given)
    unique = f"{name}-{crc32(repr(chart.tips).encode('utf-8', 'replace')):x}"
    return Markup(svg(chart, unique, {}))  # noqa: S704  # 图里的文字由 lxml 转义过


def _render(template: str, **values: object) -> str:
    return clean(environment().get_template(template).render(values))
