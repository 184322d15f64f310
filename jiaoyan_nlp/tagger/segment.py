"""把一篇文档切成句段：标题、题目、网站杂质不算，其余按句末标点和换行切。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaoyan_nlp.text import Span, merge, sentence_spans, trim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiaoyan_nlp.types import Document, Section

_CONTENT = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
LONGEST = 1000
"""一个句段最多几个字。"""
_TERMINATORS = "。！？!?:：；;"


@dataclass(frozen=True, slots=True)
class Unit:
    """一个句段的位置：区间、所在栏目的序号、是不是一段的开头。"""

    start: int
    end: int
    section: int
    opens: bool


def units(document: Document) -> list[Unit]:
    """全部句段，按先后排，互不重叠，不与标题、杂质相交。"""
    text = document.text
    titles = [_title_span(text, s) for s in document.sections if s.title_end > s.title_start]
    outside = merge([*document.furniture, *(t for t in titles if t)])
    found: list[Unit] = []
    at = 0
    for start, end in [*outside, (len(text), len(text))]:
        for a, b in sentence_spans(text, at, start):
            found += [Unit(c, d, 0, _opens(text, c)) for c, d in _cut(text, a, b) if _CONTENT.search(text, c, d)]
        at = max(at, end)
    return _placed(found, document.sections)


def _title_span(text: str, section: Section) -> tuple[int, int] | None:
    """标题占去的区间，连同它的句号、冒号；“目标：正文”连写的整句归正文，不占。"""
    end = section.title_end
    if section.run_in and end < len(text) and text[end] in ":：":
        return None
    while end < len(text) and text[end] in _TERMINATORS:
        end += 1
    return section.title_start, end


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """没有句号的一大段在逗号、顿号处断开：后面逐句做的事，用时随句子的长短平方地增长。"""
    while end - start > LONGEST:
        stop = max(text.rfind(mark, start + 1, start + LONGEST) for mark in "，,、")
        stop = stop + 1 if stop > 0 else start + LONGEST
        yield trim(text, start, stop)
        start = stop
    yield trim(text, start, end)


def _opens(text: str, start: int) -> bool:
    while start and text[start - 1] != "\n" and text[start - 1].isspace():
        start -= 1
    return not start or text[start - 1] == "\n"


def _placed(found: list[Unit], sections: tuple[Section, ...]) -> list[Unit]:
    """给每个句段配上最内层的栏目。"""
    placed = []
    at = 0
    for unit in found:
        while at + 1 < len(sections) and sections[at + 1].start <= unit.start:
            at += 1
        placed.append(Unit(unit.start, unit.end, sections[at].index if sections else 0, unit.opens))
    return placed
