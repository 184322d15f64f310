"""测试用的文件都在测试里现做：docx 用 python-docx 加手写的 XML，pdf 用 reportlab，压缩包用 zipfile。"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from jiaoyan_nlp.readers import read_file
from jiaoyan_nlp.types import Extracted, Note

NAMESPACES = nsdecls("w", "r", "wp", "a") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def read_bytes(folder: Path, name: str, data: bytes) -> tuple[list[Extracted], list[Note]]:
    path = folder / name
    path.write_bytes(data)
    return read_file(path, name)


def read_one(folder: Path, name: str, data: bytes) -> Extracted:
    texts, _ = read_bytes(folder, name, data)
    assert len(texts) == 1
    check(texts[0])
    return texts[0]


def check(extracted: Extracted) -> None:
    """每一份读出来的东西都应当守的规矩。"""
    text = extracted.text
    for block in extracted.blocks:
        assert 0 <= block.start < block.end <= len(text)
        piece = text[block.start : block.end]
        assert piece == piece.strip()
        assert "\n" not in piece
        assert (block.kind == "cell") == (block.table is not None)
    starts = [block.start for block in extracted.blocks]
    assert starts == sorted(starts)
    covered = "".join(text[block.start : block.end] for block in extracted.blocks)
    assert "".join(covered.split()) == "".join(text.split())
    for cell in extracted.cells:
        assert text[cell.start : cell.end] == cell.text


def lines(extracted: Extracted) -> list[str]:
    return [extracted.text[block.start : block.end] for block in extracted.blocks]


def grid(extracted: Extracted, table: int = 1) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in extracted.cells if cell.table == table}


def docx_of(*body: str, numbering: str = "", styles: str = "") -> bytes:
    """正文、编号、样式都用 XML 写的 docx。"""
    document = Document()
    root = document.element.body
    for node in list(root):
        if not node.tag.endswith("sectPr"):
            root.remove(node)
    for node in list(parse_xml(f"<w:body {NAMESPACES}>{''.join(body)}</w:body>")):
        root.insert(len(root) - 1, node)
    if numbering:
        part = document.part.numbering_part.element
        for node in list(part):
            part.remove(node)
        for node in parse_xml(f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"):
            part.append(node)
    for node in parse_xml(f"<w:styles {NAMESPACES}>{styles}</w:styles>"):
        document.styles.element.append(node)
    return saved(document)


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def numbered(text: str, number: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def abstract(identifier: int, *levels: str, extra: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{identifier}">{extra}{"".join(levels)}</w:abstractNum>'


def level(index: int, style: str, text: str, start: int = 1, extra: str = "", suffix: str = "nothing") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def num(identifier: int, abstract_id: int, extra: str = "") -> str:
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{abstract_id}"/>{extra}</w:num>'


CHINESE_LIST = abstract(0, level(0, "chineseCountingThousand", "%1、")) + num(1, 0)


def photo() -> bytes:
    """没有字的照片。"""
    stream = io.BytesIO()
    Image.effect_mandelbrot((320, 240), (-2, -1.5, 1, 1.5), 20).save(stream, "PNG")
    return stream.getvalue()


def zip_of(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
FLAT = ParagraphStyle("flat", parent=BODY, firstLineIndent=0)
TITLE = ParagraphStyle("title", fontName=FONT, fontSize=18, leading=28, alignment=1)


def pdf_of(story: list[object], columns: int = 1, header: str = "", encrypt: str | None = None) -> bytes:
    """一栏或两栏的 pdf；header 非空时每页有页眉和“第 n 页”的页脚。"""
    stream = io.BytesIO()
    template = BaseDocTemplate(stream, pagesize=A4, author="王老师", encrypt=encrypt)
    width, height = A4
    room = (width - 144 - 24 * (columns - 1)) / columns
    frames = [Frame(72 + i * (room + 24), 72, room, height - 144) for i in range(columns)]

    def furniture(canvas: object, document: object) -> None:
        if header:
            canvas.setFont(FONT, 9)  # type: ignore[attr-defined]
            canvas.drawCentredString(width / 2, height - 36, header)  # type: ignore[attr-defined]
            canvas.drawCentredString(width / 2, 30, f"第 {document.page} 页")  # type: ignore[attr-defined]

    template.addPageTemplates(PageTemplate(frames=frames, onPage=furniture))
    template.build(story)
    return stream.getvalue()


def paragraphs_of(texts: list[str]) -> list[object]:
    return [Paragraph(text, BODY) for text in texts]
