"""训练材料：让标注文档走一遍正式的拆分和切句，把标注对到句段和标题上。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaoyan_nlp.outline import documents
from jiaoyan_nlp.tagger.segment import units
from jiaoyan_nlp.text import Span, overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jiaoyan_nlp.tagger.labelled import Labelled, LabelledDocument
    from jiaoyan_nlp.tagger.segment import Unit
    from jiaoyan_nlp.types import Document


@dataclass(frozen=True, slots=True)
class Example:
    """一篇训练文档：作者、拆好的文档、句段、每个句段的标签（对不上标注的是 None）和细类、每个栏目的作用。"""

    writer: str
    document: Document
    units: list[Unit]
    labels: list[tuple[str, ...] | None]
    classes: list[tuple[str, ...]]
    roles: list[str | None]

    @property
    def classified(self) -> bool:
        """有没有标细类：整篇没有标的，训练、考细类时都不算，免得当成反例。"""
        return any(self.classes)


def examples(labelled: Iterable[LabelledDocument]) -> list[Example]:
    """让标注文档走一遍正式的拆分和切句，再把标注对到句段和标题上。作者是所在的文件夹。"""
    found = []
    for source in labelled:
        statements = [u for u in source.units if u.heading is None and not u.noise]
        headings = [u for u in source.units if u.heading]
        for document in documents(source.extracted()):
            mine = units(document)
            spans = [(u.start + document.offset, u.end + document.offset) for u in mine]
            titles = [(s.title_start + document.offset, s.title_end + document.offset) for s in document.sections]
            matched = match(spans, statements)
            labels = [None if m is None else m.labels for m in matched]
            classes = [() if m is None else m.classes for m in matched]
            roles = [None if m is None else m.role for m in match(titles, headings)]
            if mine:
                found.append(Example(source.name.rpartition("/")[0], document, mine, labels, classes, roles))
    return found


def match(spans: Sequence[Span], gold: Sequence[Labelled]) -> list[Labelled | None]:
    """给每个区间找相交最多的标注；相交不到较短一方的一半算没有。两边都按先后排。"""
    found: list[Labelled | None] = []
    at = 0
    for span in spans:
        while at < len(gold) and gold[at].end <= span[0]:
            at += 1
        near = []
        for unit in gold[at:]:
            if unit.start >= span[1]:
                break
            near.append(unit)
        best = max(near, key=lambda u: overlap(span, (u.start, u.end)), default=None)
        if best and overlap(span, (best.start, best.end)) < 0.5 * min(span[1] - span[0], best.end - best.start):
            best = None
        found.append(best)
    return found
