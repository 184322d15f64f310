"""pdf：pypdfium2 取字，pdf_layout 连成行和段，有框线的页用 pdfplumber 找表格。"""

from __future__ import annotations

import io
import re
from ctypes import byref
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.readers.building import Builder, Place, Style
from jiaoyan_nlp.readers.pdf_layout import (
    ENDINGS,
    Box,
    Char,
    Line,
    Paragraph,
    carries_on,
    columns,
    frame_of,
    furniture,
    gutters,
    join,
    paragraphs,
    pieces,
    rows,
)  # fmt: skip
from jiaoyan_nlp.readers.settings import note, setting, trouble
from jiaoyan_nlp.types import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiaoyan_nlp.readers.building import Source
    from jiaoyan_nlp.types import Extracted


_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")


@dataclass(frozen=True, slots=True)
class Grid:
    """一个有框线的表：外框，各行各格的框；并进别的格的是 None。"""

    box: Box
    cells: list[list[Box | None]]


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


@dataclass(frozen=True, slots=True)
class Table:
    """读出的一个表：每格的段落；page 是它开始的页。"""

    page: int
    top: float
    cells: list[list[list[str] | None]]


def read(source: Source) -> Extracted:
    """读 pdf 里的文字。抛出：ReadError，坏了、加了密码、全是扫描页。"""
    pages, lost, origin = _load(source.data)
    scans = [page.number for page in pages if page.scanned]
    if scans and not any(page.parts for page in pages if not page.scanned):
        raise trouble("scan", pages="整个 PDF ")
    builder = Builder(source)
    if scans:
        builder.notes.append(note(source.file, "scan_part", pages=_named(scans)))
    if lost:
        builder.notes.append(note(source.file, "partial", detail=f"{_named(lost)}打不开"))
    if not _find_grids(source.data, pages):
        builder.notes.append(note(source.file, "partial", detail="表格的框线读不出，表里的字当作段落"))
    for item in _joined(_items(pages)):
        if isinstance(item, Table):
            _write_table(builder, item)
        else:
            builder.paragraph(item.text, Place(page=item.page), Style(centered=item.centered))
    return builder.finish(origin)


def _named(pages: list[int]) -> str:
    return f"第 {'、'.join(map(str, pages[:10]))} 页" + (f"等 {len(pages)} 页" if len(pages) > 10 else "")


def _load(data: bytes) -> tuple[list[Page], list[int], Origin]:
    """各页、打不开的页（超过页数上限的也算）、来历。"""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise trouble("encrypted" if "assword" in str(error) else "broken", detail="PDF 的结构不完整") from error
    pages: list[Page] = []
    limit = int(setting("limits", "pdf_pages"))
    lost = list(range(limit + 1, len(document) + 1))
    for number in range(1, min(len(document), limit) + 1):
        try:
            pages.append(_load_page(document, number))
        except pdfium.PdfiumError:
            lost.append(number)
    if not pages:
        raise trouble("broken", detail="PDF 的每一页都打不开")
    facts = document.get_metadata_dict(skip_empty=True)
    identifier = document.get_identifier()
    document.close()
    software = [facts[name] for name in ("Creator", "Producer") if name in facts]
    return pages, lost, Origin(
        author=facts.get("Author"), created=_iso(facts.get("CreationDate")), modified=_iso(facts.get("ModDate")),
        application=" / ".join(software) or None, pdf_id=identifier.hex() if identifier else None,
    )  # fmt: skip


def _iso(written: str | None) -> str | None:
    """“D:20241018093000+08'00'”写成“2024-10-18T09:30:00”；认不出的原样留着。"""
    match = _DATE.match(written or "")
    return "{}-{}-{}T{}:{}:{}".format(*match.groups()) if match else written


def _load_page(document: Any, number: int) -> Page:  # noqa: ANN401
    import pypdfium2.raw as raw

    page = document[number - 1]
    width, height = page.get_size()
    chars = list(_chars(page, height))
    shapes = pictures = 0.0
    for thing in page.get_objects(max_depth=3):
        if thing.type == raw.FPDF_PAGEOBJ_PATH:
            shapes += 1
        elif thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            pictures += max(right - left, 0) * max(top - bottom, 0)
    few = sum(1 for char in chars if not char.text.isspace()) < setting("pdf", "scan_characters")
    scanned = few and pictures > setting("pdf", "image_share") * width * height
    page.close()
    return Page(number, width, height, pieces(chars), scanned, shapes >= setting("pdf", "ruled"))


def _chars(page: Any, height: float) -> Iterator[Char]:  # noqa: ANN401
    """一页上的字，照 pdf 里的次序；pdfium 自己补的空格、换行不要。"""
    import pypdfium2.raw as raw

    text = page.get_textpage()
    turned = page.get_rotation()
    west, south, east, north = page.get_cropbox()
    rect = raw.FS_RECTF()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code < 32 or raw.FPDFText_IsGenerated(text, index) == 1 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        raw.FPDFText_GetLooseCharBox(text, index, byref(rect))
        upright = (rect.left - west, north - rect.top, rect.right - west, north - rect.bottom)
        yield Char(chr(code), *_turned(upright, turned, east - west, north - south))
    text.close()


