"""在一批文档里找改写的片段：一串句子按次序对得上的。值得细比的来源都看，模板不多时逐篇都看。"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.reuse.passage import BATCH, TEMPLATE, Passage
from jiaoyan_nlp.reuse.sentences import paragraphs, sentences
from jiaoyan_nlp.reuse.sequences import promising, runs
from jiaoyan_nlp.reuse.settings import setting
from jiaoyan_nlp.text import overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from jiaoyan_nlp.reuse.comparing import Comparer
    from jiaoyan_nlp.reuse.passage import Member
    from jiaoyan_nlp.reuse.sequences import Run
    from jiaoyan_nlp.text import Span


class Reteller:
    """一批文档的句子，随时可以比任何一对。"""

    def __init__(self, members: Sequence[Member], comparer: Comparer, swept: Sequence[int]) -> None:
        """swept 是没有共同指纹也要看的模板。"""
        self._members, self._templates = members, len(swept)
        self._sentences = sentences([m.document for m in members], comparer.units, comparer.quoted)
        self._swept = self._sentences.only(swept)

    def passages(self, doc: int, linked: Sequence[int], known: Sequence[Passage]) -> list[Passage]:
        """一篇文档的改写片段，互不相交。

        参数：linked 是有共同指纹的来源；known 是这一篇里已经找到的片段。
        """
        rows = self._sentences.of(doc)
        mine = self._free(rows, [span for p in known for span in p.own])
        if mine.sum() < setting("sequence", "shortest") or len(mine) ** 2 > setting("sequence", "cells"):
            return []
        found: list[Passage] = []
        swept = promising(self._sentences, rows, self._swept, mine)
        for source in [*linked, *sorted(swept - set(linked))]:
            if not self._foreign(doc, source):
                continue
            columns = self._sentences.of(source)
            if len(mine) * (columns.stop - columns.start) > setting("sequence", "cells"):
                continue
            theirs = self._free(columns, [(p.source_start, p.source_end) for p in known if p.source == source])
            if theirs.sum() < setting("sequence", "shortest"):
                continue
            open_ = (mine[:, None] & theirs).astype(np.float32)
            least = self._least(source, source in linked)
            found += [
                self._passage(doc, source, run, rows.start, columns.start, known)
                for run in runs(self._sentences, rows, self._sentences, columns, open_, least)
            ]
        return _apart(sorted(found, key=lambda p: (-p.evidence, p.source, p.start)))

    def _least(self, source: int, linked: bool) -> float:
        """至少多少分：碰巧的机会越多，要求越高。"""
        if not linked:
            more = setting("sequence", "more") * math.log(max(1.0, self._templates / setting("sequence", "few")))
            return setting("sequence", "template") + more
        return setting("sequence", "linked") + (
            setting("sequence", "peer") if self._members[source].part == BATCH else 0.0
        )

    def _foreign(self, doc: int, source: int) -> bool:
        """一所学校自己的材料说的是同一些事，不算改写。"""
        theirs = self._members[source]
        school = self._members[doc].document.meta.school
        return theirs.part == TEMPLATE or not school or school != theirs.document.meta.school

    def _free(self, rows: slice, taken: Sequence[Span]) -> NDArray[np.bool_]:
        """哪些句子还没有算作抄袭。"""
        start, end = self._sentences.start[rows], self._sentences.end[rows]
        free = np.ones(len(start), dtype=bool)
        for low, high in taken:
            free &= (start >= high) | (end <= low)
        return free

    def _passage(self, doc: int, source: int, run: Run, a: int, b: int, known: Sequence[Passage]) -> Passage:
        mine = self._span(doc, a + run.row, run.length, [span for p in known for span in p.own])
        theirs = self._span(source, b + run.column, run.length, ())
        return Passage(
            doc, source, *mine, *theirs, run.score, min(1.0, run.score / setting("sequence", "full")), True, True
        )

    def _span(self, document: int, first: int, length: int, taken: Sequence[Span]) -> Span:
        """几句话的区间；自然段大半在内的取整段，不碰别的片段。"""
        start, end = int(self._sentences.start[first]), int(self._sentences.end[first + length - 1])
        whole = paragraphs(self._members[document].document.text, start, end)
        return (start, end) if any(overlap(whole, span) for span in taken) else whole


def _apart(found: Sequence[Passage]) -> list[Passage]:
    """一段文字只留头一个。"""
    kept: list[Passage] = []
    for p in found:
        if not any(overlap((p.start, p.end), (q.start, q.end)) for q in kept):
            kept.append(p)
    return kept
