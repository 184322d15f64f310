"""同一段文字和好几篇相同时，定哪一篇是来源：模板先于往届，往届先于同批；都是同批的，取最早的。"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from jiaoyan_nlp.reuse.passage import TIERS
from jiaoyan_nlp.reuse.settings import setting
from jiaoyan_nlp.text import merge, overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiaoyan_nlp.reuse.passage import Member, Passage
    from jiaoyan_nlp.text import Span


def chosen(passages: Sequence[Passage], members: Sequence[Member]) -> list[Passage]:
    """每一段文字只留一个来源。

    两篇抄了同一个在场的来源，彼此之间不另成一行。
    """
    limit = setting("shared", "overlap")
    taken: dict[int, list[Span]] = defaultdict(list)
    kept = []
    for passage in sorted(passages, key=lambda p: (TIERS[members[p.source].part], p.doc, -_strength(p), p.source)):
        covered = merge(taken[passage.doc])
        length = sum(end - start for start, end in passage.own)
        if sum(overlap(span, piece) for span in covered for piece in passage.own) < limit * length:
            kept.append(passage)
            taken[passage.doc] += passage.own
    return sorted(kept, key=lambda p: (p.doc, p.start, p.source, p.source_start))


def _strength(passage: Passage) -> float:
    """证据多的优先；差不多的（一成之内）算一样，好让最早的文档当来源。"""
    return round(passage.evidence * passage.share / 5)
