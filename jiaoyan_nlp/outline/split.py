"""一个文件里的几篇文档：有题的（篇一、总结1）按题分，无题的按序号重新从一起头分。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import Span, fold, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiaoyan_nlp.outline.lines import Line

MAX_TITLE = 45
MIN_PIECE = 120
"""一篇文档至少这么多字。"""
TOP_RANK = 2
"""序号级别到这里为止可以是一篇文档的最上层。"""
_OPENING = re.compile(r"^(?:指导思想|工作思路|总体思路|基本思路|工作目标|总体目标|基本情况|活动目标)[:：。]?$")
_TITLE = re.compile(
    r"(?:计划|总结|方案|制度|办法|细则|汇报|报告|小结|体会|案例|要点|规划)(?:[(【].{0,20}[)】])?\s?\d{0,2}$"
)
_INTRO = re.compile(r"如下[:：。]?$")
_FAREWELL = re.compile(r"今后|总之|相信|展望|新的(?:学期|一年)|努力")


@lru_cache(maxsize=1)
def _series() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in table("series.csv", "name", "pattern"))


def cuts(text: str, rows: Sequence[Line]) -> list[int]:
    """每篇文档的起点，按先后排；只有一篇时是 [0]。

    参数：text 是文件的全部文字；rows 是去掉杂质之后的各行。
    """
    folded = fold(text)
    titled = _titled(folded, rows)
    bounds = titled or [0]
    found: list[int] = []
    for start, end in zip(bounds, [*bounds[1:], len(text)], strict=True):
        piece = [row for row in rows if start <= row.start < end]
        found += [start, *_restarts(folded, piece, collected=bool(titled))]
    return found


def _titled(folded: str, rows: Sequence[Line]) -> list[int]:
    """成串的题目（同一种写法，从一起连着数）的起点。"""
    for pattern in _series():
        groups: dict[str, list[tuple[int, int]]] = {}
        for row in rows:
            if row.end - row.start > MAX_TITLE:
                continue
            match = pattern.match(folded[row.start : row.end])
            value = number(match["n"]) if match else None
            if match and value:
                base = match["base"] if pattern is _series()[-1] else ""
                groups.setdefault(base, []).append((int(value), row.start))
        for found in groups.values():
            if chain := _chain(found):
                return chain
    return []


def _chain(found: list[tuple[int, int]]) -> list[int]:
    """从 1 数起、逐个加大的一串；不到两个不算。"""
    starts: list[int] = []
    last = 0
    for value, start in found:
        if (value == 1 and not starts) or (starts and last < value <= last + 2):
            starts.append(start)
            last = value
    return starts if len(starts) >= 2 else []


def _restarts(folded: str, rows: Sequence[Line], *, collected: bool) -> list[int]:
    """一篇之内序号重新起头的地方。"""
    odd = _odd_indents(rows)
    seconds = {row.style: index for index, row in enumerate(rows) if row.value == 2}
    found: list[int] = []
    first, seen = 0, _Seen()
    for index, row in enumerate(rows):
        if index > first and row.start - rows[first].start >= MIN_PIECE:
            follows = seconds.get(row.style, -1) >= index
            last = rows[max(first, index - 3) : index]
            if _restart(folded, seen, last, row, follows=follows) or (row.start in odd and _opens(folded, row)):
                first = _beginning(folded, rows, first, index, collected=collected)
                found.append(rows[first].start)
                seen = _Seen()
                for one in rows[first:index]:
                    seen.add(folded, one)
        seen.add(folded, row)
    return found


@dataclass(slots=True)
class _Seen:
    """本篇已经看过的行：编号的最高一级、每种编号数到几、没有编号的套话标题。"""

    top: int | None = None
    last: dict[str | None, int] = field(default_factory=dict)
    openings: set[str] = field(default_factory=set)

    def add(self, folded: str, row: Line) -> None:
        """再看一行。"""
        if row.rank is None:
            if _OPENING.match(words := _words(folded, row)):
                self.openings.add(words)
            return
        self.top = row.rank if self.top is None else min(self.top, row.rank)
        self.last[row.style] = max(self.last.get(row.style, 0), row.value or 0)


def _odd_indents(rows: Sequence[Line]) -> set[int]:
    """缩进与众不同的行：抓取拼接时每篇开头常留下一个空格。"""
    spaced = [row.start for row in rows if row.indent == 1]
    return set(spaced) if 2 <= len(spaced) <= max(2, len(rows) // 10) else set()


def _opens(folded: str, row: Line) -> bool:
    return row.value == 1 or bool(_OPENING.match(_words(folded, row)))


def _restart(folded: str, seen: _Seen, before: Sequence[Line], row: Line, *, follows: bool) -> bool:
    """row 是不是新的一篇的第一个栏目。before 是它前面三行，follows 是后面还有同一种编号的“二”。"""
    opening = bool(_OPENING.match(_words(folded, row)))
    if row.rank is None:
        return opening and _words(folded, row) in seen.openings
    if row.value != 1 or row.rank > TOP_RANK or seen.top is None:
        return False
    parent = before[-1].rank is None and _short(folded, before[-1]) and not _TITLE.search(_words(folded, before[-1]))
    if (parent and not opening) or _bodiless(folded, before[-1], row):
        return False
    last = seen.last.get(row.style, 0)
    if row.rank == seen.top and row.style in seen.last:
        return last >= 2 and (follows or opening) and (last >= 3 or opening or _titled_before(folded, before))
    return row.rank < seen.top and opening and follows


def _bodiless(folded: str, before: Line, row: Line) -> bool:
    """紧挨着上一个标题的“一”是这个标题下面的第一条：“七、今后打算”下一行就是“一，……”。"""
    return before.rank == row.rank and before.value not in (None, 1) and _short(folded, before)


def _titled_before(folded: str, before: Sequence[Line]) -> bool:
    return any(_short(folded, r) and _TITLE.search(_words(folded, r)) for r in before if r.rank is None)


def _short(folded: str, row: Line) -> bool:
    return row.end - row.title <= MAX_TITLE and not re.search(r"[。；;！!？?]", folded[row.title : row.end])


def _words(folded: str, row: Line) -> str:
    return folded[row.title : min(row.end, row.title + MAX_TITLE + 1)].strip()


def _beginning(folded: str, rows: Sequence[Line], first: int, index: int, *, collected: bool) -> int:
    """新的一篇从哪行起：第一个栏目之前若有题目、导言，也归新的一篇。"""
    begin = index
    for back in range(index - 1, max(first, index - 5), -1):
        row = rows[back]
        if row.rank is not None:
            break
        if _short(folded, row) and _TITLE.search(_words(folded, row)):
            return back
        if _INTRO.search(folded[row.start : row.end]) or (begin < index and not _farewell(folded, row)):
            begin = back
        elif begin < index:
            break
    return begin if collected or begin == index or index - begin <= 2 else index


def _farewell(folded: str, row: Line) -> bool:
    return bool(_FAREWELL.search(folded[row.start : row.end]))


def piece_spans(text: str, rows: Sequence[Line]) -> list[Span]:
    """每篇文档的区间。单独一篇时是整个文件；几篇时第一篇题目之前的（网站的题和导语）不要。"""
    starts = cuts(text, rows)
    return list(zip(starts, [*starts[1:], len(text)], strict=True))
