"""docx：走一遍正文的 XML，取 Word 里看得见的字。

自动编号、表格、文本框、内容控件、脚注、修订的插入都在；修订的删除、批注、隐藏字、目录、页眉页脚、页码不在。
"""

from __future__ import annotations

from dataclasses import dataclass, field
from string import hexdigits
from typing import TYPE_CHECKING, Any, TypeVar

from jiaoyan_nlp.errors import ReadError
from jiaoyan_nlp.readers import html, ocr, pictures
from jiaoyan_nlp.readers.building import NOWHERE, Builder, Place, Source, Style
from jiaoyan_nlp.readers.detecting import detect
from jiaoyan_nlp.readers.docx_numbering import Numbering, read_numbering
from jiaoyan_nlp.readers.docx_numerals import symbol
from jiaoyan_nlp.readers.docx_package import DIAGRAM, Package, R, W, attribute, local, parse, switched_on, whole
from jiaoyan_nlp.readers.docx_styles import (
    Shape,
    east_asian,
    look,
    official_levels,
    read_styles,
    size_of,
    title_numbers,
)
from jiaoyan_nlp.readers.settings import note, trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiaoyan_nlp.types import Extracted

INSIDE = {
    "hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdtContent", "fldSimple", "dir", "bdo",
    "ruby", "rubyBase", "oMath", "oMathPara",
}  # fmt: skip
"""段里只起包裹作用的元素，要走进去；不在这里的（del、moveFrom、pPr、comment…）不看。"""
BLOCKS = {
    "ins", "moveTo", "customXml", "sdtContent", "smartTag",
}  # fmt: skip
"""段落、表格外面只起包裹作用的元素。"""
CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
UNSEEN_FIELDS = {
    "TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "INDEX",
}  # fmt: skip
Value = TypeVar("Value")
TITLE_STYLES = ("title", "标题")
TOC_STYLES = ("toc ", "table of contents", "目录 ")


def read(source: Source) -> Extracted:
    """读 docx。抛出：ReadError，包坏了、没有正文。"""
    package = Package.open(source.data)
    main = package.main()
    data = package.read(main)
    if not data:
        raise trouble("broken", detail="没有正文部件")
    builder = Builder(source)
    try:
        root = parse(data, recover=False)
    except ReadError:
        root = parse(data)  # 能读多少读多少，但要说明
        builder.notes.append(note(source.file, "partial", detail="正文的 XML 有错"))
    body = next((node for node in root if local(node) == "body"), None)
    if body is None:
        raise trouble("broken", detail="没有正文")
    styles = read_styles(package.related(main, "styles"))
    numbering = read_numbering(package.related(main, "numbering"), styles)
    notes = {kind: _by_id(package.related(main, f"{kind}s")) for kind in ("footnote", "endnote")}
    walk = _Walk(builder, numbering, notes["footnote"], notes["endnote"], package, main)
    walk.content(body, NOWHERE)
    for node in walk.endnotes_used:
        walk.content(node, NOWHERE)
    builder.set_looks(official_levels(walk.shapes), title_numbers(walk.shapes))
    if not builder.offset and (found := package.pictures()):
        if not ocr.available():
            raise trouble("scan", pages="整个文档")
        pictures.write_pictures(builder, found)
    return builder.finish(package.origin())


def _by_id(root: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        attribute(node, "id") or "": node for node in (root if root is not None else ()) if not attribute(node, "type")
    }


@dataclass(slots=True)
class _Line:
    """正在攒的一段：字、有字的几串是不是都加粗、用了哪些字体字号、挂在段上的文本框和脚注。"""

    pieces: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)
    sizes: set[int] = field(default_factory=set)
    boxes: list[Any] = field(default_factory=list)
    footnotes: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class _Field:
    """一个域：代码写在前半，显示的结果在后半。"""

    code: str = ""
    shown: bool = False


