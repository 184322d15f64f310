"""审核规则的登记处：每条规则是一个小函数，看一篇文档，给出问题所在。"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from jiaoyan_nlp.text import fold, touching
from jiaoyan_nlp.types import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jiaoyan_nlp.audit.batch import Batch
    from jiaoyan_nlp.audit.settings import Settings
    from jiaoyan_nlp.types import Document, Facts, Section, Statement, Tagged


SURE = 0.75
"""概率到这么多算很有把握。"""


@dataclass(frozen=True, slots=True)
class Hit:
    """一处问题：区间（整篇的问题 start = end = 0）和填进消息的字。"""

    start: int = 0
    end: int = 0
    words: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """一篇待审的文档和它的标注、事实、区县设置，以及它所在的一批。"""

    document: Document
    tagged: Tagged
    facts: Facts
    settings: Settings
    batch: Batch

    @cached_property
    def folded(self) -> str:
        """归一后的全文，与原文等长。"""
        return fold(self.document.text)

    @cached_property
    def outside(self) -> Callable[[int, int], bool]:
        """一个区间碰没碰到网站杂质、页眉页脚。"""
        return touching(self.document.furniture)

    @cached_property
    def size(self) -> int:
        """正文的字数：不算空白，不算网站杂质。"""
        text = self.document.text
        outside = sum(len("".join(text[a:b].split())) for a, b in self.document.furniture)
        return len("".join(text.split())) - outside

    def labelled(self, label: str) -> list[Statement]:
        """带某个标签的句段。"""
        return [s for s in self.tagged.statements if label in s.labels]

    def sure(self, label: str, least: float = SURE) -> list[Statement]:
        """很有把握带某个标签的句段。"""
        at = LABELS.index(label)
        return [s for s in self.labelled(label) if s.probabilities[at] >= least]

    def role(self, *roles: str) -> list[Section]:
        """某种作用的栏目。"""
        return [s for s in self.tagged.sections if s.role in roles]


@dataclass(frozen=True, slots=True)
class Rule:
    """一条规则：代码、管哪几类文档（空的是都管）、怎么查。"""

    code: str
    kinds: tuple[str, ...]
    check: Callable[[Case], Iterable[Hit]]


RULES: dict[str, Rule] = {}


def rule(code: str, *kinds: str) -> Callable[[Callable[[Case], Iterable[Hit]]], Callable[[Case], Iterable[Hit]]]:
    """登记一条规则。参数：code 是规则代码；kinds 是管的文档种类。"""

    def register(check: Callable[[Case], Iterable[Hit]]) -> Callable[[Case], Iterable[Hit]]:
        RULES[code] = Rule(code, kinds, check)
        return check

    return register
