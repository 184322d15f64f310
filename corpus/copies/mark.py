"""由摘引表算出抄袭金标准的偏移。

quotes.csv 每行一处：类别、文件、首字句、末字句，以及来源文件与其首末字句。
本程序在文件里找到首句（须唯一）和其后的第一个末句，写出 gold.json；加 --show 则逐条印出切片供核对。
"""

from __future__ import annotations

import csv
import json
import sys
from itertools import combinations
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parent
# 由易到难；一对同源抄本的类别取两者中较难的一个
KINDS = ("verbatim", "noise", "script", "synonym", "reorder", "mosaic", "condense", "paraphrase")
MIN_SHARED = 0.6  # 两处来源重合达到较短一方的这一比例，才算同源


class Passage(TypedDict):
    """一处抄袭：文中位置、来源位置、类别（偏移按码位，end 不含）。"""

    doc: str
    start: int
    end: int
    source_doc: str
    source_start: int
    source_end: int
    kind: str


class Span(TypedDict):
    """一处公用文字。"""

    doc: str
    start: int
    end: int


def read(doc: str) -> str:
    """读入一个文件，不改换行。"""
    return (ROOT / doc).read_bytes().decode("utf-8")


def locate(doc: str, first: str, last: str) -> tuple[int, int]:
    """由首末字句求区间；首句不唯一或找不到末句时报错。"""
    text = read(doc)
    if text.count(first) != 1:
        raise ValueError(f"{doc}：“{first}”出现 {text.count(first)} 次")
    start = text.index(first)
    found = text.find(last, start)
    if found < 0:
        raise ValueError(f"{doc}：找不到“{last}”")
    return start, found + len(last)


def derived(passages: list[Passage]) -> list[Passage]:
    """找出抄自同一来源同一段落的两处抄本。"""
    pairs: list[Passage] = []
    for a, b in combinations(passages, 2):
        if a["doc"] == b["doc"] or a["source_doc"] != b["source_doc"]:
            continue
        shared = min(a["source_end"], b["source_end"]) - max(a["source_start"], b["source_start"])
        shorter = min(a["source_end"] - a["source_start"], b["source_end"] - b["source_start"])
        if shared >= MIN_SHARED * shorter:
            pairs.append(
                {
                    "doc": a["doc"],
                    "start": a["start"],
                    "end": a["end"],
                    "source_doc": b["doc"],
                    "source_start": b["start"],
                    "source_end": b["end"],
                    "kind": max(a["kind"], b["kind"], key=KINDS.index),
                }
            )
    return pairs


def main() -> None:
    """读摘引表，写 gold.json。"""
    show = "--show" in sys.argv[1:]
    passages: list[Passage] = []
    shared: list[Span] = []
    with (ROOT / "quotes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start, end = locate(row["doc"], row["first"], row["last"])
            if show:
                print(f"[{row['kind']}] {row['doc']} {start}-{end}\n  {read(row['doc'])[start:end]!r}")
            if row["kind"] in ("notice", "boilerplate"):
                shared.append({"doc": row["doc"], "start": start, "end": end})
                continue
            source = locate(row["source_doc"], row["source_first"], row["source_last"])
            if show:
                print(f"  <- {row['source_doc']} {source}\n  {read(row['source_doc'])[slice(*source)]!r}")
            passages.append(
                {
                    "doc": row["doc"],
                    "start": start,
                    "end": end,
                    "source_doc": row["source_doc"],
                    "source_start": source[0],
                    "source_end": source[1],
                    "kind": row["kind"],
                }
            )
    copied = {p["doc"] for p in passages}
    docs = sorted(f"submissions/{path.name}" for path in (ROOT / "submissions").glob("*.txt"))
    gold: dict[str, list[Passage] | list[str] | list[Span]] = {
        "passages": passages,
        "clean_docs": [doc for doc in docs if doc not in copied],
        "boilerplate": shared,
        "co_derived": derived(passages),
    }
    (ROOT / "gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print({name: len(items) for name, items in gold.items()})


if __name__ == "__main__":
    main()
