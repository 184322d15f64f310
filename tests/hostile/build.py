"""造一个有害文件包：python -m tests.hostile.build 文件夹。里面夹着几份平常的文件，那几份必须读得出来。"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fuzz.seeds import TEXT, plain_docx, plain_mht, plain_pdf

from .archives import archives, zipped
from .others import others, pdfs
from .packages import packages

ORDINARY = "平常"
"""平常的文件所在的下级文件夹。"""
LONG = "长" * 80
NAMES = (
    "C：盘\\计划.txt",
    "计划.txt ",
    "CON.txt",
    "\u202eexcod.txt",
    "a\nb.txt",
    "%00.txt",
    "{a}.txt",
    f"{LONG}.txt",
    "-rf.txt",
    "'引号\".txt",
)
"""文件名里的花样，内容都是平常的。"""


def ordinary() -> dict[str, bytes]:
    """平常的文件。"""
    return {
        "甲校计划.txt": TEXT.replace("青石", "白石").encode(),
        "乙校计划.docx": plain_docx(),
        "丙校计划.pdf": plain_pdf(),
        "丁校计划.mht": plain_mht(),
        "戊校.zip": zipped({"戊校/计划.docx": plain_docx(), "戊校/总结.txt": TEXT.replace("计划", "总结").encode()}),
        "己校计划.rtf": rb"{\rtf1\ansi\ansicpg936 plan 2024\par listen 15\par}",
    }


def build(folder: Path) -> list[Path]:
    """写进文件夹；返回全部路径（连同链接、管道）。"""
    for name, data in (archives() | packages() | pdfs() | others()).items():
        _write(folder / "有害" / name, data)
    for name in NAMES:
        _write(folder / "怪名字" / name, f"{name!r}\n{TEXT}".encode())
    for name, data in ordinary().items():
        _write(folder / ORDINARY / name, data)
    return [
        *specials(folder / "特别"),
        *(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()),
    ]


def specials(folder: Path) -> list[Path]:
    """链接、管道、稀疏的大文件、没有权限的文件；系统不让造的就没有。"""
    folder.mkdir(parents=True)
    sparse = folder / "稀疏三百吉.txt"
    with sparse.open("wb") as stream:
        stream.truncate(300 << 30)
    sealed = folder / "没有权限.txt"
    sealed.write_text(TEXT, encoding="utf-8")
    sealed.chmod(0)
    made = []
    if sys.platform == "linux":  # 名字不是 UTF-8：中文 Windows 上打的包解到 Linux 上常有
        Path(os.fsdecode(os.fsencode(folder) + "/计划.txt".encode("gbk"))).write_text(TEXT, encoding="utf-8")
    for name, target in (
        ("外面.txt", "/etc/hostname"),
        ("断了.txt", "没有.txt"),
        ("转圈.txt", "转圈.txt"),
        ("盘.txt", "/dev/zero"),
        ("上级", "../.."),
    ):
        (folder / name).symlink_to(target)
        made.append(folder / name)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "管道.txt")
        made.append(folder / "管道.txt")
    return made


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    print(len(build(Path(sys.argv[1]))), "个文件")
