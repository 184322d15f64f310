"""报告在真的浏览器里打得开：控制台没有报错，脚本跑过，样子不空。"""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

import jiaoyan_nlp as jy
from tests.conftest import TEMPLATES

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="没有装 Chromium")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--enable-logging=stderr", "--hide-scrollbars",
)  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("报告")
    path = folder / "审核报告.html"
    from tests.conftest import DISTRICT, SCHOOLS

    corpus = jy.load(DISTRICT, schools=SCHOOLS)
    jy.report(corpus, path, copies=jy.find_copies(corpus, templates=jy.load(TEMPLATES)))
    return path


def browse(page, tmp_path, *options):
    command = [CHROMIUM, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)


def test_console_is_silent_and_script_ran(page, tmp_path):
    result = browse(page, tmp_path, "--dump-dom")
    assert "CONSOLE" not in result.stderr
    assert "云溪区枫渡口小学" in result.stdout
    assert "本篇" in result.stdout


@pytest.mark.parametrize("size", ["1280,1400", "390,1400"])
def test_screenshot_is_not_blank(page, tmp_path, size):
    from PIL import Image

    shot = tmp_path / "shot.png"
    browse(page, tmp_path, f"--screenshot={shot}", f"--window-size={size}")
    with Image.open(shot) as image:
        assert len(image.convert("RGB").getcolors(1 << 24) or []) > 50
