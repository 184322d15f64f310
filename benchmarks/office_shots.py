"""截图用的两个函数：Word 文件由 LibreOffice 转成图片，笔记本执行后由 Chromium 拍下。

单独运行：把样例区县的一份反馈意见、通报和一课笔记本拍到 docs/images。
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "images"
STAND_IN = {
    "方正小标宋简体": "Noto Serif CJK SC",
    "仿宋_GB2312": "Noto Serif CJK SC",
    "楷体_GB2312": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
}
"""公文字体 → 拍图的机器上有的字体。只影响图片，Word 文件里写的仍是公文字体。"""
SCALE = 60
"""图片的分辨率（每英寸几点）。"""


def word_pages(document: Path, target: Path, pages: int = 3) -> None:
    """把一份 Word 的前几页并排拍成一张图。参数：pages 是最多几页。"""
    from PIL import Image

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "fonts.conf").write_text(_stand_in_fonts(), encoding="utf-8")
        copy = shutil.copy(document, folder / "a.docx")
        command = ["soffice", f"-env:UserInstallation={(folder / 'lo').as_uri()}", "--headless", "--convert-to", "pdf"]
        subprocess.run(
            [*command, "--outdir", made, str(copy)], check=True, capture_output=True, timeout=180,
            env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        )  # fmt: skip
        import pypdfium2

        file = pypdfium2.PdfDocument(folder / "a.pdf")
        images = [file[n].render(scale=SCALE / 72).to_pil() for n in range(min(pages, len(file)))]
        file.close()
    gap = 16
    sheet = Image.new("RGB", (sum(i.width + gap for i in images) + gap, images[0].height + 2 * gap), "#8a929c")
    for at, image in enumerate(images):
        sheet.paste(image, (gap + at * (image.width + gap), gap))
    sheet.quantize(64).save(target, optimize=True)


def _stand_in_fonts() -> str:
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{other}</string></edit></match>'
        for name, other in STAND_IN.items()
    )
    head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
    return f"{head}<fontconfig><include>/etc/fonts/fonts.conf</include>{rules}</fontconfig>"


def notebook_page(lesson: Path, target: Path, size: str = "1000,1500") -> None:
    """执行一课笔记本，拍下开头。参数：lesson 是 notebooks/*.py；size 是宽、高（像素）。"""
    import jupytext
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter
    from PIL import Image

    notebook = jupytext.read(lesson)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(lesson.parent)}}).execute()
    exporter = HTMLExporter(exclude_input_prompt=True, exclude_output_prompt=True)
    exporter.require_js_url = exporter.mathjax_url = exporter.mermaid_js_url = ""
    page, _ = exporter.from_notebook_node(notebook)
    with tempfile.TemporaryDirectory() as made:
        source = Path(made) / "page.html"
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [
                shutil.which("chromium") or "google-chrome", "--headless", "--no-sandbox", "--disable-gpu",
                "--hide-scrollbars", "--no-first-run", "--disable-background-networking", f"--user-data-dir={made}/p",
                f"--window-size={size}", f"--screenshot={target}", source.as_uri(),
            ],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    with Image.open(target) as image:
        image.convert("RGB").save(target, optimize=True)


def main() -> None:
    import jiaoyan_nlp as jy

    if not shutil.which("soffice") or not (shutil.which("chromium") or shutil.which("google-chrome")):
        sys.exit("要先装 LibreOffice 和 Chromium。")
    district = ROOT / "corpus" / "district"
    corpus = jy.load(district / "上报", schools=district / "schools.csv")
    official = jy.load(district / "official")
    copies = jy.find_copies(corpus, templates=jy.load(ROOT / "corpus" / "templates"), official=official)
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        for path in jy.feedback(corpus, made, copies=copies, findings=jy.audit(corpus, copies=copies)):
            if "双井坡" in path.name:
                word_pages(path, TARGET / "feedback.png")
            if "通报" in path.name:
                word_pages(path, TARGET / "circular.png")
    notebook_page(ROOT / "notebooks" / "04_跨校对比.py", TARGET / "notebook.png")
    print("docs/images/feedback.png circular.png notebook.png")


if __name__ == "__main__":
    main()
