"""一项数量要求的一排点怎样画：一点一校，值相同的往上摞，竖线是要求和中位数；线尾的字怎样错开。"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jiaoyan_nlp.reports.drawing import colour
from jiaoyan_nlp.reports.rows import number_of, records

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from jiaoyan_nlp.reports.drawing import Chart


def strip(chart: Chart, axes: Axes, frame: pd.DataFrame, name: str, at: float) -> None:
    """一项要求的一排点；相同的值往上摞。"""
    rows = records(frame)
    norm, median = number_of(rows[0]["norm"]), float(rows[0]["median"])
    top = max([r["per_term"] for r in rows] + [norm or 0.0, median]) or 1.0
    axes.plot((0, 1), (at + 0.55, at + 0.55), color=colour("line"), lw=0.8, zorder=0)
    axes.plot([median / top] * 2, (at - 0.6, at + 0.6), color=colour("quiet"), lw=1.4, ls=(0, (2, 1.5)))
    axes.text(median / top, at + 0.62, f"中位 {median:g}", ha="center", va="top", size=7.5, color=colour("quiet"))
    if norm is not None:
        axes.plot([norm / top] * 2, (at - 0.6, at + 0.6), color=colour("severe"), lw=1.6)
        axes.text(norm / top + 0.006, at - 0.66, f"要求 {norm:g}", va="top", size=7.5, color=colour("severe"))
    axes.text(1.12, at + 0.4, f"{len(rows)} 校，最高 {top:g}", ha="right", size=8, color=colour("quiet"))
    stack: Counter[float] = Counter()
    tones = {"低于要求": "severe", "偏高": "partly", "偏低": "partly"}
    for row in rows:
        level = round(row["per_term"] / top, 2)
        (dot,) = axes.plot(
            level, at + 0.4 - 0.2 * min(stack[level], 5), "o", ms=5.5, mec="white", mew=0.6,
            color=colour(tones.get(row["mark"], "planned")),
        )  # fmt: skip
        dot.set_url(chart.tip(f"{row[name]}：{row['stated']}（合一学期 {row['per_term']:g}）", str(row[name])))
        stack[level] += 1


def apart(values: Sequence[float], least: float) -> list[float]:
    """线尾的字错开：按大小次序，两个之间至少隔 least 份（全高算 200 份）。"""
    gap = max([*values, 0.01]) * least / 200
    placed: dict[int, float] = {}
    last = -gap
    for at in sorted(range(len(values)), key=lambda i: values[i]):
        last = max(values[at], last + gap)
        placed[at] = last
    return [placed[at] for at in range(len(values))]
