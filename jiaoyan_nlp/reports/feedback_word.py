"""把一段段写好的文字做成 Word：版式照 GB/T 9704—2012，样式在 data/feedback.toml，用的人可以在 Word 里改样式。"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.reports.feedback_settings import feedback_settings
from jiaoyan_nlp.reports.feedback_wording import BOLD, CELL, NEWLINE, PLAIN, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as Word
    from docx.oxml.text.font import CT_RPr
    from docx.styles.style import ParagraphStyle
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    from jiaoyan_nlp.reports.feedback_wording import Line
    from jiaoyan_nlp.reports.rows import Row

LATIN = "Times New Roman"
PITCH = 28.95
"""行距（磅）：版心高 225 毫米，一页 22 行。"""
_BOLD = re.compile(f"{BOLD}([^{BOLD}{PLAIN}]*){PLAIN}")


def document(written: Sequence[Line]) -> bytes:
    """做成一份 Word。参数：written 是 feedback_wording.lines 的结果。返回：文件的内容。"""
    import docx

    word = docx.Document(io.BytesIO(_blank()))
    _properties(word, next((line.text for line in written if line.style == "title"), "").replace(NEWLINE, ""))
    for part in tables(list(written)):
        if part[0].style in ("head", "row"):
            _table(word, part)
        else:
            _fill(_styled(word.add_paragraph(), part[0].style), part[0].text)
    return _bytes(word)


@lru_cache(maxsize=1)
def _blank() -> bytes:
    """版式都设好的空白文件，每份都从它开始。"""
    import docx

    word = docx.Document()
    _page(word)
    _styles(word)
    _fonts(word)
    _numbers(word)
    return _bytes(word)


def _bytes(word: Word) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _styled(paragraph: Paragraph, style: str) -> Paragraph:
    """用一种段落样式；样式的编号就是它的名字，直接写比查表快得多。"""
    paragraph._p.style = str(feedback_settings()["styles"][style]["name"])
    return paragraph


def _fill(paragraph: Paragraph, text: str) -> None:
    """一段文字，记号之间的加粗，换行的记号变成换行；文字只进 w:t，不会成为域或标记。"""
    for at, piece in enumerate(_BOLD.split(text)):
        if piece:
            run = paragraph.add_run(piece.replace(NEWLINE, "\n"))
            run.bold = True if at % 2 else None
            _wide(run._element.get_or_add_rPr())


def _wide(properties: CT_RPr) -> None:
    """引号、破折号、省略号中西文同码，写明按中文字体显示。"""
    from docx.oxml.ns import qn

    properties.get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _page(word: Word) -> None:
    from docx.shared import Mm

    page, section = feedback_settings()["page"], word.sections[0]
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
    section.left_margin, section.right_margin = Mm(page["left"]), Mm(page["right"])
    section.footer_distance, section.header_distance = Mm(page["footer"]), Mm(page["footer"])


def _styles(word: Word) -> None:
    """按 feedback.toml 建各种段落样式。"""
    from docx.enum.style import WD_STYLE_TYPE

    _plain(word)
    for row in feedback_settings()["styles"].values():
        style = word.styles.add_style(row["name"], WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = word.styles["Normal"], True
        _letters(style, row)
        _spacing(style, row)


def _plain(word: Word) -> None:
    """默认样式：去掉主题字体和西文排版的间距，语言写明中文。"""
    from docx.oxml.ns import qn

    defaults = word.styles.element.find(qn("w:docDefaults"))
    for fonts in defaults.iter(qn("w:rFonts")):
        fonts.attrib.clear()
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for spacing in defaults.iter(qn("w:spacing")):
        spacing.attrib.clear()


def _letters(style: ParagraphStyle, row: Row) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size, style.font.bold = LATIN, Pt(row["size"]), row.get("bold", False)
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), row["font"])
    _wide(style.element.rPr)


def _spacing(style: ParagraphStyle, row: Row) -> None:
    """行距、缩进、对齐，要不要与下一段同页、另起一页，大纲里是几级。"""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    layout, size = style.paragraph_format, row["size"]
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(row.get("line", PITCH))
    layout.space_before, layout.space_after = Pt(row.get("before", 0)), Pt(row.get("after", 0))
    layout.first_line_indent = Pt(size * row.get("indent", 0))
    layout.left_indent, layout.right_indent = Pt(size * row.get("lead", 0)), Pt(size * row.get("tail", 0))
    layout.alignment = {
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }.get(row.get("align", ""), WD_ALIGN_PARAGRAPH.LEFT)
    layout.widow_control, layout.keep_with_next = False, row.get("keep", False)
    layout.keep_together, layout.page_break_before = layout.keep_with_next, row.get("new_page", False)
    if "outline" in row:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(row["outline"] - 1))
        style.element.get_or_add_pPr().append(level)


def _fonts(word: Word) -> None:
    """字体表：每种字体写明替代的字体，没有装方正、国标字体的电脑照样能看。"""
    from docx.opc.packuri import PackURI
    from lxml import etree

    part = next(p for p in word.part.package.iter_parts() if p.partname == PackURI("/word/fontTable.xml"))
    root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False))
    space = root.nsmap["w"]
    for name, others in feedback_settings()["fonts"].items():
        font = etree.SubElement(root, f"{{{space}}}font", {f"{{{space}}}name": name})
        for tag, value in (("altName", others), ("charset", "86"), ("family", "auto"), ("pitch", "default")):
            etree.SubElement(font, f"{{{space}}}{tag}", {f"{{{space}}}val": value})
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _numbers(word: Word) -> None:
    """页码：— 1 —，单页在右、双页在左。"""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    word.settings.odd_and_even_pages_header_footer = True
    section, row = word.sections[0], feedback_settings()["styles"]["number"]
    edge = Pt(row["size"] * row["tail"])
    for footer, right in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = word.styles[row["name"]]
        layout = paragraph.paragraph_format
        layout.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
        layout.right_indent, layout.left_indent = (edge, None) if right else (Pt(0), edge)
        _fill(paragraph, "— ")
        _page_field(paragraph)
        _fill(paragraph, " —")


def _page_field(paragraph: Paragraph) -> None:
    """全文只有这一个域。"""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _properties(word: Word, title: str) -> None:
    from datetime import UTC, datetime

    core = word.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title[:200], "", "", ""
    core.created = core.modified = datetime.now(UTC)


def _table(word: Word, rows: Sequence[Line]) -> None:
    """三线之外加全框的表，表头每页重复，一行不分到两页。"""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement

    cells = [row.text.split(CELL) for row in rows]
    table = word.add_table(rows=0, cols=len(cells[0]), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for line, texts in zip(rows, cells, strict=True):
        made = table.add_row()
        properties = made._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if line.style == "head":
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(made.cells, texts, strict=True):
            _fill(_styled(cell.paragraphs[0], line.style), text)
    _widths(table)


def _widths(table: Table) -> None:
    """第一列占一半，其余平分。"""
    from docx.shared import Mm

    page = feedback_settings()["page"]
    room = page["width"] - page["left"] - page["right"]
    count = len(table.columns)
    for at, column in enumerate(table.columns):
        column.width = Mm(room / 2 if at == 0 else room / 2 / (count - 1))
        for cell in column.cells:
            cell.width = column.width
