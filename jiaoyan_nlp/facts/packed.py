"""压缩的说法拆开：“四定（定时间、定地点……）”“五个一：读一本书，写一篇文……”里的各项，各带区间。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import fold, number, trim
from jiaoyan_nlp.types import Packed

if TYPE_CHECKING:
    from jiaoyan_nlp.types import Document, Tagged

GAP = 14
"""说法和它的各项之间最多隔几个字（引号、“活动”、“，即”等）。"""
LONGEST = 24
"""一项最多几个字。"""
_OPEN = re.compile(r"[(:,，]|(?:即|就是|是指)")
_CUT = re.compile(r"[、,，;；。]|(?<=[^0-9])\s+")
_NOT_ITEM = re.compile(r"^(?:即|就是|是指|包括|和|以及)")


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["items"]) for row in table("packed.csv", "pattern"))


def packed(document: Document, tagged: Tagged) -> tuple[Packed, ...]:
    """文档里的各项，一项一条，按先后排。后面没有跟着各项的说法不算。"""
    folded = fold(document.text)
    found = [
        Packed(document.id, a, b, document.text[a:b], name, count)
        for statement in tagged.statements
        for name, count, spans in unpack(folded, statement.start, statement.end, _line_end(folded, statement.end))
        for a, b in spans
    ]
    return tuple(sorted(found, key=lambda p: (p.start, p.end)))


def unpack(folded: str, start: int, end: int, last: int | None = None) -> list[tuple[str, int, list[tuple[int, int]]]]:
    """一段归一后的文字里的压缩说法：（说法，号称几项，各项的区间）。各项最远排到 last，不给就是 end。

    >>> text = "集体备课做到“四定”(定时间、定地点、定内容、定主讲人)。"
    >>> [(name, [text[a:b] for a, b in spans]) for name, _, spans in unpack(text, 0, len(text))]
    [('四定', ['定时间', '定地点', '定内容', '定主讲人'])]
    """
    found = []
    for pattern, mark in _forms():
        for match in pattern.finditer(folded, start, end):
            count = int(number(match["n"]) or 0)
            spans = _items(folded, match.end(), end if last is None else last, count, mark)
            if len(spans) >= max(2, count - 1):
                found.append((match.group(), count, spans[:count]))
    return sorted(found, key=lambda f: f[2][0])


def _line_end(folded: str, at: int) -> int:
    """各项可以用分号隔成几句，但不出这一段。"""
    end = folded.find("\n", at)
    return len(folded) if end < 0 else end


def _items(folded: str, at: int, end: int, count: int, mark: str) -> list[tuple[int, int]]:
    """说法之后的各项：括号里的，或冒号、逗号之后一项一项排着的。"""
    opening = _OPEN.search(folded, at, min(end, at + GAP))
    if not opening or count < 2:
        return []
    begin = opening.end()
    if opening.group() == "(":
        closing = folded.find(")", begin, end)
        end = closing if closing >= 0 else end
    spans: list[tuple[int, int]] = []
    for piece in _pieces(folded, begin, end):
        if len(spans) == count or piece[1] - piece[0] > LONGEST:
            break
        if (mark or "一") not in folded[piece[0] : piece[1]]:
            if spans:
                break
            continue
        spans.append(piece)
    return spans


def _pieces(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    for cut in [*_CUT.finditer(folded, start, end), None]:
        stop = cut.start() if cut else end
        a, b = trim(folded, start, stop)
        lead = _NOT_ITEM.match(folded[a:b])
        a += lead.end() if lead else 0
        while b > a and folded[b - 1] in '。；;)”"!.':
            b -= 1
        if a < b:
            pieces.append((a, b))
        start = cut.end() if cut else end
    return pieces
