"""测试包里的扫描件：把 pdf 画成图片，再加上噪点、歪斜。"""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
from docx import Document
from docx.shared import Inches
from PIL import Image
from reportlab.platypus import Paragraph, Table

from tests.readers.making import FLAT, paragraphs_of, pdf_of, saved

from .expecting import Case, Text
from .texts import SUMMARY

CLEAN, ROUGH = 0.02, 0.05
"""认字的错误率上限：干净的页，有噪点又歪一度的页。"""


def picture(dots: int = 200) -> Image.Image:
    """总结印成一页的样子。"""
    page = pypdfium2.PdfDocument(pdf_of(paragraphs_of(list(SUMMARY))))[0]
    return page.render(scale=dots / 72).to_pil().convert("RGB")


def table_picture(dots: int = 200) -> Image.Image:
    """一句话、一个有框线的表（两行合并的一格、折行的一格、只有一个数字的格）、一句话。"""
    rows = [[Paragraph(text, FLAT) for text in row] for row in RULED]
    grid = Table(rows, colWidths=[60, 200, 100, 60])
    grid.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("SPAN", (0, 1), (0, 2))])
    page = pypdfium2.PdfDocument(pdf_of([*paragraphs_of([BEFORE]), grid, *paragraphs_of([AFTER])]))[0]
    return page.render(scale=dots / 72).to_pil().convert("RGB")


BEFORE, AFTER = "本学期的活动安排如下，请各组按时参加，并做好记录。", "以上活动由教导处组织，各教研组长负责落实。"
RULED = (
    ("时间", "活动", "地点", "次数"),
    ("九月", "新教师培训，学习本校的教研制度，讨论本学期各组的工作", "录播室", "2"),
    ("", "集体备课", "各办公室", "8"),
    ("十月", "同课异构", "报告厅", "3"),
)
RULED_CELLS = tuple(text for row in RULED for text in row if text)


def rough(image: Image.Image, degrees: float = 1.0, noise: float = 18.0, seed: int = 5) -> Image.Image:
    """歪一点、有噪点、压得厉害，像办公室的扫描仪。"""
    turned = np.asarray(image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")).astype(float)
    turned += np.random.default_rng(seed).normal(0, noise, turned.shape)
    stream = io.BytesIO()
    Image.fromarray(turned.clip(0, 255).astype(np.uint8)).save(stream, "JPEG", quality=60)
    return Image.open(stream)


def as_bytes(image: Image.Image, kind: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **({"resolution": 200} if kind == "PDF" else {}))
    return stream.getvalue()


def cases() -> list[Case]:
    """扫描的 pdf、图片、只有一张图的 docx。"""
    clean = picture()
    noisy = rough(clean)
    document = Document()
    document.add_picture(io.BytesIO(as_bytes(clean, "PNG")), Inches(6))
    text = (Text(SUMMARY),)
    ruled = (Text((BEFORE, *RULED_CELLS, AFTER), RULED_CELLS),)
    return [
        Case("扫描/干净.pdf", as_bytes(clean, "PDF"), text, ocr=CLEAN),
        Case("扫描/噪点歪斜.pdf", as_bytes(noisy, "PDF"), text, ocr=ROUGH),
        Case("扫描/干净.png", as_bytes(clean, "PNG"), text, ocr=CLEAN),
        Case("扫描/噪点歪斜.jpg", as_bytes(noisy, "JPEG"), text, ocr=ROUGH),
        Case("扫描/横放.png", as_bytes(clean.rotate(90, expand=True), "PNG"), text, ocr=CLEAN),
        Case("扫描/只有图片.docx", saved(document), text, ocr=CLEAN),
        Case("扫描/有表.pdf", as_bytes(table_picture(), "PDF"), ruled, ocr=CLEAN, tables=1),
        Case("扫描/有表.jpg", as_bytes(rough(table_picture()), "JPEG"), ruled, ocr=ROUGH, tables=1),
    ]
