"""教研活动：类型、是计划还是已做、学科、参加者、主题。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.outline.metadata import subject_in
from jiaoyan_nlp.text import fold
from jiaoyan_nlp.types import Activity

if TYPE_CHECKING:
    from jiaoyan_nlp.types import Document, Statement, Tagged

GENERAL = "教研活动"
_DONE = re.compile(r"了|已经?|曾|先后|共(?:开展|举行|组织|听)|举行过|圆满|顺利|荣获|获得")
_FUTURE = re.compile(r"将|拟|计划|要求|必须|应当?|不少于|至少|争取|力争|准备|打算|下(?:学期|阶段|一步)|今后")
_TOPIC = re.compile(
    r"《([^《》]{2,40})》|主题(?:是|为)?[“\"「]([^”\"」]{2,40})[”\"」]|以[“\"「]([^”\"」]{2,40})[”\"」]为(?:主题|题)"
)
_PARTICIPANTS = re.compile(
    r"(?:全体|每位|每个|各位|所有|新|青年|中青年|骨干|年轻)?(?:[语数英文理科]{1,2}[文学语]?)?"
    r"(?:教师|老师|教研组长|备课组长|校级领导|校领导|行政人员|中层干部|班主任|徒弟|师傅|教研员|家长)"
)


@lru_cache(maxsize=1)
def _types() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["type"], re.compile(row["pattern"])) for row in table("activity_types.csv", "type", "pattern"))


def mentions(text: str) -> bool:
    """归一后的文字里有没有说到一种教研活动。"""
    return any(pattern.search(text) for _, pattern in _types())


def types_in(folded: str) -> tuple[str, ...]:
    """归一后的文字里说到的各种活动，按类型表的次序；有具体的就不算笼统的“教研活动”。"""
    found = tuple(name for name, pattern in _types() if pattern.search(folded))
    return tuple(name for name in found if name != GENERAL) or found


def activities(document: Document, tagged: Tagged) -> tuple[Activity, ...]:
    """标了“活动”的句段里的每种活动各一条，区间盖住说出活动的那几个字。"""
    folded = fold(document.text)
    found: list[Activity] = []
    for statement in tagged.statements:
        if "activity" in statement.labels:
            found += _in_statement(document, statement, folded[statement.start : statement.end])
    return tuple(found)


def _in_statement(document: Document, statement: Statement, text: str) -> list[Activity]:
    hits = _spans(statement.activity_types, text)
    planned = _planned(document, statement, text)
    topic = _TOPIC.search(text)
    who = _PARTICIPANTS.search(text)
    subject = subject_in(text) or document.meta.subject
    return [
        Activity(
            document=document.id,
            start=statement.start + start,
            end=statement.start + end,
            text=document.text[statement.start + start : statement.start + end],
            type=name,
            planned=planned,
            subject=subject,
            participants=who.group() if who else None,
            topic=next((g for g in topic.groups() if g), None) if topic else None,
        )
        for start, end, name in sorted(hits)
    ]


def _spans(types: tuple[str, ...], text: str) -> list[tuple[int, int, str]]:
    """每种活动在句段里的区间：写出了名称的盖住名称，没写出的是整个句段；分类器没定下的，按写法算。"""
    written = {name: m.span() for name, pattern in _types() if (m := pattern.search(text))}
    named = types or tuple(name for name in written if name != GENERAL) or tuple(written)
    return [(*written.get(name, (0, len(text))), name) for name in named]


def _planned(document: Document, statement: Statement, text: str) -> bool:
    """还没做的：计划、方案、制度里没写“了”的，总结里“今后”一栏的。"""
    if document.meta.kind in ("plan", "scheme", "regulation"):
        return not (statement.role in ("situation", "achievements") and _DONE.search(text))
    return bool(statement.role == "improvement" or (_FUTURE.search(text) and not _DONE.search(text)))
