"""把 sources/ 里的稿子做成学校上报的样子，放在 上报/；做文件的办法用云溪区样例的 build.py。

另有加密的、认不清的附件，修订号相同的 Word 文件，和 往届/ 里三所学校去年的材料。
每次运行得到同样的字节（照片除外，字形随本机的字体）。需要 python-docx、reportlab、pypdfium2、pillow。
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import zipfile
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "district"))

from build import FONT, make, pack  # noqa: E402  同一套做文件的办法，不写第二遍

SOURCES = HERE / "sources"
OUTPUT = HERE / "上报"
EARLIER = HERE / "往届"

# 每份稿子的格式；没有列出的做成 UTF-8 的 txt
FORMATS: dict[str, str] = {
    "柳条巷小学/计划": "docx-headings",
    "柳条巷小学/总结": "docx-plain",
    "河湾初级中学/计划": "docx-headings",
    "河湾初级中学/总结": "pdf",
    "晨露幼儿园/总结": "html-word",
    "鹿鸣镇中心小学/计划": "docx-plain",
    "望月桥小学/总结": "docx-headings",
    "青石湾小学/计划": "docx-plain",
    "柏树营初级中学/计划": "docx-headings",
    "东坝中学/计划": "docx-plain",
    "东坝中学/总结": "txt-gb18030",
    "橘园路小学/计划": "docx-plain",
    "三岔口学校/计划": "pdf",
    "三岔口学校/总结": "txt-utf-16",
    "白鹭洲小学/总结": "pdf",
    "马家集镇中心学校/计划": "docx-plain",
    "火石坡小学/计划": "html-word",
    "文峰初级中学/总结": "docx-plain",
    "枣林铺小学/计划": "docx-plain",
    "砚岭区第五中学/总结": "docx-plain",
    "锦绣幼儿园/总结": "txt-utf-8-sig",
}
# 后缀与内容不符的文件
SUFFIXES: dict[str, str] = {
    "白鹭洲小学/总结": ".docx",
    "火石坡小学/计划": ".doc",
    "砚岭区第五中学/总结": ".pdf",
}
# 原样再报一次的文件：副本 ← 原件
COPIES: dict[str, str] = {
    "沙窝完小/计划.docx": "马家集镇中心学校/计划.docx",
    "文峰初级中学/总结（最终稿）.docx": "文峰初级中学/总结.docx",
    "枣林铺小学/计划 - 副本.docx": "枣林铺小学/计划.docx",
}
# 坏了的附件：只剩原件开头若干字节
DAMAGED: dict[str, tuple[str, int]] = {
    "青石湾小学/附件1.docx": ("青石湾小学/计划.docx", 900),
    "三岔口学校/听课光荣榜.pdf": ("三岔口学校/计划.pdf", 60),
    "东坝中学/附表.docx": ("东坝中学/计划.docx", 2000),
}
# 修订号相同的 Word 文件：前三对是两校之间的，最后一对是一校自己的
REVISIONS: dict[str, tuple[str, str]] = {
    "00B31A7C": ("望月桥小学/总结", "青石湾小学/计划"),
    "00D4507E": ("柏树营初级中学/计划", "东坝中学/计划"),
    "00F9921B": ("橘园路小学/计划", "文峰初级中学/总结"),
    "00A6642D": ("柳条巷小学/计划", "柳条巷小学/总结"),
}
# 加了密码的附件：打开要密码的、只是不让改而能打开的
LOCKED: dict[str, tuple[str, str]] = {
    "北关第二小学/值周表.pdf": ("值周表", "第一周由低年级组值周，第二周由高年级组值周。"),
    "卧牛山小学/课表.pdf": ("课表", "周一上午第二节空出来，留给数学教师碰头。"),
    "锦绣幼儿园/分班表.pdf": ("分班表", "大班两个，中班三个，小班三个，每班三位教师。"),
}
UNCHANGEABLE: dict[str, tuple[str, str]] = {
    "枣林铺小学/签到表.pdf": ("十月十六日签到表", "语文组九人到齐，两人路上堵车，晚到十分钟。")
}
# 手机拍的附件：糊的、清楚的
BLURRED: dict[str, tuple[str, ...]] = {
    "橘园路小学/签到表.png": (
        "十一月六日签到表",
        "数学组应到八人，实到八人，三年级两位教师代课后赶来。",
        "四年级的教师带来了一摞错题本，放在门口的桌上。",
        "散会以后由组长把签到表贴在办公室的墙上。",
    ),
    "火石坡小学/借阅单.png": (
        "图书借阅单",
        "英语教师借走绘本十二本，约定月底还到阅览室。",
        "科学教师借走地球仪一个、挂图三张，用完放回实验室。",
        "管理员每周五下班以前核对一次，缺了的当天去找。",
    ),
    "枣林铺小学/便条.png": (
        "调课便条",
        "周三下午的美术课同周四的体育课对调，请班主任转告学生。",
        "美术教师去镇上取颜料，赶不回来，体育教师已经答应。",
        "教室的钥匙放在传达室，用完请交还。",
    ),
}
SHARP: dict[str, tuple[str, ...]] = {
    "三岔口学校/调课单.png": (
        "调课单",
        "九年级物理同化学对调一节，教务处十月八日办理。",
        "两位教师都签了字，班主任当天在班里说明。",
        "实验室照原来的时间开门，不另通知。",
    )
}
# 往届的材料：照今年的稿子留下前面几成，年份改回去；最后一份只留开头，不算照搬
KEPT: dict[str, float] = {
    "望月桥小学/计划": 0.7,
    "柏树营初级中学/总结": 0.7,
    "东坝中学/总结": 0.7,
    "白鹭洲小学/总结": 0.1,
}


def revised(data: bytes, root: str) -> bytes:
    """写上初始修订号的 Word 文件。"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    mark = f'<w:rsids><w:rsidRoot w:val="{root}"/><w:rsid w:val="{root}"/></w:rsids></w:settings>'
    settings = parts["word/settings.xml"].decode("utf-8").replace("</w:settings>", mark)
    return pack(iter((parts | {"word/settings.xml": settings.encode("utf-8")}).items()))


