"""标签之下的细类：活动类型、目标类、问题类。词表里的写法是线索，由小分类器定夺；它没学过的类，写法说了算。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from jiaoyan_nlp.tagger.model import LinearModel

TAXONOMIES = {"activity": "activity_types", "goal": "goal_classes", "problem": "problem_classes"}
"""标签 → 它的细类：data/ 里的词表名，也是模型名和句段表的列名。"""
GENERAL = "教研活动"
"""笼统的活动：说出了具体的，就不再算它。"""
RULE = "则:"
"""写法对上了的记号。"""
SPELLED = 0.5
"""写法对上了的，阈值打几折。"""
_KEPT = ("词:", "字:", "栏目:", "上级:")
"""细类看的是说什么，不看位置和文种。"""


@lru_cache(maxsize=4)
def rules(taxonomy: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """一套细类：名字和写法，次序同词表。"""
    column = "type" if taxonomy == "activity_types" else "class"
    return tuple((row[column], re.compile(row["pattern"])) for row in table(f"{taxonomy}.csv", column, "pattern"))


def class_features(taxonomy: str, tokens: Sequence[str], text: str) -> list[str]:
    """一个句段定细类用的记号。参数：tokens 是句段的记号，text 是归一后的文字。"""
    hits = _specific(dict.fromkeys(name for name, pattern in rules(taxonomy) if pattern.search(text)))
    return [*(token for token in tokens if token.startswith(_KEPT)), *(RULE + name for name in hits)]


def choose(taxonomy: str, model: LinearModel, rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """每行的细类，次序同模型，词表里新添的排在后面。参数：rows 是 class_features 的结果。"""
    known = set(model.names)
    added = [name for name, _ in rules(taxonomy) if name not in known]
    found = []
    for row, chances in zip(rows, model.probabilities(rows), strict=True):
        hits = {token.removeprefix(RULE) for token in row if token.startswith(RULE)}
        thresholds = zip(model.names, chances, model.thresholds, strict=True)
        names = [n for n, p, least in thresholds if p >= least * (SPELLED if n in hits else 1)]
        found.append(_specific([*names, *(name for name in added if name in hits)]))
    return found


def names_of(taxonomy: str, labelled: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> tuple[str, ...]:
    """这套细类的全部名字：词表里的，加上标注里新出现、所在句段只有这一种带细类的标签的。

    参数：labelled 是各句段的（标签，细类）。
    """
    listed = {name for other in TAXONOMIES.values() for name, _ in rules(other)}
    label = next(key for key, value in TAXONOMIES.items() if value == taxonomy)
    new = {
        name
        for labels, classes in labelled
        if [x for x in labels if x in TAXONOMIES] == [label]
        for name in classes
        if name not in listed
    }
    return (*(name for name, _ in rules(taxonomy)), *sorted(new))


def _specific(names: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name != GENERAL) or tuple(names)
