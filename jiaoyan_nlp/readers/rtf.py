"""rtf 的自动编号：Word、WPS、LibreOffice 写 rtf 时，把显示的编号另存在 listtext（老的叫 pntext）组里。

LibreOffice 读 rtf 只看列表的定义，汉字编号常常读错；所以转换之前把存着的编号写进正文，列表的引用去掉。
依据 Word 2007 Rich Text Format (RTF) Specification 1.9.1。没有 listtext 的 rtf 原样不动。
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiaoyan_nlp.readers.docx_numbering import space_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STORED = re.compile(rb"\{(?:\\listtext|\\pntext)\b")
_REFERENCE = re.compile(rb"\\ls\d{1,5} ?")
_OLD = re.compile(rb"\{\\\*\\pn\b")
_BRACE = re.compile(rb"\\[{}\\]|[{}]")
_TOKEN = re.compile(
    rb"\\u(-?\d{1,6}) ?|\\'([0-9a-fA-F]{2})|\\([a-z]{1,32})(-?\d{1,9})? ?|\\(.)|([^\\{}\r\n]+)", re.DOTALL
)
_SKIPPED = re.compile(rb"\\uc(\d)")
_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_LONGEST = 4000
"""一个编号组最多这么多字节；Word 写的连格式在内不过几百。"""
BULLET = "•"
_BINARY = re.compile(rb"(?<!\\)\\bin(\d{1,12})")


def overlong(data: bytes) -> bool:
    """写明的二进制数据比文件余下的还长。参数：rtf 文件的全部字节。

    >>> overlong(rb"{\\rtf1{\\pict\\bin99 abc}}"), overlong(rb"{\\rtf1{\\pict\\bin3 abc}}")
    (True, False)
    """
    return any(match.end() + int(match[1]) > len(data) for match in _BINARY.finditer(data))


def with_numbers(data: bytes) -> bytes:
    """把各段存着的编号写进正文。参数、返回：rtf 文件的全部字节。

    >>> with_numbers(rb"{\\rtf1\\ansi{\\listtext\\pard 1.\\tab}\\ls1 a\\par}")
    b'{\\\\rtf1\\\\ansi{\\\\uc1\\\\u49  \\\\u46  \\\\u32  }a\\\\par}'
    """
    if not _STORED.search(data):
        return data
    shown = b"".join(_replaced(data, _STORED, _written))
    return _REFERENCE.sub(b"", b"".join(_replaced(shown, _OLD, lambda *_: b"")))  # 不再引用列表，免得又编一次号


def _replaced(data: bytes, opening: re.Pattern[bytes], written: Callable[[bytes, int, int], bytes]) -> Iterator[bytes]:
    """以 opening 开头的各组（从左括号到右括号）换成别的，其余照旧；长得不像编号的组不动。"""
    at = 0
    while match := opening.search(data, at):
        start, end = match.start(), _end(data, match.start())
        yield data[at:start]
        yield data[start:-end] if end < 0 else written(data, start, end)
        at = abs(end)
    yield data[at:]


def _end(data: bytes, start: int) -> int:
    """一组到哪里完；太长的是负数，绝对值是找到了哪里（不回头再找，多坏的文件也只看一遍）。"""
    depth = 0
    for brace in _BRACE.finditer(data, start, start + _LONGEST):
        depth += {b"{": 1, b"}": -1}.get(brace[0], 0)
        if depth == 0:
            return brace.end()
    return -min(start + _LONGEST, len(data))


def _written(data: bytes, start: int, end: int) -> bytes:
    """一组换成同样的字。"""
    shown, tabbed = _shown(data, start, end)
    if not shown:
        return b""
    if len(shown) == 1 and (not shown.isalnum() or "\ue000" <= shown <= "\uf8ff"):
        shown = BULLET  # 项目符号多半是符号字体里的字
    text = shown + (space_after("tab", shown) if tabbed else "")
    return b"{\\uc1" + b"".join(_escaped(c) for c in text) + b"}"


def _escaped(c: str) -> bytes:
    """一个字写成 rtf；第一个空格是分隔，第二个是给不认 Unicode 的软件看的替身。"""
    units = c.encode("utf-16-le")
    return b"".join(
        b"\\u%d  " % int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2)
    )


def _width(data: bytes, start: int, end: int) -> int:
    """一个 \\u 后面有几个字节的替身：组里写的，没有就照文件头，都没有是 1。"""
    found = [int(m[1]) for place in ((start, end), (0, _LONGEST)) for m in _SKIPPED.finditer(data, *place)]
    return found[0] if found else 1


def _shown(data: bytes, start: int, end: int) -> tuple[str, bool]:
    """一组里看得见的字，以及末尾有没有制表位。"""
    page = _PAGE.search(data, 0, 4096)
    encoding = {b"936": "gb18030", b"950": "big5hkscs", b"65001": "utf-8"}.get(page[1] if page else b"", "gb18030")
    width = _width(data, start, end)
    found = bytearray()  # 统统先写成目标编码的字节，最后一起读
    pieces: list[str] = []
    skip = 0
    tabbed = False
    for token in _TOKEN.finditer(data, start, end):
        code, byte, word, _, symbol, plain = token.groups()
        if code is not None:
            pieces += [found.decode(encoding, "replace"), chr(int(code) % 0x10000)]
            found.clear()
            skip = width
        elif byte is not None or plain is not None or symbol is not None:
            more = bytes.fromhex(byte.decode()) if byte else plain or symbol
            found += more[skip:]
            skip = max(skip - len(more), 0)
        elif word == b"tab":
            tabbed = True
    pieces.append(found.decode(encoding, "replace"))
    text = "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.strip(), tabbed
