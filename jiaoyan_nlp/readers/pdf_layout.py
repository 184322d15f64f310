"""pdf 一页上的字 → 行 → 段。坐标从左上角数起，单位是点（1/72 英寸）。"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from jiaoyan_nlp.readers.settings import setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Box = tuple[float, float, float, float]
"""左、上、右、下。"""


class Char(NamedTuple):
    """一个字（或紧挨着的一串）和它的位置。"""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """一行（或两栏、表格里的一截）；confidence 是从图片认出来的把握（0–1），不是认出来的没有。"""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None

    @property
    def size(self) -> float:
        """字高。"""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """中线。"""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """一段；full 是末行写满了（可能接到下一页），indented 是首行缩进了（不会是接上页的）。"""

    text: str
    page: int
    top: float
    size: float
    full: bool
    indented: bool
    centered: bool = False
    confidence: float | None = None
    right: bool = False


def surer(*parts: Line | Paragraph) -> float | None:
    """几截合成一截，把握照最小的算。"""
    return min((part.confidence for part in parts if part.confidence is not None), default=None)


def pieces(chars: Iterable[Char], fine: bool = False) -> list[Line]:
    """照 pdf 里的次序把字连成截：换行、往回跳、隔得远都断开。fine：隔开不远也断开。"""
    gap = setting("pdf", "word_gap" if fine else "column_gap")
    runs: list[list[Char]] = []
    for char in chars:
        last = runs[-1][-1] if runs else None
        if last is None or not _follows(last, char, gap):
            runs.append([])
        elif (space := char.left - last.right) > 0.25 * _height(char) and _western(last.text[-1] + char.text[0]):
            runs[-1].append(Char(" ", last.right, char.top, last.right + space, char.bottom))
        runs[-1].append(char)
    return [line for run in runs if (line := _line(run)).text]


def overlapping(parts: Sequence[Line]) -> bool:
    """有没有一截落在同一行另一截的中间。"""
    ordered = sorted(parts, key=lambda part: (round(part.middle / 3), part.left))
    return any(
        after.left < before.right - 0.3 * after.size and abs(before.middle - after.middle) < 0.5 * after.size
        for before, after in pairwise(ordered)
    )


def _height(char: Char) -> float:
    return max(char.bottom - char.top, 1.0)


def _follows(last: Char, char: Char, gap: float) -> bool:
    height = min(_height(last), _height(char))
    level = min(last.bottom, char.bottom) - max(last.top, char.top) > 0.4 * height
    return level and -0.7 * height < char.left - last.right < gap * max(_height(last), _height(char))


def _western(text: str) -> bool:
    return text.isascii()


def _line(run: Sequence[Char]) -> Line:
    text = "".join(char.text for char in run)
    solid = [char for char in run if not char.text.isspace()] or run
    return Line(
        text.strip(), min(c.left for c in solid), median(c.top for c in solid for _ in c.text),
        max(c.right for c in solid), median(c.bottom for c in solid for _ in c.text),
    )  # fmt: skip


def rows(parts: Sequence[Line]) -> list[Line]:
    """同一高度的截并成一行，隔开的地方留一个空格。"""
    grouped: list[list[Line]] = []
    for part in sorted(parts, key=lambda p: (p.middle, p.left)):
        if grouped and abs(grouped[-1][0].middle - part.middle) < 0.5 * min(grouped[-1][0].size, part.size):
            grouped[-1].append(part)
        else:
            grouped.append([part])
    return [_merged(sorted(group, key=lambda p: p.left)) for group in grouped]


def _merged(group: list[Line]) -> Line:
    text = group[0].text
    for before, part in pairwise(group):
        near = part.left - before.right < setting("pdf", "word_gap") * part.size and not _western(
            text[-1:] + part.text[:1]
        )
        text += part.text if near else " " + part.text
    return Line(
        text,
        group[0].left,
        min(p.top for p in group),
        max(p.right for p in group),
        max(p.bottom for p in group),
        surer(*group),
    )


def columns(parts: Sequence[Line], gutter: float | None) -> list[list[Line]]:
    """分栏：gutter 是 None 就是一栏，原样返回；两栏的按通栏的行切成几带，每带先左后右。"""
    if gutter is None:
        return [list(parts)]
    across = sorted((p for p in parts if p.left < gutter < p.right), key=lambda p: p.top)
    bands: list[list[Line]] = []
    top = float("-inf")
    for divider in [*across, None]:
        bottom = divider.top if divider else float("inf")
        inside = [p for p in parts if p not in across and top <= p.middle < bottom]
        bands += [[p for p in inside if p.right <= gutter], [p for p in inside if p.left >= gutter]]
        if divider:
            bands.append([divider])
            top = divider.middle
    return _joined_bands([band for band in bands if band], gutter)


def _joined_bands(bands: list[list[Line]], gutter: float) -> list[list[Line]]:
    """接连几条通栏的行合成一带，好一起连成段。"""
    joined: list[list[Line]] = []
    for band in bands:
        wide = band[0].left < gutter < band[0].right
        if joined and wide and joined[-1][0].left < gutter < joined[-1][0].right:
            joined[-1] += band
        else:
            joined.append(list(band))
    return joined


def gutters(pages: Sequence[Sequence[Line]], widths: Sequence[float]) -> list[float | None]:
    """每页的栏间空白在哪里；一栏的页是 None。行太少、看不准的页（多半是末页）照别的页。"""
    found = [_gutter(parts, width) for parts, width in zip(pages, widths, strict=True)]
    known = [x for x in found if x is not None]
    if 2 * len(known) < len(found) or not known:
        return found
    usual = median(known)
    return [x if x is not None or _crossing(parts, usual) else usual for x, parts in zip(found, pages, strict=True)]


def _crossing(parts: Sequence[Line], x: float) -> bool:
    """跨过 x 的行多不多。"""
    across = sum(1 for part in parts if part.left < x < part.right)
    return across > setting("pdf", "gutter_crossing") * len(parts)


def _gutter(parts: Sequence[Line], width: float) -> float | None:
    """栏间空白的位置：跨过它的行很少，两边都有好些行，而且左右对着排。"""
    start, end = (int(setting("pdf", name) * width) for name in ("gutter_from", "gutter_to"))
    crossings: dict[int, int] = {}
    for x in range(start, end, max(3, (end - start) // 300)):  # 坏文件的页宽可以有几千万
        left = sum(1 for part in parts if part.right <= x)
        right = sum(1 for part in parts if part.left >= x)
        if min(left, right) >= setting("pdf", "gutter_lines") and not _crossing(parts, x):
            crossings[x] = len(parts) - left - right
    if not crossings:
        return None
    gutter = median(place for place, across in crossings.items() if across == min(crossings.values()))
    before, after = [p for p in parts if p.right <= gutter], [p for p in parts if p.left >= gutter]
    # 右栏多数行从同一处起、行也够长，才是分栏，不是一行里隔开的几截（名单、目录）
    aligned = Counter(round(p.left / 4) for p in after).most_common(1)[0][1] >= 0.5 * len(after)
    long = median(p.right - p.left for p in [*before, *after]) > 0.25 * width
    return float(gutter) if aligned and long else None


def paragraphs(lines: Sequence[Line], page: int, frame: tuple[float, float] | None = None) -> list[Paragraph]:
    """行连成段：看上一行写满没有、这一行缩进没有、行距和字的大小变没变。

    参数：lines 是一栏里从上到下的行；frame 是这一栏的左右边，不知道就从行里看。
    """
    if not lines:
        return []
    left, right = frame or frame_of(lines)
    pitch = _pitch(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _starts(groups[-1], line, left, right, pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, page, left, right) for group in groups]


def frame_of(lines: Sequence[Line], width: float | None = None) -> tuple[float, float]:
    """栏的左右边：左边取多数行对齐的最左处，免得一行凸出来全算缩进。

    没有一行写得过半（给了页宽 width 时才看），右边就按左右对称估计。
    """
    edges = Counter(2.0 * round(line.left / 2) for line in lines)
    common = [edge for edge, count in edges.items() if count >= max(2, 0.15 * len(lines))]
    left = min(common, default=min(edges))
    right = max(line.right for line in lines)
    return left, width - left if width and right < setting("pdf", "reach") * width else right


def _pitch(lines: Sequence[Line]) -> float:
    steps = [after.middle - before.middle for before, after in pairwise(lines)]
    steps = [step for step in steps if step > 0]
    return median(steps) if steps else 0.0


def _starts(group: list[Line], line: Line, left: float, right: float, pitch: float) -> bool:
    last = group[-1]
    em = max(last.size, 1.0)
    step = line.middle - last.middle
    return (
        bool(last.text[-1:] in ENDINGS and _NUMBERED.match(line.text))
        or last.right < right - setting("pdf", "short") * em
        or line.left > left + setting("pdf", "indent") * em
        or abs(line.size - last.size) > setting("pdf", "size_change") * em
        or (pitch > 0 and step > setting("pdf", "spacing") * pitch)
        or step < 0
    )


ENDINGS = "。！？；：…"
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]{1,3}[章节条]|[①-⑳]"
)


def _paragraph(group: list[Line], page: int, left: float, right: float) -> Paragraph:
    first, last = group[0], group[-1]
    em = max(last.size, 1.0)
    text = first.text
    for line in group[1:]:
        text = join(text, line.text)
    full = last.right >= right - setting("pdf", "short") * em
    indented = first.left > left + setting("pdf", "indent") * em
    off_centre = abs((first.left - left) - (right - first.right))
    centered = len(group) == 1 and first.left - left > 0.5 * em and off_centre < 0.5 * em
    beyond = len(group) == 1 and not centered and first.left > (left + right) / 2
    return Paragraph(
        text, page, first.top, median(line.size for line in group), full, indented, centered, surer(*group), beyond
    )


def join(before: str, after: str) -> str:
    """两行接起来：英文词之间补空格，汉字之间不补。"""
    spaced = before[-1:].isascii() and after[:1].isascii() and before[-1:].isalnum() and after[:1].isalnum()
    return f"{before} {after}" if spaced else before + after


_PAGE_NUMBER = re.compile(
    r"(?:第?[-—–·~\s]{0,4}\d{1,4}[-—–·~\s]{0,4}页?)(?:[/／,，]?\s{0,3}(?:共\s{0,3})?\d{1,4}\s{0,3}页?)?"
)


def furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[set[Line]]:
    """每页上的页眉、页脚、页码：在页的上下边，且在许多页上（数字不论）重复；页码、只有一页时的小字页眉不必重复。"""
    margin = setting("pdf", "margin")
    edges = []
    for lines, height in zip(pages, heights, strict=True):
        edges.append([line for line in lines if line.bottom < margin * height or line.top > (1 - margin) * height])
    body = median([line.size for lines in pages for line in lines] or [0.0])
    counts = Counter(key for lines in edges for key in {_signature(line) for line in lines})
    needed = max(2, setting("pdf", "repeated") * len(pages))
    dropped = []
    for lines, height in zip(edges, heights, strict=True):
        repeated = {line for line in lines if counts[_signature(line)] >= needed}
        numbers = {line for line in lines if is_page_number(line.text)}
        dropped.append(repeated | numbers | (_small_heads(lines, height, body) if len(pages) == 1 else set()))
    return dropped


def is_page_number(text: str) -> bool:
    """“第 3 页”“- 3 -”“3/8”一类。"""
    return bool(_PAGE_NUMBER.fullmatch(text.strip()))


def _small_heads(lines: Sequence[Line], height: float, body: float) -> set[Line]:
    """只有一页，看不出重复：页上边比正文小的字是页眉。"""
    return {line for line in lines if line.middle < height / 2 and line.size < setting("pdf", "head_size") * body}


def _signature(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text)), round(line.middle / 12)


def carries_on(before: Paragraph | None, after: Paragraph) -> bool:
    """上一页（栏）末段写满、没有句号收尾，下一页首段不缩进、字一样大，就是同一段。"""
    if before is None or not before.full or after.indented or after.centered:
        return False
    return abs(before.size - after.size) <= setting("pdf", "size_change") * before.size
