"""学习曲线：训练部分取几成，测试部分得几分（标签的三项、六项平均 F1）。每一成按名字的散列取，多的包含少的。"""

from __future__ import annotations

import hashlib
from pathlib import Path

from benchmarks.gate import CORE, SIX, halves, measure_labels

ROOT = Path(__file__).resolve().parent.parent
SHARES = (0.125, 0.25, 0.5, 0.75, 1.0)


def place(name: str) -> float:
    """一篇文档在 0 到 1 之间的固定位置。"""
    return int(hashlib.sha256(f"曲线{name}".encode()).hexdigest()[:8], 16) / 16**8


def main() -> None:
    training, test = halves(ROOT / "corpus" / "labelled")
    print("句段\t活动\t目标\t问题\t三项\t六项")
    for share in SHARES:
        part = [d for d in training if place(d.name) < share]
        scores = measure_labels(part, test)["labels"]
        figures = [*(scores[x] for x in CORE), *(sum(scores[x] for x in names) / len(names) for names in (CORE, SIX))]
        statements = sum(bool(u.labels) for d in part for u in d.units)
        print("\t".join([str(statements), *(f"{x:.3f}" for x in figures)]), flush=True)


if __name__ == "__main__":
    main()
