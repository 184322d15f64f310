"""把 sources/ 里的稿子做成学校上报的样子，放在 上报/；做文件的办法用云溪区样例的 build.py。

每次运行得到同样的字节。需要 python-docx、reportlab。
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "district"))

from build import make  # noqa: E402  同一套做文件的办法，不写第二遍

SOURCES = HERE / "sources"
OUTPUT = HERE / "上报"

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
        write(name + SUFFIXES.get(name, suffix), data)
    for copy, original in COPIES.items():
        write(copy, (OUTPUT / original).read_bytes())
    for broken, (original, size) in DAMAGED.items():
        write(broken, (OUTPUT / original).read_bytes()[:size])


if __name__ == "__main__":
    main()