def page(lines: tuple[str, ...], password: StandardEncryption | None = None) -> bytes:
    """只有几行字的一页 PDF。"""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(420, 200), encrypt=password, invariant=1)
    for number, line in enumerate(lines):
        canvas.setFont(FONT, 12)
        canvas.drawString(30, 150 - 40 * number, line)
    canvas.save()
    return buffer.getvalue()


def photograph(lines: tuple[str, ...], scale: float, noise: float) -> bytes:
    """一页拍成照片；scale 是清晰程度，noise 是噪点。"""
    image = pypdfium2.PdfDocument(page(lines))[0].render(scale=scale).to_pil().convert("RGB")
    dots = np.asarray(image).astype(float) + np.random.default_rng(7).normal(0, noise, np.asarray(image).shape)
    buffer = io.BytesIO()
    Image.fromarray(dots.clip(0, 255).astype(np.uint8)).save(buffer, "PNG")
    return buffer.getvalue()


def attachments() -> None:
    """加密的、拍照的附件。"""
    for name, lines in LOCKED.items():
        write(name, page(lines, StandardEncryption("2024", "2024", canModify=0)))
    for name, lines in UNCHANGEABLE.items():
        write(name, page(lines, StandardEncryption("", "2024", canModify=0)))
    for name, lines in BLURRED.items():
        write(name, photograph(lines, 0.8, 60))
    for name, lines in SHARP.items():
        write(name, photograph(lines, 2.8, 0))


def earlier() -> None:
    """重做 往届/。"""
    shutil.rmtree(EARLIER, ignore_errors=True)
    for name, share in KEPT.items():
        lines = (SOURCES / f"{name}.txt").read_text(encoding="utf-8").split("\n")
        kept = "\n".join(lines[: max(3, int(len(lines) * share))])
        path = EARLIER / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub(r"202[45]", lambda m: str(int(m[0]) - 1), kept) + "\n", encoding="utf-8")


def write(name: str, data: bytes) -> None:
    """写一个上报文件。"""
    path = OUTPUT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def main() -> None:
    """重做整个 上报/ 文件夹。"""
    shutil.rmtree(OUTPUT, ignore_errors=True)
    copied = {copy.rpartition(".")[0] for copy in COPIES}
    for source in sorted(SOURCES.glob("*/*.txt")):
        school = source.parent.name
        name = f"{school}/{source.stem}"
        if name in copied:
            continue
        suffix, data = make(source.read_text(encoding="utf-8"), school, FORMATS.get(name, "txt-utf-8"))
        for root, names in REVISIONS.items():
            data = revised(data, root) if name in names else data
        write(name + SUFFIXES.get(name, suffix), data)
    for copy, original in COPIES.items():
        write(copy, (OUTPUT / original).read_bytes())
    for broken, (original, size) in DAMAGED.items():
        write(broken, (OUTPUT / original).read_bytes()[:size])
    attachments()
    earlier()


if __name__ == "__main__":
    main()
