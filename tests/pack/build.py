"""测试包：由几篇虚构的文档做出学校会交的各种文件，每个文件应当读出什么都写明。

用法：python -m tests.pack.build 输出文件夹
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from . import docx_cases, other_cases, scan_cases
from .expecting import Case


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """全部文件。"""
    return (*docx_cases.cases(), *other_cases.cases(), *scan_cases.cases())


def build(folder: Path) -> list[Path]:
    """写到 folder 里，返回各文件的路径。"""
    paths = []
    for case in cases():
        path = folder / case.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(case.data)
        paths.append(path)
    return paths


if __name__ == "__main__":
    made = build(Path(sys.argv[1]))
    print(f"做好 {len(made)} 个文件，在 {sys.argv[1]}。")
