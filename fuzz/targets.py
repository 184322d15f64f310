"""模糊测试的靶子：一段任意的字节进去，不是读成文字就是 ReadError；读出来的区间都在文内。

别人的库（openpyxl、zipfile 等）抛的错由 reading 统一记成“损坏”，不算；本包自己的代码抛的别的错、卡住、吃光内存都算崩溃。
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.errors import ReadError
from jiaoyan_nlp.outline import documents
from jiaoyan_nlp.readers import docx, html, office, pdf, pictures, read_file, txt, xlsx
from jiaoyan_nlp.readers.building import Source
from jiaoyan_nlp.readers.decoding import decode
from jiaoyan_nlp.readers.detecting import detect
from jiaoyan_nlp.types import Extracted

if TYPE_CHECKING:
    from collections.abc import Callable

TYPES = "[Content_Types].xml"
PARTS = b"\x00----\x00"
"""docx、xlsx 的靶子：一份输入用它隔成几个部件，这样变异不会只弄坏压缩的校验和。"""
PART_NAMES = {
    "docx": ("word/document.xml", "word/numbering.xml", "word/styles.xml", "docProps/core.xml"),
    "xlsx": ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "docProps/core.xml"),
}


@lru_cache(maxsize=4)
def skeleton(kind: str) -> dict[str, bytes]:
    """一份完好的 docx、xlsx 的全部部件；缺的由靶子补上。"""
    from fuzz.seeds import plain_docx, plain_xlsx

    data = plain_docx() if kind == "docx" else plain_xlsx()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(kind: str, data: bytes) -> bytes:
    """把输入当作几个部件，装成一份 docx 或 xlsx。"""
    given = {name: part for name, part in zip(PART_NAMES[kind], data.split(PARTS), strict=False) if part}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, part in (skeleton(kind) | given).items():
            package.writestr(name, part)
    return stream.getvalue()


def checked(extracted: Extracted) -> None:
    """读出来的每个区间都在文内，拆出的文档也是。"""
    text = extracted.text
    for block in extracted.blocks:
        assert 0 <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip()
    for cell in extracted.cells:
        assert text[cell.start : cell.end] == cell.text
    outlined(extracted)


def outlined(extracted: Extracted) -> None:
    """拆出的文档是原文的一段，栏目、杂质都在文内。"""
    end = 0
    for document in documents(extracted):
        assert document.offset >= end
        end = document.offset + len(document.text)
        assert extracted.text[document.offset : end] == document.text
        for section in document.sections:
            assert 0 <= section.start <= section.title_start <= section.title_end <= section.end <= len(document.text)
        assert all(0 <= a < b <= len(document.text) for a, b in document.furniture)


def _reader(read: Callable[[Source], Extracted], name: str) -> Callable[[bytes], None]:
    def target(data: bytes) -> None:
        try:
            extracted = read(Source(name, data))
        except ReadError:
            return
        except Exception as error:
            if _ours(error):
                raise
            return
        checked(extracted)

    return target


def _ours(error: BaseException) -> bool:
    """错是不是出在本包的代码里（而不是它调用的库里）。"""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return last is not None and "jiaoyan_nlp" in last.tb_frame.f_code.co_filename


def _docx(data: bytes) -> None:
    _reader(docx.read, "例.docx")(packed("docx", data))


def _xlsx(data: bytes) -> None:
    _reader(xlsx.read, "例.xlsx")(packed("xlsx", data))


def _package(data: bytes) -> None:
    _reader(docx.read, "例.docx")(data)
    _reader(xlsx.read, "例.xlsx")(data)


def _old_word(data: bytes) -> None:
    """复合文档的来历；不起动 LibreOffice（当作已经转好）。"""
    try:
        detect(data)
    except ReadError:
        return
    _reader(lambda source: office.read(Source(source.file, source.data, packed("docx", b""))), "例.doc")(data)


def _office(data: bytes) -> None:
    """真的请 LibreOffice 转。"""
    try:
        kind = detect(data)
    except ReadError:
        return
    if kind in office.SUFFIXES:
        _reader(office.read, "例.doc")(data)


def _picture(data: bytes) -> None:
    try:
        kind = detect(data)
    except ReadError:
        return
    if kind in ("png", "jpg", "bmp", "tif", "gif", "webp"):
        _reader(pictures.read, "例.png")(data)


def _archive(data: bytes) -> None:
    """整个文件从头读起：认种类、展开压缩包、后缀与内容不符。"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "例.zip")
        path.write_bytes(data)
        texts, notes = read_file(path, "例.zip")
    assert texts or notes
    assert all(note.message and note.advice and note.file.startswith("例.zip") for note in notes)
    for extracted in texts:
        checked(extracted)


def _decoding(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or isinstance(decoded.text, str)


def _outline(data: bytes) -> None:
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if text.strip():
        outlined(Extracted("例.txt", text, (), "0" * 64))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "txt": _reader(txt.read, "例.txt"),
    "html": _reader(html.read, "例.html"),
    "mht": _reader(html.read_mht, "例.mht"),
    "docx": _docx,
    "xlsx": _xlsx,
    "package": _package,
    "pdf": _reader(pdf.read, "例.pdf"),
    "old_word": _old_word,
    "office": _office,
    "picture": _picture,
    "archive": _archive,
    "decoding": _decoding,
    "outline": _outline,
}
"""靶子的名字 → 函数。读取器一个不少，外加认编码和拆栏目。"""
