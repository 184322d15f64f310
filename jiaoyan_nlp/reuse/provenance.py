"""同批的两篇雷同，谁是来源：看留下的校名、日期、洗稿的痕迹；说得出理由才改方向。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.reuse.joint import joint, short
from jiaoyan_nlp.reuse.passage import BATCH, EARLIER, TEMPLATE
from jiaoyan_nlp.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiaoyan_nlp.reuse.passage import Member, Passage

_SAID = {TEMPLATE: "来源是模板", EARLIER: "来源是往届的材料"}


def settled(passage: Passage, members: Sequence[Member]) -> tuple[Passage, str]:
    """定方向。返回：（可能对调了的）片段，理由（分号隔开；看不出来的写明无法判断先后）。"""
    reasons = [_SAID[members[passage.source].part]] if members[passage.source].part in _SAID else []
    if members[passage.source].part != BATCH:
        return passage, "；".join([*reasons, *_leftover(passage, members)])
    ahead, behind = _signs(passage, members), _signs(passage.turned(), members)
    if joint(members[passage.doc].document, members[passage.source].document):
        return passage, "两校合写的同一份文档"
    if len(behind) > len(ahead):
        return passage.turned(), "；".join(behind)
    return passage, "；".join(ahead) or _unknown(passage, members)


def _unknown(passage: Passage, members: Sequence[Member]) -> str:
    """说不出理由的：总要有一篇排在前面，写明那不是先后。"""
    mine, theirs = (members[n].document.meta.sha256 for n in (passage.doc, passage.source))
    same = "两个文件一模一样，" if mine and mine == theirs else ""
    return f"{same}无法判断先后，只是按日期和文件名排的"


def _signs(passage: Passage, members: Sequence[Member]) -> list[str]:
    """支持“doc 抄自 source”的理由。"""
    mine, theirs = members[passage.doc].document, members[passage.source].document
    text = fold(mine.text[passage.start : passage.end])
    source = fold(theirs.text[passage.source_start : passage.source_end])
    reasons = _leftover(passage, members)
    when = [d.meta.date or d.meta.term for d in (mine, theirs)]
    if when[0] and when[1] and theirs.meta.term == mine.meta.term and when[1] < when[0]:
        reasons.append(f"来源的日期在前（{when[1]}）")
    if mine.meta.term and theirs.meta.term and theirs.meta.term < mine.meta.term:
        reasons.append(f"来源是更早的学期（{theirs.meta.term}）")
    spun = [word for word, standard in _spun() if word in text and word not in source and standard in source]
    if spun:
        reasons.append(f"有洗稿的词：{'、'.join(spun)}")
    return reasons


def _leftover(passage: Passage, members: Sequence[Member]) -> list[str]:
    """抄来的段落里还留着来源的校名（全称，或去掉省市县区的简称）。"""
    mine, theirs = members[passage.doc].document, members[passage.source].document
    name = short(theirs.meta.school)
    if not name or name in fold(mine.meta.school or "") or name not in fold(mine.text[passage.start : passage.end]):
        return []
    return [f"段落里留着“{name}”"]


@lru_cache(maxsize=1)
def _spun() -> tuple[tuple[str, str], ...]:
    return tuple((row["word"], row["standard"]) for row in table("reuse_spun.csv", "word", "standard"))
