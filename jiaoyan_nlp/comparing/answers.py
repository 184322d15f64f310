"""问题和措施配对：总结里说的每个问题，后面有没有针对它的办法。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from jiaoyan_nlp.facts.activities import types_in
from jiaoyan_nlp.following.items import spoken
from jiaoyan_nlp.following.words import content, plain
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import fold
from jiaoyan_nlp.types import LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiaoyan_nlp.types import Document, Statement, Tagged

LEAST = 0.3
"""相应的程度到这么多，就算在回答它：大致是共用一个有分量的词。"""
FULL = 3.0
"""共用的词有这么多份量，就算完全相应。"""
ORDER = 0.5
"""问题和措施一样多、一一对着写的，位置相同、多少有点相干，算这么多。"""
KIND = 0.6
"""问题属于哪一类、措施正是治这一类的，算这么多。"""
COMMON = 0.5
"""共用的只是“公开课”这样的活动名，打这个折扣。"""
_FORWARD = re.compile(
    r"今后|下一?(?:学期|阶段|步|学年)|明年|来年|将|要|须|改为|改成|争取|打算|继续|进一步|加强|每|由|安排|成立|列入|请|让|减|增|统一|重新"
)
_AFTER = ("improvement", "measures", "goals", "activities", "safeguards", "content", "schedule", "other")


@dataclass(frozen=True, slots=True)
class Answer:
    """一个问题和回答它的措施；没有措施的 measure 是 None。score 是相应的程度，0 到 1。"""

    problem: Statement
    measure: Statement | None
    score: float


@lru_cache(maxsize=1)
def _cures() -> dict[str, re.Pattern[str]]:
    return {row["class"]: re.compile(row["pattern"]) for row in table("answers.csv", "class", "pattern")}


def answers(document: Document, tagged: Tagged) -> list[Answer]:
    """一篇文档里每个问题（一行算一个）和最相应的措施，按先后排。"""
    problems = _lines(document, _problems(tagged))
    if not problems:
        return []
    first = problems[0][0].start
    taken = {s.start for problem in problems for s in problem}
    later = [s for s in spoken(document, tagged) if s.start > first and s.start not in taken and _is_measure(s)]
    measures = _lines(document, later)
    places = _places(document, tagged)
    found = [_answer(places.get(problem[0].start), problem, measures) for problem in problems]
    best = {
        m.start: max(a.score for a in found if a.measure and a.measure.start == m.start)
        for m in (a.measure for a in found)
        if m
    }
    return [a if not a.measure or a.score >= min(SHARED, best[a.measure.start]) else _unanswered(a) for a in found]


SHARED = 0.45
"""同一条措施已经更切题地回答了别的问题，至少相应到这么多才也算回答这一个。"""


def _problems(tagged: Tagged) -> list[Statement]:
    """问题一栏里的问题；没有这一栏的，很有把握的才算。引出清单的那一句（“也有一些难处：”）自己没有说出问题，不算。"""
    at = LABELS.index("problem")
    leads = {a.start for a, b in pairwise(tagged.statements) if _lists(a, b)}
    said = [s for s in tagged.statements if "problem" in s.labels and s.start not in leads]
    listed = [s for s in said if s.role == "problems"]
    return listed or [s for s in said if s.probabilities[at] >= CERTAIN and s.role not in ASIDE]


def _lists(lead: Statement, item: Statement) -> bool:
    """后一句是不是前一句引出的问题清单的第一条。"""
    return lead.section == item.section and "problem" in item.labels and bool(_FIRST.match(item.text))


CERTAIN = 0.97
_FIRST = re.compile(r"\s{0,4}(?:一是|其一|第一[，,、是]|[（(]?[一1][）)、.．，,]|①)")
"""清单的第一条。"""
ASIDE = ("activities", "achievements")


def _places(document: Document, tagged: Tagged) -> dict[int, int]:
    """问题和改进两栏的条数一样多时，每个问题的起点 → 对着写的那条措施的起点。"""
    problems, measures = (
        [line[0].start for line in _lines(document, [s for s in tagged.statements if s.role == role])
         if _NUMBERED.match(document.text, document.text.rfind("\n", 0, line[0].start) + 1)]
        for role in ("problems", "improvement")
    )  # fmt: skip
    return dict(zip(problems, measures, strict=True)) if len(problems) == len(measures) > 1 else {}


_NUMBERED = re.compile(r"\s{0,4}[（(]?(?:其|第)?[一二三四五六七八九十\d①-⑳]{1,3}(?:[）)、.．，,:： ]|是)|\s{0,4}[①-⑳]")


def _unanswered(answer: Answer) -> Answer:
    return Answer(answer.problem, None, answer.score)


def _lines(document: Document, statements: Sequence[Statement]) -> list[list[Statement]]:
    """同一行的句段放在一起；一行里“一是……二是……”地排着的，一项一起。"""
    found: dict[tuple[int, int], list[Statement]] = {}
    item = 0
    for s in statements:
        item = s.start if _ITEM.match(s.text) else item
        line = document.text.rfind("\n", 0, s.start)
        found.setdefault((line, item if item > line else 0), []).append(s)
    return list(found.values())


_ITEM = re.compile("[一二三四五六七八九]是|其[一二三四五六]|第[一二三四五六][，,、是]")


def _is_measure(s: Statement) -> bool:
    """问题后面各栏的句段；问题一栏里朝前说的措施。"""
    if s.role == "problems":
        return bool({"measure", "activity", "goal"} & set(s.labels) and _FORWARD.search(s.text))
    return s.role in _AFTER


def _answer(at: int | None, problem: Sequence[Statement], measures: Sequence[Sequence[Statement]]) -> Answer:
    told = fold("".join(s.text for s in problem))
    classes = {c for s in problem for c in s.problem_classes}
    best, score = None, 0.0
    for line in measures:
        answer = fold("".join(s.text for s in line))
        value = _score(classes, told, answer)
        if line[0].start == at and (_cured(classes, answer) or _pairs(told) & _pairs(answer)):
            value += ORDER
        if value > score:
            best, score = line[0], value
    return Answer(problem[0], best if score >= LEAST else None, round(min(1.0, score), 3))


def _score(classes: set[str], told: str, said: str) -> float:
    shared = max(_shared(told, said), _shared(said, told))
    return min(1.0, shared / FULL) + KIND * _cured(classes, said) * (shared > 0)


def _cured(classes: set[str], said: str) -> bool:
    """措施正是治这类问题的。"""
    return any(_cures()[c].search(said) for c in classes if c in _cures())


def _pairs(text: str) -> set[str]:
    """相连的两个字（不算太常见的词），看两段话有没有一点相同。"""
    return {text[n : n + 2] for n in range(len(text) - 1) if text[n : n + 2].isalnum()} - plain()


def _shared(text: str, other: str) -> float:
    """两段话共用的词有多少份量。"""
    return sum(w * (COMMON if types_in(word) else 1.0) for word, w in content(text) if word in other)