@dataclass(slots=True)
class _Walk:
    builder: Builder
    numbering: Numbering
    footnotes: dict[str, Any]
    endnotes: dict[str, Any]
    package: Package
    main: str
    endnotes_used: list[Any] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    carried: _Line | None = None

    def content(self, parent: Any, place: Place) -> None:  # noqa: ANN401
        """一连串段落和表格：正文、单元格、文本框、脚注都是这样装的。"""
        for node in parent:
            name = local(node)
            if name == "p":
                self.paragraph(node, place)
            elif name == "tbl":
                self.table(node)
            elif name == "sdt":
                if not _is_toc(node):
                    self.content(node, place)
            elif name in BLOCKS:
                self.content(node, place)
            elif name == "AlternateContent":
                self.content(_chosen(node), place)
            elif name == "altChunk":
                self.chunk(node, place)

    def chunk(self, node: Any, place: Place) -> None:  # noqa: ANN401
        """整块嵌进来的网页：有些系统导出的 docx 正文全在这里。"""
        data = self.package.read(self.package.target(self.main, node.get(f"{R}id") or "") or "")
        if not data:
            return
        kind = detect(data)
        if kind in ("html", "mht"):
            source = Source(self.builder.source.file, data)
            found = html.read_mht(source) if kind == "mht" else html.read(source)
            for block in found.blocks:
                style = Style(block.level, block.bold, block.centered, block.right)
                self.builder.paragraph(found.text[block.start : block.end], place, style)

    def paragraph(self, node: Any, place: Place) -> None:  # noqa: ANN401
        """一段：编号、字、挂着的文本框和脚注。段落标记被删除的，字并进下一段。"""
        properties = node.find(f"{W}pPr")
        mark = properties.find(f"{W}rPr") if properties is not None else None
        style = attribute(properties.find(f"{W}pStyle")) if properties is not None else None
        direct = look(properties, None)
        line, self.carried = self.carried or _Line(), None
        self.inline(node, line, style)
        self.fields = [one for one in self.fields if one.shown]  # 代码写到段尾还没完的是残缺的域，不能让它吞掉后文
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            self.carried = line
            return
        styles = self.numbering.styles
        if not styles.named(style).startswith(TOC_STYLES):
            text = "".join(line.pieces)
            prefix = "" if self._in_unseen_field() else self.numbering.prefix(style, direct)
            titled = styles.named(style) in TITLE_STYLES
            centered, right = styles.aligned(style, direct)
            bold = bool(line.bold) and all(line.bold)
            shown = Style(styles.level(style, direct), bold, centered, right, titled)
            self.builder.paragraph(prefix + text, place, shown)
            if place.table is None and text.strip():
                font, size = _only(line.fonts, ""), _only(line.sizes, 0)
                self.shapes.append(Shape(self.builder.paragraphs, font, size, len(text.strip()), centered))
            if self.builder.title is None and titled:
                self.builder.title = text.strip() or None
        for box in line.boxes:
            self.content(box, place)
        for footnote in line.footnotes:
            self.content(footnote, place)

    def inline(self, parent: Any, line: _Line, style: str | None) -> None:  # noqa: ANN401
        """段里的各串字。"""
        for node in parent:
            name = local(node)
            if name == "r":
                self.run(node, line, style)
            elif name == "fldSimple" and _unseen(attribute(node, "instr") or ""):
                continue
            elif name in INSIDE or (name == "sdt" and not _is_toc(node)):
                self.inline(node, line, style)
            elif name == "AlternateContent":
                self.inline(_chosen(node), line, style)
            elif name == "t" and node.text:  # 公式里的字不装在 w:r 里
                self._add(line, node.text, False)

    def run(self, node: Any, line: _Line, style: str | None) -> None:  # noqa: ANN401
        """一串同样格式的字。"""
        properties = node.find(f"{W}rPr")
        character = attribute(properties.find(f"{W}rStyle")) if properties is not None else None
        styles = self.numbering.styles
        hidden, bold = switched_on(properties, "vanish"), switched_on(properties, "b")
        if styles.hidden(character, style) if hidden is None else hidden:
            self._fields_only(node)
            return
        bold = styles.bold(character, style) if bold is None else bold
        if any(local(child) == "t" and (child.text or "").strip() for child in node):
            line.fonts.add(east_asian(properties) or styles.font(character, style))
            line.sizes.add(size_of(properties) or styles.size(character, style))
        for child in node:
            name = local(child)
            if name == "t":
                self._add(line, _spaced(child), bold)
            elif name in CHARACTERS:
                self._add(line, CHARACTERS[name], bold)
            elif name == "br":
                self._add(line, "\n", bold)  # 分页符、分栏符前后看上去也是两段
            elif name == "sym":
                self._add(line, _symbol(child), bold)
            elif name in ("footnoteReference", "endnoteReference"):
                self._refer(line, name, attribute(child, "id") or "")
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                line.boxes += [*_boxes(child), *self.diagrams(child)]
            elif name in ("fldChar", "instrText"):
                self._field(child, name)
            elif name == "ruby":
                self.inline(child, line, style)

    def diagrams(self, drawing: Any) -> Iterator[Any]:  # noqa: ANN401
        """SmartArt（组织机构图一类）的字在另一个部件里，每个方块一段；形状同文本框里的段落。"""
        for node in drawing.iter(f"{DIAGRAM}relIds"):
            name = self.package.target(self.main, node.get(f"{R}dm") or "")
            data = self.package.read(name or "")
            if data:
                yield from (text for text in parse(data).iter(f"{DIAGRAM}t"))

    def _add(self, line: _Line, text: str, bold: bool) -> None:
        if text and not self._in_unseen_field():
            line.pieces.append(text)
            if text.strip():
                line.bold.append(bold)

    def _in_unseen_field(self) -> bool:
        return any(not one.shown or _unseen(one.code) for one in self.fields)

    def _fields_only(self, run: Any) -> None:  # noqa: ANN401
        """隐藏的一串字里也可能有域的起止，不能漏数。"""
        for child in run:
            if local(child) in ("fldChar", "instrText"):
                self._field(child, local(child))

    def _field(self, node: Any, name: str) -> None:  # noqa: ANN401
        if name == "instrText":
            if self.fields:
                self.fields[-1].code += node.text or ""
            return
        kind = attribute(node, "fldCharType")
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shown = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _refer(self, line: _Line, name: str, identifier: str) -> None:
        if name == "footnoteReference" and identifier in self.footnotes:
            line.footnotes.append(self.footnotes[identifier])
        elif name == "endnoteReference" and identifier in self.endnotes:
            self.endnotes_used.append(self.endnotes[identifier])

    def table(self, node: Any) -> None:  # noqa: ANN401
        """一个表：合并的单元格只在左上角读一次；表里的表就地读，另有表号。"""
        self.builder.tables += 1
        number = self.builder.tables
        for row_number, row in enumerate(_rows(node), 1):
            properties = row.find(f"{W}trPr")
            before = properties.find(f"{W}gridBefore") if properties is not None else None
            column = 1 + whole(attribute(before))
            for cell in _children(row, "tc"):
                shape = cell.find(f"{W}tcPr")
                if not _continues(shape):
                    place = Place(table=number, row=row_number, column=column)
                    start = self.builder.offset
                    self.content(cell, place)
                    self.builder.cell(place, start)
                column += max(whole(attribute(shape.find(f"{W}gridSpan") if shape is not None else None), 1), 1)


