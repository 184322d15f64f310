"""扫描件里的表：有框线的认成格子，行列、合并的格都对；没有框线的各行照读。"""

import pytest
from PIL import Image, ImageDraw

from tests.pack.scan_cases import RULED, as_bytes, picture, rough, table_picture

from .making import grid, read_one

EXPECTED = {(r, c): text for r, row in enumerate(RULED, 1) for c, text in enumerate(row, 1) if text}


@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_cells_of_a_clean_page(tmp_path, kind):
    extracted = read_one(tmp_path, f"a.{kind.lower()}", as_bytes(table_picture(), kind))
    assert grid(extracted) == EXPECTED
    assert all(block.confidence is not None and block.page == 1 for block in extracted.blocks)
    assert [block.table for block in extracted.blocks] == [None, *[1] * len(EXPECTED), None]


@pytest.mark.parametrize("degrees", [1.0, -1.0, 90.0])
def test_cells_of_a_page_that_is_noisy_or_turned(tmp_path, degrees):
    page = table_picture()
    turned = page.rotate(90, expand=True) if degrees == 90 else rough(page, degrees)
    assert grid(read_one(tmp_path, "a.png", as_bytes(turned, "PNG"))) == EXPECTED


def test_a_frame_around_the_page_is_no_table(tmp_path):
    page: Image.Image = picture()
    page = page.crop((0, 0, page.width, page.height // 2))
    ImageDraw.Draw(page).rectangle((60, 60, page.width - 60, page.height - 60), outline="black", width=3)
    assert read_one(tmp_path, "a.png", as_bytes(page, "PNG")).cells == ()
