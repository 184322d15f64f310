"""换了字以后，旧的位置到了哪里，新的位置从哪里来。"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

Change = tuple[int, int, str]
"""一处替换：原文里的起、止，换上的字。各处按先后排，互不相交。"""


@dataclass(frozen=True, slots=True)
class Shift:
    """位置的对应：old 是原文里换掉的各个区间，new 是换上的各个区间，一一对应。

    >>> shift, text = changed("由王海燕负责", [(1, 4, "某甲")])
    >>> text, shift.forward(1, 4), shift.backward(1, 3), shift.forward(4, 6)
    ('由某甲负责', (1, 3), (1, 4), (3, 5))
    """

    old: tuple[tuple[int, int], ...] = ()
    new: tuple[tuple[int, int], ...] = ()

    def forward(self, start: int, end: int) -> tuple[int, int]:
        """原文的区间在换过的文字里是哪里；起止落在换掉的字中间的，扩到整处。"""
        return _moved(self.old, self.new, start, end)

    def backward(self, start: int, end: int) -> tuple[int, int]:
        """换过的文字里的区间在原文里是哪里；起止落在换上的字中间的，扩到整处。"""
        return _moved(self.new, self.old, start, end)


def changed(text: str, changes: list[Change]) -> tuple[Shift, str]:
    """换字，返回位置的对应和换过的文字。"""
    parts: list[str] = []
    new: list[tuple[int, int]] = []
    at = size = 0
    for start, end, word in changes:
        parts += [text[at:start], word]
        size += start - at
        new.append((size, size + len(word)))
        size, at = size + len(word), end
    return Shift(tuple((a, b) for a, b, _ in changes), tuple(new)), "".join([*parts, text[at:]])


def _moved(
    here: tuple[tuple[int, int], ...], there: tuple[tuple[int, int], ...], start: int, end: int
) -> tuple[int, int]:
    first, last = _place(here, there, start, 0), _place(here, there, end, 1)
    return (first, first) if start == end else (first, last)


def _place(here: tuple[tuple[int, int], ...], there: tuple[tuple[int, int], ...], at: int, side: int) -> int:
    """一个位置的去处。参数：side 是落在一处中间时取那一处的头（0）还是尾（1）。"""
    n = bisect_right(here, (at, -1)) - 1
    if n >= 0 and at < here[n][1]:
        return there[n][side]
    return at + (there[n][1] - here[n][1] if n >= 0 else 0)
