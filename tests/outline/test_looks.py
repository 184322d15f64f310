"""文件自带的样子（题目样式、字体字号、加粗、靠右）用在栏目树上；docx 现做，从 jy.read 一路读到栏目。"""

import io

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

import jiaoyan_nlp as jy
from tests.readers.making import pdf_of

SONG, HEI, KAI, FANG, BIAOSONG = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312", "方正小标宋简体"
BODY = "各教研组每两周集中一次，先听一节课，再围绕课上的一个问题谈半小时，谈完写进记录本，月底交教导处。"
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def made(*paragraphs):
    """各段：（字，字体，字号，加粗，对齐）。"""
    document = Document()
    for text, font, size, bold, side in paragraphs:
        paragraph = document.add_paragraph()
        paragraph.alignment = side
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), bold
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(folder, data, name="例.docx"):
    (folder / name).write_bytes(data)
    (document,) = jy.read(folder / name)
    return document


def outline(document):
    return [(s.level, s.number + s.title) for s in document.sections if s.title]


def outside(document):
    return [document.text[a:b] for a, b in document.furniture]


def plain(text=BODY, font=FANG):
    return (text, font, 16, False, None)


def test_an_official_document(tmp_path):
    """GB/T 9704：红头、发文字号、小标宋的题目、黑体一级、楷体二级、仿宋正文、靠右的落款。"""
    data = made(
        ("云栖区竹溪学校文件", BIAOSONG, 36, False, CENTER), ("竹校教〔2024〕7号", FANG, 16, False, CENTER),
        ("关于落实校本研修月的几点想法", BIAOSONG, 22, False, CENTER), plain(),
        ("抓住课堂，沉到组里", HEI, 16, False, None), ("把听课听实在", KAI, 16, False, None), plain(),
        ("把评课评到点上", KAI, 16, False, None), plain(), ("攒下材料，交流展示", HEI, 16, False, None), plain(),
        ("云栖区竹溪学校教导处", FANG, 16, False, RIGHT), ("二○二四年九月二十日", FANG, 16, False, RIGHT),
    )  # fmt: skip
    document = read(tmp_path, data)
    assert document.meta.title == "关于落实校本研修月的几点想法"
    assert outline(document) == [
        (1, "抓住课堂，沉到组里"), (2, "把听课听实在"), (2, "把评课评到点上"), (1, "攒下材料，交流展示"),
    ]  # fmt: skip
    assert outside(document)[:3] == ["云栖区竹溪学校文件", "竹校教〔2024〕7号", "关于落实校本研修月的几点想法"]
    assert outside(document)[-2:] == ["云栖区竹溪学校教导处", "二○二四年九月二十日"]


def test_a_large_centered_first_line_is_the_title(tmp_path):
    title = ("让每一节课都算数，让每一位老师都成长", SONG, 22, True, CENTER)
    author = ("竹溪小学  林晓", SONG, 12, False, CENTER)
    document = read(tmp_path, made(title, author, plain("一、学习", SONG), plain(), plain("二、课堂", SONG), plain()))
    assert document.meta.title == "让每一节课都算数，让每一位老师都成长"
    assert outside(document) == ["让每一节课都算数，让每一位老师都成长", "竹溪小学  林晓"]
    assert outline(document) == [(1, "一、学习"), (1, "二、课堂")]


def test_title_style(tmp_path):
    document = Document()
    document.add_heading("向四十分钟要质量", 0)
    for text in ("一、学习", BODY, "二、课堂", BODY):
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    found = read(tmp_path, stream.getvalue())
    assert found.meta.title == "向四十分钟要质量"
    assert outside(found) == ["向四十分钟要质量"]


def test_bold_lines_without_numbers_are_headings(tmp_path):
    head = [("校本教研工作计划", SONG, 18, True, CENTER)]
    body = [plain("本学期围绕作业设计做了一些事。", SONG)]
    parts = [part for name in ("听得勤，评得真", "写得细，改得准") for part in ((name, SONG, 16, True, None), *body)]
    assert outline(read(tmp_path, made(*head, *parts))) == [(1, "听得勤，评得真"), (1, "写得细，改得准")]
    unmarked = [part for name in ("听得勤，评得真", "写得细，改得准") for part in (plain(name, SONG), *body)]
    assert outline(read(tmp_path, made(*head, *unmarked))) == []


@pytest.mark.parametrize("side", [RIGHT, None])
def test_a_signature_that_words_do_not_tell_is_known_by_its_place(tmp_path, side):
    lines = [plain("一、学习", SONG), plain(), ("林晓  周平", SONG, 12, False, side)]
    assert outside(read(tmp_path, made(*lines))) == (["林晓  周平"] if side is RIGHT else [])


def test_a_signature_in_html_and_pdf(tmp_path):
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    from tests.readers.making import FLAT, paragraphs_of

    page = f"<html><body><p>一、学习</p><p>{BODY}</p><p style='text-align: right'>林晓、周平</p></body></html>"
    assert outside(read(tmp_path, page.encode(), "a.html")) == ["林晓、周平"]
    story = [
        *paragraphs_of(["一、学习", BODY * 3]),
        Paragraph("林晓、周平", ParagraphStyle("r", parent=FLAT, alignment=2)),
    ]
    assert outside(read(tmp_path, pdf_of(story), "a.pdf")) == ["林晓、周平"]


def test_bold_paragraphs_of_a_page(tmp_path):
    page = "<html><body>" + "".join(
        f"<p><strong>{name}</strong></p><p>本学期围绕<b>作业</b>设计做了一些事。</p>"
        for name in ("听得勤，评得真", "写得细，改得准")
    )
    assert outline(read(tmp_path, page.encode(), "a.html")) == [(1, "听得勤，评得真"), (1, "写得细，改得准")]


def test_the_notebook_shows_outline_and_notes_of_the_file(tmp_path):
    data = made(
        ("校本教研工作计划", SONG, 18, True, CENTER), plain("一、学习", SONG), plain(), plain("二、课堂", SONG), plain()
    )
    document = read(tmp_path, data, "计划.doc")
    shown = document._repr_html_()
    assert "一、学习" in shown
    assert [note.code for note in document.notes] == ["JY504"]
    assert "JY504" in shown
    assert document.notes[0].advice in shown


def test_notes_of_a_document_are_kept_when_saved(tmp_path):
    (tmp_path / "计划.doc").write_bytes(made(plain("一、学习"), plain()))
    corpus = jy.load(tmp_path / "计划.doc", store=tmp_path / "存.jiaoyan")
    assert [note.code for document in jy.open(tmp_path / "存.jiaoyan") for note in document.notes] == ["JY504"]
    assert len(corpus.notes) == 1
