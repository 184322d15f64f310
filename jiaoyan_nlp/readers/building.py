"""各种读取器共用的底子：拿到的文件（Source）、一行一行攒成 Extracted 的 Builder。"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jiaoyan_nlp.readers.settings import setting, trouble
from jiaoyan_nlp.text import line_spans
from jiaoyan_nlp.types import Block, Cell, Extracted, Note, Origin

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from jiaoyan_nlp.errors import ReadError


@dataclass(frozen=True, slots=True)
class Source:
    """一个要读的文件：给使用者看的名字和全部字节；converted 是 LibreOffice 已经转好的 docx（空的是转不了）。"""

    file: str
    data: bytes
    converted: bytes | None = None

    @property
    def name(self) -> str:
        """文件名，不带路径。"""
        return self.file.rsplit("/", 1)[-1]

    @property
    def suffix(self) -> str:
        """后缀，小写，不带点；没有就是空。"""
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""

    @property
    def sha256(self) -> str:
        """内容的 SHA-256，十六进制。"""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Style:
    """一段的样子：标题级别（1 起，正文是 None）、是否整段加粗、居中、靠右，是不是题目。"""

    level: int | None = None
    bold: bool = False
    centered: bool = False
    right: bool = False
    title: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Place:
    """一段在原文件里的位置，含义同 Block。"""

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


NOWHERE = Place()


@dataclass(slots=True)
class Builder:
    """攒文字：段落按阅读次序加进来，偏移随手记下；用完调用 finish。"""

    source: Source
    title: str | None = None
    notes: list[Note] = field(default_factory=list)
    tables: int = 0
    paragraphs: int = 0
    _lines: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _cells: list[Cell] = field(default_factory=list)

    def paragraph(
        self, text: str, place: Place = NOWHERE, style: Style = PLAIN, confidence: float | None = None
    ) -> None:
        """加一段；confidence 是认字的把握；段里的软换行各成一行、共用一个段号；没有字的段不要。"""
        if not text.strip():
            return
        self.paragraphs += 1
        if self.paragraphs > setting("limits", "paragraphs"):
            raise _long("段落", self.paragraphs, "paragraphs")
        for line in text.split("\n"):
            if not line.strip():
                continue
            offset = self.offset
            start, end = line_spans(line)[0]
            kind = "cell" if place.table is not None else "title" if style.title else "paragraph"
            self._blocks.append(
                Block(offset + start, offset + end, kind, place.page, self.paragraphs,
                      place.table, place.row, place.column, style.level, style.bold, style.centered, confidence, style.right)
            )  # fmt: skip
            self._lines.append(line)
            self._length = offset + len(line)

    @property
    def offset(self) -> int:
        """下一行开始的位置。"""
        return self._length + 1 if self._lines else 0

    def set_looks(self, levels: Mapping[int, int], titles: Collection[int]) -> None:
        """读完全文才看得出的样子：levels 是段号 → 标题级别（已有级别的不动），titles 是题目的段号。"""
        for index, block in enumerate(self._blocks):
            if block.kind != "paragraph" or block.level is not None:
                continue
            if block.paragraph in titles:
                self._blocks[index] = replace(block, kind="title")
            elif (level := levels.get(block.paragraph or 0)) is not None:
                self._blocks[index] = replace(block, level=level)

    def unsure(self, sure: float) -> list[tuple[int | None, str]]:
        """把握小于 sure 的各段：页码和文字。"""
        text = "\n".join(self._lines)
        doubtful = (b for b in self._blocks if b.confidence is not None and b.confidence < sure)
        return [(block.page, text[block.start : block.end]) for block in doubtful]

    def cell(self, place: Place, start: int) -> None:
        """单元格的文字加完之后，登记从 start 到现在的区间；空格子不登记。"""
        if place.table is None or place.row is None or place.column is None or start > self._length:
            return
        self._cells.append(Cell(place.table, place.row, place.column, start, self._length, ""))

    def finish(self, origin: Origin | None = None) -> Extracted:
        """攒好的全部文字。"""
        text = "\n".join(self._lines)
        cells = tuple(replace(cell, text=text[cell.start : cell.end]) for cell in self._cells)
        return Extracted(
            self.source.file, text, tuple(self._blocks), self.source.sha256,
            self.title, cells, origin or Origin(), tuple(self.notes),
        )  # fmt: skip


def check_size(extracted: Extracted) -> None:
    """段数、字数、最长的一段都不超过上限。抛出：ReadError。"""
    longest = max((block.end - block.start for block in extracted.blocks), default=0)
    for what, count, limit in (
        ("段落", len(extracted.blocks), "paragraphs"),
        ("一段的字", longest, "line_characters"),
        ("字", len(extracted.text), "characters"),
    ):
        if count > setting("limits", limit):
            raise _long(what, count, limit)


def _long(what: str, count: int, limit: str) -> ReadError:
    return trouble("long", what=what, count=count, limit=int(setting("limits", limit)))
