"""读取 data/ 里的词表。词表有错时，消息写明文件和行。"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jiaoyan_nlp.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable


def data_file(name: str) -> Traversable:
    """data/ 里的一个文件。"""
    return files("jiaoyan_nlp") / "data" / name


@cache
def table(name: str, *columns: str) -> tuple[dict[str, str], ...]:
    """读一个 CSV 词表。

    参数：name 是 data/ 下的文件名；columns 是必须有、且每行都不空的列。
    返回：一行一个字典。抛出：DataError，写明哪个文件第几行。

    >>> len(table("traditional.csv", "traditional", "simplified")) > 4000
    True
    """
    path = data_file(name)
    if not path.is_file():
        raise DataError(f"找不到词表 {name}，请重新安装 jiaoyan_nlp。")
    lines = path.read_text(encoding="utf-8").splitlines()
    return parse(name, list(csv.reader(lines)), columns)


@cache
def pattern(name: str, kind: str) -> re.Pattern[str]:
    """词表里一类写法合成的正则。

    参数：name 是 data/ 下有 kind、pattern 两列的文件；kind 是哪一类。抛出：DataError 没有这一类。

    >>> bool(pattern("audit_words.csv", "reflection").search("教后记随堂写"))
    True
    """
    rows = [row["pattern"] for row in table(name, "kind", "pattern") if row["kind"] == kind]
    if not rows:
        raise DataError(f"词表 {name} 里没有“{kind}”这一类。")
    return re.compile("|".join(f"(?:{row})" for row in rows))


def parse(name: str, lines: Sequence[Sequence[str]], columns: Sequence[str]) -> tuple[dict[str, str], ...]:
    """把词表的行变成字典，顺便检查列名和空格。抛出：DataError。"""
    if not lines:
        raise DataError(f"词表 {name} 是空的。")
    header = list(lines[0])
    missing = [c for c in columns if c not in header]
    if missing:
        raise DataError(f"词表 {name} 第 1 行缺少列：{'、'.join(missing)}。")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if not line or line[0].startswith("#"):
            continue
        if len(line) != len(header):
            raise DataError(f"词表 {name} 第 {number} 行有 {len(line)} 格，应是 {len(header)} 格。")
        row = dict(zip(header, (cell.strip() for cell in line), strict=True))
        for column in columns:
            if not row[column]:
                raise DataError(f"词表 {name} 第 {number} 行的“{column}”是空的。")
        rows.append(row)
    return tuple(rows)
