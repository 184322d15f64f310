"""计划里可以核对的事项：数量、有日期的安排、活动、带数字的目标；总结里的说法。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaoyan_nlp.facts.activities import GENERAL, types_in
from jiaoyan_nlp.facts.quantities import duties_in, unit_of
from jiaoyan_nlp.following.words import content, said
from jiaoyan_nlp.text import fold, number, overlap, sentence_spans
from jiaoyan_nlp.types import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiaoyan_nlp.text import Span
    from jiaoyan_nlp.types import Analysis, Document, Quantity, Section, Tagged

_DAY = re.compile(r"(\d{1,2}|十?[一二三四五六七八九十])月(?:份)?(?:(\d{1,2})[日号])?")
_MORE_DAYS = re.compile(r"(\d{1,2})月\d{1,2}[日号]?(?:[、和至—\-到]\d{1,2}日)*[、和至—\-到](\d{1,2})[日号]")
_PLANNED_DAY = re.compile(r"^(?:-|\d{4})-(\d{2})(?:-(\d{2}))?")
PEOPLE = ("人", "人次", "天", "小时", "课时", "种", "项")
"""以这些为单位的数不单独成为一个事项。"""
COUNTED_BY_ONE = ("课题", "教学案例", "教研主题")
"""论“个”数的活动；别的活动旁边的“几个”多半说的是别的。"""
SUPERVISION = ("检查", "培训", "教研组")
"""检查、抽查是督促的办法，不是要做成的活动。"""
LEAST_ROUTINE = 0.5

Day = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Item:
    """计划里的一个事项。what：activity quantity event goal；days 是（月，日）；context 是所在一行开头的话。"""

    document: str
    what: str
    start: int
    end: int
    text: str
    types: tuple[str, ...]
    tokens: tuple[tuple[str, float], ...]
    days: tuple[Day, ...]
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """总结里的一句：自己的字和类型，所在一行的字（说到哪件事常在行首）。"""

    document: str
    start: int
    end: int
    text: str
    folded: str
    line: str
    line_start: int
    role: str
    labels: tuple[str, ...]
    types: tuple[str, ...]
    line_types: tuple[str, ...]
    days: tuple[Day, ...]


def kinds_in(folded: str) -> tuple[str, ...]:
    """说到的活动：类型表里的和数量表里的都算。"""
    return tuple(dict.fromkeys((*types_in(folded), *duties_in(folded))))


def days_in(folded: str) -> tuple[Day, ...]:
    """一段归一的话里的日期：（月，日），没有日是 None。

    >>> days_in("10月22日、11月5日研究课,十二月结题")
    ((10, 22), (11, 5), (12, None))
    """
    found: list[Day] = []
    for match in _DAY.finditer(folded):
        month = number(match[1])
        if month and month <= 12:
            found.append((int(month), int(match[2]) if match[2] else None))
    found += [(int(m[1]), int(m[2])) for m in _MORE_DAYS.finditer(folded)]
    return tuple(dict.fromkeys(found))


def spoken(document: Document, tagged: Tagged) -> list[Statement]:
    """全部句段，加上被认作标题、其实是一句完整的话的行（“2、研讨课上了3节，第四节没有上。”），按先后排。"""
    sentences = [
        Statement(
            document.id, s.index, _role(tagged, s), s.title_start, s.title_end, document.text[s.title_start : s.title_end],
            SENTENCE_LABELS, (),
        )
        for s in tagged.sections
        if s.title and not s.run_in and s.level > 1 and _is_sentence(document.text, s)
    ]  # fmt: skip
    return sorted([*tagged.statements, *sentences], key=lambda s: s.start)


def _role(tagged: Tagged, section: Section) -> str:
    """一句话的“标题”跟着上级栏目：问题、打算一栏里的也是问题、打算。"""
    above = tagged.sections[section.parent].role if section.parent is not None else ""
    return above if above in ("problems", "improvement") else section.role


SENTENCE_LABELS = ("activity",)


def _is_sentence(text: str, section: Section) -> bool:
    return text[section.title_end : section.title_end + 1] == "。" or text[section.title_end - 1] == "。"


def items(document: Document, analysis: Analysis) -> list[Item]:
    """一篇计划里的全部事项，按先后排；同一处只算一个。"""
    folded = fold(document.text)
    events = _events(document, analysis, folded)
    found = [*events, *_quantities(document, analysis, folded, events)]
    taken = [(i.start, i.end) for i in found]
    for statement in spoken(document, analysis.tagged):
        span = (statement.start, statement.end)
        if any(overlap(span, other) for other in taken):
            continue
        text = folded[statement.start : statement.end]
        if item := _activity(document, statement, text) or _goal(document, statement, text):
            found.append(item)
    return sorted(found, key=lambda i: (i.start, i.end))


def _quantities(document: Document, analysis: Analysis, folded: str, events: Sequence[Item]) -> list[Item]:
    """数量要求。安排里已经有的、从句里分出来的小数（“公开课8节，语文3节”的3节）不另算。"""
    found: dict[tuple[int, str], Item] = {}
    norms = [q for q in analysis.facts.quantities if q.kind == "norm"]
    for q in norms:
        text = folded[q.start : q.end]
        span = (q.start, q.end)
        if (
            q.unit in PEOPLE
            or (q.unit == "个" and q.activity not in COUNTED_BY_ONE)
            or q.activity in SUPERVISION
            or len(text) > MOST
            or _EACH_TIME.search(text)
            or (q.unit != unit_of(q.activity) and _APART.search(text))
        ):
            continue
        if any(overlap(span, (e.start, e.end)) == q.end - q.start for e in events):
            continue
        inner = any(o is not q and q.start <= o.start and o.end < q.end and o.unit == q.unit for o in norms)
        if inner and not subgroup(text[-PART:]):
            continue
        statement = next((s for s in analysis.tagged.statements if s.start <= q.start < s.end), None)
        if statement is None or not set(statement.labels) & DUTIES:
            continue
        clause = _clause(folded, q.start, q.end)
        item = Item(document.id, "quantity", q.start, q.end, q.text, (q.activity,), content(clause), days_in(clause), q)
        found.setdefault((q.end, q.activity), item)
    return list(found.values())


_APART = re.compile(r"[”」》][,;]")
"""活动和数之间隔着“……”，多半是两回事，单位又合不上，就不算。"""
_EACH_TIME = re.compile(r"每(?:次|节|场|篇|份)")
PART = 16
"""小数前面这么多字里看有没有另一类人。"""
_SUBGROUP = re.compile(
    r"(?:行政|领导|干部|中层|校长|主任|组长|教龄|年(?:以内|以下|以上)|新(?:教师|老师|上岗|入职)|青年|骨干|师傅|徒弟|学科带头人|班主任)"
)


def subgroup(folded: str) -> str | None:
    """说的只是一部分人（行政人员、青年教师）时，是哪一部分；说的是全体教师返回 None。"""
    match = _SUBGROUP.search(folded)
    return match.group() if match else None


MOST = 60
"""跨得比这还远的数量，活动多半配错了。"""


def _clause(folded: str, start: int, end: int) -> str:
    left = max(folded.rfind(mark, 0, start) for mark in "。;\n,:(") + 1
    right = min((at for mark in "。;\n,|(" if (at := folded.find(mark, end)) >= 0), default=len(folded))
    return folded[left:right]


def _events(document: Document, analysis: Analysis, folded: str) -> list[Item]:
    """有日期的安排：日程表的一格，或一个分句；只有日期的格不算。"""
    found: dict[tuple[int, int], Item] = {}
    for event in analysis.facts.schedule:
        planned = [m for part in event.when.split("/") if (m := _PLANNED_DAY.match(part))]
        statement = next((s for s in analysis.tagged.statements if s.start <= event.start < s.end), None)
        if not planned or (statement and statement.labels and not set(statement.labels) & DUTIES):
            continue
        days = tuple((int(m[1]), int(m[2]) if m[2] else None) for m in planned)
        if days[0][0] not in _MONTHS.get((document.meta.term or "")[TERM_HALF:], ALL_MONTHS):
            continue
        for start, end in _pieces(folded, event.start, event.end, statement):
            text = folded[start:end]
            if _routine(text) or not _DATES.sub("", text).strip():
                continue
            tokens = content(text)
            if sum(weight for _, weight in tokens) < ENOUGH and not types_in(text) and statement:
                if _BARE.search(text):
                    continue
                tokens = content(folded[statement.start : statement.end])
            item = Item(
                document.id, "event", start, end, document.text[start:end], types_in(text) or duties_in(text), tokens,
                tuple(dict.fromkeys((*days, *days_in(text)))),
            )  # fmt: skip
            found.setdefault((start, end), item)
    return list(found.values())


DUTIES = {"activity", "measure", "goal"}


def _pieces(folded: str, start: int, end: int, statement: Statement | None) -> list[Span]:
    """一处安排里的各件事：分号、句号隔开的各算一件；只写了日期的，接着看后面的分句。"""
    if statement and end < statement.end and not _DATES.sub("", folded[start:end]).strip():
        end = statement.end
    if _DATED_LINE.match(folded, folded.rfind("\n", 0, start) + 1, start + 1) or _DATED_LINE.match(folded, start, end):
        stop = folded.find("\n", end)
        end = len(folded) if stop < 0 else stop
    return sentence_spans(folded, start, end)


_DATED_LINE = re.compile(r"[\d一二三四五六七八九十]{1,3}月份?\s?[:　 ]")
"""“十月：青年教师过关课；优秀教案评选。”这样的一行，月份管到行末。"""


_DATES = re.compile(
    r"(?:20[\dx]{2}年?)?[\dx一二三四五六七八九十]{1,3}月(?:份)?|[\dx]{1,2}[日号]|[\s\-—~至到、,.。:|()]|起|每?周[一二三四五六日]|第[\d一二三四五六七八九十]{1,3}周|[上下]午"
)
_BARE = re.compile(r"(?:交|安排在|于)[^,。;]{0,12}$|[月日底初旬]$|^[^,。;]{0,10}在[\u4e00-\u9fff]{2,10}$")
"""“于12月20日前交教务处”“安排在10月、11月”只说时间、地点，不另成一件事。"""
_MONTHS = {"1": frozenset((8, 9, 10, 11, 12, 1, 2)), "2": frozenset((2, 3, 4, 5, 6, 7, 8))}
TERM_HALF = len("2024-2025-")
ALL_MONTHS = frozenset(range(1, 13))
"""学期内的月份：计划里提到的别的月份多是从前的事。"""
ENOUGH = 1.5
"""分句里有分量的词不足这么多，连整句的词一起看。"""


def _routine(text: str) -> bool:
    """行政事务：去掉这类说法就没剩下什么。"""
    text = _DATES.sub("", text)
    if said("routine").match(text):
        return True
    left = said("routine").sub("", text)
    return left != text and sum(w for _, w in content(left)) < 1.0 + LEAST_ROUTINE and not types_in(left)


def _activity(document: Document, statement: Statement, text: str) -> Item | None:
    types = tuple(t for t in types_in(text) if t != GENERAL)
    idle = "organization" in statement.labels or statement.role in (
        "guiding_ideology",
        "situation",
        "organization",
        "safeguards",
    )
    counted = types or (_TIMES.search(text) and set(statement.labels) & {"activity", "measure"})
    if idle or not counted or _routine(text) or not set(statement.labels) & {"activity", "measure"}:
        return None
    if not types and len(text) > MOST:
        return None
    span = (statement.start, statement.end)
    return Item(
        document.id, "activity", *span, statement.text, types_in(text) or duties_in(text), content(text), days_in(text)
    )


_TIMES = re.compile(r"(?:\d{1,6}|[两二三四五六七八九十]{1,6}|一)(?:节|次|篇|场|份|本|套|道|期|字|则|遍|项|个)")
"""没有说出活动类型、但有次数的，也可以核对。"""


def _goal(document: Document, statement: Statement, text: str) -> Item | None:
    idle = "background" in statement.labels or statement.role == "guiding_ideology"
    if "goal" not in statement.labels or idle or not _COUNTED.search(_NUMBERED.sub("", text)):
        return None
    span = (statement.start, statement.end)
    return Item(
        document.id, "goal", *span, statement.text, types_in(text) or duties_in(text), content(text), days_in(text)
    )


_NUMBERED = re.compile(r"^[(（]?[\d一二三四五六七八九十.]{1,4}[)）、.,:]")
_COUNTED = re.compile(r"\d|百分之|[二三四五六七八九十两](?:个|节|篇|名|人|次|成|份)|[一二三四五六七八九]成|半数")
"""目标里有数才好核对。"""


def sayings(document: Document, analysis: Analysis) -> list[Said]:
    """总结里的各句，今后打算不算。"""
    folded = fold(document.text)
    titles = {s.index: fold(s.title) for s in analysis.tagged.sections}
    found = []
    for s in spoken(document, analysis.tagged):
        if s.role == "improvement":
            continue
        begin = folded.rfind("\n", 0, s.start) + 1
        stop = folded.find("\n", s.end)
        line = folded[begin : len(folded) if stop < 0 else stop]
        text = folded[s.start : s.end]
        found.append(
            Said(
                document.id, s.start, s.end, s.text, text, line, begin, s.role, s.labels,
                kinds_in(text), kinds_in(f"{titles.get(s.section, '')} {line}"), days_in(text) or days_in(line),
            )
        )  # fmt: skip
    return found
