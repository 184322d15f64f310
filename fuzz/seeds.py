"""现做的种子：每个靶子几份完好的小文件，模糊测试从它们变起。"""

from __future__ import annotations

import io
import zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

TEXT = (
    "青石小学2024—2025学年第一学期校本教研计划\n一、指导思想\n聚焦课堂，共同成长。\n二、工作目标\n"
    "（一）每位教师每学期听课不少于15节。\n（二）每两周集体备课一次；每周三下午教研。\n三、活动安排\n"
    "九月份：1、理论学习。2、制订计划。\n10月18日 公开课（主讲：林晓岚）\n四、保障措施\n组长：周文静\n"
)
PAGE = f"<html><head><title>计划</title></head><body><h1>校本教研计划</h1><p>{TEXT}</p><table><tr><td>九月</td><td>听课</td></tr></table></body></html>"
RTF = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\f0 plan\par {\u26657?\u26412?\u25945?\u30740?}\par}"
PARTS = b"\x00----\x00"


def plain_docx() -> bytes:
    """标题、正文、编号、表格各有一点的 docx。"""
    from docx import Document

    document = Document()
    document.add_heading("校本教研计划", 1)
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.add_paragraph("听课评课", style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "九月"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def plain_xlsx() -> bytes:
    """一张小表。"""
    from openpyxl import Workbook

    book = Workbook()
    for row in (["时间", "活动", "次数"], ["九月", "集体备课", 2], ["十月", "听课", 4.5]):
        book.active.append(row)
    book.active.merge_cells("A4:C4")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def plain_pdf() -> bytes:
    """一页字、一张有框线的表。"""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, pageCompression=0)
    canvas.drawString(72, 760, "plan 2024")
    canvas.grid([72, 172, 272], [600, 640, 680])
    canvas.drawString(80, 650, "a")
    canvas.showPage()
    canvas.drawString(72, 760, "page 2")
    canvas.save()
    return stream.getvalue()


def plain_mht() -> bytes:
    """存成单个文件的网页。"""
    message = MIMEMultipart("related")
    message.attach(MIMEText(PAGE, "html", "utf-8"))
    return message.as_bytes()


def plain_picture(kind: str = "PNG") -> bytes:
    """一小张写着字的图。"""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (160, 48), "white")
    ImageDraw.Draw(image).text((4, 4), "plan 2024 listen 15", fill="black")
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """一个压缩包。"""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


def parts(data: bytes, names: tuple[str, ...]) -> bytes:
    """一份 docx、xlsx 的几个部件，照靶子的格式隔开。"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        known = set(package.namelist())
        return PARTS.join(package.read(name) if name in known else b"" for name in names)


def old_word() -> bytes:
    """复合文档的文件头加一个目录项，真的能被 olefile 打开。"""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    header[24:34] = (0x3E).to_bytes(2, "little") + (3).to_bytes(2, "little") + b"\xfe\xff" + b"\x09\x00" + b"\x06\x00"
    header[44:48] = (1).to_bytes(4, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[56:60] = (4096).to_bytes(4, "little")
    header[60:64] = header[68:72] = b"\xfe\xff\xff\xff"
    header[76:80] = (0).to_bytes(4, "little")
    header[80:512] = b"\xff" * 432
    fat = (b"\xfd\xff\xff\xff" + b"\xfe\xff\xff\xff" + b"\xfe\xff\xff\xff").ljust(512, b"\xff")
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("WordDocument", 2, 0xFFFFFFFF, 2, 512)
    return bytes(header) + fat + directory.ljust(512, b"\0") + bytes(512)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    """复合文档目录里的一项（[MS-CFB] 2.6.1）。"""
    written = (name + "\0").encode("utf-16-le")
    none = (0xFFFFFFFF).to_bytes(4, "little")
    return (
        written.ljust(64, b"\0") + len(written).to_bytes(2, "little") + bytes([kind, 1]) + none + none
        + child.to_bytes(4, "little") + bytes(36) + start.to_bytes(4, "little") + size.to_bytes(8, "little")
    )  # fmt: skip


def seeds() -> dict[str, list[bytes]]:
    """靶子 → 种子。"""
    from fuzz.targets import PART_NAMES

    text, page, word, sheet = TEXT.encode(), PAGE.encode(), plain_docx(), plain_xlsx()
    pictures = [plain_picture(kind) for kind in ("PNG", "JPEG", "BMP", "TIFF", "GIF", "WEBP")]
    rtf = RTF.encode("ascii")
    return {
        "txt": [text, TEXT.encode("gb18030"), TEXT.encode("utf-16")],
        "html": [page, PAGE.encode("gb18030"), b"<div><p>a<p>b</div><table><tr><td rowspan=2>c<td>d</table>"],
        "mht": [plain_mht()],
        "docx": [parts(word, PART_NAMES["docx"])],
        "xlsx": [parts(sheet, PART_NAMES["xlsx"])],
        "package": [word, sheet],
        "pdf": [plain_pdf()],
        "old_word": [old_word(), rtf],
        "office": [rtf],
        "picture": pictures,
        "archive": [zipped({"计划.txt": text, "内.zip": zipped({"a.html": page})}), text, plain_pdf()],
        "decoding": [text, TEXT.encode("gb18030"), TEXT.encode("big5", "replace"), TEXT.encode("utf-16-le")],
        "outline": [text, ("篇一：计划\n" + TEXT + "篇二：总结\n" + TEXT).encode()],
    }


def write(target: str, folder: Path) -> None:
    """把一个靶子的种子写进文件夹。"""
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds()[target]):
        (folder / f"seed{number}").write_bytes(data)
