"""文字 → 可以比对的字流：归一、去掉标点空白数字、近义词换成代表词；每个字记着它在原文的位置。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from jiaoyan_nlp.text import Span

NUMERALS = "0123456789〇○零一二三四五六七八九十百千万两"
"""抄的人最先改的就是数字，所以字流里没有数字。"""


_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")
"""网址里的字母不是正文：两个网站的地址本来就像。"""


@dataclass(frozen=True, slots=True)
class Stream:
    """一批文字连成的字流。

    codes：归一之后的字（uint16）；index：这个字在自己原文里的偏移；bounds：第 i 篇占 codes[bounds[i]:bounds[i+1]]。
    """

    codes: NDArray[np.uint16]
    index: NDArray[np.int32]
    bounds: NDArray[np.int64]

    def owners(self) -> NDArray[np.int32]:
        """每个字属于第几篇。"""
        return np.repeat(np.arange(len(self.bounds) - 1, dtype=np.int32), np.diff(self.bounds))


def stream(texts: Sequence[str], skip: Sequence[Sequence[Span]] | None = None) -> Stream:
    """把一批文字变成字流。

    参数：texts 是各篇原文；skip 是各篇不算正文的区间。
    """
    codes, index, lengths = [], [], []
    for number, text in enumerate(texts):
        folded = np.frombuffer(fold(text).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        plain = np.where(folded < 0x10000, folded, 0).astype(np.uint16)
        keep = _kept()[plain]
        for match in _ADDRESS.finditer(text) if "www" in text or "http" in text else ():
            keep[match.start() : match.end()] = False
        for start, end in skip[number] if skip else ():
            keep[start:end] = False
        at = np.flatnonzero(keep).astype(np.int32)
        codes.append(_alike()[plain[at]])
        index.append(at)
        lengths.append(len(at))
    bounds = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    if not texts:
        return Stream(np.empty(0, np.uint16), np.empty(0, np.int32), bounds)
    return Stream(_standard(np.concatenate(codes), bounds), np.concatenate(index), bounds)


@lru_cache(maxsize=1)
def _kept() -> NDArray[np.bool_]:
    keep = np.zeros(0x10000, dtype=bool)
    keep[0x3400:0xA000] = True
    keep[ord("a") : ord("z") + 1] = True
    keep[[ord(c) for c in NUMERALS]] = False
    return keep


@lru_cache(maxsize=1)
def _alike() -> NDArray[np.uint16]:
    alike = np.arange(0x10000, dtype=np.uint16)
    for row in table("reuse_lookalikes.csv", "char", "standard"):
        alike[ord(row["char"])] = ord(row["standard"])
    return alike


@lru_cache(maxsize=1)
def _synonyms() -> tuple[NDArray[np.bool_], NDArray[np.uint32], NDArray[np.uint16]]:
    """哪些字能开头；词（两个字并成一个数，排好序）；代表词的两个字。"""
    rows = [(_word(row["word"]), _word(row["standard"])) for row in table("reuse_synonyms.csv", "word", "standard")]
    rows.sort()
    words = np.array([word for word, _ in rows], dtype=np.uint32)
    standard = np.array([(new >> 16, new & 0xFFFF) for _, new in rows], dtype=np.uint16)
    first = np.zeros(0x10000, dtype=bool)
    first[words >> 16] = True
    return first, words, standard


def _word(text: str) -> int:
    a, b = (int(_alike()[ord(c)]) for c in fold(text))
    return a << 16 | b


def _standard(codes: NDArray[np.uint16], bounds: NDArray[np.int64]) -> NDArray[np.uint16]:
    """近义词换成代表词；相叠的匹配取靠前的。"""
    first, words, standard = _synonyms()
    at = np.flatnonzero(first[codes[:-1]])
    at = at[~np.isin(at, bounds[1:-1] - 1)]
    key = codes[at].astype(np.uint32) << 16 | codes[at + 1]
    found = np.searchsorted(words, key)
    found[found == len(words)] = 0
    hit = words[found] == key
    at, found = at[hit], found[hit]
    fresh = np.diff(at, prepend=-2) != 1
    run = np.maximum.accumulate(np.where(fresh, at, 0))
    free = (at - run) % 2 == 0
    changed = codes.copy()
    changed[at[free]] = standard[found[free], 0]
    changed[at[free] + 1] = standard[found[free], 1]
    return changed
