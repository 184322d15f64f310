"""扫描页上有框线的表格：在图里找横线、竖线围成的格子。没有框线的表格不找，各行照读。

做法：二值化后用长条形的开运算留下横线和竖线（形态学提取框线的通行做法），线围出的每个洞是一格。坐标单位是像素。
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.readers.pdf_layout import Box, Line
from jiaoyan_nlp.readers.pdf_pages import Grid
from jiaoyan_nlp.readers.settings import setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np

    Pixels = np.ndarray[Any, Any]


def find_grids(pixels: Pixels, lines: Sequence[Line]) -> list[Grid]:
    """一页上的表格，从上到下；只有一格的是边框，不是表格。

    参数：pixels 是摆正了的图片；lines 是认出的各行，用来估计字的大小。
    """
    if not lines:
        return []
    em = median(line.size for line in lines)
    ruled = _rules(pixels, em)
    boxes = (list(_cells(ruled, frame, em)) for frame in _frames(ruled, em))
    grids = [_grid(cells, em) for cells in boxes if len(cells) > 1]
    return sorted(grids, key=lambda grid: grid.box[1])


def inked(pixels: Pixels, box: Box) -> bool:
    """格子里有没有墨迹。"""
    inside = cut(pixels, box, -setting("ocr", "cell_edge"))
    dark = (inside.mean(axis=2) < 128).mean() if inside.size else 0.0
    return bool(dark > setting("ocr", "ink"))


def cut(pixels: Pixels, box: Box, margin: float) -> Pixels:
    """图里的一块；margin 为负是往里缩几个像素。"""
    left, top, right, bottom = (round(side) for side in box)
    edge = round(margin)
    return pixels[max(top - edge, 0) : max(bottom + edge, 0), max(left - edge, 0) : max(right + edge, 0)]


def _rules(pixels: Pixels, em: float) -> Pixels:
    """横线和竖线，是线的点为 255；比字长的才算线。"""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    _, dark = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    dark = cv2.dilate(dark, np.ones((3, 3), np.uint8))  # 线上的缺口、残余的一点歪斜补上
    length = max(3, round(setting("ocr", "rule") * em))
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    joined: Pixels = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    return joined


def _frames(ruled: Pixels, em: float) -> Iterator[tuple[int, int, int, int]]:
    """连成一片的框线的外框：左、上、宽、高。"""
    import cv2

    _, _, shapes, _ = cv2.connectedComponentsWithStats(ruled)
    for left, top, width, height, _ in shapes[1:]:
        if width > 2 * em and height > em:
            yield int(left), int(top), int(width), int(height)


def _cells(ruled: Pixels, frame: tuple[int, int, int, int], em: float) -> Iterator[Box]:
    """外框里线围成的各格；碰着外框边的是框外的空白，太小的是线与线之间的缝。"""
    import cv2

    left, top, width, height = frame
    holes = cv2.bitwise_not(ruled[top : top + height, left : left + width])
    _, _, shapes, _ = cv2.connectedComponentsWithStats(holes, connectivity=4)
    for x, y, w, h, _ in shapes[1:]:
        if x > 0 and y > 0 and x + w < width and y + h < height and min(w, h) > setting("ocr", "cell") * em:
            yield float(left + x), float(top + y), float(left + x + w), float(top + y + h)


def _grid(cells: Sequence[Box], em: float) -> Grid:
    """各格照左边、上边的先后排成行列；并进别的格的是 None。"""
    lefts, tops = _edges([box[0] for box in cells], em), _edges([box[1] for box in cells], em)
    table: list[list[Box | None]] = [[None] * len(lefts) for _ in tops]
    for box in cells:
        table[_nearest(tops, box[1])][_nearest(lefts, box[0])] = box
    outer = (
        min(b[0] for b in cells), min(b[1] for b in cells), max(b[2] for b in cells), max(b[3] for b in cells),
    )  # fmt: skip
    return Grid(outer, table)


def _edges(values: Sequence[float], em: float) -> list[float]:
    """差不多齐的边合成一条。"""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] < setting("ocr", "cell") * em:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [median(group) for group in groups]


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
