"""网页：正文由 trafilatura 找到，行由本模块走出来——标题、列表、表格、每一段都在，导航、边栏、页脚不在。

trafilatura 自己输出的文字会丢短段、标题和表格里的字，所以只用它认出正文在哪个容器里。
Word、WPS 另存的网页没有导航，全部照读。
"""

from __future__ import annotations

import email
import re
from dataclasses import dataclass, field, replace
from email import policy
from itertools import groupby
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.readers.building import Builder, Place, Style
from jiaoyan_nlp.readers.decoding import decode
from jiaoyan_nlp.readers.docx_numerals import write_html_number
from jiaoyan_nlp.readers.html_article import Text, article
from jiaoyan_nlp.readers.settings import setting, trouble
from jiaoyan_nlp.readers.txt import decoding_notes

if TYPE_CHECKING:
    from jiaoyan_nlp.readers.building import Source
    from jiaoyan_nlp.types import Extracted

UNSEEN = {
    "script", "style", "head", "title", "noscript", "template", "iframe", "svg", "select", "option",
    "button", "input", "textarea",
}  # fmt: skip
BOLD = ("b", "strong", "th")
FURNITURE = {
    "nav", "aside", "footer", "form",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption",
}  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_OFFICE = re.compile(
    r"urn:schemas-microsoft-com:office|content=[\"']?(?:Microsoft Word|WPS|LibreOffice)|class=[\"']?Mso", re.I
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")


def read(source: Source) -> Extracted:
    """读网页。抛出：ReadError，不是文字、没有正文。"""
    match = _CHARSET.search(source.data[: int(setting("html", "head"))])
    return _read_bytes(source, source.data, match[1].decode("ascii") if match else None)


def read_mht(source: Source) -> Extracted:
    """读单个文件的网页（MHT，Word 另存的那种）：取其中第一个 HTML 部分。"""
    message = email.message_from_bytes(source.data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True)
            return _read_bytes(source, data if isinstance(data, bytes) else b"", part.get_content_charset())
    raise trouble("no_text")


def _read_bytes(source: Source, data: bytes, declared: str | None) -> Extracted:
    from lxml import etree, html

    decoded = decode(data, declared)
    if decoded is None:
        raise trouble("unknown")
    builder = Builder(source, notes=decoding_notes(source.file, decoded))
    text = _XML_DECLARATION.sub("", decoded.text.replace("\0", ""), count=1)
    try:
        tree = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise trouble("no_text") from error
    walk = _Walk()
    lines = walk.lines_of(tree)
    if not _OFFICE.search(text):
        lines = article(tree, text, lines, walk.tables)
    builder.title = next((line.text for line in lines if line.style.level == 1), None) or _title(tree)
    _fill(builder, lines)
    return builder.finish()


_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def _title(tree: Any) -> str | None:  # noqa: ANN401
    found = tree.findtext(".//title")
    return _BLANKS.sub(" ", found).strip() or None if found else None


@dataclass(slots=True)
class _Walk:
    """按阅读次序走一遍网页，块级元素各成一行。"""

    lines: list[Text] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    number: str = ""
    linked: int = 0
    heavy: int = 0
    tables: list[Any] = field(default_factory=list)

    def lines_of(self, tree: Any) -> list[Text]:  # noqa: ANN401
        """整个网页的行。"""
        self.visit(tree, _Context(tree))
        self.flush(_Context(tree))
        return self.lines

    def visit(self, node: Any, context: _Context) -> None:  # noqa: ANN401
        """走进一个元素，跟着读它后面的字由上一层管。"""
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in UNSEEN or _HIDDEN.search(node.get("style") or "") or node.get("hidden") is not None:
            return
        if tag == "br":
            self.pieces.append("\n")
            return
        inner = context.entering(node, tag)
        if tag in BLOCKS:
            self.flush(context)
        if tag == "table":
            self.tables.append(node)
            self.table(node, inner, len(self.tables))
        else:
            self.inside(node, tag, inner)
        if tag in BLOCKS:
            self.flush(inner)

    def inside(self, node: Any, tag: str, context: _Context) -> None:  # noqa: ANN401
        """一个元素里的字和下级元素。"""
        if tag == "li" and (number := _item_number(node)):
            self.number = number
        self.add(node.text, context)
        for child in node:
            self.visit(child, context)
            self.add(child.tail, context)

    def add(self, text: str | None, context: _Context) -> None:
        """加几个字；网页里的换行和连续空白都只是一个空格。"""
        if text:
            shown = text.replace("\r\n", "\n") if context.preformatted else _joined(text)
            self.pieces.append(shown)
            size = len(shown.strip())
            self.linked += size if context.link else 0
            self.heavy += size if context.style.bold else 0

    def flush(self, context: _Context) -> None:
        """一个块到头，攒的字成行。"""
        text = "".join(self.pieces)
        self.pieces.clear()
        linked, heavy = self.linked, self.heavy
        self.linked = self.heavy = 0
        shown = "\n".join(line.strip(" \t\xa0") for line in text.split("\n") if line.strip())
        if shown:
            style = replace(context.style, bold=heavy > 0 and heavy >= len("".join(shown.split())))
            shown, self.number = self.number + shown, ""  # 列表项的编号加在它的第一段前面
            self.lines.append(Text(shown, context.node, context.place, style, linked, context.furniture))

    def table(self, node: Any, context: _Context, number: int) -> None:  # noqa: ANN401
        """一个表：照 rowspan、colspan 数出每格的行列；只为排版的一格表当正文读。"""
        rows = [row for row in node.iter("tr") if next(row.iterancestors("table")) is node]
        for caption in node.iterchildren("caption"):
            self.visit(caption, context)
        if _is_layout(rows):
            for row in rows:
                for cell in row.iterchildren("td", "th"):
                    self.inside(cell, "td", context)
                    self.flush(context)
            return
        taken: set[tuple[int, int]] = set()
        for row_number, row in enumerate(rows, 1):
            column = 1
            for cell in row.iterchildren("td", "th"):
                while (row_number, column) in taken:
                    column += 1
                down, across = _span(cell, "rowspan"), _span(cell, "colspan")
                taken |= {(row_number + i, column + j) for i in range(down) for j in range(across)}
                inner = context.at(cell, Place(table=number, row=row_number, column=column))
                self.inside(cell, "td", inner)
                self.flush(inner)
                column += across


@dataclass(frozen=True, slots=True)
class _Context:
    """走到一个元素时的处境。"""

    node: Any
    place: Place = field(default_factory=Place)
    style: Style = field(default_factory=Style)
    link: bool = False
    furniture: bool = False
    preformatted: bool = False

    def entering(self, node: Any, tag: str) -> _Context:  # noqa: ANN401
        """走进下一层。"""
        level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else None
        side = _side(node, tag)
        style = Style(
            level or self.style.level,
            self.style.bold or level is not None or tag in BOLD or bool(_BOLD.search(node.get("style") or "")),
            side == "center" if side else self.style.centered,
            side == "right" if side else self.style.right,
        )
        return _Context(
            node if tag in BLOCKS else self.node, self.place, style,
            self.link or tag == "a", self.furniture or tag in FURNITURE, self.preformatted or tag == "pre",
        )  # fmt: skip

    def at(self, node: Any, place: Place) -> _Context:  # noqa: ANN401
        """走进一个单元格。"""
        return _Context(node, place, Style(), self.link, self.furniture, self.preformatted)


_BOLD = re.compile(r"font-weight\s{0,9}:\s{0,9}(?:bold|[6-9]00)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s{0,9}:\s{0,9}([a-z]{1,9})", re.IGNORECASE)


def _side(node: Any, tag: str) -> str:  # noqa: ANN401
    """写明的对齐方式；没有写是空。"""
    if tag == "center":
        return "center"
    match = _ALIGN.search(node.get("style") or "")
    return (match[1] if match else node.get("align") or "").lower()


def _joined(text: str) -> str:
    """空白缩成一个空格；汉字之间因源码折行来的空白去掉。"""
    return _BLANKS.sub(lambda m: "" if "\n" in m[0] and _HAN_BREAK.search(text) else " ", text)


_HAN_BREAK = re.compile(r"[\u3000-\u9fff\uff00-\uffef][ \t]{0,50}\r?\n")


def _item_number(item: Any) -> str:  # noqa: ANN401
    """有序列表的一项前面浏览器显示的“1. ”“一、”；别的列表不加。"""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    written = [match[1].lower() for node in (item, parent) if (match := _LIST_STYLE.search(node.get("style") or ""))]
    style = written[0] if written else item.get("type") or parent.get("type") or "1"
    if style == "none":
        return ""
    value = _whole(item.get("value"))
    if value is None:
        before = list(item.itersiblings("li", preceding=True))
        given = next(((n, v) for n, one in enumerate(before, 1) if (v := _whole(one.get("value"))) is not None), None)
        start = _whole(parent.get("start"))
        value = sum(given) if given else (1 if start is None else start) + len(before)
    number = write_html_number(value, style)
    return f"{number}. " if number.isascii() else f"{number}、"


_LIST_STYLE = re.compile(r"list-style(?:-type)?\s{0,9}:\s{0,9}([a-z-]{1,30})", re.IGNORECASE)


def _whole(value: str | None) -> int | None:
    """不大的非负整数；别的是 None。"""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 5 else None


def _span(cell: Any, name: str) -> int:  # noqa: ANN401
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), 100) if value.isdigit() and len(value) < 5 else 1


def _is_layout(rows: list[Any]) -> bool:
    """老网页拿表格排版：只有一列，或格子里又有表格、标题、好多段。"""
    cells = [list(row.iterchildren("td", "th")) for row in rows]
    return max(map(len, cells), default=0) < 2 or any(_holds_page(cell) for row in cells for cell in row)


def _holds_page(cell: Any) -> bool:  # noqa: ANN401
    if next(cell.iter("table", "h1", "h2", "h3"), None) is not None:
        return True
    return sum(1 for _ in cell.iter("p", "div", "br")) >= setting("html", "layout_paragraphs")


def _fill(builder: Builder, lines: list[Text]) -> None:
    """行交给 Builder；同一单元格的几行合起来登记一格。"""
    for place, group in groupby(lines, key=lambda line: line.place):
        start = builder.offset
        for line in group:
            builder.paragraph(line.text, line.place, line.style)
        builder.cell(place, start)
