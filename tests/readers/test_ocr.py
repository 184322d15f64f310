"""扫描件、照片：认字、把握、转正；没有装认字的部分时说明怎么装。"""

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image
from reportlab.platypus import Image as Drawing
from reportlab.platypus import PageBreak

from tests.pack.expecting import bare
from tests.pack.scan_cases import as_bytes, picture, rough
from tests.pack.scoring import error_rate
from tests.pack.texts import SUMMARY

from .making import lines, paragraphs_of, pdf_of, photo, read_bytes, read_one

WORDS = bare("".join(SUMMARY))


@pytest.fixture(scope="module")
def page() -> Image.Image:
    """上半页：字都在里面，认得快些。"""
    whole = picture()
    return whole.crop((0, 0, whole.width, whole.height // 2))


@pytest.mark.parametrize("degrees", [180, 270])
def test_turned_pages_are_set_upright(tmp_path, page, degrees):
    data = as_bytes(page.rotate(degrees, expand=True), "PNG")
    assert error_rate(bare(read_one(tmp_path, "a.png", data).text), WORDS) <= 0.02


def test_scanned_pages_among_text_pages_keep_their_place(tmp_path, page):
    story = [
        *paragraphs_of(["一、目标", "提高水平。"]),
        PageBreak(),
        Drawing(io.BytesIO(as_bytes(page, "PNG")), 430, 640),
    ]
    extracted = read_one(tmp_path, "a.pdf", pdf_of(story))
    assert lines(extracted)[:2] == ["一、目标", "提高水平。"]
    assert {block.page for block in extracted.blocks} == {1, 2}
    assert [block.confidence is None for block in extracted.blocks[:3]] == [True, True, False]
    assert error_rate(bare("".join(lines(extracted)[2:])), WORDS) <= 0.02


def test_low_confidence_is_noted(tmp_path, page):
    small = page.resize((page.width // 4, page.height // 4))
    texts, notes = read_bytes(tmp_path, "a.png", as_bytes(rough(small, 0, 40), "PNG"))
    assert len(texts) == 1
    assert [note.code for note in notes] == ["JY502"]
    assert "把握不大" in notes[0].message
    assert min(block.confidence for block in texts[0].blocks) < 0.85


def test_pages_of_a_tiff_are_pages(tmp_path, page):
    stream = io.BytesIO()
    page.save(stream, "TIFF", save_all=True, append_images=[page])
    assert {block.page for block in read_one(tmp_path, "a.tif", stream.getvalue()).blocks} == {1, 2}


def test_photos_and_spoiled_pictures(tmp_path, page):
    assert [note.code for note in read_bytes(tmp_path, "合影.png", photo())[1]] == ["skipped"]
    cut = as_bytes(page, "PNG")[:2000]
    assert [note.code for note in read_bytes(tmp_path, "半张.png", cut)[1]] == ["JY501"]
    black = as_bytes(Image.fromarray(np.zeros((50, 50, 3), np.uint8)), "PNG")
    assert [note.code for note in read_bytes(tmp_path, "黑.png", black)[1]] == ["skipped"]


def test_without_the_extra_the_note_says_how_to_install_it(tmp_path, page):
    """在另一个进程里当作没有装 rapidocr。"""
    for name, kind in (("a.png", "PNG"), ("a.pdf", "PDF")):
        (tmp_path / name).write_bytes(as_bytes(page, kind))
    code = (
        "import sys; sys.modules['rapidocr'] = None\n"
        "from pathlib import Path\n"
        "from jiaoyan_nlp.readers import read_file\n"
        "for name in sys.argv[1:]:\n"
        "    texts, notes = read_file(Path(name), name)\n"
        "    assert not texts and 'pip install \"jiaoyan_nlp[ocr]\"' in notes[0].advice, notes\n"
    )
    subprocess.run([sys.executable, "-c", code, "a.png", "a.pdf"], cwd=tmp_path, check=True)
