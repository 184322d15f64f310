"""从图片认字：rapidocr，可选的 ocr 部分；模型在安装包里，不联网。坐标单位是像素。"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from math import atan2, cos, sin
from statistics import median
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.engines.worker import here
from jiaoyan_nlp.readers.ocr_tables import cut, find_grids, inked
from jiaoyan_nlp.readers.pdf_layout import Line
from jiaoyan_nlp.readers.settings import setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from jiaoyan_nlp.readers.pdf_layout import Box
    from jiaoyan_nlp.readers.pdf_pages import Grid

    Pixels = np.ndarray[Any, Any]
    Corner = tuple[float, float]


def available() -> bool:
    """装了 ocr 部分没有。"""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def recognise(pixels: Pixels) -> tuple[list[Line], list[Grid]]:
    """认一页。

    参数：pixels 是图片（高 × 宽 × 3，字节）。
    返回：各行，带把握（confidence，0–1），和有框线的表格；歪的已经摆正，横放的已经转正。
    """
    here()  # 认一页要几秒，时间按页算
    found, upright = _recognised(pixels), pixels
    turns = (1, 3) if _sideways(found) else (2,) if _unsure(found) else ()
    for quarters in turns:
        other = _recognised(turned := _turned(pixels, quarters))
        if _certainty(other) > _certainty(found):
            found, upright = other, turned
    tilt = _tilt(found)
    lines = _even([_line(text, [_rotated(corner, -tilt) for corner in box], score) for text, box, score in found])
    level = _levelled(upright, tilt)
    grids = find_grids(level, lines)
    return _by_cell(level, lines, grids), grids


def _by_cell(pixels: Pixels, lines: list[Line], grids: Sequence[Grid]) -> list[Line]:
    """一行盖住了几格、有字的格子里没认出字，就一格一格单独认。"""
    boxes = [box for grid in grids for row in grid.cells for box in row if box]
    owners = {line: [box for box in boxes if _covers(line, box)] for line in lines}
    alone = {found[0] for found in owners.values() if len(found) == 1}
    crossed = {box for found in owners.values() if len(found) > 1 for box in found}
    again = [box for box in boxes if box in crossed or (box not in alone and inked(pixels, box))]
    kept = [line for line, found in owners.items() if not any(box in crossed for box in found)]
    return kept + [line for box in again for line in _in_cell(pixels, box)]


def _covers(line: Line, box: Box) -> bool:
    """这一行有一部分（不只是边上一点）落在格子里。"""
    across = min(line.right, box[2]) - max(line.left, box[0])
    return box[1] < line.middle < box[3] and across > 0.5 * min(line.size, line.right - line.left)


def _in_cell(pixels: Pixels, box: Box) -> list[Line]:
    """只认一格；四周补上空白，孤零零的一两个字才找得到。"""
    import numpy as np

    margin = setting("ocr", "padding")
    inside = cut(pixels, box, -setting("ocr", "cell_edge"))
    padded = np.pad(inside, ((int(margin),) * 2, (int(margin),) * 2, (0, 0)), constant_values=255)
    left, top = box[0] - margin + setting("ocr", "cell_edge"), box[1] - margin + setting("ocr", "cell_edge")
    rows = _recognised(padded)
    return [_line(text, [(x + left, y + top) for x, y in corners], score) for text, corners, score in rows]


Row = tuple[str, list[tuple[float, float]], float]
"""一行：字、四角（左上、右上、右下、左下）、把握。"""


def _recognised(pixels: Pixels) -> list[Row]:
    seen = _engine()(pixels, use_cls=False)  # 逐行翻转会掩盖整页颠倒，行的次序就反了
    if seen.txts is None or seen.boxes is None:
        return []
    boxes = [[(float(x), float(y)) for x, y in box] for box in seen.boxes]
    rows = zip(seen.txts, boxes, map(float, seen.scores), strict=True)
    return [row for row in rows if row[0].strip()]


@lru_cache(maxsize=1)
def _engine() -> Any:  # noqa: ANN401  # rapidocr 没有类型
    from rapidocr import RapidOCR

    # 在 joblib 的子进程里 OMP_NUM_THREADS 是分到的核数，onnxruntime 自己不看
    threads = int(os.environ.get("OMP_NUM_THREADS") or -1)
    return RapidOCR(params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": threads})


def _turned(pixels: Pixels, quarters: int) -> Pixels:
    import numpy as np

    return np.ascontiguousarray(np.rot90(pixels, quarters))


def _sideways(rows: Sequence[Row]) -> bool:
    """多数行又高又窄，就是横放着的。"""
    tall = sum(1 for _, box, _ in rows if _length(box[0], box[3]) > 1.5 * _length(box[0], box[1]))
    return 2 * tall > len(rows)


def _certainty(rows: Sequence[Row]) -> float:
    """横排、认得准的字有多少。"""
    return 0.0 if _sideways(rows) else sum(len(text) * max(score - 0.5, 0.0) for text, _, score in rows)


def _unsure(rows: Sequence[Row]) -> bool:
    """一多半的行认不准，多半是颠倒着的。"""
    return bool(rows) and median(score for _, _, score in rows) < setting("ocr", "sure")


def _length(one: Corner, other: Corner) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _tilt(rows: Sequence[Row]) -> float:
    """长的几行的斜度，单位弧度。"""
    if not rows:
        return 0.0
    long = sorted(rows, key=lambda row: -_length(row[1][0], row[1][1]))[: max(1, len(rows) // 2)]
    return median(atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]) for _, box, _ in long)


def _levelled(pixels: Pixels, tilt: float) -> Pixels:
    """图片绕左上角摆正，与各行的坐标一致。"""
    import cv2
    import numpy as np

    turn = np.array([[cos(tilt), sin(tilt), 0.0], [-sin(tilt), cos(tilt), 0.0]])
    size = (pixels.shape[1], pixels.shape[0])
    level: Pixels = cv2.warpAffine(pixels, turn, size, flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    return level


def _rotated(corner: Corner, angle: float) -> Corner:
    x, y = corner
    return x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)


def _line(text: str, box: Sequence[Corner], score: float) -> Line:
    left, right = (box[0][0] + box[3][0]) / 2, (box[1][0] + box[2][0]) / 2
    top, bottom = (box[0][1] + box[1][1]) / 2, (box[2][1] + box[3][1]) / 2
    return Line(text.strip(), left, top, right, bottom, score)


def _even(lines: Sequence[Line]) -> list[Line]:
    """框的高低有出入，差不多高的一律当作一样大的字，免得连段时误认作换了字号。"""
    if not lines:
        return []
    usual = median(line.size for line in lines)
    near = setting("ocr", "same_size") * usual
    return [
        replace(line, top=line.middle - usual / 2, bottom=line.middle + usual / 2)
        if abs(line.size - usual) <= near
        else line
        for line in lines
    ]
