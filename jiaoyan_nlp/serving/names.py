"""上传的文件叫什么、放在哪：浏览器给的名字一概不信，只留下能用的部分，出不了给定的文件夹。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiaoyan_nlp.reports.filenames import safe
from jiaoyan_nlp.serving.settings import limit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

UNNAMED = "未命名"
LONGEST_SUFFIX = 16
_LEVELS = re.compile(r"[/\\]")


def place(folder: Path, name: str) -> Path:
    """一个文件在 folder 里存成什么，要用的下级文件夹建好。

    参数：name 是浏览器给的名字，可以带文件夹（用 / 或 \\ 隔开）。返回：还没有人用的路径，必在 folder 里面。
    """
    levels = [short(safe(level)) for level in _LEVELS.split(name) if level.strip(". ")] or [UNNAMED]
    for level in levels[-limit("depth") : -1]:
        folder = _numbered(folder, level, lambda path: path.is_dir() or not path.exists())
        folder.mkdir(exist_ok=True)
    return _numbered(folder, levels[-1], lambda path: not path.exists())


def short(name: str) -> str:
    """太长的名字截短，后缀留着。

    >>> short("很长" * 40 + ".docx") == "很长" * 25 + "很.docx"
    True
    """
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > LONGEST_SUFFIX:
        stem, dot, suffix = name, "", ""
    room = limit("name_bytes") - len(f"{dot}{suffix}".encode())
    return (stem.encode()[:room].decode(errors="ignore").rstrip(". ") + dot + suffix) or UNNAMED


def _numbered(folder: Path, name: str, fits: Callable[[Path], bool]) -> Path:
    """合用的第一个：原名、原名（2）、原名（3）……"""
    stem, dot, suffix = name.rpartition(".")
    stem, dot, suffix = (stem, dot, suffix) if stem else (name, "", "")
    path, number = folder / name, 1
    while not fits(path):
        number += 1
        path = folder / f"{stem}（{number}）{dot}{suffix}"
    return path
