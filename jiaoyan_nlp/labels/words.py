"""标签的中文名，两个方向。"""

from __future__ import annotations

from functools import lru_cache

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.types import LABELS

NONE = "无"
"""一个标签也没有：标注工具里要选它，与还没标的分开。"""


def label_word(label: str) -> str:
    """标签的中文名。

    >>> label_word("goal"), label_of("目标"), label_of("青年教师")
    ('目标', 'goal', None)
    """
    return _words()[label]


def label_of(word: str) -> str | None:
    """中文名（或英文名）对应的标签，不是标签的返回 None。"""
    return next((label for label, said in _words().items() if word in (label, said)), None)


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    rows = table("report_headings.csv", "column", "heading")
    return {row["column"]: row["heading"] for row in rows if row["column"] in LABELS}