def _only(values: set[Value], other: Value) -> Value:
    """只有一个就是它，不止一个是 other。"""
    return next(iter(values)) if len(values) == 1 else other


def _rows(table: Any) -> Iterator[Any]:  # noqa: ANN401
    """各行，修订里删掉的不算。"""
    for row in _children(table, "tr"):
        properties = row.find(f"{W}trPr")
        if properties is None or properties.find(f"{W}del") is None:
            yield row


def _children(parent: Any, name: str) -> Iterator[Any]:  # noqa: ANN401
    """下一层的行或单元格；内容控件等包裹要拆开。"""
    for node in parent:
        if local(node) == name:
            yield node
        elif local(node) in (*BLOCKS, "sdt"):
            yield from _children(node, name)


def _continues(shape: Any) -> bool:  # noqa: ANN401
    """并在上面或左面的单元格里，自己没有字；修订里删掉的也一样。"""
    if shape is None:
        return False
    if shape.find(f"{W}cellDel") is not None:
        return True
    merges = (shape.find(W + name) for name in ("vMerge", "hMerge"))
    return any(merge is not None and (attribute(merge) or "continue") == "continue" for merge in merges)


def _spaced(node: Any) -> str:  # noqa: ANN401
    """一个 w:t 的字；没有写 preserve 的，Word 不显示两头的空格。"""
    text = (node.text or "").replace("\n", " ")
    keep = node.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return text if keep else text.strip(" \t\r")


def _symbol(node: Any) -> str:  # noqa: ANN401
    """w:sym：符号字体里的一个字，写的是十六进制码。"""
    code = attribute(node, "char") or ""
    valid = 0 < len(code) <= 4 and all(c in hexdigits for c in code)
    return symbol(chr(int(code, 16)), (attribute(node, "font") or "").lower()) if valid else ""


def _unseen(code: str) -> bool:
    """目录、页码一类的域。"""
    return code.strip().partition(" ")[0].upper() in UNSEEN_FIELDS


def _is_toc(control: Any) -> bool:  # noqa: ANN401
    """自动目录的内容控件。"""
    properties = control.find(f"{W}sdtPr")
    if properties is None:
        return False
    galleries = (attribute(node) for node in properties.iter(f"{W}docPartGallery"))
    return any(gallery in ("Table of Contents", "目录") for gallery in galleries)


def _chosen(alternative: Any) -> Any:  # noqa: ANN401
    """AlternateContent 里二选一：新写法里有文本框或字就用新的，否则用旧的，不能两份都读。"""
    branches = {local(node): node for node in alternative}
    choice = branches.get("Choice")
    if choice is not None and any(local(node) in ("txbxContent", "t") for node in choice.iter()):
        return choice
    return branches.get("Fallback", choice if choice is not None else alternative)


def _boxes(drawing: Any) -> list[Any]:  # noqa: ANN401
    """图形里的文本框，由外到内；文本框里的文本框等读到外面那个时再找。"""
    if local(drawing) == "AlternateContent":
        return [box for node in _chosen(drawing) for box in _boxes(node)]
    if local(drawing) == "txbxContent":
        return [drawing]
    return [box for node in drawing for box in _boxes(node)]
