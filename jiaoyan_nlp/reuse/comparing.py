"""把值得细比的文档对逐对比出片段。"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.reuse.mosaics import Table, interleaved
from jiaoyan_nlp.reuse.official import quotations
from jiaoyan_nlp.reuse.passage import Passage
from jiaoyan_nlp.reuse.settings import setting, whole
from jiaoyan_nlp.reuse.units import units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from jiaoyan_nlp.reuse.mosaics import Block
    from jiaoyan_nlp.reuse.units import Units
    from jiaoyan_nlp.types import Document


class Comparer:
    """一批文档的句块和份量，随时可以比任何一对。"""

    def __init__(self, documents: Sequence[Document], weights: NDArray[np.float32]) -> None:
        self.units: Units = units(documents)
        self.quoted = _quoted(documents, self.units)
        self._mass = np.asarray(self.units.pairs @ weights).ravel().astype(np.float32)
        self._weighed: csr_matrix = self.units.pairs.copy()
        self._weighed.data = weights[self._weighed.indices]

    def passages(self, doc: int, sources: Sequence[int]) -> list[Passage]:
        """一篇文档同几篇来源的雷同片段。"""
        found = []
        for rows in parts(self._span(doc)):
            pieces = [
                (s, columns) for s in sources for columns in near(self.units.pairs, self._weighed, rows, self._span(s))
            ]
            found += self._part(doc, rows, pieces)
        return [p for p in found if sum(b - a for a, b in p.own) >= setting("align", "length")]

    def _part(self, doc: int, rows: slice, pieces: Sequence[tuple[int, slice]]) -> list[Passage]:
        """抄者的一截（rows 是句块的编号）同几篇来源的各一截。"""
        turned = self._weighed[rows].T.tocsr()
        shared = [self._shared(columns, turned) for _, columns in pieces]
        found = []
        for part in _segments(self.quoted[rows]):
            mass = self._mass[rows][part]
            tables = [
                Table(table[part], mass, self._mass[columns])
                for table, (_, columns) in zip(shared, pieces, strict=True)
            ]
            for (source, columns), blocks in zip(pieces, interleaved(tables), strict=True):
                found += [self._passage(doc, source, block, rows.start + part.start, columns.start) for block in blocks]
        return found

    def _shared(self, columns: slice, turned: csr_matrix) -> NDArray[np.float32]:
        """各块相同的份量：抄者的句块 × 来源的句块。"""
        shared: NDArray[np.float32] = (self.units.pairs[columns] @ turned).toarray().T
        shared[:, self.quoted[columns]] = 0
        return shared

    def _passage(self, doc: int, source: int, block: Block, a: int, b: int) -> Passage:
        """a、b 是两边这一截的头一个句块的编号。"""
        u, box = self.units, block.box
        columns = [j for _, j in sorted(box.cells)]
        ordered = all(x <= y + 1 for x, y in pairwise(columns))
        pieces = tuple((int(u.start[a + low]), int(u.end[a + high - 1])) for low, high in block.runs)
        return Passage(
            doc, source, pieces[0][0], pieces[-1][1], int(u.start[b + box.b0]), int(u.end[b + box.b1 - 1]),
            box.evidence, box.share, ordered, pieces=pieces if len(pieces) > 1 else (),
        )  # fmt: skip

    def _span(self, doc: int) -> slice:
        return slice(int(self.units.bounds[doc]), int(self.units.bounds[doc + 1]))


def parts(units: slice) -> list[slice]:
    """太长的文档切成几截来比，内存和用时才不随长度的平方增长；不长的就是一截。

    >>> parts(slice(10, 20))
    [slice(10, 20, None)]
    """
    size = whole("align", "part")
    return [slice(low, min(low + size, units.stop)) for low in range(units.start, units.stop, size)]


def near(plain: csr_matrix, weighed: csr_matrix, rows: slice, columns: slice) -> list[slice]:
    """来源的哪几截值得同抄者的这一截（rows）比：不长的是整篇，太长的只要共有的份量最多的几截。

    参数：plain、weighed 是句块 × 字对，有就是 1、有就是份量。
    """
    cut = parts(columns)
    if len(cut) < 2:
        return cut
    mine = weighed[rows].max(axis=0)
    common = [float(plain[part].max(axis=0).multiply(mine).sum()) for part in cut]
    best = sorted(range(len(cut)), key=lambda n: -common[n])[: whole("align", "parts")]
    return [cut[n] for n in sorted(best)]


def _quoted(documents: Sequence[Document], found: Units) -> NDArray[np.bool_]:
    """哪些句块在引用上级文件。"""
    quoted = np.zeros(len(found.start), dtype=bool)
    for number, document in enumerate(documents):
        low, high = found.bounds[number], found.bounds[number + 1]
        for start, end in quotations(document.text):
            quoted[low:high] |= (found.start[low:high] < end) & (found.end[low:high] > start)
    return quoted


def _segments(quoted: NDArray[np.bool_]) -> list[slice]:
    """引文把文档隔成几段，片段不跨过引文。"""
    edges = np.flatnonzero(np.diff(np.concatenate([[True], quoted, [True]]).astype(np.int8)))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
