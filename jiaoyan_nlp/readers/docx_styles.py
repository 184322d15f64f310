"""docx 的样式：一段继承来的标题级别、加粗、对齐、隐藏、编号、字体、字号；由字体字号认公文的题目和标题。"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.readers.docx_package import W, attribute, local, switched_on, whole
from jiaoyan_nlp.readers.settings import setting

if TYPE_CHECKING:
    from collections.abc import Sequence

BODY_LEVEL = 9
"""大纲级别 9 就是正文。"""

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_CENTERED = ("center", "centre")
_RIGHT = ("right", "end")
_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Look:
    """一个样式（或一段、一串字直接写的格式）：None 是没有写，要往上一级找。"""

    name: str = ""
    based_on: str | None = None
    outline: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    alignment: str | None = None
    number: tuple[str | None, int | None] | None = None
    font: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """正文里有字的一段：段号、中文字体和字号（半点；一段里不止一种是空、0）、字数、是否居中。"""

    number: int
    font: str
    size: int
    length: int
    centered: bool


@dataclass(frozen=True, slots=True)
class Styles:
    """全部样式，按样式号查。"""

    looks: dict[str, Look] = field(default_factory=dict)
    default: str | None = None
    font_default: str = ""
    size_default: int = 20

    def chain(self, identifier: str | None) -> list[tuple[str, Look]]:
        """一个样式和它的各级父样式，从近到远；没有写样式的用默认样式。"""
        found: list[tuple[str, Look]] = []
        current = identifier if identifier in self.looks else self.default
        while current in self.looks and current and len(found) < _DEPTH:
            found.append((current, self.looks[current]))
            current = self.looks[current].based_on
        return found

    def level(self, identifier: str | None, direct: Look) -> int | None:
        """标题级别（1 起）：段上写的、样式写的，或样式名就叫“标题 1”。正文是 None。"""
        for look in [direct, *(look for _, look in self.chain(identifier))]:
            if look.outline is not None:
                return look.outline + 1 if look.outline < BODY_LEVEL else None
            if match := _HEADING.fullmatch(look.name):
                return int(match[1])
        return None

    def bold(self, *identifiers: str | None) -> bool:
        """字符样式、段落样式是否加粗，先写的优先。"""
        looks = [look for i in identifiers if i for _, look in self.chain(i)]
        return next((look.bold for look in looks if look.bold is not None), False)

    def hidden(self, *identifiers: str | None) -> bool:
        """字符样式、段落样式是否隐藏。"""
        looks = [look for i in identifiers if i for _, look in self.chain(i)]
        return next((look.hidden for look in looks if look.hidden is not None), False)

    def font(self, *identifiers: str | None) -> str:
        """字符样式、段落样式的中文字体，先写的优先。"""
        looks = [look for i in (*identifiers, self.default) if i for _, look in self.chain(i)]
        return next((look.font for look in looks if look.font), self.font_default)

    def size(self, *identifiers: str | None) -> int:
        """字符样式、段落样式的字号（半点），先写的优先。"""
        looks = [look for i in (*identifiers, self.default) if i for _, look in self.chain(i)]
        return next((look.size for look in looks if look.size), self.size_default)

    def aligned(self, identifier: str | None, direct: Look) -> tuple[bool, bool]:
        """是否居中、是否靠右。"""
        looks = [direct, *(look for _, look in self.chain(identifier))]
        alignment = next((look.alignment for look in looks if look.alignment), "")
        return alignment in _CENTERED, alignment in _RIGHT

    def named(self, identifier: str | None) -> str:
        """样式名，小写。"""
        return self.looks[identifier].name.lower() if identifier in self.looks and identifier else ""


def read_styles(root: Any) -> Styles:  # noqa: ANN401
    """从 styles.xml 的根元素读全部样式；没有这个部件给 None。"""
    looks: dict[str, Look] = {}
    default = None
    for node in root if root is not None else ():
        identifier = attribute(node, "styleId")
        if local(node) != "style" or not identifier:
            continue
        name = attribute(node.find(f"{W}name")) or ""
        looks[identifier] = look(node.find(f"{W}pPr"), node.find(f"{W}rPr"), name, attribute(node.find(f"{W}basedOn")))
        if attribute(node, "type") == "paragraph" and attribute(node, "default") in ("1", "true", "on"):
            default = identifier
    run = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
    return Styles(looks, default, east_asian(run) or "", size_of(run) or 20)  # 什么也没有写，Word 用五号以下的 10 磅


@lru_cache(maxsize=1)
def _roles() -> dict[str, str]:
    """公文的字体各作什么用：title、1、2（级标题）、body。"""
    return {row["font"]: row["level"] for row in table("readers_official_fonts.csv", "font", "level")}


def official_levels(shapes: Sequence[Shape]) -> dict[int, int]:
    """正文用仿宋的公文（GB/T 9704）：整段黑体的短段是一级标题，楷体的是二级标题。返回：段号 → 级别。"""
    roles = Counter[str]()
    for shape in shapes:
        roles[_roles().get(shape.font, "")] += shape.length
    if not roles or roles.most_common(1)[0][0] != "body":
        return {}
    return {
        shape.number: int(role)
        for shape in shapes
        if (role := _roles().get(shape.font, "")).isdigit() and shape.length <= setting("docx", "heading_characters")
    }


def title_numbers(shapes: Sequence[Shape]) -> set[int]:
    """开头用小标宋的、或比正文大的居中的几段是题目；夹在中间的居中小字（发文字号、副题）不是，但不打断。返回：段号。"""
    sizes = Counter[int]()
    for shape in shapes:
        sizes[shape.size] += shape.length
    usual = sizes.most_common(1)[0][0] if sizes else 0
    found: set[int] = set()
    for shape in shapes:
        larger = shape.centered and shape.size >= setting("docx", "title_size") * usual > 0
        short = shape.length <= setting("docx", "heading_characters")
        if short and (larger or _roles().get(shape.font) == "title"):
            found.add(shape.number)
        elif not (short and shape.centered):
            break
    return found


def look(paragraph: Any, run: Any, name: str = "", based_on: str | None = None) -> Look:  # noqa: ANN401
    """从 pPr、rPr 读格式；没有就给 None。"""
    outline = number = alignment = None
    if paragraph is not None:
        outline = attribute(paragraph.find(f"{W}outlineLvl"))
        alignment = attribute(paragraph.find(f"{W}jc"))
        numbering = paragraph.find(f"{W}numPr")
        if numbering is not None:
            level = attribute(numbering.find(f"{W}ilvl"))
            number = (attribute(numbering.find(f"{W}numId")), None if level is None else whole(level))
    return Look(
        name, based_on, None if outline is None else whole(outline, BODY_LEVEL),
        switched_on(run, "b"), switched_on(run, "vanish"), alignment, number, east_asian(run), size_of(run),
    )  # fmt: skip


def east_asian(run: Any) -> str | None:  # noqa: ANN401
    """rPr 里写的中文字体，小写；没有写是 None。"""
    name = attribute(run.find(f"{W}rFonts"), "eastAsia") if run is not None else None
    return name.lower() if name else None


def size_of(run: Any) -> int | None:  # noqa: ANN401
    """rPr 里写的字号，单位半点；没有写是 None。"""
    return whole(attribute(run.find(f"{W}sz"))) or None if run is not None else None
