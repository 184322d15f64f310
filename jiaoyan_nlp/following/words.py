"""对照用的说法（data/follow_words.csv）和一段话里有分量的词。"""

from __future__ import annotations

import re
from functools import lru_cache

from jiaoyan_nlp.lexicon import pattern, table
from jiaoyan_nlp.tagger.words import words

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}|[a-z]{3,}")
_TITLED = re.compile(r"《([^《》]{2,40})》")
_QUOTED = re.compile(r"[“「]([^“”「」]{2,16})[”」]")
_PERSON = re.compile(r"[\u4e00-\u9fff](?:教授|老师|院长|特级教师)(?![\u4e00-\u9fff]{0,2}们)")
_COUNT = re.compile(r"[每各第几\d一二三四五六七八九十两百]+(?:月份?|次|场|节|名|个|位|天|周|年|份|篇|本|项|种|年级)?")
WEIGHT = {2: 1.0, 3: 1.6}
LONG = 2.2
"""词越长越能说明是同一件事：四字以上的词的份量。"""


def said(kind: str) -> re.Pattern[str]:
    """一类说法合成的正则。参数：kind 是 data/follow_words.csv 里的类。"""
    return pattern("follow_words.csv", kind)


@lru_cache(maxsize=1)
def plain() -> frozenset[str]:
    """太常见、说到了也不算同一件事的词。"""
    rows = [row["pattern"] for row in table("follow_words.csv", "kind", "pattern") if row["kind"] == "plain"]
    return frozenset(word for row in rows for word in row.split("|"))


@lru_cache(maxsize=4096)
def content(folded: str) -> tuple[tuple[str, float], ...]:
    """一段归一的话里有分量的词和份量，不重复；书名号、引号里的名称整个算一个，“张教授”这样的称呼也算。"""
    found: dict[str, float] = {
        name: LONG for pattern in (_TITLED, _QUOTED, _PERSON) for name in pattern.findall(folded)
    }
    for word in words(_TITLED.sub(" ", folded)):
        if _CHINESE.fullmatch(word) and word not in plain() and not _COUNT.fullmatch(word):
            found.setdefault(word, WEIGHT.get(len(word), LONG))
    return tuple(found.items())


def coverage(tokens: tuple[tuple[str, float], ...], folded: str) -> float:
    """这些词有多大份量在另一段话里也说到了，0 到 1；没有词是 0。"""
    whole = sum(weight for _, weight in tokens)
    return sum(weight for word, weight in tokens if word in folded) / whole if whole else 0.0
