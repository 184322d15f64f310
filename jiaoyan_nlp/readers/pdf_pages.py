"""pdf（或图片）的各页 → 段落和表格：除去页眉页脚，分栏，跨页跨栏的接起来，写进 Builder。"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jiaoyan_nlp.readers.building import Place, Style
from jiaoyan_nlp.readers.pdf_layout import (
    ENDINGS,
    Box,
    Line,
    Paragraph,
    carries_on,
    columns,
    frame_of,
    furniture,
    gutters,
    is_page_number,
    join,
    paragraphs,
    rows,
    surer,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiaoyan_nlp.readers.building import Builder


@dataclass(frozen=True, slots=True)
class Grid:
    """一个有框线的表：外框，各行各格的框；并进别的格的是 None。"""

    box: Box
    cells: list[list[Box | None]]

    def scaled(self, by: float) -> Grid:
        """坐标乘上一个倍数。"""
        return Grid(_scaled(self.box, by), [[box and _scaled(box, by) for box in row] for row in self.cells])


def _scaled(box: Box, by: float) -> Box:
    left, top, right, bottom = box
    return left * by, top * by, right * by, bottom * by


@dataclass(slots=True)
class Page:
    """一页：尺寸、截、表格，是不是扫描页。"""

    number: int
    width: float
    height: float
    parts: list[Line]
    scanned: bool = False
    ruled: bool = False
    grids: list[Grid] = field(default_factory=list)


Cell = list[Paragraph] | None
"""一格的各段；None 是并进了别的格。"""


@dataclass(frozen=True, slots=True)
class Table:
    """读出的一个表：每格的段落，并进别的格的是 None；page 是它到现在为止的末页。"""

    page: int
    top: float
    cells: list[list[Cell]]


def write_pages(builder: Builder, pages: Sequence[Page]) -> tuple[str, ...]:
    """各页的段落和表格照阅读次序写进 builder。返回：页眉页脚的字，重复的只留一条，页码不算。"""
    # 先除开表格：表头在许多页上重复，但不是页眉
    outside = [[p for p in page.parts if not any(_within(p, grid.box) for grid in page.grids)] for page in pages]
    dropped = furniture(outside, [page.height for page in pages])
    outside = [[p for p in parts if p not in drop] for parts, drop in zip(outside, dropped, strict=True)]
    for item in _joined(_items(pages, outside)):
        if isinstance(item, Table):
            _write_table(builder, item)
        else:
            style = Style(centered=item.centered, right=item.right)
            builder.paragraph(item.text, Place(page=item.page), style, item.confidence)
    heads = (line.text.strip() for drop in dropped for line in sorted(drop, key=lambda line: line.top))
    return tuple(dict.fromkeys(text for text in heads if not is_page_number(text)))


def _items(pages: Sequence[Page], outside: list[list[Line]]) -> Iterator[list[Paragraph | Table]]:
    """各页各栏的段落和表格，照阅读次序；一个列表是一栏，栏与栏之间可能是同一段。outside 是各页表格外面的正文。"""
    splits = gutters(outside, [page.width for page in pages])
    frame = _body_frame(pages, outside, splits)
    for page, flow, gutter in zip(pages, outside, splits, strict=True):
        rest = flow
        for grid in page.grids:
            yield from _flow([p for p in rest if p.middle < grid.box[1]], page, gutter, frame)
            rest = [p for p in rest if p.middle >= grid.box[1]]
            yield [_table(page, grid)]
        yield from _flow(rest, page, gutter, frame)


def _within(part: Line, box: Box) -> bool:
    return box[0] - 1 <= (part.left + part.right) / 2 <= box[2] + 1 and box[1] - 1 <= part.middle <= box[3] + 1


def _body_frame(
    pages: Sequence[Page], outside: list[list[Line]], splits: list[float | None]
) -> tuple[float, float] | None:
    """全文（不分栏的页）版心的左右边：一页上行太少时看不准。"""
    single = [flow for flow, gutter in zip(outside, splits, strict=True) if gutter is None]
    lines = [line for flow in single for line in rows(flow)]
    return frame_of(lines, pages[0].width) if lines else None


def _flow(
    parts: list[Line], page: Page, gutter: float | None, frame: tuple[float, float] | None
) -> Iterator[list[Paragraph | Table]]:
    for band in columns(parts, gutter):
        yield [*paragraphs(rows(band), page.number, frame if gutter is None else None)]


def _table(page: Page, grid: Grid) -> Table:
    cells = [[None if box is None else _cell(page, box) for box in row] for row in grid.cells]
    return Table(page.number, grid.box[1], cells)


def _cell(page: Page, box: Box) -> list[Paragraph]:
    lines = rows([part for part in page.parts if _within(part, box)])
    if not lines:
        return []
    left = min(line.left for line in lines)
    padding = min(max(left - box[0], 0), 0.5 * lines[0].size)
    return paragraphs(lines, page.number, (left, box[2] - padding))


def _joined(chunks: Iterator[list[Paragraph | Table]]) -> list[Paragraph | Table]:
    """跨页、跨栏的同一段、同一个表接起来。"""
    items: list[Paragraph | Table] = []
    for chunk in chunks:
        if not chunk:
            continue
        last, first = (items[-1] if items else None), chunk[0]
        if isinstance(last, Paragraph) and isinstance(first, Paragraph) and carries_on(last, first):
            items[-1] = _joined_paragraph(last, first)
            chunk = chunk[1:]
        elif isinstance(last, Table) and isinstance(first, Table) and _continues(last, first):
            items[-1] = _joined_tables(last, first)
            chunk = chunk[1:]
        items += chunk
    return items


def _joined_tables(last: Table, first: Table) -> Table:
    """接上下一页的表：重复的表头不要，被分页切成两半的一行合起来。"""
    more = first.cells[_words(first.cells[0]) == _words(last.cells[0]) :]
    rows = list(last.cells)
    if more and _cut_row(rows[-1], more[0]):
        rows[-1] = [_joined_cell(above, below) for above, below in zip(rows[-1], more[0], strict=True)]
        more = more[1:]
    return replace(last, cells=rows + more, page=first.page)


def _words(row: list[Cell]) -> list[list[str]]:
    return [[part.text for part in cell or ()] for cell in row]


def _cut_row(above: list[Cell], below: list[Cell]) -> bool:
    """下一页的头一行没有行首，有字的格子接着上一页没写完的句子。"""
    if below[0]:
        return False
    filled = [(before, after) for before, after in zip(above, below, strict=True) if after]
    return bool(filled) and all(before and before[-1].text[-1] not in ENDINGS for before, _ in filled)


def _joined_cell(above: Cell, below: Cell) -> Cell:
    if not above or not below:
        return above or below
    return [*above[:-1], _joined_paragraph(above[-1], below[0]), *below[1:]]


def _joined_paragraph(before: Paragraph, after: Paragraph) -> Paragraph:
    return replace(before, text=join(before.text, after.text), full=after.full, confidence=surer(before, after))


def _continues(last: Table, first: Table) -> bool:
    """紧接着的下一页上、列数一样的表。"""
    return first.page == last.page + 1 and len(first.cells[0]) == len(last.cells[0])


def _write_table(builder: Builder, table: Table) -> None:
    builder.tables += 1
    for row_number, row in enumerate(table.cells, 1):
        for column, cell in enumerate(row, 1):
            place = Place(table=builder.tables, row=row_number, column=column)
            start = builder.offset
            for part in cell or ():
                builder.paragraph(part.text, replace(place, page=part.page), confidence=part.confidence)
            builder.cell(place, start)
