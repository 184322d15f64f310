"""全区通报写什么：好的点到学校，问题只说有几所、几处，不点名。"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaoyan_nlp.reports.feedback_settings import limit
from jiaoyan_nlp.reports.view import NO_SCHOOL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jiaoyan_nlp.reports.feedback_letters import Letter, Matter
    from jiaoyan_nlp.reports.view import Overview, School


@dataclass(frozen=True, slots=True)
class Common:
    """几所学校都有的一类问题。"""

    name: str
    schools: int
    count: int
    advice: str


@dataclass(frozen=True, slots=True)
class Circular:
    """全区通报。praised 是各种好做法 → 点到的几份反馈意见；alike 是相同文字达到界线的学校数。"""

    term: str
    schools: tuple[School, ...]
    papers: int
    plans: int
    summaries: int
    lacking: int
    nameless: int
    lost: tuple[str, ...]
    lost_more: int
    praised: dict[str, tuple[Letter, ...]]
    common: tuple[Common, ...]
    alike: int
    silent: int


RANKS: dict[str, Callable[[Letter], float]] = {
    "kept": lambda letter: letter.merits.kept.rate if letter.merits.kept else 0,
    "numbers": lambda letter: letter.merits.numbers,
    "activities": lambda letter: len(letter.merits.activities),
    "candid": lambda letter: letter.merits.candid,
}
"""每种好做法按什么排先后；0 是没有。"""


def circular(view: Overview, written: Sequence[Letter]) -> Circular:
    """全区通报。written 是各校的反馈意见。"""
    known = tuple(school for school in view.schools if school.known)
    lost = tuple(dict.fromkeys(r.file.rsplit("/", 1)[-1] for r in view.remarks if r.lost))
    most = limit("files")
    return Circular(
        term=view.term,
        schools=known,
        papers=len(view.papers),
        plans=sum(school.plans for school in known),
        summaries=sum(school.summaries for school in known),
        lacking=sum(school.lacking for school in known),
        nameless=sum(len(school.papers) for school in view.schools if school.name == NO_SCHOOL),
        lost=lost[:most],
        lost_more=len(lost[most:]),
        praised={name: _best(written, rank) for name, rank in RANKS.items()},
        common=_common(written),
        alike=sum(any(part.sources for part in letter.alike) for letter in written),
        silent=sum(bool(letter.promises.silent) for letter in written),
    )


def _best(written: Sequence[Letter], rank: Callable[[Letter], float]) -> tuple[Letter, ...]:
    """这一样做得最好的几所；有急需修改之处、相同文字较多的学校不在通报里点名表扬。"""
    able = [letter for letter in written if rank(letter) and not letter.urgent and not letter.alike]
    return tuple(sorted(able, key=lambda letter: -rank(letter))[: limit("schools")])


def _common(written: Sequence[Letter]) -> tuple[Common, ...]:
    """涉及学校最多的几类问题。"""
    found: dict[str, list[tuple[str, Matter]]] = defaultdict(list)
    for letter in written:
        for part in letter.parts:
            for matter in part.matters:
                found[matter.rule].append((letter.school, matter))
    listed = [
        Common(some[0][1].name, len({s for s, _ in some}), sum(m.count for _, m in some), some[0][1].advice)
        for some in found.values()
    ]
    return tuple(sorted(listed, key=lambda one: (-one.schools, -one.count, one.name))[: limit("rules")])
