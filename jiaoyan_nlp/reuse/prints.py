"""字流 → 指纹：连着几个字的散列，按窗口取最小的留下（winnowing，Schleimer 等 2003）。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.reuse.grams import LAST, MIX, grams
from jiaoyan_nlp.reuse.settings import setting, whole
from jiaoyan_nlp.reuse.stock import stock_grams
from jiaoyan_nlp.reuse.weights import background_letters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jiaoyan_nlp.reuse.amounts import Amounts
    from jiaoyan_nlp.reuse.streams import Stream


@dataclass(frozen=True, slots=True)
class Prints:
    """一批文档的指纹，按文档、散列排好，一篇里同样的散列只留第一处。

    owner：第几篇；hashes：散列（带符号的 64 位数，数据库好存）；place：在原文的偏移。
    """

    owner: NDArray[np.int32]
    hashes: NDArray[np.int64]
    place: NDArray[np.int32]


def fingerprints(stream: Stream, said: Amounts) -> Prints:
    """一批文字的指纹，连同成对的数量。"""
    parts = [_winnowed(stream), _amounts(said)]
    owner, hashes, place = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.lexsort((place, hashes, owner))
    owner, hashes, place = owner[order], hashes[order], place[order]
    fresh = np.ones(len(owner), dtype=bool)
    fresh[1:] = (owner[1:] != owner[:-1]) | (hashes[1:] != hashes[:-1])
    return Prints(owner[fresh], hashes[fresh], place[fresh])


def _amounts(said: Amounts) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
    """挨得近的两个数量成一个指纹，先后不论：改写的人换得了词，换不了一串数；两个都常见的不要。"""
    owner, place, codes = said.owner, said.place, said.codes
    seen = np.maximum(background_letters()[codes], 1)
    firsts, hashes = [], []
    for apart in range(1, whole("prints", "amounts") + 1):
        near = (owner[apart:] == owner[:-apart]) & (place[apart:] - place[:-apart] <= whole("prints", "within"))
        near &= (codes[apart:] != codes[:-apart]) & (seen[apart:] * seen[:-apart] <= setting("prints", "common"))
        at = np.flatnonzero(near)
        one, other = codes[at], codes[at + apart]
        mixed = (np.minimum(one, other) << 17 | np.maximum(one, other)).astype(np.uint64) * MIX
        firsts.append(at)
        hashes.append((mixed ^ (mixed >> np.uint64(31))).view(np.int64))
    first = np.concatenate(firsts)
    return owner[first], np.concatenate(hashes), place[first]


def _winnowed(stream: Stream) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
    """连着的字的散列，每个窗口留最小的一个。"""
    value = grams(stream, whole("prints", "gram"))
    value[np.isin(value, stock_grams())] = LAST
    window = whole("prints", "window")
    padded = np.concatenate([value, np.full(window, LAST)])
    view = np.lib.stride_tricks.sliding_window_view(padded, window)
    chosen = np.zeros(len(padded) + window, dtype=bool)
    chosen[view.argmin(axis=1) + np.arange(len(view))] = True
    kept = np.flatnonzero(chosen[: len(value)])
    kept = kept[value[kept] != LAST]
    return stream.owners()[kept], value[kept].view(np.int64), stream.index[kept]
