"""给人看的摘录和对照：问题前后带几个字；两段文字里哪些字相同、换了位置、换了字形、改动过。"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

from jiaoyan_nlp.reports.settings import settings, whole
from jiaoyan_nlp.text import Span, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CHANGED, MOVED, VARIANT, SAME = "changed", "moved", "variant", "same"
ROUNDS = 12
"""找换了位置的字，最多找几遍；每遍都认出当时最长的一些。"""
MINE, THEIRS = "\ue000", "\ue001"
"""接起剩下的几截时用的隔断，两边不同，免得隔断也算相同。"""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """一段摘录：前文、问题本身、后文。"""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Run:
    """一截状态相同的字：same 相同、moved 相同而换了位置、variant 只是字形不同（繁简、全半角）、changed 改动过。"""

    state: str
    text: str


def excerpt(text: str, start: int, end: int) -> Excerpt | None:
    """摘录问题所在的一段：前后各带几个字，不越出这一行。整篇的问题（start = end）没有摘录。

    >>> excerpt("一、目标\\n带动XX名教师。\\n二、措施", 7, 9)
    Excerpt(before='带动', words='XX', after='名教师。')
    """
    if not 0 <= start < end <= len(text):
        return None
    around, longest = whole("excerpt", "around"), whole("excerpt", "longest")
    first = max(text.rfind("\n", 0, start) + 1, start - around)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + around)
    words = text[start:end]
    if len(words) > longest:
        words = f"{words[: longest // 2]}……{words[-(longest // 2) :]}"
    before = ("…" if first and text[first - 1] != "\n" else "") + text[first:start].lstrip()
    after = text[end:last].rstrip() + ("…" if last < len(text) and text[last] != "\n" else "")
    return Excerpt(before, words, after)


def masked(text: str, spans: Iterable[Span]) -> str:
    """遮盖个人信息：区间里只留前几位，其余换成 ＊；长度不变，别处的区间照用。

    >>> masked("电话13900001234。", [(2, 13)])
    '电话139＊＊＊＊＊＊＊＊。'
    """
    keep = whole("privacy", "keep")
    for start, end in spans:
        hidden = max(0, end - start - keep)
        text = text[: end - hidden] + "＊" * hidden + text[end:]
    return text


def without(text: str, secrets: Mapping[str, str]) -> str:
    """文字里的个人信息换成遮盖后的写法。

    >>> without("有事打13900001234", {"13900001234": "139＊＊＊＊＊＊＊＊"})
    '有事打139＊＊＊＊＊＊＊＊'
    """
    for secret, hidden in secrets.items():
        text = text.replace(secret, hidden)
    return text


def masked_rules() -> frozenset[str]:
    """找到的字要遮盖的规则。"""
    return frozenset(settings()["privacy"]["rules"])


def compare(mine: str, theirs: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """逐字对照两段文字，繁简、全半角视为同一个字，换行不算改动。返回：两边各自的 Run，接起来就是原文。

    >>> [run.state for run in compare("认真落实集体备课制度", "认真落实群众备课制度")[0]]
    ['same', 'changed', 'same']
    """
    left, right = fold(mine), fold(theirs)
    states = [CHANGED] * len(mine), [CHANGED] * len(theirs)
    for block in _steady(_blocks(left, right), len(mine), len(theirs)):
        for a, b in zip(range(block.a, block.a + block.size), range(block.b, block.b + block.size), strict=True):
            states[0][a] = states[1][b] = SAME if mine[a] == theirs[b] else VARIANT
    _find_moved(left, right, *states)
    for text, marked in zip((mine, theirs), states, strict=True):
        for at, letter in enumerate(text):
            marked[at] = SAME if letter == "\n" else marked[at]
    return _runs(mine, states[0]), _runs(theirs, states[1])


def _blocks(left: str, right: str) -> list[Match]:
    return [m for m in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks() if m.size]


def _steady(blocks: Sequence[Match], left: int, right: int) -> list[Match]:
    """去掉碰巧相同的单字：它的前后在两边都另有改动。夹了杂字的（只有一边多出字）留着。left、right 是两边的字数。"""
    edges = [Match(0, 0, 0), *blocks, Match(left, right, 0)]
    kept = []
    for before, block, after in zip(edges, edges[1:], edges[2:], strict=False):
        apart_before = before.a + before.size < block.a and before.b + before.size < block.b
        apart_after = block.a + block.size < after.a and block.b + block.size < after.b
        if block.size > 1 or not (apart_before and apart_after):
            kept.append(block)
    return kept


def _find_moved(left: str, right: str, mine: list[str], theirs: list[str]) -> None:
    """在还没对上的字里找换了位置的整截。"""
    for _ in range(ROUNDS):
        text_a, index_a = _leftover(left, mine, MINE)
        text_b, index_b = _leftover(right, theirs, THEIRS)
        found = [m for m in _blocks(text_a, text_b) if m.size >= whole("copies", "moved")]
        if not found:
            return
        for block in found:
            for step in range(block.size):
                mine[index_a[block.a + step]] = theirs[index_b[block.b + step]] = MOVED


def _leftover(text: str, states: Sequence[str], wall: str) -> tuple[str, list[int]]:
    """没对上的几截接成一串，以及每个字在原来的位置；隔断的位置记 -1，它不会对上。"""
    kept: list[str] = []
    index: list[int] = []
    for at, state in enumerate(states):
        if state == CHANGED:
            if index and index[-1] != at - 1:
                kept.append(wall)
                index.append(-1)
            kept.append(text[at])
            index.append(at)
    return "".join(kept), index


def _runs(text: str, states: Sequence[str]) -> tuple[Run, ...]:
    at, runs = 0, []
    for state, group in groupby(states):
        size = len(list(group))
        runs.append(Run(state, text[at : at + size]))
        at += size
    return tuple(runs)
