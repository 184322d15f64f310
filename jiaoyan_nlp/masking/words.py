"""认人名、号码用的说法（data/masking.csv）和“这是不是一个普通的词”。"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from jiaoyan_nlp.facts.names import is_name
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.tagger.words import tokenizer

ORDINARY = 30
"""在 jieba 词典里词频到这么多，是普通的词，不单凭写法当作姓名。"""
ORDINARY_LONG = 100
"""三个字的词典里也有常见的姓名，放宽一些。"""
COMMON = 1000
"""三个字里前两个字是这么常用的词，就不当作姓名：“计划书”“成果奖”。"""


@lru_cache(maxsize=1)
def rows() -> tuple[tuple[str, str], ...]:
    """词表的各行：（类，写法）。"""
    return tuple((row["kind"], row["pattern"]) for row in table("masking.csv", "kind", "pattern"))


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """一类写法合成的正则。"""
    return re.compile("|".join(f"(?:{said})" for name, said in rows() if name == kind))


@lru_cache(maxsize=1)
def public() -> frozenset[str]:
    """众所周知的人。"""
    return frozenset(word for name, said in rows() if name == "public" for word in said.split("|"))


@lru_cache(maxsize=1)
def numbers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """各种号码：（叫什么，写法）。"""
    return tuple((name.partition(":")[2], re.compile(said)) for name, said in rows() if name.startswith("number:"))


def frequency(word: str) -> int:
    """词在 jieba 词典里的词频，没有是 0。"""
    known = tokenizer()
    known.check_initialized()
    return int(known.FREQ.get(word) or 0)


@lru_cache(maxsize=65536)
def likely(said: str) -> bool:
    """像一个姓名：姓加一两字，没有姓名里不用的字，不以很常用的词开头。

    >>> likely("孟令春"), likely("计划书"), likely("高年级"), likely("高效")
    (True, False, False, True)
    """
    if (
        not is_name(said)
        or said[0] == "某"
        or said in public()
        or pattern("post").match(said)
        or pattern("never").search(said, 1)
    ):
        return False
    return len(said) < 3 or frequency(said[:2]) < COMMON


@lru_cache(maxsize=65536)
def sure(said: str) -> bool:
    """像一个姓名，也不是普通的词。

    >>> sure("孟令春"), sure("高效"), sure("夏至")
    (True, False, False)
    """
    return likely(said) and frequency(said) < (ORDINARY if len(said) < 3 else ORDINARY_LONG)
