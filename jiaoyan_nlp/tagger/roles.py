"""栏目的作用：看标题的用词、上级的标题、下面各句段的标签。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.tagger.words import TITLE, title_words
from jiaoyan_nlp.text import fold
from jiaoyan_nlp.types import LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from jiaoyan_nlp.tagger.segment import Unit
    from jiaoyan_nlp.types import Document, Section

STEPS = 4
"""标签占的份额分成几档。"""


@lru_cache(maxsize=1)
def _title_rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["role"], re.compile(row["pattern"])) for row in table("heading_words.csv", "role", "pattern"))


def role_features(document: Document, units: Sequence[Unit], probabilities: NDArray[np.float64]) -> list[list[str]]:
    """每个栏目的记号，次序同 document.sections。probabilities 是各句段的标签概率。"""
    sections = document.sections
    spans = _unit_ranges(sections, units)
    rows = []
    for section, (first, last) in zip(sections, spans, strict=True):
        tokens = _title(section.title, "题")
        if section.parent is not None:
            tokens += _title(sections[section.parent].title, "上")
        tokens += [f"级:{min(section.level, 3)}", f"文:{document.meta.kind}", f"处:{_place(section, sections)}"]
        tokens.append(f"文处:{document.meta.kind}{_place(section, sections)}")
        if last > first:
            shares = probabilities[first:last].mean(axis=0)
            tokens += [f"含:{label}{round(share * STEPS)}" for label, share in zip(LABELS, shares, strict=True)]
        else:
            tokens.append("空栏")
        rows.append(tokens)
    return rows


def _title(title: str, prefix: str) -> list[str]:
    folded = fold(title)[:TITLE]
    tokens = [f"{prefix}词:{w}" for w in title_words(title)]
    tokens += [f"{prefix}名:{role}" for role, pattern in _title_rules() if pattern.search(folded)]
    return list(dict.fromkeys(tokens))


def _place(section: Section, sections: Sequence[Section]) -> str:
    tops = [s.index for s in sections if s.level == 1]
    if section.level == 0:
        return "前言"
    top = section
    while top.parent is not None:
        top = sections[top.parent]
    if top.index not in tops:
        return "中"
    at = tops.index(top.index)
    return "首" if at == 0 else "末" if at == len(tops) - 1 else "中"


def _unit_ranges(sections: Sequence[Section], units: Sequence[Unit]) -> list[tuple[int, int]]:
    """每个栏目（含下级）管着哪一段句段：序号的半开区间。"""
    from bisect import bisect_left

    starts = [unit.start for unit in units]
    return [(bisect_left(starts, s.start), bisect_left(starts, s.end)) for s in sections]
