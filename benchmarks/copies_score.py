"""雷同排查的评分：按字的准确率、召回率、零碎度和 plagdet（Potthast 等 2010），另数清白文档的误报。"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import jiaoyan_nlp as jy
from jiaoyan_nlp.text import Span, merge, overlap

ROOT = Path(__file__).resolve().parent.parent / "corpus" / "copies"


class Side(NamedTuple):
    """一个文件里的一段。"""

    file: str
    start: int
    end: int


Pair = tuple[Side, Side]
"""抄者的一段和来源的一段。"""


@dataclass(frozen=True, slots=True)
class Score:
    """kinds：各类手法的召回率；alarms：误报的清白文档。"""

    plagdet: float
    precision: float
    recall: float
    granularity: float
    kinds: dict[str, float]
    alarms: tuple[str, ...]

    def line(self) -> str:
        """一行字。"""
        kinds = " ".join(f"{kind} {value:.2f}" for kind, value in sorted(self.kinds.items()))
        return (
            f"plagdet {self.plagdet:.3f} 准 {self.precision:.3f} 召 {self.recall:.3f} 碎 {self.granularity:.2f}"
            f" 误报文档 {len(self.alarms)}；{kinds}"
        )


def gold(root: Path = ROOT) -> dict[str, list[dict[str, object]]]:
    """金标准。"""
    read: dict[str, list[dict[str, object]]] = json.loads((root / "gold.json").read_text(encoding="utf-8"))
    return read


def files(root: Path = ROOT) -> dict[str, str]:
    """文件（相对路径）→ 全文。"""
    found = sorted([*root.glob("templates/*.txt"), *root.glob("submissions/*.txt")])
    return {f"{f.parent.name}/{f.name}": f.read_text(encoding="utf-8") for f in found}


def ours(root: Path = ROOT) -> list[Pair]:
    """本库找到的。"""
    report = jy.find_copies(jy.load(root / "submissions"), templates=jy.load(root / "templates"))
    return [
        (
            Side(_place(row["file"]), row["file_start"], row["file_end"]),
            Side(_place(row["source_file"]), row["source_file_start"], row["source_file_end"]),
        )
        for row in report.passages.to_dict("records")
    ]


def _place(path: str) -> str:
    return "/".join(Path(path).parts[-2:])


def scored(found: list[Pair], truth: dict[str, list[dict[str, object]]]) -> Score:
    """评分。抄自同一来源的两份之间（co_derived）不算对也不算错；方向不论。"""
    cases = [(_case(c), str(c["kind"])) for c in truth["passages"]]
    siblings = [_case(c) for c in truth["co_derived"]]
    recall: list[float] = []
    kinds: dict[str, list[float]] = defaultdict(list)
    grains: list[int] = []
    for case, kind in cases:
        mine = [side for pair in found if (side := _hit(case, pair))]
        recall.append(_share([(s.start, s.end) for s in mine], case[0]))
        kinds[kind].append(recall[-1])
        if mine:
            grains.append(len(mine))
    precision: list[float] = []
    for pair in found:
        right = [(side.start, side.end) for case, _ in cases if (side := _hit(pair, case))]
        if right or not any(_hit(case, pair) for case in siblings):
            precision.append(_share(right, pair[0]))
    p, r = (sum(x) / len(x) if x else 0.0 for x in (precision, recall))
    g = sum(grains) / len(grains) if grains else 1.0
    plagdet = 2 * p * r / (p + r) / math.log2(1 + g) if p + r else 0.0
    alarms = sorted({pair[0].file for pair in found} & {str(name) for name in truth["clean_docs"]})
    return Score(plagdet, p, r, g, {k: sum(v) / len(v) for k, v in kinds.items()}, tuple(alarms))


def _case(c: dict[str, object]) -> Pair:
    def side(name: str) -> Side:
        prefix = name.removesuffix("doc")
        return Side(str(c[name]), int(str(c[f"{prefix}start"])), int(str(c[f"{prefix}end"])))

    return side("doc"), side("source_doc")


def _hit(case: Pair, pair: Pair) -> Side | None:
    """pair 碰到 case 时，pair 里同 case 抄者一边对应的那一段。"""
    for a, b in (pair, pair[::-1]):
        if _touch(case[0], a) and _touch(case[1], b):
            return a
    return None


def _touch(a: Side, b: Side) -> bool:
    return a.file == b.file and overlap((a.start, a.end), (b.start, b.end)) > 0


def _share(spans: list[Span], within: Side) -> float:
    covered = sum(overlap(span, (within.start, within.end)) for span in merge(spans))
    return covered / max(1, within.end - within.start)
