"""计划兑现的准确程度：corpus/follow_up 里各校的计划和总结，与人标的结果对照，印出四种结果各自的 P、R、F1。

算法从严：人标了而没有找到的算漏；找到了而人没有标的算错。同一处人标的事项找到几条时，看重合最多的一条。
用法：python benchmarks/follow_up.py
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import jiaoyan_nlp as jy  # noqa: E402

FOLDER = ROOT / "corpus" / "follow_up"
STATUSES = ("kept", "partly", "missing", "extra")


def gold(folder: Path = FOLDER) -> list[dict[str, str]]:
    """人标的结果。"""
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compare(folder: Path = FOLDER) -> list[tuple[str | None, str | None, str]]:
    """（人标的，找到的，说的是什么）；没有的一头是 None。"""
    corpus = jy.load(folder / "*/*.txt")
    names = {"/".join(Path(d.file).parts[-2:]): d for d in corpus}
    rows = jy.follow_up(corpus).to_dict("records")
    found: list[tuple[str | None, str | None, str]] = []
    used: set[int] = set()
    for line in gold(folder):
        side = "summary" if line["status"] == "extra" else "plan"
        document = names[line[side]]
        start = document.text.index(line[f"{side}_quote"])
        span = (start, start + len(line[f"{side}_quote"]))
        near = [
            (_alike(span, (int(r[f"{side}_start"]), int(r[f"{side}_end"]))), n)
            for n, r in enumerate(rows)
            if r[f"{side}_document"] == document.id and (r["status"] == "extra") == (side == "summary")
        ]
        near = [x for x in near if x[0] > 0]
        used |= {n for _, n in near}
        best = rows[max(near)[1]]["status"] if near else None
        found.append((line["status"], best, f"{line[side]}：{line[f'{side}_quote']}"))
    for n, row in enumerate(rows):
        if n not in used:
            found.append((None, row["status"], f"{row['school']}：{row['planned'] or row['reported']}"))
    return found


def _alike(a: tuple[int, int], b: tuple[int, int]) -> float:
    """两个区间的交占并的比例。"""
    both = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return both / (max(a[1], b[1]) - min(a[0], b[0]))


def scores(found: list[tuple[str | None, str | None, str]]) -> dict[str, tuple[float, float, float]]:
    """每种结果的 P、R、F1。"""
    right = Counter(a for a, b, _ in found if a == b)
    said, true = Counter(b for _, b, _ in found), Counter(a for a, _, _ in found)
    table = {}
    for status in STATUSES:
        p = right[status] / said[status] if said[status] else 0.0
        r = right[status] / true[status] if true[status] else 0.0
        table[status] = (p, r, 2 * p * r / (p + r) if p + r else 0.0)
    return table


def macro(table: dict[str, tuple[float, float, float]]) -> float:
    """四种结果 F1 的平均。"""
    return sum(f for _, _, f in table.values()) / len(table)


def main() -> None:
    found = compare()
    for a, b, said in found:
        if a != b:
            print(f"  标 {a or '—':<8}找到 {b or '—':<8}{said}")
    table = scores(found)
    for status, (p, r, f) in table.items():
        print(f"{status:<8} P {p:.3f}  R {r:.3f}  F1 {f:.3f}")
    print(f"宏平均 F1 {macro(table):.3f}")


if __name__ == "__main__":
    main()
