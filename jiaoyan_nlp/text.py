"""文字的基本操作：一字换一字的归一、句段切分、中文数字。都不改动原文，只返回等长的副本或区间。"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import NDArray

Span = tuple[int, int]

CLOSERS = "”’」』》）)】〕\"'"
"""句末标点之后跟着走的后引号、后括号。"""

_SENTENCE = re.compile(
    rf"[^。！？；!?;\n]+(?:[。！？；!?;]+[{re.escape(CLOSERS)}]*)?|[。！？；!?;]+[{re.escape(CLOSERS)}]*"
)
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "万": 10000}
NUMERAL = "0-9０-９〇○零一二两三四五六七八九十百千万"
"""可以组成一个数的字符，写在正则的方括号里用。"""


@lru_cache(maxsize=1)
def _folding() -> dict[int, int]:
    fold = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    fold[0x3000] = ord(" ")
    fold |= {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
    fold |= {code: code - 0xFEE0 + 32 for code in range(ord("Ａ"), ord("Ｚ") + 1)}
    fold |= {
        ord(row["traditional"]): ord(row["simplified"]) for row in table("traditional.csv", "traditional", "simplified")
    }
    return fold


def fold(text: str) -> str:
    """归一：繁体变简体、全角变半角、大写变小写；一字换一字，长度和偏移不变。

    字表取自 OpenCC 的 TSCharacters（Apache-2.0），一对多的取第一个。

    >>> fold("校本教研：聽課２０節，Ａ組")
    '校本教研:听课20节,a组'
    """
    return text.translate(_folding()) if len(text) < WHOLE else _whole(text)


WHOLE = 400
"""比这长的多半是一篇的全文，各个环节都要归一，留着最近的几篇。"""


@lru_cache(maxsize=8)
def _whole(text: str) -> str:
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded: str = _folded()[codes].tobytes().decode("utf-32-le", "surrogatepass")
    return folded


@lru_cache(maxsize=1)
def _folded() -> NDArray[np.uint32]:
    """每个字归一成什么，排成一张表：长文字查表比 translate 快几十倍。"""
    import numpy as np

    codes = np.arange(sys.maxunicode + 1, dtype="<u4")
    codes[list(_folding())] = list(_folding().values())
    return codes


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """切句段：在 。！？；!?; 之后断（后引号后括号跟着走），在换行处断；两头的空白不算。

    返回：区间的列表，互不重叠，按先后排。

    >>> [ "每周一次；落实。\\n完".__getitem__(slice(*s)) for s in sentence_spans("每周一次；落实。\\n完") ]
    ['每周一次；', '落实。', '完']
    """
    spans = []
    for match in _SENTENCE.finditer(text, start, len(text) if end is None else end):
        span = trim(text, *match.span())
        if span[0] < span[1]:
            spans.append(span)
    return spans


def line_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """切行，两头的空白不算，空行不要。"""
    end = len(text) if end is None else end
    spans = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        span = trim(text, start, stop)
        if span[0] < span[1]:
            spans.append(span)
        start = stop + 1
    return spans


def trim(text: str, start: int, end: int) -> Span:
    """去掉区间两头的空白。"""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def overlap(a: Span, b: Span) -> int:
    """两个区间共有几个字。"""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def merge(spans: list[Span]) -> list[Span]:
    """把相接、相交的区间并起来，按先后排。

    >>> merge([(5, 9), (0, 3), (3, 4)])
    [(0, 4), (5, 9)]
    """
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def touching(spans: Iterable[Span]) -> Callable[[int, int], bool]:
    """一个函数：区间 [start, end) 同这些区间有没有相交；问一次的用时是区间数的对数。

    >>> touched = touching([(2, 4), (7, 9)])
    >>> touched(3, 5), touched(4, 7)
    (True, False)
    """
    merged = merge(list(spans))
    starts = [a for a, _ in merged]

    def touched(start: int, end: int) -> bool:
        at = bisect_left(starts, end) - 1
        return at >= 0 and merged[at][1] > start

    return touched


def number(text: str) -> float | None:
    """读一个数：阿拉伯数字（全角也行）、中文数字、逐字念的年份；不是数返回 None。

    >>> number("十五"), number("２０"), number("二〇二四"), number("1.5"), number("一百二十"), number("多")
    (15.0, 20.0, 2024.0, 1.5, 120.0, None)
    """
    plain = fold(text).replace(",", "").strip()
    if re.fullmatch(r"\d{1,15}(\.\d{1,6})?", plain):
        return float(plain)
    if not plain or len(plain) > 15 or any(c not in _DIGITS and c not in _UNITS and not c.isdigit() for c in plain):
        return None
    if not any(c in _UNITS for c in plain):
        return float("".join(str(_DIGITS[c]) if c in _DIGITS else str(int(c)) for c in plain))
    return _counted(plain)


def _counted(plain: str) -> float:
    total = section = digit = 0
    for c in plain:
        if c == "万":
            total += (section + digit or 1) * 10000
            section = digit = 0
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            digit = digit * 10 + int(c) if c.isascii() else _DIGITS[c]
    return float(total + section + digit)
