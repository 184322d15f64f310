"""一所学校做得好的：活动种类、要素齐全、具体的数量、说到做到、如实写不足。都从结果里数，够了界线才写。"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaoyan_nlp.reports.feedback_settings import least, limit, rules
from jiaoyan_nlp.reports.headings import word
from jiaoyan_nlp.text import NUMERAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.reports.particulars import Promise
    from jiaoyan_nlp.reports.view import Paper, School
    from jiaoyan_nlp.types import Analysis, Quantity

GENERAL = "教研活动"
"""什么都能叫教研活动，不算一种。"""
CHECKABLE = ("quantity", "event")
"""这几种事项能核对：有数量，或有日期。"""
SHORTEST, LONGEST = 6, 30
"""举例的原文最少、最多几个字。"""
_NUMBER = re.compile(rf"[{NUMERAL}]")


@dataclass(frozen=True, slots=True)
class Kept:
    """说到做到：可核对的几项里报告了几项，一个例子（计划里的话、总结里的话）。"""

    planned: int
    reported: int
    example: tuple[str, str] | None

    @property
    def rate(self) -> float:
        """报告了的比例。"""
        return self.reported / self.planned


@dataclass(frozen=True, slots=True)
class Merits:
    """做得好的；没有的是空的、0 或 False。

    activities：活动的种类，多的在前；numbers：数量要求有几处，examples 是例子（举不出例子就不写）；kept：说到做到；
    candid：总结里写明的不足有几条，都有改进办法；plan、summary：计划、总结的要素齐全；original：相同的文字很少。
    """

    activities: tuple[str, ...]
    numbers: int
    examples: tuple[str, ...]
    kept: Kept | None
    candid: int
    plan: bool
    summary: bool
    original: bool

    def __bool__(self) -> bool:
        return any((self.activities, self.numbers, self.kept, self.candid, self.plan, self.summary, self.original))


def merits(corpus: Corpus, school: School) -> Merits:
    """一所学校做得好的。"""
    analyses = [corpus.analysis(paper.id) for paper in school.papers]
    faulty = frozenset(i.evidence for p in school.papers for g in p.groups for i in g.issues if i.evidence)
    numbers = _numbers(analyses)
    telling = sorted((q for q in numbers if _telling(q, faulty)), key=lambda q: (q.comparator != ">=", not q.period))
    return Merits(
        activities=_activities(school.papers),
        numbers=len(numbers) if telling and len(numbers) >= least("numbers") else 0,
        examples=_varied(telling)[: limit("quotes")],
        kept=_kept(school.promises, faulty),
        candid=_candid(school, analyses),
        plan=_complete(school, school.plans, "complete_plan"),
        summary=_complete(school, school.summaries, "complete_summary"),
        original=_original(school.papers),
    )


def _activities(papers: Iterable[Paper]) -> tuple[str, ...]:
    types: Counter[str] = Counter()
    for paper in papers:
        types.update({kind: planned + done for kind, planned, done in paper.facts.activities if kind != GENERAL})
    return tuple(name for name, _ in types.most_common()) if len(types) >= least("activities") else ()


def _numbers(analyses: Iterable[Analysis]) -> list[Quantity]:
    return [q for one in analyses for q in one.facts.quantities if q.kind == "norm" and q.activity]


def _telling(q: Quantity, faulty: Iterable[str]) -> bool:
    """单独引出来也看得懂：说到活动的名称，长短合适，没有空白，括号配得上，不带有问题的字。"""
    paired = all(q.text.count(a) == q.text.count(b) for a, b in ("（）", "《》", "“”", "()"))
    sized = SHORTEST <= len(q.text) <= LONGEST and len(q.text.split()) == 1
    return q.activity in q.text and sized and paired and not any(words in q.text for words in faulty)


def _varied(numbers: Iterable[Quantity]) -> tuple[str, ...]:
    """一种活动只举一个。"""
    found: dict[str, str] = {}
    for q in numbers:
        found.setdefault(q.activity, q.text)
    return tuple(found.values())


def _kept(promises: Iterable[Promise], faulty: Iterable[str]) -> Kept | None:
    checkable = {word("what", what) for what in CHECKABLE}
    planned = [p for p in promises if p.what in checkable and p.status != "extra"]
    reported = [p for p in planned if p.status == "kept"]
    if len(planned) < least("checkable") or len(reported) < least("kept") * len(planned):
        return None
    pairs = [(p.planned, p.reported) for p in reported if _matching(p.planned, p.reported)]
    clear = [pair for pair in pairs if not any(words in text for words in faulty for text in pair)]
    return Kept(
        len(planned), len(reported), max(clear, key=lambda pair: (_overlap(*pair), -len(pair[1])), default=None)
    )


def _matching(planned: str, reported: str) -> bool:
    """一看就知道说的是同一件事：两头都有数，长短合适，用词大半相同。"""
    sized = len(planned) >= SHORTEST and len(reported) <= 2 * LONGEST
    return sized and all(map(_NUMBER.search, (planned, reported))) and _overlap(planned, reported) >= least("sure")


def _overlap(planned: str, reported: str) -> float:
    """计划的话里相邻两字有多大比例也在总结的话里。"""
    pairs = [planned[i : i + 2] for i in range(len(planned) - 1)]
    return sum(pair in reported for pair in pairs) / max(1, len(pairs))


def _candid(school: School, analyses: Iterable[Analysis]) -> int:
    """总结里写了几条不足，而且没有哪一条缺改进办法。"""
    unanswered = any(g.rule in rules("unanswered") for p in school.papers for g in p.groups)
    problems = sum("problem" in s.labels and s.role == "problems" for one in analyses for s in one.tagged.statements)
    return 0 if unanswered else problems


def _complete(school: School, count: int, place: str) -> bool:
    """交了这一种文档，而且没有一处说它缺哪一项。"""
    return bool(count) and not any(g.rule in rules(place) for p in school.papers for g in p.groups)


def _original(papers: Sequence[Paper]) -> bool:
    shares = [paper.share for paper in papers]
    return bool(shares) and all(share is not None and share < least("alike") for share in shares)
