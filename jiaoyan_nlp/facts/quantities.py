"""数量：每个数字配一项教研活动，认出比较、单位、周期和学科。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.facts.words import said
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import fold, number
from jiaoyan_nlp.types import Quantity

if TYPE_CHECKING:
    from jiaoyan_nlp.types import Document, Statement, Tagged

_N = r"\d{1,4}(?:\.\d)?|[一二两三四五六七八九十百千]{1,7}"
_UNIT = r"人次|课时|小时|节次|篇次|节|次|篇|堂|本|份|项|对|场|套|种|遍|个|名|位|人|天"
_NUMBER = re.compile(
    rf"(?P<low>{_N})\s?(?P<more>余|多)?(?:\s?(?:-{{1,2}}|—{{1,2}}|~|～|至|到)\s?(?P<high>{_N}))?\s?(?P<half>多|余)?\s?(?P<unit>{_UNIT})"
    r"(?P<after>以上|以内|以下|左右|上下|或以上)?"
)
_SAME = {"堂": "节", "节次": "节", "篇次": "篇", "位": "人", "名": "人", "遍": "次"}
_LEAD = re.compile(r"[^，,。；;]{2,8}[:：]")
"""“公开课：语文3节，数学3节”：冒号前的管到句末。"""
_COUNTS = {"节", "次", "篇", "本", "份", "项", "对", "场", "套", "种", "人次", "课时", "小时", "天"}
"""这些单位的数，同一分句里有教研活动就算；“个、人”要紧挨着活动。"""
_AT_LEAST = re.compile(r"(?:不得?少于|不得?低于|至少|最少|起码|超过|多于|达到?)[^，。；,;]{0,8}$")
_AT_MOST = re.compile(r"(?:不得?超过|不得?多于|至多|最多(?!的))[^，。；,;]{0,4}$")
_PENALTY = re.compile(r"(?<!不)(?<!不得)(?:少于|不足|低于|不满|不到)[^，。；,;]{0,4}$")
"""“少于10篇的扣1分”就是要求不少于10篇。"""
_ABOUT = re.compile(r"(?:近|约|大约|将近|接近)\s?$")
_ORDINAL = re.compile(r"(?:第|前|后|其|之|头|年级|每)\s?$|[\d一二三四五六七八九]、$")
_IDLE = re.compile(r"(?:是|为|突出|作为|成为|有|的)$")
_CLAUSE = re.compile(r"[^，,。；;！!？?]+")
_NORM = re.compile(r"每|不得?少于|不得?低于|至少|要求|必须|须|应|要|规定|最少|起码|力争|争取|完成.{0,4}任务")
_REPORTED = re.compile(r"了|共|已|先后|累计|获|参加过|举行过|达到")
_EARLIER = re.compile(r"上(?:个)?(?:学期|学年|年度)|去年|往年|以往")
_EACH = re.compile(r"各(?:上交|写|交|撰写|完成|不少于|不低于|至少)?\s?$")
FAR = 30
NEAR = 8
"""活动离数字最多这么多字：“次、节、篇”这类单位可以远些，“个、人”要近。"""


@dataclass(frozen=True, slots=True)
class _Kind:
    activity: str
    unit: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _activities() -> tuple[_Kind, ...]:
    rows = table("quantity_activities.csv", "activity", "type", "unit", "pattern")
    return tuple(_Kind(r["activity"], r["unit"], re.compile(r["pattern"])) for r in rows)


_RUN_IN = re.compile(r"[\u4e00-\u9fff]{2,8}[。:：]$")
LINE = 1000
"""“本学期”只在同一行的前面这么多字里找。"""


def duties_in(folded: str) -> tuple[str, ...]:
    """归一后的文字里说到的、可以计数的各种活动，按数量表的次序。"""
    return tuple(k.activity for k in _activities() if k.pattern.search(folded))


def unit_of(activity: str) -> str | None:
    """一种活动通常论什么数（听课论节，论文论篇）；不认识的是 None。"""
    return next((k.unit for k in _activities() if k.activity == activity), None)


def quantities(document: Document, tagged: Tagged) -> tuple[Quantity, ...]:
    """每个“数字 + 单位”配上最近的教研活动；配不上的不要。"""
    folded = fold(document.text)
    found: list[Quantity] = []
    for statement in tagged.statements:
        far = max(0, statement.start - LINE)
        line = folded[max(far, folded.rfind("\n", far, statement.start) + 1) : statement.start]
        found += _in_statement(document, statement, folded[statement.start : statement.end], line)
    return tuple(found)


def _in_statement(document: Document, statement: Statement, text: str, line: str) -> list[Quantity]:
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return []
    clauses = [m.span() for m in _CLAUSE.finditer(text)]
    found = []
    for match in numbers:
        if _compound(text, match):
            continue
        clause = next(((a, b) for a, b in clauses if a <= match.start() < b), (0, len(text)))
        kinds = _kinds(text, clause, match) or _titled(line, match)
        for kind, at in kinds:
            found.append(_quantity(document, statement, text, line, clause, match, kind, at))
    return found


def _compound(text: str, match: re.Match[str]) -> bool:
    """数字是别的词的一部分：一年级、一人一案、三个一、一节课堂。"""
    before, after = text[max(0, match.start() - 3) : match.start()], text[match.end() : match.end() + 2]
    unit = match["unit"]
    if _ORDINAL.search(before) or after[:1] == unit or match.group().startswith(("二次", "三位")):
        return True
    if unit in ("个", "项") and match["low"] == "一" and _IDLE.search(before):
        return True
    if unit == "个" and re.match(r"[一二三四五六七八九十]", after):
        return True
    if unit == "个" and after[:1] in "组班年方部校":
        return True
    if unit == "人" and (match["low"] == "一" or after[:1] in "才员格生次民"):
        return True
    return unit in ("次", "对", "种", "项") and after[:1] in "要序象策"


def _kinds(text: str, clause: tuple[int, int], match: re.Match[str]) -> list[tuple[str, tuple[int, int]]]:
    """与这个数相配的活动：先看后面紧跟的，再看同一分句前面最近的；“各一篇”配前面并列的每一项。"""
    unit = _SAME.get(match["unit"], match["unit"])
    near = FAR if unit in _COUNTS else NEAR
    hits = _hits(text, *clause)
    across = [h for h in hits if h[0] < match.end() and h[1] > match.start()]
    before = [h for h in hits if h[1] <= match.start()]
    after = [h for h in hits if match.end() <= h[0] <= match.end() + near]
    if _EACH.search(text[clause[0] : match.start()]) and before:
        return [(name, (a, b)) for a, b, name in sorted(set(before))]
    if across:
        return [_pair(max(across, key=lambda h: h[1] - h[0]))]
    beside = [h for h in before if match.start() - h[1] <= 1]
    if beside and text[match.end() : match.end() + 1] in ("", "、", ",", "，", "。", ";", "；"):
        return [_pair(max(beside, key=lambda h: (h[1], h[1] - h[0])))]
    counted = {k.activity for k in _activities() if k.unit == unit}
    foreign = after and not any(h[2] in counted for h in after) and any(h[2] in counted for h in before)
    if after and not foreign and unit != "人次":
        return [_pair(min(after, key=lambda h: (h[0], -h[1])))]
    if before and (unit in _COUNTS or match.start() - max(h[1] for h in before) <= near):
        return [_pair(max(before, key=lambda h: (h[1], h[1] - h[0])))]
    lead = _LEAD.match(text)
    bound = bool(lead) or _AT_LEAST.search(text[clause[0] : match.start()]) or _period(text, clause, match, "")
    earlier = [h for h in _hits(text, 0, match.start()) if unit in _COUNTS and bound]
    return [_pair(max(earlier, key=lambda h: (h[1], h[1] - h[0])))] if earlier else []


def _titled(line: str, match: re.Match[str]) -> list[tuple[str, tuple[int, int]]]:
    """“（二）集体备课。每两周一次”：本句没有说是什么活动，看同一行前面的小标题，单位要合得上。"""
    title = _RUN_IN.search(line)
    unit = _SAME.get(match["unit"], match["unit"])
    kinds = [k for k in _activities() if title and k.unit == unit and k.pattern.search(title.group())]
    return [(kinds[0].activity, match.span())] if kinds else []


def _hits(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """区间里说到的活动：起、止、名称。"""
    return [(m.start(), m.end(), k.activity) for k in _activities() for m in k.pattern.finditer(text, start, end)]


def _pair(hit: tuple[int, int, str]) -> tuple[str, tuple[int, int]]:
    return hit[2], (hit[0], hit[1])


def _quantity(
    document: Document,
    statement: Statement,
    text: str,
    line: str,
    clause: tuple[int, int],
    match: re.Match[str],
    activity: str,
    at: tuple[int, int],
) -> Quantity:
    comparator, low, high = _bounds(text, clause, match)
    start, end = min(match.start(), at[0]), max(match.end(), at[1])
    who = [m.group() for m in said("who")[0][1].finditer(text, 0, match.start())]
    unit = _SAME.get(match["unit"], match["unit"])
    return Quantity(
        document=document.id,
        start=statement.start + start,
        end=statement.start + end,
        text=document.text[statement.start + start : statement.start + end],
        kind=_kind(document, statement, text),
        activity=activity,
        comparator=comparator,
        low=low,
        high=high,
        unit=unit,
        period=_period(text, clause, match, line),
        subject=who[-1] if who else None,
    )


def _bounds(text: str, clause: tuple[int, int], match: re.Match[str]) -> tuple[str, float | None, float | None]:
    before, after = text[clause[0] : match.start()], match["after"] or ""
    low = number(match["low"])
    high = number(match["high"]) if match["high"] else None
    if high is not None:
        return "range", low, high
    if _AT_MOST.search(before) or after in ("以内", "以下"):
        return "<=", None, low
    if _AT_LEAST.search(before) or after.endswith("以上") or match["more"] or match["half"]:
        return ">=", low, None
    if _PENALTY.search(before) and re.search(r"^的?[^，。；]{0,6}(?:扣|补|不得|不能|不算)", text[match.end() :]):
        return ">=", low, None
    if _ABOUT.search(before) or after in ("左右", "上下"):
        return "≈", low, low
    return "=", low, low


def _period(text: str, clause: tuple[int, int], match: re.Match[str], line: str) -> str | None:
    """周期：数字之前、同一分句里离得最近的；没有就看数字紧后面、本句前面；再没有，同一条目里的“本学期”。"""
    hits = [(m.start(), name) for name, pattern in said("period") for m in pattern.finditer(text, 0, clause[1])]
    inside = [h for h in hits if clause[0] <= h[0] < match.end()]
    behind = [h for h in hits if h[0] >= match.end()]
    before = [h for h in hits if h[0] < clause[0]]
    if inside or before:
        return max(inside or before)[1]
    if behind:
        return min(behind)[1]
    return "学期" if re.search(r"本学?期", line) else None


def _kind(document: Document, statement: Statement, text: str) -> str:
    """要求（norm）还是已完成（reported）。总结里说的制度也是要求。"""
    if _EARLIER.search(text):
        return "reported"
    if document.meta.kind in ("summary", "report", "other") and _REPORTED.search(text):
        return "norm" if re.search(r"要求|规定|不得?少于|必须", text) else "reported"
    if document.meta.kind in ("summary", "report") and statement.role != "improvement" and not _NORM.search(text):
        return "reported"
    return "norm"
