"""用本机的 Chromium 打开网页：截图、量用时、测试都从这里开。"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HEIGHT = 1000


def path() -> str | None:
    """本机的 Chromium，没有就是 None。"""
    return shutil.which("chromium") or shutil.which("google-chrome")


@contextmanager
def started() -> Iterator[Browser]:
    """开着的浏览器；同一时候只能开一个。"""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        program = driver.chromium.launch(executable_path=path(), args=["--no-sandbox", "--disable-gpu"])
        yield program
        program.close()


@contextmanager
def opened(program: Browser, width: int, scale: float = 1) -> Iterator[Page]:
    """一页空白的标签，宽 width 像素，不联网；scale 是截图放大几倍。"""
    context = program.new_context(viewport={"width": width, "height": HEIGHT}, device_scale_factor=scale, offline=True)
    yield context.new_page()
    context.close()
