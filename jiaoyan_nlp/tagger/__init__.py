"""文档 → 栏目的作用和带标签的句段。"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.tagger import model
from jiaoyan_nlp.tagger.features import features
from jiaoyan_nlp.tagger.roles import role_features
from jiaoyan_nlp.tagger.segment import units
from jiaoyan_nlp.text import fold
from jiaoyan_nlp.types import LABELS, Document, Section, Statement, Tagged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["tag"]

DIGITS = 4
"""概率保留几位小数。"""


def tag(document: Document) -> Tagged:
    """标注一篇文档：每个句段的七个标签和概率、目标类和问题类，每个栏目的作用。"""
    found = units(document)
    statement_model, role_model = model.load("statements"), model.load("roles")
    chances = statement_model.probabilities(features(document, found))
    sections = _sections(document, role_model, role_model.probabilities(role_features(document, found, chances)))
    statements = []
    folded = fold(document.text)
    for unit, row in zip(found, chances, strict=True):
        labels = tuple(x for x, p, least in zip(LABELS, row, statement_model.thresholds, strict=True) if p >= least)
        text = folded[unit.start : unit.end]
        statements.append(
            Statement(
                document=document.id,
                section=unit.section,
                role=sections[unit.section].role if sections else "other",
                start=unit.start,
                end=unit.end,
                text=document.text[unit.start : unit.end],
                labels=labels,
                probabilities=tuple(round(float(p), DIGITS) for p in row),
                goal_classes=_classes("goal_classes.csv", text) if "goal" in labels else (),
                problem_classes=_classes("problem_classes.csv", text) if "problem" in labels else (),
            )
        )
    return Tagged(sections, tuple(statements))


def _sections(document: Document, role_model: model.LinearModel, chances: NDArray[np.float64]) -> tuple[Section, ...]:
    """定下每个栏目的作用：没有标题的前言归 other。"""
    best = chances.argmax(axis=1)
    return tuple(
        replace(section, role=role_model.names[at] if section.title else "other")
        for section, at in zip(document.sections, best, strict=True)
    )


@lru_cache(maxsize=2)
def _rules(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["class"], re.compile(row["pattern"])) for row in table(name, "class", "pattern"))


def _classes(name: str, folded: str) -> tuple[str, ...]:
    return tuple(kind for kind, pattern in _rules(name) if pattern.search(folded))
