"""Excel 报告：一张结果表一张工作表，中文列名，能筛选；问题连到依据；用户的文字一律存成文本，不会变成公式。"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jiaoyan_nlp.follow_up import follow_up_rates
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.reports.headings import chinese, word
from jiaoyan_nlp.reports.marks import without
from jiaoyan_nlp.reports.rows import joined, text_of
from jiaoyan_nlp.reports.sheets import Link, fill_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    from openpyxl import Workbook

    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.reports.results import Results
    from jiaoyan_nlp.reports.sheets import Value
    from jiaoyan_nlp.reports.view import Issue, Overview, Paper, School

EVIDENCE = "依据"
Row = tuple["Value", ...]


def write(view: Overview, results: Results, path: Path) -> None:
    """把报告的内容写成工作簿。抛出：OSError 写不进去。"""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    cited: list[Row] = []
    issues = list(_issues(view, cited))
    _sheet(book, "学校总览", list(_schools(view, issues)))
    _sheet(book, "问题", issues)
    _sheet(book, EVIDENCE, cited)
    _sheet(book, "雷同", list(_copies(view)))
    _sheet(book, "文档", list(_papers(view)))
    for name, frame in _frames(results).items():
        _frame(book, name, _named(frame, results.corpus), view.secrets)
    _sheet(book, "读取记录", [(r.file, r.code, r.message, r.advice) for r in view.remarks])
    book.save(path)


def _frames(results: Results) -> dict[str, pd.DataFrame]:
    """照原样写的结果表：工作表名 → 表。"""
    copies, comparison, corpus = results.copies, results.comparison, results.corpus
    frames = {"记分卡": results.card}
    if comparison is not None:
        frames |= {
            "活动覆盖": comparison.coverage.reset_index(),
            "数量比较": comparison.quantities,
            "目标": comparison.goals.reset_index(),
            "问题类别": comparison.problems.reset_index(),
            "目标与问题举例": comparison.examples,
            "问题与措施": comparison.answers,
            "栏目": comparison.structure.rename(columns=partial(word, "role")).reset_index(),
            "特有用词": comparison.distinctive,
            "各学期活动": comparison.trends.reset_index(),
        }
    return frames | {
        "兑现比例": follow_up_rates(results.follow_up),
        "计划兑现": results.follow_up,
        "雷同文档": copies.documents,
        "雷同文档对": copies.pairs,
        "同源": copies.clusters,
        "通用文字": copies.shared,
        "文件来历": copies.same_origin,
        **{name: corpus.table(key) for name, key in FACTS.items()},
    }


FACTS = {
    "活动": "activities",
    "数量": "quantities",
    "日程": "schedule",
    "分工": "roles",
    "课题": "topics",
    "获奖": "awards",
}


def _schools(view: Overview, issues: Sequence[Row]) -> Iterator[Row]:
    """各校；校名连到它的第一个问题。"""
    first: dict[Value, int] = {}
    for line, row in enumerate(issues, 2):
        first.setdefault(row[0], line)
    for s in view.schools:
        name = Link(s.name, "问题", first[s.name]) if s.name in first else s.name
        yield name, s.plans, s.summaries, s.others, *s.counts.values(), s.score, s.rate, s.share


def _issues(view: Overview, cited: list[Row]) -> Iterator[Row]:
    """各处问题；有原文的连到依据里的一行，依据再连回来。"""
    line = 1
    for school, paper, i in _every_issue(view):
        line += 1
        title, kind, file = (paper.title, paper.kind, paper.file) if paper else ("", "", "")
        words: Value = i.evidence
        if i.excerpt and i.evidence:
            words = Link(i.evidence, EVIDENCE, len(cited) + 2)
            around = f"{i.excerpt.before}【{i.excerpt.words}】{i.excerpt.after}"
            cited.append((Link(i.rule, "问题", line), i.name, school.name, title, around, file))
        yield school.name, title, kind, i.rule, i.name, i.severity, words, i.message, i.advice, file


def _every_issue(view: Overview) -> Iterator[tuple[School, Paper | None, Issue]]:
    for school in view.schools:
        yield from ((school, None, i) for group in school.groups for i in group.issues)
        yield from ((school, paper, i) for paper in school.papers for i in paper.issues)


def _copies(view: Overview) -> Iterator[Row]:
    for school in view.schools:
        for paper in school.papers:
            for a in paper.alike:
                yield (
                    school.name, paper.title, a.text, a.source.label, a.source_text, a.relation, a.kind,
                    a.length, a.similarity, a.reasons, paper.file, a.source.file,
                )  # fmt: skip


def _papers(view: Overview) -> Iterator[Row]:
    for school in view.schools:
        for p in school.papers:
            levels = [sum(i.severity == level for i in p.issues) for level in school.counts]
            lacking = "、".join(name for name, present in p.expected if not present)
            details = "，".join(p.details)
            yield school.name, p.title, p.kind, *levels, p.share, len(p.outline), lacking, details, p.file, p.id


def _sheet(book: Workbook, name: str, rows: Sequence[Row]) -> None:
    """照 data/report_sheets.csv 里这张表的各列写。"""
    fill_sheet(book, name, [row["heading"] for row in _columns()[name]], rows, widths=_widths())


def _named(frame: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """只有文档编号的表，前面添上学校和标题。"""
    if "document" not in frame or "school" in frame or "file" in frame:
        return frame
    metas = {d.id: d.meta for d in corpus}
    shown = frame.copy()
    shown.insert(0, "school", [metas[key].school if key in metas else None for key in frame["document"]])
    if "title" not in frame:
        shown.insert(1, "title", [metas[key].title if key in metas else None for key in frame["document"]])
    return shown


def _frame(book: Workbook, name: str, frame: pd.DataFrame, secrets: Mapping[str, str]) -> None:
    """照原样写一张结果表，换成中文列名和取值，个人信息遮盖。"""
    shown = chinese(frame)
    rows = [tuple(_value(v, secrets) for v in row) for row in shown.itertuples(index=False, name=None)]
    fill_sheet(book, name, [str(c) for c in shown.columns], rows, widths=_widths())


def _value(value: object, secrets: Mapping[str, str]) -> Value:
    """格子里能写的值：缺的是空，一组的用分号接起来。"""
    if isinstance(value, (list, tuple, set, frozenset)):
        return without(joined(list(value)), secrets)
    if not text_of(value):
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return without(str(value), secrets)


def _columns() -> Mapping[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in table("report_sheets.csv", "heading", "width"):
        found.setdefault(row["sheet"], []).append(row)
    return found


def _widths() -> dict[str, int]:
    """列名 → 宽；没有写的按内容。"""
    return {row["heading"]: int(row["width"]) for row in table("report_sheets.csv", "heading", "width")}
