"""看内容认文件：先看开头的字节，再看压缩包、复合文档里有什么，最后当文字看。后缀会骗人，只用来核对。"""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache
from typing import BinaryIO

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.readers.decoding import decode
from jiaoyan_nlp.readers.settings import setting, trouble

PACKAGES = (("wordprocessingml", "docx"), ("spreadsheetml", "xlsx"), ("presentationml", "pptx"))
MIMETYPES = (
    ("opendocument.text", "odt"),
    ("opendocument.spreadsheet", "ods"),
    ("opendocument.presentation", "odp"),
    ("epub", "epub"),
)
STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))
"""复合文档里有哪个流就是哪一种。"""

_HTML = re.compile(r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|table|tr|td|h[1-6]|ul|ol|li|br|span|section|article)\b[^<>]{0,200}>", re.IGNORECASE
)


@lru_cache(maxsize=1)
def kinds() -> dict[str, dict[str, str]]:
    """认得的全部种类：kind → 一行（name、suffixes、advice）。"""
    return {row["kind"]: row for row in table("readers_kinds.csv", "kind", "name")}


@lru_cache(maxsize=1)
def _suffix_kinds() -> dict[str, str]:
    return {suffix: kind for kind, row in kinds().items() for suffix in row["suffixes"].split(";") if suffix}


@lru_cache(maxsize=1)
def _magic() -> tuple[tuple[str, int, bytes], ...]:
    rows = table("readers_magic.csv", "kind", "offset", "hex")
    return tuple((row["kind"], int(row["offset"]), bytes.fromhex(row["hex"])) for row in rows)


def belies(suffix: str, kind: str) -> bool:
    """后缀说的是另一种文件。不认识的后缀、没有固定后缀的种类不算。

    >>> belies("docx", "pdf"), belies("wps", "doc"), belies("2024", "txt")
    (True, False, False)
    """
    return _suffix_kinds().get(suffix, kind) != kind and bool(kinds()[kind]["suffixes"])


def detect(data: bytes) -> str:
    """认一个文件是哪一种。

    参数：data 是全部字节。返回：data/readers_kinds.csv 里的 kind。抛出：ReadError，空文件、坏文件、认不出时。
    """
    if not data:
        raise trouble("empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    magic = next((kind for kind, offset, mark in _magic() if data.startswith(mark, offset)), None)
    if magic == "zip":
        return zip_kind(io.BytesIO(data))
    if magic == "ole":
        return _ole_kind(data)
    return magic or _text_kind(data)


def zip_kind(stream: BinaryIO) -> str:
    """压缩格式的文件是哪一种：docx、xlsx、odt……都不是才是压缩包。抛出：ReadError，坏了的。"""
    try:
        with zipfile.ZipFile(stream) as package:
            names = set(package.namelist())
            types = _head_of(package, "[Content_Types].xml") if "[Content_Types].xml" in names else ""
            mimetype = _head_of(package, "mimetype") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise trouble("broken", detail="压缩结构不完整") from error
    for mark, kind in PACKAGES:
        if mark in types:
            return kind
    for mark, kind in MIMETYPES:
        if mark in mimetype:
            return kind
    if "OFD.xml" in names:
        return "ofd"
    return "docx" if "word/document.xml" in names else "zip"


def _head_of(package: zipfile.ZipFile, name: str) -> str:
    with package.open(name) as member:
        return member.read(1 << 20).decode("utf-8", "replace")


def _ole_kind(data: bytes) -> str:
    """复合文档：目录里的流名是 UTF-16。加密的 docx 也装在这种壳里。"""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise trouble("encrypted")
    marked = (kind for stream, kind in STREAMS if (stream + "\0").encode("utf-16-le") in data)
    return next(marked, "msg" if "__substg1.0_".encode("utf-16-le") in data else "ole")


def _text_kind(data: bytes) -> str:
    decoded = decode(data[: int(setting("html", "head"))])
    if decoded is None:
        raise trouble("unknown")
    head = decoded.text.lstrip().lower()
    if head.startswith(("mime-version:", "from: <saved by", 'from: "saved by')) and "multipart/related" in head:
        return "mht"
    if head.startswith("<?xml") and ("word.document" in head or "office/word/2003" in head or "package/2006" in head):
        return "wordxml"
    if "<office:document" in head:
        return "odt"
    if looks_html(head):
        return "html"
    if head.startswith(("<svg", "<?xml")):
        return "svg" if "<svg" in head else "xml"
    return "txt"


def looks_html(head: str) -> bool:
    """开头像不像网页：有 html、body 一类的标签，或以标签开头、块级标签不止几个。

    >>> looks_html("<p>一、目标</p><p>二、措施</p>"), looks_html("一、目标 <二、措施>")
    (True, False)
    """
    if _HTML.search(head):
        return head.startswith("<")
    return head.startswith("<") and len(_BLOCK_TAG.findall(head)) > setting("html", "tags")
