"""内容方面的规则：有没有实在的东西，要求、形式、时间是否齐全。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit.registry import Case, Hit, rule
from jiaoyan_nlp.audit.words import said
from jiaoyan_nlp.facts.activities import GENERAL, types_in
from jiaoyan_nlp.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_DETAIL = re.compile(r"\d+(?:\.\d+)?|《[^》]{2,40}》|[一二三四五六七八九十]{1,3}(?:节|次|篇|人|位|名|项|月|日|年级)")
_YEAR = re.compile(r"20\d{2}")
"""年份是题目、落款里都有的，不算具体内容。"""


@rule("JY301", "plan", "scheme", "summary")
def empty_talk(case: Case) -> Iterator[Hit]:
    """每千字的具体内容（数字、时间、名称、人名）太少。"""
    if case.size < case.settings.thresholds["details_from"]:
        return
    details = [m for m in _DETAIL.finditer(case.folded) if not _aside(case, m)]
    density = round((len(details) + len(case.facts.roles)) * 1000 / case.size, 1)
    if density < case.settings.thresholds["details"]:
        yield Hit(words={"density": density})


def _aside(case: Case, match: re.Match[str]) -> bool:
    """行首的序号、年份、落款不算具体内容。"""
    start = match.start()
    far = max(0, start - INDENT)
    line = case.folded.rfind("\n", far, start) + 1
    numbered = not case.folded[max(line, far) : start].strip(" \t　>-(（")
    return numbered or bool(_YEAR.fullmatch(match.group())) or case.outside(start, start + 1)


INDENT = 100
"""行首的空白最多看这么多个字。"""


@rule("JY302", "plan")
def no_quantity(case: Case) -> Iterator[Hit]:
    """没有数量要求。"""
    if not any(q.kind == "norm" for q in case.facts.quantities):
        yield Hit()


@rule("JY304", "plan", "scheme", "summary")
def single_activity(case: Case) -> Iterator[Hit]:
    """只写出了一种活动；推门听课也是听课，笼统地说了多种形式的不算。"""
    types = {_PLAIN.get(a.type, a.type) for a in case.facts.activities if a.type in types_in(fold(a.text))}
    if len(types) == 1 and types != {GENERAL} and not said("several").search(case.folded):
        yield Hit(words={"type": next(iter(types))})


_PLAIN = {"推门听课": "听课", "二次备课": "集体备课"}


@rule("JY305", "plan", "scheme", "summary")
def no_review(case: Case) -> Iterator[Hit]:
    """听课没有评课；指向第一处听课。"""
    observed = [a for a in case.facts.activities if a.type in ("听课", "推门听课")]
    if observed and not said("review").search(case.folded):
        yield Hit(observed[0].start, observed[0].end)


@rule("JY306", "plan", "scheme", "summary")
def no_time(case: Case) -> Iterator[Hit]:
    """活动都没有时间。"""
    count = max(len(case.facts.activities), len(types_in(case.folded)))
    timed = [q for q in case.facts.quantities if q.period in ("周", "两周", "月")]
    if count >= case.settings.thresholds["activities"] and not case.facts.schedule and not timed:
        yield Hit(words={"count": count})


@rule("JY307", "plan", "scheme", "summary")
def no_project(case: Case) -> Iterator[Hit]:
    """没有课题；一节课的题目不算。"""
    if not said("project").search(said("lesson").sub("", case.folded)):
        yield Hit()


@rule("JY308", "plan", "scheme", "summary")
def no_reflection(case: Case) -> Iterator[Hit]:
    """没有反思。"""
    if not said("reflection").search(case.folded):
        yield Hit()
