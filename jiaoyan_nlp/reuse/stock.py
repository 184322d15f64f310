"""套话：这类文档里人人都写的话，不算雷同。词句在 reuse_stock.csv，一部分手写，一部分从底本学来。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.reuse.grams import LAST, grams
from jiaoyan_nlp.reuse.settings import whole
from jiaoyan_nlp.reuse.streams import stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from jiaoyan_nlp.reuse.streams import Stream


def stock(found: Stream) -> NDArray[np.bool_]:
    """字流里哪些字在套话里。"""
    size = whole("prints", "gram")
    marked = np.zeros(len(found.codes) + 1, dtype=np.int32)
    at = np.flatnonzero(np.isin(grams(found, size), stock_grams()))
    np.add.at(marked, at, 1)
    np.add.at(marked, at + size, -1)
    return np.cumsum(marked)[:-1] > 0


@lru_cache(maxsize=1)
def stock_grams() -> NDArray[np.uint64]:
    """套话的指纹，排好序。"""
    phrases = [row["phrase"] for row in table("reuse_stock.csv", "phrase", "origin")]
    value: NDArray[np.uint64] = np.unique(grams(stream(phrases), whole("prints", "gram")))
    kept: NDArray[np.uint64] = value[value != LAST]
    return kept


def learn(texts: Sequence[str], holders: int) -> list[str]:
    """从互不相干的文档学套话：至少 holders 篇都有的字串（归一之后的字），长的在前。"""
    size = whole("prints", "gram")
    found = stream(texts)
    value = grams(found, size)
    pairs = np.unique(np.stack([value, found.owners()[: len(value)].astype(np.uint64)]), axis=1)
    unique, held = np.unique(pairs[0], return_counts=True)
    common = np.isin(value, unique[(held >= holders) & (unique != LAST)])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], common, [False]]).astype(np.int8)))
    letters = found.codes.astype("<u2").tobytes().decode("utf-16-le", "replace")
    phrases = {letters[a : b + size - 1] for a, b in zip(edges[::2], edges[1::2], strict=True)}
    return sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
