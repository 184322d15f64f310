"""一个测试文件应当读出什么。"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .texts import NUMERALS, Item


@dataclass(frozen=True, slots=True)
class Text:
    """一个文件（或压缩包里的一个）：看得见的各段（编号在内，单元格也算）、单元格、标题。"""

    lines: tuple[str, ...]
    cells: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    inner: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """测试包里的一个文件：名字、内容、应当读出的文字和说明。

    oracle 是 LibreOffice 显示的与 Word 一样，可以拿来对照；ocr 是要认字的，对错按字数算。
    """

    file: str
    data: bytes
    texts: tuple[Text, ...]
    notes: tuple[str, ...] = ()
    oracle: bool = False
    ocr: float | None = None
    tables: int = 0


def bare(line: str) -> str:
    """不计空白：编号后面空一格还是一个制表位、全角还是半角，不影响对错。"""
    return re.sub(r"\s+", "", line)


def numbered_lines(items: tuple[Item, ...], levels: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """各段前面加上编号。levels 是各级的（格式，样子），样子里 %1 是第一级的数。"""
    counts = [0] * len(levels)
    shown = []
    for item in items:
        prefix = ""
        if item.level is not None:
            counts[item.level] += 1
            counts[item.level + 1 :] = [0] * (len(levels) - item.level - 1)
            prefix = levels[item.level][1]
            for index, (style, _) in enumerate(levels):
                if f"%{index + 1}" in prefix:
                    prefix = prefix.replace(f"%{index + 1}", NUMERALS[style].split()[counts[index] - 1])
        shown.append(prefix + item.text)
    return tuple(shown)
