"""pdf：pypdfium2 取字，pdf_layout 连成行和段，有框线的页用 pdfplumber 找表格。"""

from __future__ import annotations

import io
import re
from ctypes import byref, c_ushort
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.readers import ocr
from jiaoyan_nlp.readers.building import Builder
from jiaoyan_nlp.readers.pdf_layout import Box, Char, overlapping, pieces
from jiaoyan_nlp.readers.pdf_pages import Grid, Page, write_pages
from jiaoyan_nlp.readers.pictures import doubts
from jiaoyan_nlp.readers.settings import note, setting, trouble
from jiaoyan_nlp.types import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiaoyan_nlp.readers.building import Source
    from jiaoyan_nlp.types import Extracted

_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")


def read(source: Source) -> Extracted:
    """读 pdf：有字的页取字，扫描页认字（要装 ocr 部分）。抛出：ReadError，坏了、加了密码、全是扫描页又不能认。"""
    pages, lost, origin = _load(source.data)
    builder = Builder(source)
    scans = [page for page in pages if page.scanned]
    readable = _recognise(source.data, scans[: int(setting("ocr", "pages"))]) if ocr.available() else 0
    if unread := [page.number for page in scans[readable:]]:
        if len(unread) == len(pages):
            raise trouble("scan", pages="整个 PDF ")
        builder.notes.append(note(source.file, "scan_part", pages=_named(unread)))
    if lost:
        builder.notes.append(note(source.file, "partial", detail=f"{_named(lost)}打不开"))
    if not _find_grids(source.data, pages):
        builder.notes.append(note(source.file, "partial", detail="表格的框线读不出，表里的字当作段落"))
    headers = write_pages(builder, pages)
    builder.notes += doubts(builder)
    return builder.finish(replace(origin, headers=headers))


def _recognise(data: bytes, scans: list[Page]) -> int:
    """认出各扫描页里的字，放进各页。返回：认了几页。"""
    import pypdfium2 as pdfium

    if not scans:
        return 0
    document = pdfium.PdfDocument(data)
    for page in scans:
        scale = min(setting("ocr", "dots") / 72, setting("ocr", "side") / max(page.width, page.height))
        lines, grids = ocr.recognise(document[page.number - 1].render(scale=scale).to_numpy()[:, :, :3])
        page.grids = [grid.scaled(1 / scale) for grid in grids]
        page.ruled = False  # 线在图里，不必再到 pdf 里找
        page.parts = [
            replace(x, left=x.left / scale, top=x.top / scale, right=x.right / scale, bottom=x.bottom / scale)
            for x in lines
        ]
    document.close()
    return len(scans)


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

    page = document[number - 1]
    width, height = page.get_size()
    text = page.get_textpage()
    chars = list(_chars(text, page, height))
    parts = pieces(chars)
    if overlapping(parts):  # 一行里留着空，别处的字填进去（LibreOffice 换了字体的引号）：要逐字量、细细断开
        parts = pieces(_chars(text, page, height, single=True), fine=True)
    text.close()
    shapes, pictures = _drawn(page)
    few = sum(len(char.text) for char in chars if not char.text.isspace()) < setting("pdf", "scan_characters")
    scanned = few and pictures > setting("pdf", "image_share") * width * height
    page.close()
    return Page(
        number, width, height, parts, scanned, setting("pdf", "ruled") <= shapes <= setting("pdf", "ruled_most")
    )


def _drawn(page: Any) -> tuple[int, float]:  # noqa: ANN401
    """画了几条线、图片共占多大。"""
    import pypdfium2.raw as raw

    total = raw.FPDFPage_CountObjects(page)
    kinds = [raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index)) for index in range(total)]
    if not {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}.intersection(kinds):
        return 0, 0.0
    shapes, pictures = 0, 0.0
    for thing in page.get_objects(max_depth=3):
        if thing.type == raw.FPDF_PAGEOBJ_PATH:
            shapes += 1
        elif thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            pictures += max(right - left, 0) * max(top - bottom, 0)
    return shapes, pictures


_SOLID = re.compile(r"[^\x00-\x20\u3000\xa0]+|[ \u3000\xa0]")


def _chars(text: Any, page: Any, height: float, single: bool = False) -> Iterator[Char]:  # noqa: ANN401
    """一页上的字，照 pdf 里的次序，连着的几个字是一个 Char；pdfium 自己补的空格、换行不要。

    一串字只量头、中、尾三个，比每字都量快几倍；量出来不像平常的一串（字距不匀、高低不一）才逐字量。
    """
    import pypdfium2.raw as raw

    turned = page.get_rotation()
    west, south, east, north = page.get_cropbox()
    rect = raw.FS_RECTF()

    def box(index: int) -> Box:
        raw.FPDFText_GetLooseCharBox(text, index, byref(rect))
        upright = (rect.left - west, north - rect.top, rect.right - west, north - rect.bottom)
        return _turned(upright, turned, east - west, north - south) if turned else upright

    def one(index: int) -> Char | None:
        code = raw.FPDFText_GetUnicode(text, index)
        unseen = code < 32 or 0xD800 <= code < 0xE000 or code > 0x10FFFF
        return None if unseen or raw.FPDFText_IsGenerated(text, index) == 1 else Char(chr(code), *box(index))

    total = text.count_chars()
    whole = None if single else _whole(text, total)
    if whole is None:
        yield from (char for index in range(total) if (char := one(index)))
        return
    for match in _SOLID.finditer(whole):
        start, end = match.span()
        run = (
            _run(match[0], [box(index) for index in (start, (start + end) // 2, end - 1)]) if end - start > 2 else None
        )
        if run:
            yield run
        else:
            yield from (char for index in range(start, end) if (char := one(index)))


def _whole(text: Any, total: int) -> str | None:  # noqa: ANN401
    """整页的字，第几个字就在第几位；对不上位的（有两个单元的字、没有码的字）返回 None。"""
    import pypdfium2.raw as raw

    buffer = (c_ushort * (total + 1))()
    written = raw.FPDFText_GetText(text, 0, total, buffer)
    whole = bytes(buffer)[: 2 * total].decode("utf-16-le", "replace")
    return whole if written == total + 1 and len(whole) == total else None


def _run(text: str, probes: list[Box]) -> Char | None:
    """头、中、尾三个字的框合成一串；不是平平常常的一串返回 None。"""
    first, _, last = probes
    top, bottom = median(box[1] for box in probes), median(box[3] for box in probes)
    size = bottom - top
    level = all(abs((box[1] + box[3]) / 2 - (top + bottom) / 2) < 0.4 * size for box in probes)
    width = last[2] - first[0]
    even = 0.2 * size * len(text) < width < 1.2 * size * len(text)
    return Char(text, first[0], top, last[2], bottom) if level and even else None


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
