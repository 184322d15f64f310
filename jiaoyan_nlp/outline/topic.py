"""外行的文档（学生会、工会、食堂等）：题目说的是别的事，正文又很少用教研的词。"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from jiaoyan_nlp.lexicon import data_file, table

PER = 1000
"""正文的用语按每千字几次计。"""


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    rows = table("topic.csv", "where", "weight", "pattern")
    return tuple((row["where"], float(row["weight"]), re.compile(row["pattern"])) for row in rows)


@lru_cache(maxsize=1)
def _settings() -> dict[str, float]:
    return tomllib.loads(data_file("topic.toml").read_text(encoding="utf-8"))


def off_topic(title: str, folded: str) -> bool:
    """这篇是不是与教研无关。参数：title 是题目，folded 是全文，都已归一。

    >>> off_topic("校学生会工作计划", "一、办好校园广播站。二、组织秋季运动会。" * 10)
    True
    >>> off_topic("语文组工作计划", "每周集体备课一次，每人听课十五节。" * 10)
    False
    """
    settings = _settings()
    if len(folded) < settings["characters"]:
        return False
    score = settings["start"]
    for where, weight, pattern in _cues():
        if where == "title":
            score += weight if pattern.search(title) else 0
        else:
            score += weight * PER * len(pattern.findall(folded)) / len(folded)
    return score >= settings["threshold"]
