"""有名称的东西：课题、制度、文件、主题；以及获奖。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import fold
from jiaoyan_nlp.types import Award, Topic

if TYPE_CHECKING:
    from jiaoyan_nlp.types import Document, Tagged

_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_QUOTED = re.compile(r"[“\"「]([^”\"」\n]{4,40})[”\"」](?=的?(?:课题|研究课题|子课题|专题))")
_NAMED = re.compile(r"课题[:：是为]?\s?[“\"「《]([^”\"」》\n]{4,60})[”\"」》]")
_KINDS = (
    ("notice", re.compile(r"通知|意见|纲要|规划|办法$|决定|指南|标准|规定|规范|法$")),
    ("regulation", re.compile(r"制度|细则|条例|章程|公约|职责")),
    ("project", re.compile(r"研究|策略|实践|探索|探究")),
)
_AWARD = re.compile(
    r"(?P<grade>特等|一等|二等|三等|优秀|优胜|金|银|铜)奖|第(?P<place>[一二三四五六七八九十\d]{1,2})名|荣获[^，。；,;]{0,24}(?:称号|奖)"
)
_WHO = re.compile(r"([\u4e00-\u9fff]{2,4})(?:老师|教师|同志)|(?:我校|我组|我园|教研组|备课组|学校)")


def topics(document: Document) -> tuple[Topic, ...]:
    """书名号里的名称、课题的名称。kind：project 课题，regulation 制度，notice 文件，title 其他。"""
    folded = fold(document.text)
    found: dict[int, Topic] = {}
    for pattern, kind in ((_QUOTED, "project"), (_NAMED, "project"), (_TITLE, "")):
        for match in pattern.finditer(folded):
            start, end = match.span(1)
            name = document.text[start:end]
            near = folded[max(0, start - 8) : end + 8]
            sort = kind or ("project" if "课题" in near else _kind(folded[start:end]))
            found.setdefault(start, Topic(document.id, start, end, name, name, sort))
    return tuple(found[at] for at in sorted(found))


def _kind(title: str) -> str:
    return next((kind for kind, pattern in _KINDS if pattern.search(title)), "title")


@lru_cache(maxsize=1)
def _levels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["level"], re.compile(row["pattern"])) for row in table("award_levels.csv", "level", "pattern"))


def awards(document: Document, tagged: Tagged) -> tuple[Award, ...]:
    """说成效的句段里的获奖。"""
    folded = fold(document.text)
    found = []
    for statement in tagged.statements:
        if "outcome" not in statement.labels:
            continue
        for match in _AWARD.finditer(folded, statement.start, statement.end):
            before = folded[max(statement.start, match.start() - 30) : match.end()]
            level = next((name for name, pattern in _levels() if pattern.search(before)), None)
            who = _WHO.search(folded, statement.start, statement.end)
            grade = match["grade"] or match["place"]
            text = document.text[match.start() : match.end()]
            name = (who.group(1) or who.group()) if who else None
            found.append(Award(document.id, match.start(), match.end(), text, level, grade, name))
    return tuple(found)
