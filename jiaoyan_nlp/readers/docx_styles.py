"""docx 的样式：一段继承来的标题级别、加粗、居中、隐藏、编号。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from jiaoyan_nlp.readers.docx_package import W, attribute, local, switched_on, whole

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


@dataclass(frozen=True, slots=True)
class Styles:
    """全部样式，按样式号查。"""

    looks: dict[str, Look] = field(default_factory=dict)
    default: str | None = None

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
    return Styles(looks, default)


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
        switched_on(run, "b"), switched_on(run, "vanish"), alignment, number,
    )  # fmt: skip
