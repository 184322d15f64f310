"""把文字切成行，认出每行的序号；一行里接着写的下一个标题也另起一行。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import fold, line_spans, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiaoyan_nlp.types import Block

BULLETS = r"[\s>\-–—•●◆■▲★*#'’.·◇○§]{0,8}"
MAX_LABEL = 24
"""序号连同前面的符号最多占几个字。"""
MAX_INLINE_TITLE = 30
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_INLINE = re.compile(
    r"(?<=[。；;！!？?:\s”])(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[1-9]\d?、)(?=\S)"
)
_VALUE = re.compile(r"[一二三四五六七八九十百]+|\d+|[①-⑳]|[a-h]")


@dataclass(frozen=True, slots=True)
class Line:
    """一行。style、rank、value 是序号的样式、通常的级别（小的在上）和数值，没有序号就是 None；title 是序号之后的起点。

    hint 是文件自带的标题级别，look 是这一行在文件里的样子（加粗、对齐、是不是题目），都可能没有。
    """

    start: int
    end: int
    title: int
    style: str | None = None
    rank: int | None = None
    value: int | None = None
    bullet: bool = False
    indent: int = 0
    inline: bool = False
    hint: int | None = None
    look: Block | None = None


@lru_cache(maxsize=1)
def _styles() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    rows = table("numbering.csv", "style", "rank", "pattern")
    return tuple((r["style"], int(r["rank"]), re.compile(f"({BULLETS})({r['pattern']})")) for r in rows)


def lines(text: str, looks: Mapping[int, Block] | None = None) -> list[Line]:
    """切行并认出序号。

    参数：looks 是文件里各段的样子（行的起点 → Block）。
    """
    folded = fold(text)
    found: list[Line] = []
    last: dict[str, int] = {}
    for start, end in line_spans(text):
        indent = start - (text.rfind("\n", 0, start) + 1)
        for number_, (a, b) in enumerate(_pieces(folded, start, end, last)):
            line = _line(folded, a, b, indent, inline=number_ > 0, look=(looks or {}).get(a))
            if line.style and line.value:
                last[line.style] = line.value
            found.append(line)
    return found


def _line(folded: str, start: int, end: int, indent: int, *, inline: bool, look: Block | None) -> Line:
    hint = look.level if look else None
    head = folded[start : min(end, start + MAX_LABEL + 8)]
    for style, rank, pattern in _styles():
        match = pattern.match(head)
        if match and match.end() <= MAX_LABEL:
            bullet = bool(match.group(1).strip())
            return Line(
                start, end, start + match.end(), style, rank, _value(match.group(2)), bullet, indent, inline, hint, look
            )
    bullet_match = re.match(r"[>#●◆■▲★◇]{1,6}\s?", head)
    title = start + (bullet_match.end() if bullet_match else 0)
    return Line(start, end, title, bullet=bool(bullet_match), indent=indent, inline=inline, hint=hint, look=look)


def _value(label: str) -> int | None:
    found = _VALUE.findall(label)
    if not found:
        return None
    last = found[-1]
    if last in _CIRCLED:
        return _CIRCLED.index(last) + 1
    if last.isascii() and last.isalpha():
        return ord(last) - ord("a") + 1
    value = number(last)
    return None if value is None else int(value)


def _pieces(folded: str, start: int, end: int, last: dict[str, int]) -> list[tuple[int, int]]:
    """在行中接着写的标题前断开：序号须接得上本文上一个同样式的序号，后面须是一句短话到行末或句末。"""
    cuts = [start]
    known = dict(last)
    opening = _line(folded, start, end, 0, inline=False, look=None)
    if opening.style and opening.value:
        known[opening.style] = opening.value
    for match in _INLINE.finditer(folded, start + 1, end):
        piece = _line(folded, match.start(), end, 0, inline=True, look=None)
        if piece.style is None or piece.value is None or known.get(piece.style) != piece.value - 1:
            continue
        stop = re.search(r"[。；;！!？?，,]|\s(?=[一二三四五六七八九十]、)", folded[piece.title : end])
        title_end = piece.title + stop.start() if stop else end
        short = 2 <= title_end - piece.title <= MAX_INLINE_TITLE
        whole = stop is None or stop.group() not in "，,；;"
        if short and whole and (piece.rank == 1 or stop is None):
            cuts.append(match.start())
            known[piece.style] = piece.value
    return [_strip(folded, a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True)]


def _strip(folded: str, start: int, end: int) -> tuple[int, int]:
    while end > start and folded[end - 1].isspace():
        end -= 1
    return start, end
