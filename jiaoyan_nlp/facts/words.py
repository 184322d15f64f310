"""抽取用的说法（data/facts_words.csv）：周期、学期里的时候、说的是谁。"""

from __future__ import annotations

import re
from functools import cache

from jiaoyan_nlp.lexicon import table


@cache
def said(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """一类说法：（名称，写法），按表里的次序。参数：kind 是 period、term、who 之一。

    >>> [name for name, pattern in said("period") if pattern.search("每两周一次")]
    ['两周']
    """
    rows = table("facts_words.csv", "kind", "name", "pattern")
    return tuple((row["name"], re.compile(row["pattern"])) for row in rows if row["kind"] == kind)
