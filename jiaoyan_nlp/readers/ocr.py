"""从图片认字：rapidocr，可选的 ocr 部分；模型在安装包里，不联网。坐标单位是像素。"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from math import atan2, cos, sin
from statistics import median
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.readers.pdf_layout import Line
from jiaoyan_nlp.readers.settings import setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    Pixels = np.ndarray[Any, Any]
    Corner = tuple[float, float]


def available() -> bool:
    """装了 ocr 部分没有。"""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def recognise(pixels: Pixels) -> list[Line]:
    """认一页。

    参数：pixels 是图片（高 × 宽 × 3，字节）。返回：各行，带把握（confidence，0–1）；歪的已经摆正，横放的已经转正。
    """
    found = _recognised(pixels)
    turns = (1, 3) if _sideways(found) else (2,) if _unsure(found) else ()
    for quarters in turns:
        found = max(found, _recognised(_turned(pixels, quarters)), key=_certainty)
    return _even(_straight(found))


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


def _straight(rows: Sequence[Row]) -> list[Line]:
    """按长的几行的斜度把各行的位置摆正。"""
    if not rows:
        return []
    long = sorted(rows, key=lambda row: -_length(row[1][0], row[1][1]))[: max(1, len(rows) // 2)]
    tilt = median(atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]) for _, box, _ in long)
    return [_line(text, [_rotated(corner, -tilt) for corner in box], score) for text, box, score in rows]


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
