"""拼贴：几个来源的句子交错成一段。先各自比对，再把别的来源占去的句块抽掉，前后接起来重新比对。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.reuse.align import Box, align
from jiaoyan_nlp.reuse.settings import setting, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from jiaoyan_nlp.reuse.passage import Passage
    from jiaoyan_nlp.text import Span


@dataclass(frozen=True, slots=True)
class Table:
    """一对文档的句块：shared[i, j] 是抄者第 i 块和来源第 j 块相同的份量，mine、theirs 是各块自己的份量。"""

    shared: NDArray[np.float32]
    mine: NDArray[np.float32]
    theirs: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Block:
    """一个片段；runs 是抄者那边真正来自这个来源的几截句块，中间抽掉的是别的来源的。"""

    box: Box
    runs: tuple[Span, ...]


def interleaved(tables: Sequence[Table]) -> list[list[Block]]:
    """一篇文档（的一截）同几个来源的片段，和来源一一对应。"""
    if not tables:
        return []
    claims = np.stack([_claims(table) for table in tables])
    best = claims.max(axis=0)
    blocks = []
    for table, claim in zip(tables, claims, strict=True):
        foreign = _short_runs((best > 0) & (claim < setting("mosaic", "own") * best), whole("mosaic", "between"))
        rows = np.flatnonzero(~foreign)
        boxes = align(table.shared[rows], table.mine[rows], table.theirs, setting("mosaic", "joined"))
        found = [Block(box, tuple(_runs(rows[_kept(box, boxes)]))) for box in boxes]
        blocks.append([block for block in found if _enough(block)])
    return blocks


def _kept(box: Box, boxes: Sequence[Box]) -> list[int]:
    """片段里的句块，除去同一来源的另一处占去的：一篇来源的两处也可以穿插。"""
    own = {i for i, _ in box.cells}
    taken = {i for other in boxes if other is not box for i, _ in other.cells} - own
    return [i for i in range(box.a0, box.a1) if i not in taken]


def _enough(block: Block) -> bool:
    """夹在别的来源中间的，证据可以少些：那里本来就在抄。"""
    least = setting("align", "evidence") if len(block.runs) < 2 else setting("mosaic", "joined")
    return block.box.evidence * block.box.share >= least


def _claims(table: Table) -> NDArray[np.float32]:
    """各句块有多少份量来自这个来源：只看连得成片段的。"""
    claimed = np.zeros(len(table.mine), np.float32)
    for box in align(table.shared, table.mine, table.theirs, setting("mosaic", "evidence")):
        for i, j in box.cells:
            claimed[i] = max(claimed[i], table.shared[i, j])
    return claimed


def _short_runs(marked: NDArray[np.bool_], longest: int) -> NDArray[np.bool_]:
    """只留连着不超过 longest 块的：隔得再远就是两个片段了。"""
    kept = marked.copy()
    for low, high in _runs(np.flatnonzero(marked)):
        if high - low > longest:
            kept[low:high] = False
    return kept


def _runs(rows: NDArray[np.int64]) -> list[Span]:
    """连着的行号并成区间。"""
    if not len(rows):
        return []
    breaks = np.flatnonzero(np.diff(rows) > 1)
    firsts, lasts = np.concatenate([[0], breaks + 1]), np.concatenate([breaks, [len(rows) - 1]])
    return [(int(rows[a]), int(rows[b]) + 1) for a, b in zip(firsts, lasts, strict=True)]


def joined(found: Sequence[Passage]) -> list[Passage]:
    """不同来源的片段互相穿插的，是一段拼贴：每个来源一行，区间都是整段。次序不变。"""
    extent: dict[int, Span] = {}
    order = sorted(range(len(found)), key=lambda n: (found[n].doc, found[n].start))
    group: list[int] = []
    for n in order:
        p = found[n]
        if group and found[group[0]].doc == p.doc and p.start < max(found[m].end for m in group):
            group.append(n)
        else:
            group = [n]
        if len(group) > 1 and any(found[m].pieces for m in group):
            whole_span = min(found[m].start for m in group), max(found[m].end for m in group)
            extent |= dict.fromkeys(group, whole_span)
    return [
        replace(p, start=extent[n][0], end=extent[n][1], pieces=p.own, mosaic=True) if n in extent else p
        for n, p in enumerate(found)
    ]
