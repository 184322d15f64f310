"""由 copy_quotes.csv 里的首尾原话算出 gold_copies.csv 的字符位置，并逐条核对。"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent


@cache
def text(file: str) -> str:
    """读出一个文件的全文；路径从 corpus/ 算起。"""
    return (CORPUS / file).read_text(encoding="utf-8")


def span(file: str, first: str, last: str) -> tuple[int, int]:
    """首句必须只出现一次；末句取首句之后的第一处。返回左闭右开的字符位置。"""
    whole = text(file)
    if whole.count(first) != 1:
        raise ValueError(f"{file}：“{first}”出现了 {whole.count(first)} 次")
    start = whole.index(first)
    return start, whole.index(last, start) + len(last)


def locate(row: dict[str, str]) -> list[str | int]:
    """一条引文换成一条金标准。"""
    start, end = span(row["file"], row["first"], row["last"])
    source = span(row["source_file"], row["source_first"], row["source_last"])
    same = text(row["file"])[start:end] == text(row["source_file"])[source[0] : source[1]]
    if same != (row["kind"] in ("verbatim", "shared", "mosaic")):
        raise ValueError(f"{row['file']} {start}—{end}：与来源{'相同' if same else '不同'}，却标作 {row['kind']}")
    return [row["file"], start, end, row["source_file"], *source, row["kind"]]


def main() -> None:
    """读引文，写金标准。"""
    with (HERE / "copy_quotes.csv").open(encoding="utf-8", newline="") as file:
        rows = [locate(row) for row in csv.DictReader(file)]
    with (HERE / "gold_copies.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["file", "start", "end", "source_file", "source_start", "source_end", "kind"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
