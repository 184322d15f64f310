"""从 corpus/labelled 重学雷同排查的底本：reuse_background.csv、reuse_quantities.csv 和 reuse_stock.csv 里“底本”的行。

用法：python benchmarks/copies_background.py
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from jiaoyan_nlp.reuse import stock, weights

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT / "corpus" / "labelled"
DATA = ROOT / "jiaoyan_nlp" / "data"
GROUPS = "abcdefghijk"
"""只从这几组学：data/reuse.toml 的阈值是照它们的份量定的，换了底本要连阈值一起重定。"""
SHARE = 0.02
"""至少占这么多的文档都有的字串才算套话。"""


def texts(groups: Iterable[str] = GROUPS) -> list[str]:
    """标注语料几组的原文。"""
    files = [f for group in groups for f in sorted((LABELLED / group).glob("*.txt"))]
    lines = [[line for line in f.read_text(encoding="utf-8").splitlines() if " | " in line] for f in files]
    return ["".join(line.split(" | ", 1)[1] + "\n" for line in part) for part in lines]


def write(name: str, header: list[str], rows: list[list[object]]) -> None:
    """写一个词表。"""
    with (DATA / name).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


def main() -> None:
    """重学并写盘。"""
    background = texts()
    write("reuse_background.csv", ["pair", "count"], [list(row) for row in weights.learn(background)])
    write("reuse_quantities.csv", ["quantity", "count"], [list(row) for row in weights.learn_quantities(background)])
    with (DATA / "reuse_stock.csv").open(encoding="utf-8", newline="") as stream:
        kept = [row["phrase"] for row in csv.DictReader(stream) if row["origin"] == "手写"]
    learnt = stock.learn(background, round(SHARE * len(background)))
    learnt = [p for p in learnt if not any(p != q and p in q for q in learnt)]
    write("reuse_stock.csv", ["phrase", "origin"], [*([p, "手写"] for p in kept), *([p, "底本"] for p in learnt)])


if __name__ == "__main__":
    main()
