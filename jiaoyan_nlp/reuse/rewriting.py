"""在值得细比的文档对里找改写和缩写的片段。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.reuse.amounts import LETTERS
from jiaoyan_nlp.reuse.comparing import near, parts
from jiaoyan_nlp.reuse.loose import BARRED, Chain, chains
from jiaoyan_nlp.reuse.passage import BATCH, Passage
from jiaoyan_nlp.reuse.sentences import aside, paragraphs
from jiaoyan_nlp.reuse.settings import setting
from jiaoyan_nlp.reuse.units import SPACE
from jiaoyan_nlp.reuse.weights import rare
from jiaoyan_nlp.text import overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from jiaoyan_nlp.reuse.comparing import Comparer
    from jiaoyan_nlp.reuse.passage import Member
    from jiaoyan_nlp.text import Span


class Rewriter:
    """一批文档的句子：句块并成整句，连单字和数一起看。"""

    def __init__(self, members: Sequence[Member], comparer: Comparer, weight: NDArray[np.float32]) -> None:
        from scipy.sparse import csr_matrix, hstack

        self._members = members
        found, quoted = comparer.units, comparer.quoted
        fresh = np.ones(len(found.start), dtype=np.int64)
        fresh[1:] = found.full[:-1]
        fresh[found.bounds[1:-1][found.bounds[1:-1] < len(fresh)]] = 1
        owner = np.cumsum(fresh) - 1
        count = int(owner[-1]) + 1 if len(owner) else 0
        first = np.searchsorted(owner, np.arange(count))
        last = np.append(first[1:], len(owner)) - 1 if count else first
        self._start, self._end = found.start[first], found.end[last]
        self._bounds = np.searchsorted(first, found.bounds)
        group = csr_matrix((np.ones(len(owner), np.float32), (owner, np.arange(len(owner)))), shape=(count, len(owner)))
        self._plain = (group @ hstack([found.pairs, found.letters], format="csr")).tocsr()
        self._plain.data[:] = 1.0
        self._weighed = self._plain.copy()
        self._weighed.data = weight[self._weighed.indices]
        self._mass = np.asarray(self._plain @ weight).ravel().astype(np.float32)
        self._mass[(group @ quoted.astype(np.float32)) > 0] = 0
        for number, member in enumerate(members):
            text = member.document.text
            low, high = int(self._bounds[number]), int(self._bounds[number + 1])
            for n in range(low, high):
                if aside(text[self._start[n] : self._end[n]]):
                    self._mass[n] = 0

    def passages(self, doc: int, sources: Sequence[int], exact: Sequence[Passage]) -> list[Passage]:
        """一篇文档同几篇来源的改写片段。参数：exact 是这一篇里已经找到的片段。"""
        taken = [(p.start, p.end) for p in exact]
        mine = self._open(doc, taken)
        low, high = int(self._bounds[doc]), int(self._bounds[doc + 1])
        if mine.clip(0).sum() < setting("loose", "full"):
            return []
        found = []
        for rows in parts(slice(low, high)):
            turned = self._weighed[rows].T.tocsr()
            part = mine[rows.start - low : rows.stop - low]
            for source in [s for s in sources if self._apart(doc, s)]:
                theirs = self._open(source, [(p.source_start, p.source_end) for p in exact if p.source == source])
                other = slice(int(self._bounds[source]), int(self._bounds[source + 1]))
                score = setting("loose", "peer" if self._members[source].part == BATCH else "score")
                for columns in near(self._plain, self._weighed, rows, other):
                    shared = (self._plain[columns] @ turned).toarray().T
                    open_ = theirs[columns.start - other.start : columns.stop - other.start]
                    kept = [
                        c for c in chains(shared, part, open_, score) if self._vouched(c, rows.start, columns.start)
                    ]
                    found += [self._passage(doc, source, c, rows.start, columns.start, taken) for c in kept]
        return [p for p in found if p.length >= setting("loose", "length")]

    def _apart(self, doc: int, source: int) -> bool:
        """一所学校同一批的计划和总结说的是同一些事，不算改写。"""
        mine, theirs = self._members[doc], self._members[source]
        school = mine.document.meta.school
        return theirs.part != BATCH or not school or school != theirs.document.meta.school

    def _vouched(self, chain: Chain, a: int, b: int) -> bool:
        """两边共有平时少见的词和数量，两样都要有（光有词是套话，光有数是指标）；分数很高的，有词就够。

        还要密（平均每句都有），或者有一串少见的数量；都要落在先后一致的至少两对句子里。
        """
        mine, theirs = self._plain[a + chain.a0 : a + chain.a1], self._plain[b + chain.b0 : b + chain.b1]
        shared = np.intersect1d(mine.indices, theirs.indices)
        shared = shared[rare()[shared]]
        shared = shared[(shared < SPACE) | (shared >= SPACE + LETTERS)]
        words, amounts = int((shared < SPACE).sum()), int((shared >= SPACE + LETTERS).sum())
        known = words > 0 and (amounts > 0 or chain.score >= setting("loose", "sure"))
        dense = words + 2 * amounts >= setting("loose", "vouch") * (chain.a1 - chain.a0)
        return known and (dense or amounts >= setting("loose", "series")) and _in_order(mine, theirs, shared)

    def _open(self, doc: int, taken: Sequence[Span]) -> NDArray[np.float32]:
        """各句的份量；已经算作抄袭的句子是 BARRED。"""
        part = slice(int(self._bounds[doc]), int(self._bounds[doc + 1]))
        mass = self._mass[part].copy()
        for start, end in taken:
            mass[(self._start[part] < end) & (self._end[part] > start)] = BARRED
        return mass

    def _passage(self, doc: int, source: int, chain: Chain, a: int, b: int, taken: Sequence[Span]) -> Passage:
        share = chain.score / chain.pairs + setting("loose", "chance")
        mine = paragraphs(
            self._members[doc].document.text, int(self._start[a + chain.a0]), int(self._end[a + chain.a1 - 1])
        )
        if any(overlap(mine, span) for span in taken):
            mine = int(self._start[a + chain.a0]), int(self._end[a + chain.a1 - 1])
        theirs = paragraphs(
            self._members[source].document.text, int(self._start[b + chain.b0]), int(self._end[b + chain.b1 - 1])
        )
        return Passage(doc, source, *mine, *theirs, chain.score, share, True, True)


def _in_order(mine: csr_matrix, theirs: csr_matrix, columns: NDArray[np.int32]) -> bool:
    """这些字对、数量不都在一对句子里：有两个在两边都是一先一后。"""
    one, other = (part[:, columns].toarray().argmax(axis=0) for part in (mine, theirs))
    return bool(np.any((one[:, None] < one) & (other[:, None] < other)))
