"""文档 → 栏目的作用和带标签的句段。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiaoyan_nlp.tagger import model, statements
from jiaoyan_nlp.tagger.classes import TAXONOMIES, choose, class_features
from jiaoyan_nlp.tagger.features import features, word_counts
from jiaoyan_nlp.tagger.roles import role_features
from jiaoyan_nlp.tagger.segment import units
from jiaoyan_nlp.text import fold
from jiaoyan_nlp.types import LABELS, Document, Section, Statement, Tagged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from jiaoyan_nlp.tagger.segment import Unit

__all__ = ["tag"]

DIGITS = 4
"""概率保留几位小数。"""


def tag(document: Document, trained: Path | None = None) -> Tagged:
    """标注一篇文档：每个句段的七个标签和概率、活动类型、目标类和问题类，每个栏目的作用。

    参数：trained 是自己训练的模型所在的文件夹，不给就用随包的模型。
    """
    found = units(document)
    statement_model, role_model = statements.load(trained), model.load("roles", trained)
    rows = features(document, found)
    chances = statement_model.probabilities(rows)
    sections = _sections(document, role_model, role_model.probabilities(role_features(document, found, chances)))
    chosen = [
        tuple(x for x, p, least in zip(LABELS, row, statement_model.thresholds, strict=True) if p >= least)
        for row in chances
    ]
    classes = _classes(document, found, [row.tokens for row in rows], chosen, trained)
    tagged = tuple(
        Statement(
            document=document.id,
            section=unit.section,
            role=sections[unit.section].role if sections else "other",
            start=unit.start,
            end=unit.end,
            text=document.text[unit.start : unit.end],
            labels=labels,
            probabilities=tuple(round(float(p), DIGITS) for p in row),
            **{taxonomy: found_here.get(index, ()) for taxonomy, found_here in classes.items()},
        )
        for index, (unit, labels, row) in enumerate(zip(found, chosen, chances, strict=True))
    )
    return Tagged(sections, tagged, word_counts(rows))


def _sections(document: Document, role_model: model.LinearModel, chances: NDArray[np.float64]) -> tuple[Section, ...]:
    """定下每个栏目的作用：没有标题的前言归 other。"""
    best = chances.argmax(axis=1)
    return tuple(
        replace(section, role=role_model.names[at] if section.title else "other")
        for section, at in zip(document.sections, best, strict=True)
    )


def _classes(
    document: Document,
    found: Sequence[Unit],
    rows: Sequence[Sequence[str]],
    chosen: Sequence[tuple[str, ...]],
    trained: Path | None,
) -> dict[str, dict[int, tuple[str, ...]]]:
    """每套细类：句段的序号 → 类。"""
    folded = fold(document.text)
    classes = {}
    for label, taxonomy in TAXONOMIES.items():
        inside = [i for i, labels in enumerate(chosen) if label in labels]
        mine = [class_features(taxonomy, rows[i], folded[found[i].start : found[i].end]) for i in inside]
        classes[taxonomy] = dict(zip(inside, choose(taxonomy, model.load(taxonomy, trained), mine), strict=True))
    return classes
