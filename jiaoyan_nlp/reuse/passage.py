"""排查过程里传递的值：一篇参加比对的文档，一个雷同片段。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiaoyan_nlp.text import Span
    from jiaoyan_nlp.types import Document

OFFICIAL, TEMPLATE, EARLIER, BATCH = "official", "template", "earlier", "batch"
TIERS = {OFFICIAL: 0, TEMPLATE: 1, EARLIER: 2, BATCH: 3}
"""文档的身份；数小的更像来源。"""


@dataclass(frozen=True, slots=True)
class Member:
    """一篇参加比对的文档和它的身份。"""

    document: Document
    part: str


@dataclass(frozen=True, slots=True)
class Passage:
    """一个雷同片段：doc 抄自 source（都是编号），区间是两边原文里的偏移。

    evidence：相同的份量；share：相同的占这一段的多少；ordered：句子的次序没有变；loose：是改写，逐句才看得出；
    pieces：中间夹着别的来源时，真正来自这个来源的几截（空的就是整段）；mosaic：同别的来源交错成一段。
    """

    doc: int
    source: int
    start: int
    end: int
    source_start: int
    source_end: int
    evidence: float
    share: float
    ordered: bool = True
    loose: bool = False
    pieces: tuple[Span, ...] = ()
    mosaic: bool = False

    @property
    def length(self) -> int:
        """抄者这一段的字数。"""
        return self.end - self.start

    @property
    def own(self) -> tuple[Span, ...]:
        """真正来自这个来源的几截。"""
        return self.pieces or ((self.start, self.end),)

    def turned(self) -> Passage:
        """来源和抄者对调。"""
        return Passage(
            self.source, self.doc, self.source_start, self.source_end, self.start, self.end,
            self.evidence, self.share, self.ordered, self.loose,
        )  # fmt: skip
