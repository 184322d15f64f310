"""几所学校共同的文档：共同体、结对校、联片教研合写一份，各校都报，不是谁抄谁。

只认写明是合写的：标题、落款里几所学校并列，名目（“成员校：”）后面列着对方，或者有一句说与对方共同制定；
只提到对方（去对方学校观摩、向对方学习）不算。
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import fold

if TYPE_CHECKING:
    from jiaoyan_nlp.types import Document

PLACE = re.compile(r"^(?:[^省市县区]{1,6}[省市县区])+(?=.{3})")
"""校名前面的省市县区。"""
EDGE = 4
"""标题看开头几行，落款看末尾几行（空行不算）。"""
LONGEST = 80
"""标题、落款的一行不超过这么多字。"""


def short(name: str | None) -> str:
    """校名去掉省市县区，归一。

    >>> short("南屏县白桦路小学")
    '白桦路小学'
    """
    return PLACE.sub("", fold(name or ""))


def joint(mine: Document, theirs: Document) -> bool:
    """两篇里有一篇写明是两校合写的。"""
    names = short(mine.meta.school), short(theirs.meta.school)
    if not all(names) or names[0] in names[1] or names[1] in names[0]:
        return False
    return signed(mine.text, *names) or signed(theirs.text, *reversed(names))


@lru_cache(maxsize=4096)
def signed(text: str, mine: str, other: str) -> bool:
    """mine 学校的这篇写明同 other 学校合写。

    >>> signed("结对教研计划\\n成员校：石榴小学、白桦路小学\\n每月一次。", "石榴小学", "白桦路小学")
    True
    >>> signed("教研计划\\n十月赴白桦路小学观摩。\\n石榴小学", "石榴小学", "白桦路小学")
    False
    """
    folded = fold(text)
    if other not in folded:
        return False
    lines = [line.strip() for line in folded.split("\n") if line.strip()]
    edges = [line for line in {*lines[:EDGE], *lines[-EDGE:]} if len(line) <= LONGEST]
    for where, pattern in _patterns():
        said = re.compile(pattern.replace("{mine}", re.escape(mine)).replace("{other}", re.escape(other)))
        if any(said.search(line) for line in (edges if where == "edges" else lines)):
            return True
    bare = [_bare(line, mine, other) for line in lines[-EDGE:]]
    return mine in bare and other in bare


def _bare(line: str, *names: str) -> str:
    """整行只有一个校名（前面可有省市县区，后面可有公章一类的话），就是那个校名。"""
    for name in names:
        before, found, after = line.partition(name)
        placed = len(before) <= LONGEST and re.fullmatch(r"(?:[^省市县区]{1,6}[省市县区])*", before)
        if found and placed and not re.sub(_after(), "", after).strip():
            return name
    return ""


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, str], ...]:
    rows = table("reuse_joint.csv", "where", "pattern")
    return tuple((row["where"], row["pattern"]) for row in rows if row["where"] != "after")


@lru_cache(maxsize=1)
def _after() -> str:
    rows = table("reuse_joint.csv", "where", "pattern")
    return "|".join(row["pattern"] for row in rows if row["where"] == "after")
