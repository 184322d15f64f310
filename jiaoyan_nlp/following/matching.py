"""一个事项和总结里的哪一句是同一件事，做足了没有。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaoyan_nlp.facts.activities import GENERAL
from jiaoyan_nlp.following.amounts import Amount, compared
from jiaoyan_nlp.following.words import coverage, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiaoyan_nlp.following.items import Day, Item, Said

KEPT, PARTLY, MISSING, EXTRA = "kept", "partly", "missing", "extra"
WORDS, TYPE, DATE = 0.5, 0.35, 0.3
"""一句话与一个事项的相近程度里，词、类型、日期各占多少。"""
LINE = 0.8
"""说在同一行别处的，打这个折扣。"""
LEAST = {"quantity": 0.34, "event": 0.4, "activity": 0.38, "goal": 0.42}
"""各种事项至少多相近才算说到了。"""


@dataclass(frozen=True, slots=True)
class Match:
    """一个事项的结果：总结里的哪一句（没有是 None）、相近程度、结果。"""

    item: Item
    said: Said | None
    score: float
    status: str


def matched(item: Item, sayings: Sequence[Said]) -> Match:
    """一个事项在总结里的下落。"""
    scored = [(_alike(item, s), s) for s in sayings]
    best, place = max(scored, key=lambda x: (x[0], -x[1].start), default=(0.0, None))
    if place is None or best < LEAST[item.what]:
        return Match(item, None, round(best, 3), MISSING)
    own = compared(item, place)
    others = [(compared(item, s), s) for s in _near(item, scored, place, best)] if own is Amount.UNKNOWN else []
    verdicts = [(own, place), *others]
    for wanted, status in ((Amount.ADMITTED, PARTLY), (Amount.ENOUGH, KEPT), (Amount.SHORT, PARTLY)):
        if found := next((s for verdict, s in verdicts if verdict is wanted), None):
            return Match(item, found, round(best, 3), status)
    return Match(item, place, round(best, 3), _admitted(item, place, sayings))


NEAR = 0.85
"""和最相近的差这么点以内的别的句子，也看看里面的数。"""


def _near(item: Item, scored: Sequence[tuple[float, Said]], place: Said, best: float) -> list[Said]:
    """别的可能写着这件事的数的句子：同一行里没有说别的事的；差不多一样相近的。"""
    same = [s for _, s in scored if s is not place and _together(item, place, s)]
    other = [s for score, s in sorted(scored, key=lambda x: -x[0]) if score >= best * NEAR and s is not place]
    return list(dict.fromkeys([*same, *other])) if item.quantity else same


def _together(item: Item, place: Said, s: Said) -> bool:
    """同一行里接着说这件事：没有提到别的活动。"""
    return s.line_start == place.line_start and s.document == place.document and set(s.types) <= set(item.types)


def _admitted(item: Item, place: Said, sayings: Sequence[Said]) -> str:
    """没有数可比时，看总结自己怎么说：没有做、没有做足，还是做了。"""
    for s in (place, *(s for s in sayings if s is not place and _together(item, place, s))):
        if said("undone").search(s.folded):
            return _undone(item, s)
        if said("short").search(s.folded) and not said("whole").search(s.folded):
            return PARTLY
    return KEPT


def _undone(item: Item, s: Said) -> str:
    """说了“没有办成”：别的分句里做了一部分的算一部分，没有的就是没有做。"""
    clauses = _CLAUSE.split(s.folded)
    failed = [c for c in clauses if said("undone").search(c)]
    done = [c for c in clauses if c not in failed and _DONE.search(c)]
    rest = "".join(done)
    about = coverage(item.tokens, rest) >= coverage(item.tokens, "".join(failed))
    return PARTLY if done and about and (coverage(item.tokens, rest) > 0 or set(item.types) & set(s.types)) else MISSING


_CLAUSE = re.compile("[,，;；。]")
_DONE = re.compile(r"[了过]|各|已|派出|[\d一二三四五六七八九十两](?:次|节|场|名|人|篇|份|期)")


def _alike(item: Item, s: Said) -> float:
    tokens = tuple(t for t in item.tokens if t[0] not in item.types)
    words = max(coverage(tokens, s.folded), LINE * coverage(tokens, s.line))
    kinds = tuple(t for t in item.types if t != GENERAL) or (() if tokens else item.types)
    typed = _share(kinds, s.types, s.line_types)
    dated = _same_day(item.days, s.days)
    parts = [(WORDS, words)] * bool(tokens) + [(TYPE, typed)] * bool(kinds)
    if not parts:
        return 0.0
    base = sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts)
    if item.quantity and not typed:
        base *= OTHER
    return min(1.0, base + DATE * dated) if base > 0 or dated == 1.0 else 0.0


OTHER = 0.5
"""数量要求说的是听课，这一句说的是别的活动，词再相近也打这个折扣。"""


def _share(kinds: tuple[str, ...], own: tuple[str, ...], line: tuple[str, ...]) -> float:
    if not kinds:
        return 0.0
    return sum(1.0 if k in own else LINE if k in line else 0.0 for k in kinds) / len(kinds)


def _same_day(planned: tuple[Day, ...], told: tuple[Day, ...]) -> float:
    """同一天 1，同一个月 0.3，都不是 0。"""
    exact = {d for d in planned if d[1] is not None} & set(told)
    if exact:
        return 1.0
    return 0.3 if {m for m, _ in planned} & {m for m, _ in told} else 0.0
