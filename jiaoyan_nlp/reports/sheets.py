"""一张工作表：表头、冻结、筛选、列宽、条件颜色、链接；像公式的文字标明是文本，在 Excel 里改动、另存也不会变成公式。"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit.settings import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32000
"""Excel 一格最多 32767 个字。"""
WIDEST, NARROWEST, WRAPPED = 44, 9, 24
"""没有规定宽的列按内容，最宽、最窄几个字符；这么宽以上的列才折行。"""
LINE, TALLEST = 16.5, 12
"""一行字多高，磅；一行表最多几行字高。"""
SHARES = {
    "计划兑现", "最高相同比例", "相近程度", "相同比例", "兑现率", "相同文字比例", "相同文字比例（扣除引文）", "与范文相同", "与别校相同",
    "与本校文档相同", "最大来源所占比例",
}  # fmt: skip
"""写成百分数的列。"""
ALARMS = {"严重": "F8D7DA", "一般": "FBF1DC", "提示": "E8EEF4"}
"""轻重 → 底色。"""
STATUS = {"已做到": "DDF0E3", "部分做到": "FBF1DC", "总结未提": "F8D7DA", "低于要求": "F8D7DA"}
_FORMULA = re.compile(r"^[\s=+\-@＝＋－＠]")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Link:
    """格子里的字，点了到另一张工作表的一行。"""

    text: str
    sheet: str
    line: int


Value = str | int | float | Link | None


def fill_sheet(
    book: Workbook, title: str, columns: Sequence[str], rows: Sequence[Sequence[Value]], widths: Mapping[str, int]
) -> None:
    """添一张工作表。参数：widths 是列名 → 宽，没有的按内容。"""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet: Worksheet = book.create_sheet(title)
    sized = [widths.get(name) or _width([name, *(row[at] for row in rows[:200])]) for at, name in enumerate(columns)]
    sheet.append(list(columns))
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E3E9F0")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    linked = Font(color="14507F", underline="single")
    looks = [_look(sheet, at, name in SHARES, sized[at - 1] >= WRAPPED) for at, name in enumerate(columns, 1) if rows]
    for line, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            cell = sheet.cell(line, at)
            cell._style = copy(looks[at - 1])  # type: ignore[union-attr]  # 新建的表里没有合并的格子
            _fill(cell, value, linked)  # type: ignore[arg-type]
        sheet.row_dimensions[line].height = LINE * _lines(row, sized)
    for at, width in enumerate(sized, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    _colour(sheet, columns, len(rows) + 1)
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _look(sheet: Worksheet, at: int, share: bool, wrapped: bool) -> StyleArray:
    """一列的样子；每格照抄，不逐格去找（逐格找要多花一倍的时间）。"""
    from openpyxl.styles import Alignment

    cell = sheet.cell(2, at)
    cell.alignment = Alignment(vertical="top", wrap_text=wrapped)
    cell.number_format = "0%" if share else "General"
    look: StyleArray = cell._style  # type: ignore[union-attr]
    return look


def _colour(sheet: Worksheet, columns: Sequence[str], last: int) -> None:
    """条件颜色：轻重、兑现按取值，比例按大小，计数越多越深。"""
    from openpyxl.formatting.rule import CellIsRule, DataBarRule
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter

    if last < 2:
        return
    for at, name in enumerate(columns, 1):
        area = f"{get_column_letter(at)}2:{get_column_letter(at)}{last}"
        if name in SHARES:
            sheet.conditional_formatting.add(area, DataBarRule("num", 0, "num", 1, color="B07CC6"))  # type: ignore[no-untyped-call]
        elif name in SEVERITIES or name == "合计扣分":
            sheet.conditional_formatting.add(area, _scale(ALARMS.get(name, "F8D7DA")))
        elif "·" in name:
            sheet.conditional_formatting.add(area, _scale("8FB8DA"))
        for word, shade in {"轻重": ALARMS, "结果": STATUS, "比较结果": STATUS}.get(name, {}).items():
            fill = PatternFill("solid", bgColor=shade)
            sheet.conditional_formatting.add(area, CellIsRule("equal", [f'"{word}"'], fill=fill))  # type: ignore[no-untyped-call]


def _scale(end: str) -> Rule:
    """从白（零）到一种颜色（最大）。"""
    from openpyxl.formatting.rule import ColorScaleRule

    made: Rule = ColorScaleRule("num", 0, "FFFFFF", end_type="max", end_color=end)  # type: ignore[no-untyped-call]
    return made


def _lines(row: Sequence[Value], widths: Sequence[int]) -> int:
    """一行要几行高：会折行的格子里最长的，不超过 TALLEST。"""
    needed = [
        sum(-(-_wide(part) // (width - 4)) or 1 for part in _text(value).split("\n"))
        for value, width in zip(row, widths, strict=True)
        if width >= WRAPPED
    ]
    return min(TALLEST, max(needed, default=1))


def _text(value: Value) -> str:
    return "" if value is None else str(value.text if isinstance(value, Link) else value)


def _wide(text: str) -> int:
    """占几个字符的宽；汉字算两个。"""
    return len(text) + sum(ord(c) > 255 for c in text)


def _width(values: Sequence[Value]) -> int:
    """一列按内容多宽，字符；汉字算两个。"""
    longest = max((_wide(_text(value)[:40]) for value in values), default=0)
    return min(WIDEST, max(NARROWEST, longest + 3))


def _fill(cell: Cell, value: Value, linked: object) -> None:
    """写一格。"""
    from openpyxl.worksheet.hyperlink import Hyperlink

    if isinstance(value, Link):
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{value.sheet}'!A{value.line}")
        cell.font = linked  # type: ignore[assignment]
        value = value.text
    if not isinstance(value, str):
        cell.value = value
        return
    text = _ILLEGAL.sub("�", value)
    cell.value = text if len(text) <= LONGEST else text[:LONGEST] + "……"
    if _FORMULA.match(text):
        cell.data_type = "s"
        cell.quotePrefix = True