def _turned(box: Box, degrees: int, width: float, height: float) -> Box:
    """横放的页（/Rotate）照看到的样子转过来；width、height 是转之前的尺寸。"""
    left, top, right, bottom = box
    if degrees == 90:
        return height - bottom, left, height - top, right
    if degrees == 180:
        return width - right, height - bottom, width - left, height - top
    if degrees == 270:
        return top, width - right, bottom, width - left
    return box


def _find_grids(data: bytes, pages: list[Page]) -> bool:
    """在有框线的页上找表格；只有一格的是边框，不是表格。返回：pdfplumber 读得通没有。"""
    ruled = {page.number: page for page in pages if page.ruled}
    if not ruled:
        return True
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data), pages=list(ruled)) as document:
            for found in document.pages:
                ruled[found.page_number].grids = _grids_of(found)
    except Exception:  # pdfminer 遇到坏文件什么错都抛；字已经由 pdfium 读出，不能因为表格丢掉全文
        return False
    return True


def _grids_of(page: Any) -> list[Grid]:  # noqa: ANN401
    grids = [Grid(table.bbox, [list(row.cells) for row in table.rows]) for table in page.find_tables()]
    grids = [grid for grid in grids if sum(1 for row in grid.cells for cell in row if cell) > 1]
    return sorted(grids, key=lambda grid: grid.box[1])


def _items(pages: list[Page]) -> Iterator[list[Paragraph | Table]]:
    """各页各栏的段落和表格，照阅读次序；一个列表是一栏，栏与栏之间可能是同一段。"""
    # 先除开表格：表头在许多页上重复，但不是页眉
    outside = [[p for p in page.parts if not any(_within(p, grid.box) for grid in page.grids)] for page in pages]
    dropped = furniture(outside, [page.height for page in pages])
    outside = [[p for p in parts if p not in drop] for parts, drop in zip(outside, dropped, strict=True)]
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


def _body_frame(pages: list[Page], outside: list[list[Line]], splits: list[float | None]) -> tuple[float, float] | None:
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


def _cell(page: Page, box: Box) -> list[str]:
    lines = rows([part for part in page.parts if _within(part, box)])
    if not lines:
        return []
    left = min(line.left for line in lines)
    padding = min(max(left - box[0], 0), 0.5 * lines[0].size)
    return [found.text for found in paragraphs(lines, page.number, (left, box[2] - padding))]


def _joined(chunks: Iterator[list[Paragraph | Table]]) -> list[Paragraph | Table]:
    """跨页、跨栏的同一段、同一个表接起来。"""
    items: list[Paragraph | Table] = []
    for chunk in chunks:
        if not chunk:
            continue
        last, first = (items[-1] if items else None), chunk[0]
        if isinstance(last, Paragraph) and isinstance(first, Paragraph) and carries_on(last, first):
            items[-1] = replace(last, text=join(last.text, first.text), full=first.full)
            chunk = chunk[1:]
        elif isinstance(last, Table) and isinstance(first, Table) and _continues(last, first):
            items[-1] = _joined_tables(last, first)
            chunk = chunk[1:]
        items += chunk
    return items


def _joined_tables(last: Table, first: Table) -> Table:
    """接上下一页的表：重复的表头不要，被分页切成两半的一行合起来。"""
    more = first.cells[first.cells[0] == last.cells[0] :]
    rows = list(last.cells)
    if more and _cut_row(rows[-1], more[0]):
        rows[-1] = [_joined_cell(above, below) for above, below in zip(rows[-1], more[0], strict=True)]
        more = more[1:]
    return replace(last, cells=rows + more, page=first.page)


def _cut_row(above: list[list[str] | None], below: list[list[str] | None]) -> bool:
    """下一页的头一行没有行首，有字的格子接着上一页没写完的句子。"""
    if below[0]:
        return False
    filled = [(before, after) for before, after in zip(above, below, strict=True) if after]
    return bool(filled) and all(before and before[-1][-1] not in ENDINGS for before, _ in filled)


def _joined_cell(above: list[str] | None, below: list[str] | None) -> list[str] | None:
    if not above or not below:
        return above or below
    return [*above[:-1], join(above[-1], below[0]), *below[1:]]


def _continues(last: Table, first: Table) -> bool:
    """紧接着的下一页上、列数一样的表。"""
    return first.page == last.page + 1 and len(first.cells[0]) == len(last.cells[0])


def _write_table(builder: Builder, table: Table) -> None:
    builder.tables += 1
    for row_number, row in enumerate(table.cells, 1):
        for column, cell in enumerate(row, 1):
            place = Place(table.page, builder.tables, row_number, column)
            start = builder.offset
            for text in cell or ():
                builder.paragraph(text, place)
            builder.cell(place, start)
