"""重做 docs/images 里报告的截图：先 make demo，再用 Chromium 拍 报告/审核报告.html，宽屏和手机各一套，另拍 Excel。

用法：python benchmarks/screenshots.py [文件夹]，默认存到 docs/images；手机宽的（…_390.png）只在另给文件夹时拍，供人查看。
要先装 Chromium、playwright；有 LibreOffice 的另拍 Excel 的前几张表。
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import browser

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "报告"
TARGET = ROOT / "docs" / "images"
SCHOOL = "云溪区杏荫街小学"
CUT = 1500
"""长的一截最多拍这么高，像素。"""
SHOTS = {
    "report": "",
    "school": f"details.school:has-text('{SCHOOL}')",
    "copies": f"details.school:has-text('{SCHOOL}') section.copies >> nth=0",
    "coverage": "#chart-coverage",
    "quantities": "#chart-quantities",
    "matrix": "#chart-matrix",
    "clusters": "#chart-clusters",
}
"""名字 → 拍哪里；空的是开头一屏。"""


def shoot(tab, folder: Path, ending: str) -> None:
    """拍各处。"""
    tab.goto((HOME / "审核报告.html").as_uri())
    for name, place in SHOTS.items():
        path = folder / f"{name}{ending}.png"
        if not place:
            tab.screenshot(path=path)
            print(path.name)
            continue
        tab.evaluate(
            """(school) => { document.querySelector("nav").style.position = "static";
            document.querySelectorAll("details.school").forEach((one) => { one.open = one.textContent.includes(school); }); }""",
            SCHOOL,
        )
        box = tab.locator(place).first.bounding_box()
        if box is None:
            continue
        area = {**box, "height": min(box["height"], CUT), "y": box["y"] + tab.evaluate("scrollY")}
        tab.screenshot(path=path, clip=area, full_page=True)
        print(path.name)


def shoot_excel(folder: Path) -> None:
    """Excel 经 LibreOffice 转成 PDF，再拍前两张表。"""
    import pypdfium2
    from PIL import ImageChops

    office, book = shutil.which("soffice"), HOME / "审核报告.xlsx"
    if office is None or not book.is_file():
        return
    with tempfile.TemporaryDirectory() as scratch:
        profile = f"-env:UserInstallation={Path(scratch, 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", scratch, str(book)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        printed = Path(scratch, "审核报告.pdf")
        if not printed.is_file():
            sys.exit("LibreOffice 没有表格组件，Excel 没有拍。请装 libreoffice-calc。")
        with pypdfium2.PdfDocument(printed) as pages:
            for number in (0, 1):
                drawn = pages[number].render(scale=3).to_pil().convert("RGB")
                left, top, right, bottom = ImageChops.invert(drawn).getbbox()
                drawn.crop((left, top, right, min(bottom, top + CUT // 2))).save(folder / f"excel{number + 1}.png")
                print(f"excel{number + 1}.png")


def main() -> None:
    if browser.path() is None or not (HOME / "审核报告.html").is_file():
        sys.exit("要先装 Chromium，并执行过 make demo。")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    folder.mkdir(parents=True, exist_ok=True)
    with browser.started() as program:
        for width, ending in ((1280, ""), *(((390, "_390"),) if folder != TARGET else ())):
            with browser.opened(program, width) as tab:
                shoot(tab, folder, ending)
    shoot_excel(folder)


if __name__ == "__main__":
    main()
