"""共有的指纹要聚在一处才值得细比：零零散散碰上的，两篇无关的文档也有。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.reuse.settings import whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from jiaoyan_nlp.reuse.prints import Prints


class Places:
    """全部文档的指纹和它们的位置。"""

    def __init__(self, parts: Iterable[Prints], documents: int) -> None:
        kept = list(parts)
        self._hashes = np.concatenate([p.hashes for p in kept]) if kept else np.empty(0, np.int64)
        self._place = np.concatenate([p.place for p in kept]) if kept else np.empty(0, np.int32)
        owner = np.concatenate([p.owner for p in kept]) if kept else np.empty(0, np.int32)
        self._bounds = np.searchsorted(owner, np.arange(documents + 1))

    def together(self, doc: int, source: int) -> bool:
        """两篇共有的指纹里，有没有两个在两边都挨得近，又不是同一处。"""
        a, b = self._of(doc), self._of(source)
        at = np.searchsorted(self._hashes[b], self._hashes[a])
        at[at == b.stop - b.start] = 0
        same = self._hashes[b][at] == self._hashes[a]
        mine, theirs = self._place[a][same], self._place[b][at[same]]
        return close(mine, theirs, whole("prints", "apart"), whole("prints", "reach"))

    def _of(self, doc: int) -> slice:
        return slice(int(self._bounds[doc]), int(self._bounds[doc + 1]))


def close(mine: NDArray[np.int32], theirs: NDArray[np.int32], least: int, reach: int) -> bool:
    """有没有两点在两边都相距 least 到 reach 之间；挨得太近的是同一处碰上的，不算两个。"""
    order = np.argsort(mine, kind="stable")
    mine, theirs = mine[order], theirs[order]
    for step in range(1, min(8, len(mine))):
        ahead, apart = mine[step:] - mine[:-step], np.abs(theirs[step:] - theirs[:-step])
        if ((ahead >= least) & (ahead <= reach) & (apart >= least) & (apart <= reach)).any():
            return True
    return False
