"""Excel 报告：五张工作表，照 view 写；用户的文字一律存成文本，不会变成公式。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from jiaoyan_nlp.reports.view import Overview

Value = str | int | float | None
LONGEST = 32000
"""Excel 一格最多 32767 个字。"""
_FORMULA = re.compile(r"^[\s=+\-@＝＋－＠]")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

SCHOOLS = (
    ("学校", 28), ("计划", 8), ("总结", 8), ("其他", 8), ("严重", 8), ("一般", 8), ("提示", 8), ("最高相同比例", 14),
)  # fmt: skip
ISSUES = (
    ("学校", 26), ("文档", 36), ("种类", 10), ("规则", 9), ("名称", 14), ("轻重", 8), ("原文", 36), ("问题", 46),
    ("建议", 46), ("文件", 44),
)  # fmt: skip
COPIES = (
    ("学校", 26), ("文档", 36), ("相同的文字", 60), ("来源", 36), ("来源文字", 60), ("来源属于", 10), ("方式", 16),
    ("字数", 8), ("相近程度", 10), ("文件", 44), ("来源文件", 44),
)  # fmt: skip
PAPERS = (
    ("学校", 26), ("标题", 40), ("种类", 10), ("严重", 8), ("一般", 8), ("提示", 8), ("相同比例", 10), ("栏目数", 8),
    ("说明", 40), ("文件", 44), ("编号", 16),
)  # fmt: skip
REMARKS = (("文件", 50), ("代码", 10), ("情况", 50), ("建议", 60))
SHARES = {"最高相同比例", "相近程度", "相同比例"}


def write(view: Overview, path: Path) -> None:
    """把报告的内容写成工作簿。抛出：OSError 写不进去。"""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, "学校总览", SCHOOLS, _schools(view))
    _sheet(book, "问题", ISSUES, _issues(view))
    _sheet(book, "雷同", COPIES, _copies(view))
    _sheet(book, "文档", PAPERS, _papers(view))
    _sheet(book, "读取记录", REMARKS, ((r.file, r.code, r.message, r.advice) for r in view.remarks))
    book.save(path)


def _schools(view: Overview) -> Iterable[Sequence[Value]]:
    return ((s.name, s.plans, s.summaries, s.others, *s.counts.values(), s.share) for s in view.schools)


def _issues(view: Overview) -> Iterable[Sequence[Value]]:
    for school in view.schools:
        places = [("", "", "", school.groups), *((p.title, p.kind, p.file, p.groups) for p in school.papers)]
        for title, kind, file, groups in places:
            for i in (issue for group in groups for issue in group.issues):
                yield school.name, title, kind, i.rule, i.name, i.severity, i.evidence, i.message, i.advice, file


def _copies(view: Overview) -> Iterable[Sequence[Value]]:
    for school in view.schools:
        for paper in school.papers:
            for a in paper.alike:
                yield (
                    school.name, paper.title, a.text, a.source.label, a.source_text, a.relation, a.kind,
                    a.length, a.similarity, paper.file, a.source.file,
                )  # fmt: skip


def _papers(view: Overview) -> Iterable[Sequence[Value]]:
    for school in view.schools:
        for p in school.papers:
            levels = [sum(i.severity == level for i in p.issues) for level in school.counts]
            yield school.name, p.title, p.kind, *levels, p.share, len(p.outline), "，".join(p.details), p.file, p.id


def _sheet(book: Workbook, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet: Worksheet = book.create_sheet(title)
    sheet.append([name for name, _ in columns])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E3E9F0")
        cell.alignment = Alignment(vertical="center")
    wrapped = Alignment(vertical="top", wrap_text=True)
    for line, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            cell = sheet.cell(line, at)
            cell.alignment = wrapped
            _fill(cell, value)  # type: ignore[arg-type]  # 新建的表里没有合并的格子
            if columns[at - 1][0] in SHARES:
                cell.number_format = "0%"
    for at, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _fill(cell: Cell, value: Value) -> None:
    """写一格；像公式的文字标明是文本，在 Excel 里改动、另存也不会变成公式。"""
    if not isinstance(value, str):
        cell.value = value
        return
    text = _ILLEGAL.sub("�", value)
    cell.value = text if len(text) <= LONGEST else text[:LONGEST] + "……"
    if _FORMULA.match(text):
        cell.data_type = "s"
        cell.quotePrefix = True
