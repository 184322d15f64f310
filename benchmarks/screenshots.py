"""重做 README 里的截图：先 make demo，再用 Chromium 拍 报告/审核报告.html 的总览和一处并排的雷同。"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from lxml import html

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "报告" / "审核报告.html"
TARGET = ROOT / "docs" / "images"
SCHOOL = "枫渡口小学"


def shoot(browser: str, page: Path, name: str, size: str) -> None:
    """拍一页。"""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={profile}", f"--window-size={size}", f"--screenshot={TARGET / name}", page.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
    print(f"docs/images/{name}")


def only_school(folder: Path) -> Path:
    """只留下一所学校总结里的雷同部分，另存一页；拍带锚点的长页会拍成空白。"""
    tree = html.parse(str(REPORT), html.HTMLParser(encoding="utf-8"))
    school = next(d for d in tree.iter("details") if d.xpath("./summary//h3") and SCHOOL in d.findtext(".//h3", ""))
    inside = html.Element("div", {"class": "inside"})
    for figure in [f for f in school.iter() if f.get("class") == "figure" or f.tag == "figure"][:3]:
        inside.append(figure)
    body = tree.find("body")
    for child in list(body):
        body.remove(child)
    body.append(inside)
    page = folder / "side.html"
    page.write_bytes(html.tostring(tree, encoding="utf-8", doctype="<!doctype html>"))
    return page


def main() -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None or not REPORT.is_file():
        sys.exit("要先装 Chromium，并执行过 make demo。")
    TARGET.mkdir(parents=True, exist_ok=True)
    shoot(browser, REPORT, "report.png", "1280,1180")
    with tempfile.TemporaryDirectory() as folder:
        shoot(browser, only_school(Path(folder)), "copies.png", "1280,900")


if __name__ == "__main__":
    main()
