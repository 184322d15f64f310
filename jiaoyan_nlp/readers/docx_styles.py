"""docx 的样式：一段继承来的标题级别、加粗、居中、隐藏、编号。"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Styles:
    """全部样式，按样式号查。"""

    looks: dict[str, Look] = field(default_factory=dict)
    default: str | None = None
    font_default: str = ""

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

    def centered(self, identifier: str | None, direct: Look) -> bool:
        """是否居中。"""
        looks = [direct, *(look for _, look in self.chain(identifier))]
        return next((look.alignment for look in looks if look.alignment), "") in _CENTERED

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
    fonts = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts") if root is not None else None
    return Styles(looks, default, (attribute(fonts, "eastAsia") or "").lower())


def official_levels(paragraphs: Sequence[tuple[int, str, int]]) -> dict[int, int]:
    """正文用仿宋的公文（GB/T 9704）：整段黑体的短段是一级标题，楷体的是二级标题。

    参数：paragraphs 是（段号，整段的字体，字数），字体不一的不必给。返回：段号 → 级别。
    """
    roles = {row["font"]: row["level"] for row in table("readers_official_fonts.csv", "font", "level")}
    sizes = Counter[str]()
    for _, font, length in paragraphs:
        sizes[roles.get(font, "")] += length
    if not sizes or sizes.most_common(1)[0][0] != "body":
        return {}
    return {
        number: int(roles[font])
        for number, font, length in paragraphs
        if roles.get(font, "body") != "body" and length <= setting("docx", "heading_characters")
    }


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
        switched_on(run, "b"), switched_on(run, "vanish"), alignment, number, east_asian(run),
    )  # fmt: skip


def east_asian(run: Any) -> str | None:  # noqa: ANN401
    """rPr 里写的中文字体，小写；没有写是 None。"""
    name = attribute(run.find(f"{W}rFonts"), "eastAsia") if run is not None else None
    return name.lower() if name else None
