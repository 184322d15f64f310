"""改写：一串句子按次序个个对得上，比同不相干的文档碰巧对得上的多得多，才算。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.reuse.sentences import reference
from jiaoyan_nlp.reuse.settings import setting, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from jiaoyan_nlp.reuse.sentences import Rows, Sentences

    Matrix = NDArray[np.float32]

FEATURES = ("sense", "letters", "pairs", "chars", "clauses")
"""一对句子的五样：意思、单字、字对的余弦，字数、分句数差多少（自然对数）。"""


CELLS = 400_000
"""一次比多少对句子：内存有限。"""


@dataclass(frozen=True, slots=True)
class Run:
    """抄者从第 row 句起、来源从第 column 句起，各 length 句一一相对。"""

    row: int
    column: int
    length: int
    score: float


def features(mine: Sentences, rows: Rows, theirs: Sentences, columns: Rows) -> tuple[Matrix, ...]:
    """每对句子的五样，一样一张表，次序同 FEATURES。"""
    return (
        mine.sense[rows] @ theirs.sense[columns].T,
        _cosines(mine.letters, rows, theirs.letters, columns),
        _cosines(mine.pairs, rows, theirs.pairs, columns),
        np.abs(mine.chars[rows][:, None] - theirs.chars[columns]),
        np.abs(mine.clauses[rows][:, None] - theirs.clauses[columns]),
    )


def _cosines(mine: csr_matrix, rows: Rows, theirs: csr_matrix, columns: Rows) -> Matrix:
    """两边各行的余弦；少的一边转置，快得多。"""
    one, other = _part(mine, rows), _part(theirs, columns)
    found: Matrix = (other @ one.T.tocsr()).toarray().T
    return found


def _part(rows: csr_matrix, wanted: Rows) -> csr_matrix:
    """取几行；全要的不必抄一份。"""
    return rows if isinstance(wanted, slice) and wanted == slice(0, rows.shape[0]) else rows[wanted]


def likeness(mine: Sentences, rows: Rows, theirs: Sentences, columns: Rows) -> Matrix:
    """每对句子是改写的对数几率；上下封顶：一句太像说明不了改写，要看一串。"""
    found = features(mine, rows, theirs, columns)
    logit = np.full(found[0].shape, setting("sequence", "base"), dtype=np.float32)
    for name, part in zip(FEATURES, found, strict=True):
        logit += part * np.float32(setting("sequence", name))
    bounded: Matrix = np.clip(logit, setting("sequence", "low"), setting("sequence", "high"))
    return bounded


def runs(mine: Sentences, rows: slice, theirs: Sentences, columns: slice, open_: Matrix, score: float) -> Iterator[Run]:
    """一对文档里够分的几串，互不相交，好的在前。

    参数：rows、columns 是两边的句子；open_ 是哪些句子对可以用（已经算作抄袭的是 0）；score 是扣去碰巧之后至少多少分。
    """
    shortest = whole("sequence", "shortest")
    if min(rows.stop - rows.start, columns.stop - columns.start) < shortest:
        return
    near = likeness(mine, rows, theirs, columns)
    near[open_ == 0] = setting("sequence", "low")
    for _ in range(whole("sequence", "tries")):
        best = _best(near)
        if best is None or best.score < setting("sequence", "raw"):
            return
        a, b, k = best.row, best.column, best.length
        sides = ((mine, rows.start + a), (theirs, columns.start + b))
        outside = sum(_chance(found, slice(low, low + k)) for found, low in sides) / 2
        mean = max(outside, _repeated(mine, sides[0][1], theirs, sides[1][1], k))
        if best.score - mean >= score:
            yield Run(a, b, k, best.score - mean)
            near[a : a + k] = near[:, b : b + k] = setting("sequence", "low")
        else:
            near[np.arange(a, a + k), np.arange(b, b + k)] = setting("sequence", "low")


def promising(mine: Sentences, rows: slice, theirs: Sentences, free: NDArray[np.bool_]) -> set[int]:
    """theirs 的哪几篇里有一串句子（还没有扣去碰巧的）够分，值得细看。参数：free 是 rows 里哪些句子可以用。"""
    found: set[int] = set()
    shortest, width = whole("sequence", "shortest"), max(1, CELLS // max(1, rows.stop - rows.start))
    for low in range(0, len(theirs.owner), width):
        high = min(low + width + whole("sequence", "longest"), len(theirs.owner))
        owner = theirs.owner[low:high]
        near = likeness(mine, rows, theirs, slice(low, high))
        near[~free] = setting("sequence", "low")
        total = _diagonal(near)
        for k in range(shortest, min(whole("sequence", "longest"), *near.shape) + 1):
            scores = (total[k:, k:] - total[:-k, :-k]).max(axis=0) / k**0.5
            same = owner[: len(owner) - k + 1] == owner[k - 1 :]
            found.update(owner[: len(scores)][(scores >= setting("sequence", "raw")) & same].tolist())
    return found


def _diagonal(near: Matrix) -> Matrix:
    """沿对角线的累计，多出头一行、头一列 0。"""
    total = np.zeros((near.shape[0] + 1, near.shape[1] + 1), dtype=np.float32)
    total[1:, 1:] = near
    for i in range(1, len(total)):
        total[i, 1:] += total[i - 1, :-1]
    return total


def _best(near: Matrix) -> Run | None:
    """一一相对的句子串里最好的：总分除以句数的平方根。"""
    height, width = near.shape
    total = _diagonal(near)
    best: Run | None = None
    for k in range(whole("sequence", "shortest"), min(whole("sequence", "longest"), height, width) + 1):
        scores = (total[k:, k:] - total[:-k, :-k]) / k**0.5
        at = int(scores.argmax())
        value = float(scores.flat[at])
        if best is None or value > best.score:
            best = Run(at // scores.shape[1], at % scores.shape[1], k, value)
    return best


def _repeated(mine: Sentences, row: int, theirs: Sentences, column: int, k: int) -> float:
    """错开了对也对得上多少：一串同样的句式（坚持……的原则），哪句对哪句都像，说明不了次序。"""
    near = likeness(mine, slice(row, row + k), theirs, slice(column, column + k))
    return float((near.sum() - np.trace(near)) / (k * (k - 1)) * k**0.5)


def _chance(found: Sentences, rows: slice) -> float:
    """这几句同对照的文字碰巧对得上多少：谁写都差不多的话，在不相干的文档里也有。"""
    known = reference()
    near = likeness(found, rows, known, slice(0, len(known.owner)))
    k = len(near)
    width = near.shape[1] - k + 1
    return float(sum(near[t, t : t + width] for t in range(k)).max() / k**0.5)  # type: ignore[union-attr]
