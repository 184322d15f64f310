"""笔记本里的显示：一小段转义过的网页。只用已经读出的内容，不触发标注。"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jiaoyan_nlp.reports.headings import word
from jiaoyan_nlp.reports.html import clean, environment, percent
from jiaoyan_nlp.reports.marks import compare
from jiaoyan_nlp.reports.rows import records, share_of
from jiaoyan_nlp.reports.settings import whole
from jiaoyan_nlp.types import KINDS

if TYPE_CHECKING:
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
    """一篇文档：标题、元数据、栏目。"""
    meta = document.meta
    details = (word("kind", meta.kind), meta.school, meta.term, meta.subject, meta.date, document.file)
    return _render(
        "document.html",
        title=meta.title or "（无标题）",
        details=[*(d for d in details if d), f"{len(document.text)} 字"],
        outline=[(2 * (s.level - 1), f"{s.number}{s.title}") for s in document.sections if s.title],
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
    return _render(
        "copies.html",
        passages=len(passages),
        documents=len({row["document"] for row in passages}),
        ranking=[(file, percent(share)) for file, share in ranking[: whole("notebook", "documents")]],
        shown=shown,
        more=max(0, len(passages) - most),
    )


def _render(template: str, **values: object) -> str:
    return clean(environment().get_template(template).render(values))
