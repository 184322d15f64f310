import io
import random

import pytest
from PIL import Image as PillowImage
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas
from reportlab.platypus import Image, PageBreak, Paragraph, Table

from .making import BODY, FLAT, FONT, TITLE, check, grid, lines, paragraphs_of, pdf_of, read_bytes, read_one

CHARACTERS = (
    "教研活动课堂教学听课评课集体备课青年教师专业成长主题反思记录检查落实提高质量组长负责每周一次，认真开展扎实推进。"
)
NUMERALS = "一二三四五六七八九"


def plan(seed: int) -> list[str]:
    """有标题、长短段落的几页文字。"""
    chance = random.Random(seed)
    texts = []
    for numeral in NUMERALS:
        texts.append(f"{numeral}、第{numeral}个方面")
        sizes = [chance.randint(20, 260) for _ in range(2)]
        texts += ["".join(chance.choices(CHARACTERS, k=size)).strip("，。") + "。" for size in sizes]
    return texts


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("columns", [1, 2])
def test_lines_are_joined_to_paragraphs_across_pages_and_columns(tmp_path, seed, columns):
    texts = plan(seed)
    story = [Paragraph("曙光小学校本研修计划", TITLE), *paragraphs_of(texts)]
    data = pdf_of(story, columns, header="曙光小学2024年校本研修")
    extracted = read_one(tmp_path, "a.pdf", data)
    assert lines(extracted) == ["曙光小学校本研修计划", *texts]
    assert extracted.blocks[-1].page > 1
    assert extracted.blocks[0].centered


def test_paragraphs_without_indent(tmp_path):
    texts = [text if len(text) < 20 else text[:-2] + "一半。" for text in plan(7)]
    story = [Paragraph(text, FLAT) for text in texts]
    got = lines(read_one(tmp_path, "a.pdf", pdf_of(story)))
    assert sum(text in got for text in texts) >= 0.8 * len(texts)


def table_of(rows: list[list[str]], extra: list[tuple] | None = None) -> Table:
    table = Table([[Paragraph(text, FLAT) for text in row] for row in rows], colWidths=[60, 80, 250], repeatRows=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), *(extra or [])])
    return table


def test_ruled_tables_across_pages_are_one_table(tmp_path):
    rows = [["时间", "活动", "内容"], *[[f"第{i}周", f"活动{i}", "集体备课和评课" * (i % 5 + 1)] for i in range(1, 40)]]
    story = [*paragraphs_of(["一、安排", "按周开展活动。"]), table_of(rows), *paragraphs_of(["二、要求", "认真落实。"])]
    extracted = read_one(tmp_path, "a.pdf", pdf_of(story, header="曙光小学"))
    cells = grid(extracted)
    assert [[cells[row, column] for column in (1, 2, 3)] for row in range(1, len(rows) + 1)] == rows
    assert lines(extracted)[:2] == ["一、安排", "按周开展活动。"]
    assert lines(extracted)[-2:] == ["二、要求", "认真落实。"]


def test_merged_cells_are_read_once(tmp_path):
    rows = [["时间", "活动", "内容"], ["十月", "听课", "高年级"], ["", "评课", "低年级"], ["另行通知的活动", "", ""]]
    spans = [("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (2, 3))]
    assert grid(read_one(tmp_path, "a.pdf", pdf_of([table_of(rows, spans)]))) == {
        (1, 1): "时间", (1, 2): "活动", (1, 3): "内容", (2, 1): "十月", (2, 2): "听课", (2, 3): "高年级",
        (3, 2): "评课", (3, 3): "低年级", (4, 1): "另行通知的活动",
    }  # fmt: skip


def picture() -> io.BytesIO:
    stream = io.BytesIO()
    PillowImage.new("RGB", (60, 90), "gray").save(stream, "PNG")
    stream.seek(0)
    return stream


def test_a_page_that_is_a_picture_without_words(tmp_path):
    texts, notes = read_bytes(tmp_path, "a.pdf", pdf_of([Image(picture(), 430, 640)]))
    assert texts == []
    assert [note.code for note in notes] == ["JY501"]
    mixed = pdf_of([*paragraphs_of(["一、目标", "提高水平。"]), PageBreak(), Image(picture(), 430, 640)])
    texts, notes = read_bytes(tmp_path, "b.pdf", mixed)
    assert lines(texts[0]) == ["一、目标", "提高水平。"]


def test_encrypted(tmp_path):
    texts, notes = read_bytes(tmp_path, "a.pdf", pdf_of(paragraphs_of(["一、目标"]), encrypt="secret"))
    assert texts == []
    assert [note.code for note in notes] == ["JY503"]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_pages(tmp_path, degrees):
    stream = io.BytesIO()
    drawing = canvas.Canvas(stream, pagesize=A4)
    width, height = A4
    drawing.setPageRotation(degrees)
    drawing.setFont(FONT, 12)
    drawing.rotate(degrees)
    origin = {90: (0, -width), 180: (-width, -height), 270: (-height, 0)}[degrees]
    drawing.translate(*origin)
    for number, text in enumerate(["一、目标", "提高课堂教学质量。", "二、措施"]):
        drawing.drawString(100, 400 - 30 * number, text)
    drawing.save()
    assert lines(read_one(tmp_path, "a.pdf", stream.getvalue())) == ["一、目标", "提高课堂教学质量。", "二、措施"]


def test_origin(tmp_path):
    origin = read_one(tmp_path, "a.pdf", pdf_of(paragraphs_of(["一、目标"]))).origin
    assert origin.author == "王老师"
    assert "ReportLab" in origin.application
    assert origin.created[4] == "-"
    assert origin.pdf_id


def test_western_words_keep_their_spaces(tmp_path):
    text = "The school holds open lessons every week and teachers review them together in the afternoon " * 3
    story = [Paragraph(text.strip(), FLAT.clone("e", wordWrap=None))]
    assert lines(read_one(tmp_path, "a.pdf", pdf_of(story))) == [text.strip()]


def test_cut_and_spoiled_files_never_raise(tmp_path):
    data = pdf_of(paragraphs_of(plan(1)), header="曙光小学")
    for spoiled in (data[:200], data[: len(data) // 2], b"%PDF-1.7\n" + bytes(500), data.replace(b"stream", b"streem")):
        texts, notes = read_bytes(tmp_path, "a.pdf", spoiled)
        assert texts or notes
        for text in texts:
            check(text)


def test_blank_files_are_noted(tmp_path):
    texts, notes = read_bytes(tmp_path, "a.pdf", pdf_of([Paragraph(" ", BODY)]))
    assert texts == []
    assert notes[0].code == "JY501"


def test_headers_and_footers_are_kept_as_metadata(tmp_path):
    extracted = read_one(tmp_path, "a.pdf", pdf_of(paragraphs_of([*plan(1), *plan(2)]), header="竹溪小学文件"))
    assert extracted.origin.headers == ("竹溪小学文件",)
    assert "竹溪小学文件" not in extracted.text


def test_each_row_of_a_table_over_pages_says_its_page(tmp_path):
    rows = [[Paragraph(f"{n}", FLAT), Paragraph(f"第{n}次活动", FLAT)] for n in range(1, 90)]
    table = Table(rows, colWidths=[60, 250])
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    extracted = read_one(tmp_path, "a.pdf", pdf_of([table]))
    pages = [block.page for block in extracted.blocks]
    assert len(grid(extracted)) == 178
    assert pages == sorted(pages)
    assert set(pages) == {1, 2, 3, 4}
