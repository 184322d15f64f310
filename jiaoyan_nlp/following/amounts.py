"""数够不够：计划的数和总结里的数相比；总结自己说“计划几、实际几”的，照它说的。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from jiaoyan_nlp.following.items import PART, subgroup
from jiaoyan_nlp.following.words import said
from jiaoyan_nlp.text import NUMERAL, fold, number

if TYPE_CHECKING:
    from jiaoyan_nlp.following.items import Item, Said

_N = rf"\d{{1,6}}(?:\.\d{{1,4}})?|[{NUMERAL}]{{1,5}}"
_UNIT = r"节次|篇次|人次|课时|个百分点|节|次|篇|堂|本|份|项|对|场|套|道|期|字|则|遍|个|名|位|人|%"
_VERSUS = re.compile(
    rf"(?:计划|原定|预定|应交|应收|应到|应听|应上|应写|本应|要求|规定|目标)(?P<lead>[^，。；,;\d]{{0,10}}?)(?P<plan>{_N})\s?(?P<unit>{_UNIT})?"
    rf"(?P<between>[^。；;]{{0,16}}?)(?:实际|实(?=[交收到去上听写有开做])|完成|上了|开了|办了|举行了?|来了|去了|做了|交了?|收到?|听了|写了|到了|只)"
    rf"[^，。；,;\d]{{0,6}}?(?P<done>{_N})\s?(?:{_UNIT})?"
)
_AVERAGE = re.compile(rf"(?:人均|平均每人|每人(?:平均|都)?|平均)[^，。；,;\d]{{0,8}}?(?P<n>{_N})\s?(?P<unit>{_UNIT})")
_COUNT = re.compile(rf"(?P<n>{_N})\s?(?P<unit>{_UNIT})")
_PERCENT = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)\s?[%％]")
_PERSON = re.compile(r"每(?:位|人|个|名)[^，。；,;]{0,6}(?:教师|老师|人|组长|同志)|每人|人均|每人|教师每|各位|人人")
_RISE = re.compile(r"(?:到|至|为|占|达到?|有)\D{0,4}$")
SAME = {"堂": "节", "节次": "节", "篇次": "篇", "场": "次", "遍": "次", "位": "人", "名": "人"}
WEEKS = {"周": 18.0, "两周": 9.0, "月": 4.0}
"""一学期里有几个这样的周期：放假、考试的周不算。"""
SLACK = 0.75
"""按周期推出的次数难免缺几次，做到这么多就算做足。"""


class Amount(Enum):
    """数的比较：够、不够、总结自己承认不够、无从比。"""

    ENOUGH = 1
    SHORT = 2
    ADMITTED = 3
    UNKNOWN = 4


@dataclass(frozen=True, slots=True)
class Versus:
    """总结自己说的“计划八节，上了七节”：起、止、计划几、实际几、单位（没写是 None）。"""

    start: int
    end: int
    planned: float
    done: float
    unit: str | None


def versus(folded: str) -> Versus | None:
    """归一后的一句里“计划几、实际几”的说法，没有是 None。

    >>> versus("公开课计划8节,上了7节")
    Versus(start=3, end=12, planned=8.0, done=7.0, unit='节')
    """
    for match in _VERSUS.finditer(folded):
        planned, done = number(match["plan"]), number(match["done"])
        if planned is not None and done is not None:
            unit = match["unit"]
            return Versus(match.start(), match.end(), planned, done, SAME.get(unit, unit) if unit else None)
    return None


@dataclass(frozen=True, slots=True)
class Need:
    """计划的数：至少几、单位、周期、是不是每人的、说的是哪一部分人（全体是 None）。"""

    least: float
    unit: str
    period: str | None
    each: bool
    part: str | None


def need(item: Item) -> Need | None:
    """一个事项里的数，没有是 None。"""
    text = fold(item.text)
    q = item.quantity
    if q is not None:
        least = q.low if q.low is not None else q.high
        who = fold(q.subject or "")
        each = bool(_PERSON.search(who + text)) or who.endswith(("教师", "老师", "人"))
        part = subgroup(text[-PART:]) or subgroup(who)
        return None if least is None else Need(least, q.unit, q.period, each, part)
    found = next((m for m in _COUNT.finditer(text) if m["unit"] not in ("人", "名", "位", "%", "个百分点")), None)
    least = number(found["n"]) if found else None
    if found is None or least is None or item.what == "event":
        return None
    period = next((name for name, pattern in _EVERY if pattern.search(text)), None)
    return Need(least, _unit(found), period, bool(_PERSON.search(text)), None)


_EVERY = (("两周", re.compile("每两周|隔周|双周")), ("周", re.compile("每周|每星期")), ("月", re.compile("每个?月")))


def compared(item: Item, s: Said) -> Amount:
    """一个事项的数和总结里一句的数相比。"""
    wanted = need(item)
    told = versus(s.folded)
    if told and (wanted is None or (wanted.least <= told.planned and told.unit in (None, wanted.unit))):
        return Amount.ENOUGH if told.done >= told.planned else Amount.ADMITTED
    if item.what == "goal" and "%" in fold(item.text):
        return _percent(item, s)
    return _enough(wanted, s.folded) if wanted else Amount.UNKNOWN


def _enough(wanted: Need, told: str) -> Amount:
    clauses = [c for c in re.split("[,;。]", told) if wanted.part is None or wanted.part in c]
    each = [
        n
        for c in clauses
        for m in _AVERAGE.finditer(c)
        if _unit(m) == wanted.unit and (n := number(m["n"])) is not None
    ]
    if each and (wanted.period in (None, "学期") or wanted.period in told):
        return Amount.ENOUGH if each[0] >= wanted.least else Amount.SHORT
    if wanted.part or wanted.each:
        return Amount.UNKNOWN
    if said("short").search(told) and not said("whole").search(told):
        return Amount.ADMITTED
    if said("undone").search(told):
        return Amount.UNKNOWN
    counts = [n for m in _COUNT.finditer(told) if _unit(m) == wanted.unit and (n := number(m["n"])) is not None]
    if not counts:
        return Amount.UNKNOWN
    if wanted.period in WEEKS:
        least = wanted.least * WEEKS[wanted.period] * SLACK
        return Amount.ENOUGH if max(counts) >= least else Amount.UNKNOWN if max(counts) < MANY else Amount.SHORT
    most = max(max(counts), sum(counts) if len(counts) < FEW else 0)
    if wanted.unit == "次" and most < MANY < wanted.least:
        return Amount.UNKNOWN
    return Amount.ENOUGH if most >= wanted.least else Amount.SHORT


def _unit(match: re.Match[str]) -> str:
    return SAME.get(match["unit"], match["unit"])


MANY = 3
"""比这还小的数多半不是一学期的总次数。"""
FEW = 4


def _percent(item: Item, s: Said) -> Amount:
    """目标是百分之几的：看总结里到了百分之几。"""
    planned = [float(m[1]) for m in _PERCENT.finditer(fold(item.text))]
    told = [float(m[1]) for m in _PERCENT.finditer(s.folded)]
    if not planned or not told:
        return Amount.UNKNOWN
    return Amount.ENOUGH if max(told) >= max(planned) else Amount.SHORT
