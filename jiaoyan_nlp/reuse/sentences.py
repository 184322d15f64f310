"""句子的三种样子：大致的意思（词的向量之和）、用的字、用的字对，另有长短和分句数；看改写用。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.lexicon import data_file, table
from jiaoyan_nlp.reuse.amounts import LETTERS
from jiaoyan_nlp.reuse.settings import setting
from jiaoyan_nlp.reuse.units import SPACE, units
from jiaoyan_nlp.reuse.weights import background, background_letters
from jiaoyan_nlp.text import trim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from jiaoyan_nlp.reuse.units import Units
    from jiaoyan_nlp.text import Span
    from jiaoyan_nlp.types import Document

    Vector = NDArray[np.float32]
    Rows = slice | NDArray[np.int64]

_NUMERAL = r"[\d０-９一二三四五六七八九十]{1,3}"
_SCHEDULE = re.compile(
    rf"^\W{{0,3}}\|?\W{{0,3}}{_NUMERAL}\s?月|第\s?{_NUMERAL}(?:\s?\W\s?第?{_NUMERAL})?\s?[周週]|^\s*\|"
)
_ENDS = "。！？；!?;：:，,"
_ARTICLES = "第条章款"
"""条款的编号人人都有，不算共有的字。"""
_CLAUSES = re.compile(r"[，,、：:]")


@dataclass(frozen=True, slots=True)
class Sentences:
    """一批句子，标题、日程、引文不在内。

    owner：第几篇；start、end：原文里的区间；sense：意思（长度为 1 的行向量）；letters、pairs：单字、字对的份量，
    行的长度为 1；mass：字对的份量的平方和；chars、clauses：字数、分句数的自然对数。
    """

    owner: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    sense: Vector
    letters: csr_matrix
    pairs: csr_matrix
    mass: Vector
    chars: Vector
    clauses: Vector

    def of(self, document: int) -> slice:
        """第几篇的句子的编号。"""
        low, high = np.searchsorted(self.owner, [document, document + 1])
        return slice(int(low), int(high))

    def only(self, documents: Sequence[int]) -> Sentences:
        """只要这几篇的句子。"""
        rows = np.flatnonzero(np.isin(self.owner, documents))
        return Sentences(
            self.owner[rows], self.start[rows], self.end[rows], self.sense[rows], self.letters[rows],
            self.pairs[rows], self.mass[rows], self.chars[rows], self.clauses[rows],
        )  # fmt: skip


def sentences(documents: Sequence[Document], found: Units, quoted: NDArray[np.bool_]) -> Sentences:
    """句块并成整句，算出各样。参数：found 是这些文档的句块；quoted 是哪些句块在引用上级文件。"""
    first, last = _whole(found)
    owner = (np.searchsorted(found.bounds, first, side="right") - 1).astype(np.int32)
    start, end = found.start[first], found.end[last - 1]
    texts = [documents[n].text[a:b] for n, a, b in zip(owner.tolist(), start.tolist(), end.tolist(), strict=True)]
    sizes = np.add.reduceat(found.chars, first) if len(first) else np.empty(0, np.int32)
    cited = np.add.reduceat(quoted.astype(np.int32), first) > 0 if len(first) else np.empty(0, bool)
    plain = np.array([not aside(text) for text in texts], dtype=bool)
    kept = np.flatnonzero((sizes >= setting("sequence", "least")) & ~cited & plain)
    group = _grouping(first, last, kept, len(found.start))
    letters, pairs = (group @ found.letters)[:, :LETTERS].tocsr(), (group @ found.pairs).tocsr()
    return Sentences(
        owner[kept], start[kept], end[kept], _sense(pairs, letters), *_scaled(letters, _rarity()[SPACE:])[:1],
        *_scaled(pairs, _rarity()[:SPACE]), np.log(sizes[kept]).astype(np.float32),
        np.log([1 + len(_CLAUSES.findall(texts[n][:-1])) for n in kept]).astype(np.float32),
    )  # fmt: skip


def aside(text: str) -> bool:
    """标题、日程表的行不参加：谁写都差不多。"""
    short = len(text) <= setting("loose", "heading") and text[-1:] not in _ENDS
    return short or _SCHEDULE.search(text) is not None


def paragraphs(text: str, start: int, end: int) -> Span:
    """两头的自然段大半在里面的，取整段。"""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    stop = text.find("\n", start)
    stop = last if stop < 0 else min(stop, last)
    begin = text.rfind("\n", 0, end) + 1
    low = first if start - first <= stop - start else start
    high = last if last - end <= end - max(begin, low) else end
    return trim(text, low, high)


@lru_cache(maxsize=1)
def reference() -> Sentences:
    """对照的句子：互不相干的文档（reuse_reference.csv：document、text），谁写都差不多的话在这里也碰得到。"""
    from jiaoyan_nlp.types import Document, Metadata

    texts: dict[str, list[str]] = {}
    for row in table("reuse_reference.csv", "document", "text"):
        texts.setdefault(row["document"], []).append(row["text"])
    documents = [Document(n, n, 0, "\n".join(lines), (), Metadata()) for n, lines in texts.items()]
    found = units(documents)
    return sentences(documents, found, np.zeros(len(found.start), dtype=bool))


def _whole(found: Units) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """各句的头一个句块和末一个句块之后的编号。"""
    fresh = np.ones(len(found.start), dtype=bool)
    fresh[1:] = found.full[:-1]
    fresh[found.bounds[:-1][found.bounds[:-1] < len(fresh)]] = True
    first = np.flatnonzero(fresh)
    return first, np.append(first[1:], len(fresh)) if len(first) else first


def _grouping(first: NDArray[np.int64], last: NDArray[np.int64], kept: NDArray[np.int64], width: int) -> csr_matrix:
    """句子 × 句块，在内的是 1。"""
    from scipy.sparse import csr_matrix

    counts = last[kept] - first[kept]
    starts = np.concatenate([[0], np.cumsum(counts)])
    columns = np.arange(starts[-1]) - np.repeat(starts[:-1], counts) + np.repeat(first[kept], counts)
    return csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(kept), width))


def _scaled(rows: csr_matrix, rarity: Vector) -> tuple[csr_matrix, Vector]:
    """每行有哪些，按少见的程度记分量，再归到长度为 1；连同归一之前的平方和。"""
    made = rows.copy()
    made.data = rarity[made.indices]
    mass = np.asarray(made.multiply(made).sum(axis=1)).ravel().astype(np.float32)
    made.data /= np.repeat(np.sqrt(np.maximum(mass, 1e-6)), np.diff(made.indptr))
    return made, mass


@lru_cache(maxsize=1)
def _rarity() -> Vector:
    """字对、单字在底本里有多少见：句数同次数之比的对数。"""
    seen = np.concatenate([background(), background_letters()[:LETTERS]])
    made = np.log(np.maximum(setting("sequence", "sentences") / (seen + 1.0), 1.0)).astype(np.float32)
    made[[SPACE + ord(c) for c in _ARTICLES]] = 0
    return made


@lru_cache(maxsize=1)
def _vectors() -> tuple[NDArray[np.int32], NDArray[np.float32], Vector]:
    """句子表的每一列是第几个词（没有是 -1）；各词的向量；句子向量的均值。"""
    with data_file("models/reuse_senses.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
        columns, weights, vectors = kept["columns"], kept["weights"].astype(np.float32), kept["vectors"]
        mean = kept["mean"].astype(np.float32)
    place = np.full(SPACE + LETTERS, -1, dtype=np.int32)
    place[columns] = np.arange(len(columns), dtype=np.int32)
    return place, vectors.astype(np.float32) * weights[:, None] / 127, mean


def _sense(pairs: csr_matrix, letters: csr_matrix) -> Vector:
    from scipy.sparse import csr_matrix, hstack

    place, vectors, mean = _vectors()
    both = hstack([pairs, letters], format="csr")
    word = place[both.indices]
    known = (word >= 0) & (_rarity()[both.indices] > 0)
    ends = np.concatenate([[0], np.cumsum(known)])[both.indptr]
    bag = csr_matrix((np.ones(int(known.sum()), np.float32), word[known], ends), shape=(both.shape[0], len(vectors)))
    made: Vector = unit(unit(bag @ vectors) - mean)
    return made


def unit(rows: Vector) -> Vector:
    """各行归到长度为 1。"""
    made: Vector = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return made
