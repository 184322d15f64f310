"""docx 的自动编号：Word 里看得见、文字里没有的“一、”“（一）”“1.”，照 numbering.xml 一段一段数出来。

依据 ECMA-376 第一部分 17.9 节；数字的写法见 data/readers_number_formats.csv。
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.readers.docx_numerals import symbol, write_number
from jiaoyan_nlp.readers.docx_package import W, attribute, local, switched_on, whole

if TYPE_CHECKING:
    from jiaoyan_nlp.readers.docx_styles import Look, Styles

CLOSING = "、，。：；．）】〕》」』"
"""全角标点自带半格空白，编号以它结尾的，后面的制表位不再变成空格。"""

_SLOT = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """多级列表的一级。restart：0 是不重新数，n 是遇到第 n 级才重新数，None 是遇到任何上级都重新数。"""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    style: str | None = None
    font: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """一个 w:num：用哪个列表，各级从几重新数，各级换成什么样。"""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


@dataclass(slots=True)
class Numbering:
    """一份文档的编号器：按阅读次序对每一段问一次 prefix。"""

    styles: Styles
    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, Number] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    def prefix(self, style: str | None, direct: Look) -> str:
        """这一段前面 Word 显示的编号（连同后面的空格）；没有编号是空串。会往下数一个。"""
        place = self._place(style, direct)
        if place is None:
            return ""
        identifier, index = place
        number = self.numbers[identifier]
        abstract = self._resolve(number.abstract)
        levels = self.abstracts.get(abstract, {}) | number.levels
        level = levels.get(index)
        if level is None:
            return ""
        counts = self._count(identifier, index, abstract, number, levels)
        if level.hidden:
            return ""
        shown = _SLOT.sub(lambda m: _shown(levels, counts, int(m[1]) - 1, level), _symbols(level))
        return shown + space_after(level.suffix, shown) if shown.strip() else ""

    def _place(self, style: str | None, direct: Look) -> tuple[str, int] | None:
        """用哪个编号、第几级：段上写的优先，其次各级样式。"""
        found = direct.number
        identifier = found[0] if found else None
        index = found[1] if found else None
        for name, look in self.styles.chain(style):
            if identifier is not None:
                break
            if look.number and look.number[0] is not None:
                identifier = look.number[0]
                index = self._linked_level(identifier, name, look.number[1]) if index is None else index
        return (identifier, index or 0) if identifier in self.numbers and identifier else None

    def _linked_level(self, identifier: str, style: str, written: int | None) -> int | None:
        """样式用列表的哪一级：列表的某级写着 pStyle 就是那一级。"""
        number = self.numbers.get(identifier)
        levels = self.abstracts.get(self._resolve(number.abstract), {}) if number else {}
        return next((i for i, level in levels.items() if level.style == style), written)

    def _resolve(self, abstract: str) -> str:
        """列表借用列表样式的，找到真正写着各级的那一个。"""
        for _ in range(8):
            link = self.links.get(abstract)
            look = self.styles.looks.get(link) if link else None
            number = self.numbers.get(look.number[0] or "") if look and look.number else None
            if number is None or number.abstract == abstract:
                break
            abstract = number.abstract
        return abstract

    def _count(
        self, identifier: str, index: int, abstract: str, number: Number, levels: dict[int, Level]
    ) -> dict[int, int]:
        counts = self._counts.setdefault(abstract, {})
        if index in number.starts and (identifier, index) not in self._seen:
            counts[index] = number.starts[index] - 1
        self._seen.add((identifier, index))
        for above in range(index):  # 没有出现过的上级算已经数了第一个
            if above in levels:
                counts.setdefault(above, levels[above].start)
        counts[index] = counts.get(index, levels[index].start - 1) + 1
        for below in [i for i in counts if i > index]:
            restart = levels[below].restart if below in levels else None
            if restart is None or index < restart:
                del counts[below]
        return counts


def read_numbering(root: Any, styles: Styles) -> Numbering:  # noqa: ANN401
    """从 numbering.xml 的根元素读编号；没有这个部件给 None。"""
    numbering = Numbering(styles)
    for node in root if root is not None else ():
        if local(node) == "abstractNum":
            identifier = attribute(node, "abstractNumId") or ""
            numbering.abstracts[identifier] = _levels(node)
            if link := attribute(node.find(f"{W}numStyleLink")):
                numbering.links[identifier] = link
        elif local(node) == "num":
            starts: dict[int, int] = {}
            changed: dict[int, Level] = {}
            for override in node.findall(f"{W}lvlOverride"):
                index = whole(attribute(override, "ilvl"))
                start = override.find(f"{W}startOverride")
                if start is not None:
                    starts[index] = whole(attribute(start), 1)
                changed |= _levels(override)
            abstract = attribute(node.find(f"{W}abstractNumId")) or ""
            numbering.numbers[attribute(node, "numId") or ""] = Number(abstract, starts, changed)
    numbering.numbers.pop("0", None)  # numId 为 0 就是“不编号”
    return numbering


def _levels(parent: Any) -> dict[int, Level]:  # noqa: ANN401
    return {whole(attribute(node, "ilvl")): _level(node) for node in parent.iter(f"{W}lvl")}


def _level(node: Any) -> Level:  # noqa: ANN401
    run = node.find(f"{W}rPr")
    fonts = run.find(f"{W}rFonts") if run is not None else None
    restart = attribute(node.find(f"{W}lvlRestart"))
    # 新格式写在 AlternateContent 里的（decimalEnclosedCircle 等）也在 lvl 之下，取第一个
    format_node = next(node.iter(f"{W}numFmt"), None)
    return Level(
        whole(attribute(node.find(f"{W}start")), 1),
        attribute(format_node) or "decimal",
        attribute(node.find(f"{W}lvlText")) or "",
        attribute(node.find(f"{W}suff")) or "tab",
        None if restart is None else whole(restart),
        bool(switched_on(node, "isLgl")),
        bool(switched_on(run, "vanish")),
        attribute(node.find(f"{W}pStyle")),
        (attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "").lower(),
    )


def _shown(levels: dict[int, Level], counts: dict[int, int], index: int, asking: Level) -> str:
    level = levels.get(index, Level())
    value = counts.get(index, level.start)
    return write_number(value, "decimal" if asking.legal and level.format != "none" else level.format)


def _symbols(level: Level) -> str:
    return "".join(symbol(c, level.font) for c in level.text) if level.format == "bullet" else level.text


def space_after(suffix: str, shown: str) -> str:
    """编号 shown 后面显示的空白；suffix 是 tab、space、nothing。"""
    if suffix == "nothing" or (suffix == "tab" and shown[-1] in CLOSING):
        return ""
    return " "
