"""改写和缩写：一句一句都不像，一串句子按次序个个比碰巧的近一点，又共有数字、专名和少见的词，才算。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.reuse.settings import setting, whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Vector = NDArray[np.float32]


BARRED = -1.0
"""已经算作抄袭的句子记作这个数。"""


@dataclass(frozen=True, slots=True)
class Chain:
    """一串句子：抄者的句子 [a0, a1)，来源的句子 [b0, b1)；score 是每对句子超出碰巧的部分之和。"""

    a0: int
    a1: int
    b0: int
    b1: int
    score: float
    pairs: int


@dataclass(frozen=True, slots=True)
class _Cell:
    a0: int
    a1: int
    b0: int
    b1: int
    gain: float


def chains(shared: Matrix, mine: Vector, theirs: Vector, score: float) -> list[Chain]:
    """一对文档里够份量的句子串，互不相交，好的在前。

    参数：shared[i, j] 是抄者第 i 句和来源第 j 句共有的份量；mine、theirs 是各句自己的份量，不参加的句子是 0，
        已经算作抄袭、一串不能跨过的是 BARRED；
        score 是一串至少要有的分。
    """
    shared = shared * (mine > 0)[:, None] * (theirs > 0)[None, :]
    cells = _cells(shared, mine, theirs)
    found: list[Chain] = []
    while len(cells) >= whole("loose", "pairs") and _most(cells) >= score:
        best = _best(cells, mine, theirs)
        if best.score < score:
            break
        steps = max(int((mine[best.a0 : best.a1] > 0).sum()), 1)
        if best.pairs >= whole("loose", "pairs") and best.score >= setting("loose", "density") * steps:
            found.append(best)
        cells = [c for c in cells if (c.a1 <= best.a0 or c.a0 >= best.a1) and (c.b1 <= best.b0 or c.b0 >= best.b1)]
    return found


def _most(cells: list[_Cell]) -> float:
    """一串的分最多能有多少：每一句至多用一次。"""
    best: dict[int, float] = {}
    for cell in cells:
        best[cell.a0] = max(best.get(cell.a0, 0.0), cell.gain)
    return sum(best.values())


def _cells(shared: Matrix, mine: Vector, theirs: Vector) -> list[_Cell]:
    """比碰巧的近的句子对：一对一、两句并一句、一句拆两句。"""
    if shared.shape[0] < 1 or shared.shape[1] < 1:
        return []
    found = _gains(shared, mine, theirs, 1, 1)
    found += _gains(shared[1:] + shared[:-1], mine[1:] + mine[:-1], theirs, 2, 1)
    found += _gains(shared[:, 1:] + shared[:, :-1], mine, theirs[1:] + theirs[:-1], 1, 2)
    return sorted(found, key=lambda c: (c.a1, c.b1, c.a0, c.b0))


def _gains(shared: Matrix, mine: Vector, theirs: Vector, height: int, width: int) -> list[_Cell]:
    least = setting("loose", "mass")
    small = np.maximum(np.minimum(mine[:, None], theirs[None, :]), 0)
    cosine = shared / np.sqrt(np.maximum(mine, least)[:, None] * np.maximum(theirs, least)[None, :])
    gain = np.minimum(setting("loose", "most"), cosine - setting("loose", "chance"))
    gain *= np.minimum(1.0, np.sqrt(small / setting("loose", "full")))
    gain[small < least] = 0
    most = whole("loose", "mates")
    for i in np.flatnonzero((gain >= setting("loose", "least")).sum(axis=1) > most):
        gain[i, np.argsort(-gain[i], kind="stable")[most:]] = 0
    return [
        _Cell(int(i), int(i) + height, int(j), int(j) + width, float(gain[i, j]))
        for i, j in np.argwhere(gain >= setting("loose", "least"))
    ]


def _best(cells: list[_Cell], mine: Vector, theirs: Vector) -> Chain:
    """分最高的一串：两边都往前走，跳过的句子要扣分。"""
    skip, full, reach = setting("loose", "skip"), setting("loose", "full"), whole("loose", "reach")
    cost_a, cost_b = (
        np.concatenate([[0.0], np.cumsum(np.where(mass < 0, 1e3, skip * np.clip(mass / full, 0.3, 1.0)))])
        for mass in (mine, theirs)
    )
    score: list[float] = []
    start: list[int] = []
    count: list[int] = []
    for n, cell in enumerate(cells):
        best, at, pairs = cell.gain, n, 1
        for m in range(n - 1, -1, -1):
            other = cells[m]
            if other.a1 < cell.a0 - reach:
                break
            if other.a1 > cell.a0 or other.b1 > cell.b0 or other.b1 < cell.b0 - reach:
                continue
            value = (
                score[m] + cell.gain
                - (cost_a[cell.a0] - cost_a[other.a1]) - (cost_b[cell.b0] - cost_b[other.b1])
            )  # fmt: skip
            if value > best:
                best, at, pairs = value, start[m], count[m] + 1
        score.append(best)
        start.append(at)
        count.append(pairs)
    top = int(np.argmax(score))
    first, last = cells[start[top]], cells[top]
    return Chain(first.a0, last.a1, first.b0, last.b1, float(score[top]), count[top])
