"""文档 → 句块：句子，太长的在逗号处断开；每块记着它的字对，供逐块比对。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.reuse.amounts import LETTERS, amounts
from jiaoyan_nlp.reuse.settings import whole
from jiaoyan_nlp.reuse.stock import stock
from jiaoyan_nlp.reuse.streams import stream
from jiaoyan_nlp.text import CLOSERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from jiaoyan_nlp.text import Span
    from jiaoyan_nlp.types import Document

SPACE = 1 << 18
"""字对散列到这么多格。"""

_STOPS = re.compile(rf"(?:[。！？；!?;]+|(\n\s*)|([，,：:、）)．.]))[{re.escape(CLOSERS)}]*")


@dataclass(frozen=True, slots=True)
class Units:
    """一批文档的句块。第 i 篇的句块是 bounds[i] 到 bounds[i+1]。

    start、end：原文里的区间（不含两头空白）；full：这一块的末尾是不是句末；pairs：句块 × 字对，有就是 1；
    letters：句块 × 单字和数量，有就是 1；chars：每块的字数（标点数字不算）。
    """

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    full: NDArray[np.bool_]
    chars: NDArray[np.int32]
    pairs: csr_matrix
    letters: csr_matrix
    bounds: NDArray[np.int64]


def units(documents: Sequence[Document]) -> Units:
    """切一批文档。"""
    found = stream([d.text for d in documents], [d.furniture for d in documents])
    cuts: list[Span] = []
    full: list[bool] = []
    firsts: list[int] = []
    bounds = [0]
    for number, document in enumerate(documents):
        low, high = found.bounds[number], found.bounds[number + 1]
        _cut(document.text, found.index[low:high], int(low), cuts, full, firsts)
        bounds.append(len(cuts))
    first = np.array(firsts, dtype=np.int64)
    last = np.append(first[1:], len(found.codes)) if len(first) else first
    rows, columns = _pairs(found.codes, first, ~stock(found))
    spans = np.array(cuts, dtype=np.int32).reshape(-1, 2)
    return Units(
        spans[:, 0], spans[:, 1], np.array(full, dtype=bool), (last - first).astype(np.int32),
        _matrix(rows, columns, len(cuts), SPACE),
        _matrix(*_letters(found.codes, first, documents, spans, bounds), len(cuts), 2 * LETTERS), np.array(bounds),
    )  # fmt: skip


def _matrix(rows: NDArray[np.int64], columns: NDArray[np.int64], height: int, width: int) -> csr_matrix:
    """排好序、不重复的行列 → 0/1 稀疏矩阵。"""
    from scipy.sparse import csr_matrix

    starts = np.searchsorted(rows, np.arange(height + 1)).astype(np.int32)
    return csr_matrix((np.ones(len(rows), np.float32), columns.astype(np.int32), starts), shape=(height, width))


def _letters(
    codes: NDArray[np.uint16],
    first: NDArray[np.int64],
    documents: Sequence[Document],
    spans: NDArray[np.int32],
    bounds: Sequence[int],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """每块里的单字和数量。"""
    found = amounts([d.text for d in documents])
    reach = max((len(d.text) for d in documents), default=0) + 1
    home = np.repeat(np.arange(len(documents)), np.diff(bounds)) * reach + spans[:, 0]
    at = np.searchsorted(home, found.owner.astype(np.int64) * reach + found.place, side="right") - 1
    inside = at >= np.asarray(bounds)[found.owner]
    letters = _owner(len(codes), first) * (2 * LETTERS) + codes
    key = _distinct(np.concatenate([letters, (at * (2 * LETTERS) + found.codes)[inside]]))
    return key // (2 * LETTERS), key % (2 * LETTERS)


def _distinct(key: NDArray[np.int64]) -> NDArray[np.int64]:
    """排好序、不重复的值（比 np.unique 快）。"""
    key = np.sort(key)
    fresh = np.ones(len(key), dtype=bool)
    fresh[1:] = key[1:] != key[:-1]
    return key[fresh]


def _owner(count: int, first: NDArray[np.int64]) -> NDArray[np.int64]:
    """字流里每个字属于第几块。"""
    owner = np.zeros(count, np.int64)
    np.add.at(owner, first[1:], 1)
    np.cumsum(owner, out=owner)
    return owner


def pair_codes(codes: NDArray[np.uint16]) -> NDArray[np.int64]:
    """相邻两字的散列（0 到 SPACE-1）。"""
    wide = codes.astype(np.uint32)
    mixed = (wide[:-1] * np.uint32(40_503)) ^ (wide[1:] * np.uint32(2_654_435_761))
    place: NDArray[np.int64] = ((mixed ^ (mixed >> np.uint32(15))) & np.uint32(SPACE - 1)).astype(np.int64)
    return place


def _pairs(
    codes: NDArray[np.uint16], first: NDArray[np.int64], plain: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """每块里相邻的字对；跨块的不算，套话里的不算。"""
    if len(codes) < 2 or not len(first):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    owner = _owner(len(codes), first)
    inside = (owner[1:] == owner[:-1]) & (plain[1:] | plain[:-1])
    key = _distinct(owner[:-1][inside] * SPACE + pair_codes(codes)[inside])
    return key // SPACE, key % SPACE


def _cut(
    text: str, index: NDArray[np.int32], offset: int, cuts: list[Span], full: list[bool], firsts: list[int]
) -> None:
    """切一篇：句末、行末必断；逗号处前后都够长才断。"""
    least = whole("units", "least")
    stops = [(m.start(1) if m.group(1) else m.end(), m.group(2) is None, m.end()) for m in _STOPS.finditer(text)]
    stops.append((len(text), True, len(text)))
    counts = np.searchsorted(index, [stop for stop, _, _ in stops])
    begin, at = 0, 0
    strong = [n for n, (_, is_full, _) in enumerate(stops) if is_full]
    ahead = 0
    for number, (stop, is_full, after) in enumerate(stops):
        count = int(counts[number])
        while strong[ahead] < number:
            ahead += 1
        rest = int(counts[strong[ahead]]) - count
        if not is_full and (count - at < least or rest < least):
            continue
        if count > at:
            start, end = begin, stop
            while start < end and text[start].isspace():
                start += 1
            while start < end and text[end - 1].isspace():
                end -= 1
            cuts.append((start, end))
            full.append(is_full)
            firsts.append(offset + at)
            at = count
        begin = after
