"""逐块比对一对文档：相同的句块连成片段；句子挪了位置也连得上。"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.reuse.settings import setting, whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Cells = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Box:
    """一个片段：抄者的句块 [a0, a1)，来源的句块 [b0, b1)；evidence 是相同的份量，share 是它占抄者这一段的多少。"""

    a0: int
    a1: int
    b0: int
    b1: int
    evidence: float
    share: float
    cells: tuple[tuple[int, int], ...]


def align(shared: Matrix, mine: NDArray[np.float32], theirs: NDArray[np.float32], evidence: float) -> list[Box]:
    """比对一对文档。

    参数：shared[i, j] 是抄者第 i 块和来源第 j 块相同的份量；mine、theirs 是各块自己的份量；
        evidence 是一个片段至少要有的证据（相同的份量乘上相同的比例）。
    返回：片段，按抄者的次序。
    """
    if 0 in shared.shape:
        return []
    close = _closeness(shared, mine, theirs)
    strong = (close >= setting("align", "close")) & (shared >= setting("align", "least"))
    strong &= close >= 0.8 * np.maximum(close.max(axis=1, keepdims=True), close.max(axis=0, keepdims=True))
    cells = [(int(i), int(j)) for i, j in np.argwhere(_thinned(strong))]
    if not cells:
        return []
    groups = _linked(cells, whole("align", "gap"))
    groups = [_grown(group, close, shared) for group in groups]
    groups = _joined(groups, shared, mine, theirs)
    boxes = [_box(group, shared, mine) for group in groups]
    return sorted((b for b in boxes if b.evidence * b.share >= evidence), key=lambda b: (b.a0, b.b0))


def _closeness(shared: Matrix, mine: NDArray[np.float32], theirs: NDArray[np.float32]) -> Matrix:
    """两块有多像：相同的份量占短的一块的多少；一块对两块的，并起来再算。"""
    rows = np.maximum(mine, 1e-6)[:, None]
    columns = np.maximum(theirs, 1e-6)[None, :]
    alone = shared / np.minimum(rows, columns)
    both = shared / np.maximum(rows, columns)
    return np.minimum(1.0, np.maximum(both, 0.8 * alone)).astype(np.float32)


def _thinned(strong: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """一句在对方那里重复许多遍的，第几遍只和第几遍相连：不然格子有遍数的平方那么多。"""
    seen: Counter[int] = Counter()
    for i in np.flatnonzero(strong.sum(axis=1) > whole("align", "repeats")):
        columns = np.flatnonzero(strong[i])
        first = int(columns[0])
        strong[i] = False
        strong[i, columns[seen[first] % len(columns)]] = True
        seen[first] += 1
    return strong


def _linked(cells: Cells, gap: int) -> list[Cells]:
    """两边都相邻（中间至多隔 gap 块）的格子连成一组。"""
    parent = list(range(len(cells)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for n, (i, j) in enumerate(cells):
        for m in range(n - 1, -1, -1):
            if i - cells[m][0] > gap + 1:
                break
            if abs(j - cells[m][1]) <= gap + 1:
                parent[root(n)] = root(m)
    groups: dict[int, Cells] = {}
    for n, cell in enumerate(cells):
        groups.setdefault(root(n), []).append(cell)
    return list(groups.values())


def _grown(group: Cells, close: Matrix, shared: Matrix) -> Cells:
    """向四边长：紧挨着的块只要还算像，就并进来。"""
    near = setting("align", "near")
    cells = set(group)
    height, width = close.shape
    while True:
        a0, a1 = min(i for i, _ in cells), max(i for i, _ in cells)
        b0, b1 = min(j for _, j in cells), max(j for _, j in cells)
        taken = {j for _, j in cells}
        fresh = [
            (i, j)
            for i, js in ((a0 - 1, range(b0 - 2, b1 + 3)), (a1 + 1, range(b0 - 2, b1 + 3)))
            for j in js
            if 0 <= i < height and 0 <= j < width and j not in taken and close[i, j] >= near and shared[i, j] > 0.5
        ]
        if not fresh:
            return sorted(cells)
        i, j = max(fresh, key=lambda cell: float(shared[cell]))
        cells.add((i, j))


def _extent(cells: Cells) -> tuple[int, int, int, int]:
    return (
        min(i for i, _ in cells), max(i for i, _ in cells) + 1, min(j for _, j in cells), max(j for _, j in cells) + 1
    )  # fmt: skip


def _joined(groups: list[Cells], shared: Matrix, mine: NDArray[np.float32], theirs: NDArray[np.float32]) -> list[Cells]:
    """次序打乱的几组并成一个片段：并起来之后两边都仍然大半相同才并。"""
    gap, reorder, density = whole("align", "gap"), whole("align", "reorder"), setting("align", "density")
    groups = sorted(groups)
    at = 0
    while at + 1 < len(groups):
        a0, a1, b0, b1 = _extent(groups[at])
        merged = False
        for other in range(at + 1, len(groups)):
            c0, c1, d0, d1 = _extent(groups[other])
            apart = max(c0 - a1, a0 - c1), max(d0 - b1, b0 - d1)
            if apart[0] > gap or apart[1] > reorder:
                continue
            both = groups[at] + groups[other]
            if _density(both, shared, mine, theirs) >= density:
                groups[at] = sorted(both)
                del groups[other]
                merged = True
                break
        if not merged:
            at += 1
    return groups


def _density(cells: Cells, shared: Matrix, mine: NDArray[np.float32], theirs: NDArray[np.float32]) -> float:
    a0, a1, b0, b1 = _extent(cells)
    part = shared[a0:a1, b0:b1]
    a = float(np.minimum(part.max(axis=1), mine[a0:a1]).sum()) / max(float(mine[a0:a1].sum()), 1e-6)
    b = float(np.minimum(part.max(axis=0), theirs[b0:b1]).sum()) / max(float(theirs[b0:b1].sum()), 1e-6)
    return min(a, b)


def _box(cells: Cells, shared: Matrix, mine: NDArray[np.float32]) -> Box:
    a0, a1, b0, b1 = _extent(cells)
    best = shared[a0:a1, b0:b1].max(axis=1)
    evidence = float(best.sum())
    return Box(a0, a1, b0, b1, evidence, evidence / max(float(mine[a0:a1].sum()), 1e-6), tuple(cells))
