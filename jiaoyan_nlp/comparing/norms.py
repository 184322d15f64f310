"""数量要求：每组对全体教师的要求，和区县的常规、各组的中位数比。"""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from jiaoyan_nlp.comparing.cells import Cells
from jiaoyan_nlp.facts.rates import is_general, per_term
from jiaoyan_nlp.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.facts.rates import Counted
    from jiaoyan_nlp.types import Quantity

COLUMNS = ("activity", "unit", "stated", "per_term", "norm", "median", "mark", "column")
FAR = 3.5
"""改进的 z 分数超过这么多算离群，见 Iglewicz & Hoaglin (1993)。"""
FEW = 5
"""少于这么多组不看离群。"""
SKIPPED = ("检查", "培训", "教研组")
UNCOUNTED = ("天", "人", "人次", "小时")
STATING = ("plan", "scheme", "regulation")
"""提要求的文档；总结里的要求多是下学期的。"""


def quantities(
    corpus: Corpus, group: Mapping[str, str], norms: Iterable[tuple[str, str, Counted]], name: str
) -> tuple[pd.DataFrame, Cells]:
    """数量要求的表，一行是一个组的一项要求。

    参数：norms 是区县的常规：（活动，单位，数）。
    返回：表的列是组、activity、unit、stated（原文）、per_term（合一学期几个）、norm（区县的要求，合一学期几个）、
    median（各组的中位数）、mark（低于要求、偏低、偏高或空）、column（取原文时的列名）；以及各格的原文。
    """
    import pandas as pd

    needed = {(activity, unit): per_term(norm) for activity, unit, norm in norms}
    stated: dict[tuple[str, str], dict[str, tuple[float, str]]] = {}
    cells = Cells()
    for document in corpus.where(kind=STATING):
        folded = fold(document.text)
        for q in corpus.analysis(document.id).facts.quantities:
            rate = per_term(q)
            if (
                q.kind != "norm"
                or rate is None
                or q.activity in SKIPPED
                or q.unit in UNCOUNTED
                or not is_general(q, folded)
            ):
                continue
            row, key = group[document.id], (q.activity, q.unit)
            cells.add(row, column_name(q), (document.id, q.start, q.end))
            if rate > stated.setdefault(key, {}).get(row, (0.0, ""))[0]:
                stated[key][row] = (rate, q.text)
    rows = [
        (
            row,
            *key,
            text,
            rate,
            needed.get(key),
            median,
            mark(rate, needed.get(key), list(values)),
            f"{key[0]}（{key[1]}）",
        )
        for key, found in sorted(stated.items())
        for values in [[rate for rate, _ in found.values()]]
        for median in [statistics.median(values)]
        for row, (rate, text) in sorted(found.items())
    ]
    return pd.DataFrame(rows, columns=[name, *COLUMNS]), cells


def column_name(q: Quantity) -> str:
    """一项要求的列名：听课（节）。"""
    return f"{q.activity}（{q.unit}）"


def mark(rate: float, needed: float | None, values: list[float]) -> str:
    """低于要求、偏低、偏高，或者空。

    >>> mark(10.0, 15.0, [10.0, 16.0]), mark(60.0, None, [15.0, 16.0, 16.0, 18.0, 20.0, 60.0])
    ('低于要求', '偏高')
    """
    if needed is not None and rate < needed:
        return "低于要求"
    if len(values) < FEW:
        return ""
    median = statistics.median(values)
    spread = statistics.median(abs(v - median) for v in values)
    z = 0.6745 * (rate - median) / spread if spread else 0.0
    return "偏高" if z > FAR else "偏低" if z < -FAR else ""
