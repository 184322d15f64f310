"""网页报告里的各张图：按 data/report_charts.csv 的次序，手头有数的才画。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaoyan_nlp.follow_up import follow_up_rates
from jiaoyan_nlp.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jiaoyan_nlp.reports.results import Results


@dataclass(frozen=True, slots=True)
class Picture:
    """一张图：名字、放在哪一节（compare、copies）、题目、怎样看、一句话的说明、SVG。"""

    name: str
    section: str
    title: str
    note: str
    alt: str
    svg: str


def pictures(results: Results, anchors: Mapping[str, str]) -> tuple[Picture, ...]:
    """画各张图。参数：anchors 是学校 → 网页里的锚，图里的校名连过去。"""
    from jiaoyan_nlp.reports import charts
    from jiaoyan_nlp.reports.vector import svg

    copies, comparison = results.copies, results.comparison
    if comparison is None:
        return ()
    words = comparison.distinctive
    frames = {
        "score_card": results.card,
        "coverage": comparison.coverage,
        "quantities": comparison.quantities,
        "structure": comparison.structure,
        "goals": comparison.goals,
        "problems": comparison.problems,
        "follow_up": follow_up_rates(results.follow_up),
        "trends": comparison.trends if len(comparison.trends) > 1 else comparison.trends[:0],
        "distinctive": words[words["dimension"] == comparison.by],
        "shares": copies.documents[copies.documents["copied_share"].gt(0)],
        "matrix": copies.pairs,
        "clusters": copies.clusters,
    }
    made = []
    for row in table("report_charts.csv", "name", "section", "title", "note"):
        name, frame = row["name"], frames[row["name"]]
        if frame.empty:
            continue
        chart = getattr(charts, name)(copies if name in ("matrix", "clusters") else frame)
        picture = svg(chart, f"chart-{name}", anchors)
        made.append(Picture(name, row["section"], row["title"], row["note"], chart.alt, picture))
    return tuple(made)
