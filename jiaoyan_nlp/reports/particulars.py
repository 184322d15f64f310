"""报告里一校一篇的细目：栏目齐不齐、数量、日程、分工、计划兑现、特有的用词。照手头的结果表和标注写，不另算。"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.reports.headings import word
from jiaoyan_nlp.reports.rows import Row, number_of, records, text_of
from jiaoyan_nlp.reports.settings import whole
from jiaoyan_nlp.reports.when import spoken

if TYPE_CHECKING:
    import pandas as pd

    from jiaoyan_nlp.types import Analysis, Document


@dataclass(frozen=True, slots=True)
class Amount:
    """一项数量要求和区县的要求、各校的中位数；都折算成一学期。top 是画刻度时的最大值。"""

    name: str
    stated: str
    value: float
    norm: float | None
    median: float
    mark: str

    @property
    def top(self) -> float:
        """刻度的最大值。"""
        return max(self.value, self.norm or 0.0, self.median) or 1.0


@dataclass(frozen=True, slots=True)
class Promise:
    """计划里的一项，总结里的结果。status 是 kept、partly、missing、extra。"""

    what: str
    status: str
    planned: str
    reported: str


@dataclass(frozen=True, slots=True)
class Facts:
    """一篇里读出的事实：活动（类型，计划几处，已做几处）、数量（活动，原文）、日程（时间，事项）、分工（机构，角色，姓名）。"""

    activities: tuple[tuple[str, int, int], ...]
    quantities: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str], ...]
    duties: tuple[tuple[str, str, str], ...]

    @property
    def total(self) -> int:
        """共几项。"""
        return len(self.activities) + len(self.quantities) + len(self.events) + len(self.duties)


def sections_of(document: Document, analysis: Analysis) -> tuple[tuple[str, bool], ...]:
    """这种文档一般有的栏目，这一篇有没有：（栏目，有）。"""
    present = {section.role for section in analysis.tagged.sections if section.title}
    expected = [row["role"] for row in table("report_outline.csv", "kind", "role") if row["kind"] == document.meta.kind]
    return tuple((word("role", role), role in present) for role in expected)


def facts_of(text: str, analysis: Analysis) -> Facts:
    """一篇的事实；text 是遮盖过个人信息的文字。"""
    facts, most = analysis.facts, whole("facts", "most")
    tally: dict[str, Counter[bool]] = defaultdict(Counter)
    for activity in facts.activities:
        tally[activity.type][activity.planned] += 1
    people: dict[tuple[str, str], list[str]] = defaultdict(list)
    for role in facts.roles:
        people[role.group or "", role.role].append(role.name)
    ordered = sorted(tally.items(), key=lambda pair: -pair[1].total())
    return Facts(
        activities=tuple((kind, counts[True], counts[False]) for kind, counts in ordered),
        quantities=tuple((q.activity, text[q.start : q.end]) for q in facts.quantities[:most]),
        events=tuple((spoken(e.when), _line(text[e.start : e.end])) for e in facts.schedule[:most]),
        duties=tuple((group, role, "、".join(names)) for (group, role), names in list(people.items())[:most]),
    )  # fmt: skip


def _line(text: str) -> str:
    longest = whole("facts", "longest")
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}……"


def amounts(frame: pd.DataFrame) -> dict[str, tuple[Amount, ...]]:
    """学校 → 各项数量要求；frame 是按学校比较的 quantities。"""
    found: dict[str, list[Amount]] = defaultdict(list)
    for row in records(frame):
        found[text_of(row.get("school"))].append(
            Amount(
                f"{row['activity']}（{row['unit']}）", text_of(row["stated"]), float(row["per_term"]),
                number_of(row["norm"]), float(row["median"]), text_of(row["mark"]),
            )
        )  # fmt: skip
    return {school: tuple(rows) for school, rows in found.items()}


def promises(frame: pd.DataFrame, shown: dict[str, str]) -> dict[str, tuple[Promise, ...]]:
    """学校 → 计划里的各项，没有提到的在前。参数：frame 是 follow_up 的结果；shown 是各篇遮盖过个人信息的文字。"""
    order = ("missing", "partly", "kept", "extra")
    found: dict[str, list[Promise]] = defaultdict(list)
    for row in records(frame):
        found[text_of(row["school"])].append(
            Promise(
                word("what", text_of(row["what"])), text_of(row["status"]),
                _cited(row, "plan", "planned", shown), _cited(row, "summary", "reported", shown),
            )
        )  # fmt: skip
    return {school: tuple(sorted(rows, key=lambda p: order.index(p.status))) for school, rows in found.items()}


def _cited(row: Row, side: str, column: str, shown: dict[str, str]) -> str:
    text = shown.get(text_of(row.get(f"{side}_document")))
    start, end = number_of(row.get(f"{side}_start")), number_of(row.get(f"{side}_end"))
    if text is None or start is None or end is None:
        return _line(text_of(row[column]))
    return _line(text[int(start) : int(end)])


def own_words(frame: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """学校 → 特有的用词；frame 是 compare 的 distinctive。"""
    found: dict[str, list[str]] = defaultdict(list)
    most = whole("charts", "words")
    for row in records(frame):
        if row["dimension"] == "school" and len(found[row["group"]]) < most:
            found[row["group"]].append(row["word"])
    return {school: tuple(words) for school, words in found.items()}
