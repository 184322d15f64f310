"""拍 jiaoyan serve 的页面：放入材料、正在处理、审核完成，宽屏和手机各一套。用样例区县。

用法：python benchmarks/screenshots_app.py [文件夹]，默认存到 docs/images；手机宽的（…_390.png）只在另给文件夹时拍，供人查看。
要先装 Chromium、playwright 和 serve 一项。
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import browser
from tests.serving.running import started

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "images"
DISTRICT = ROOT / "corpus" / "district"
PATIENCE = 300_000


def shoot(program, address: str, width: int, folder: Path, ending: str) -> None:
    """走一遍，每一步拍一张。"""
    context = program.new_context(viewport={"width": width, "height": 900})
    tab = context.new_page()
    tab.goto(address)
    tab.set_input_files("#folder", DISTRICT / "上报")
    tab.click("#optional summary")
    tab.set_input_files("#schools", DISTRICT / "schools.csv")
    tab.set_input_files("#templates", sorted((ROOT / "corpus" / "templates").iterdir()))
    keep(tab, folder / f"app_fill{ending}.png")
    tab.click("#start")
    tab.wait_for_selector("[data-step=audit][aria-current=step]", timeout=PATIENCE)
    keep(tab, folder / f"app_work{ending}.png")
    tab.wait_for_selector("#done:visible", timeout=PATIENCE)
    tab.frame_locator("#report").locator("#table").wait_for()
    keep(tab, folder / f"app_done{ending}.png")
    context.close()


def keep(tab, path: Path) -> None:
    """拍整页。"""
    tab.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    tab.wait_for_timeout(400)
    tab.screenshot(path=path, full_page=True)
    print(path.name)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, started(Path(temporary)) as desk, browser.started() as program:
        shoot(program, desk.address, 1280, folder, "")
        if folder != TARGET:
            shoot(program, desk.address, 390, folder, "_390")


if __name__ == "__main__":
    main()
