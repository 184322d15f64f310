"""谁与谁同源的图怎样摆：一棵棵树从左往右，叶子一行一个。"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from jiaoyan_nlp.reports.drawing import colour

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

GAP = 1.3
"""两层之间画线的地方，英寸。"""
Spot = tuple[int, float]
"""第几层、第几行。"""


def hung(parents: Mapping[str, str]) -> dict[str, Spot]:
    """文档 → 它的位置。参数：parents 是文档 → 父本；父本不在里面的是一棵树的根。

    >>> hung({"甲": "", "乙": "甲", "丙": "甲"})
    {'乙': (1, 0.0), '丙': (1, 1.0), '甲': (0, 0.5)}
    """
    below: dict[str, list[str]] = defaultdict(list)
    for key, parent in parents.items():
        below[parent if parent in parents else ""].append(key)
    places: dict[str, Spot] = {}
    leaves = 0
    waiting = [(key, 0, False) for key in reversed(below[""])]
    while waiting:  # 不用递归：再深的一串也排得下；父本互相指着的走不到，不会转圈
        key, depth, done = waiting.pop()
        children = below.get(key, [])
        if done:
            places[key] = (depth, (places[children[0]][1] + places[children[-1]][1]) / 2)
        elif children:
            waiting.append((key, depth, True))
            waiting += [(child, depth + 1, False) for child in reversed(children)]
        else:
            places[key] = (depth, float(leaves))
            leaves += 1
    return places


def starts(widths: Sequence[float]) -> list[float]:
    """各层从左边几英寸起；widths 是各层最长的名字有多宽。"""
    found = [0.0]
    for width in widths:
        found.append(found[-1] + width + GAP)
    return found[: len(widths)]


def join(axes: Axes, begin: tuple[float, float], end: tuple[float, float], share: float) -> None:
    """父本到子本的一条曲线，旁边写占多少。参数：begin、end 是两头的（英寸，行）。"""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    middle = (begin[0] + end[0]) / 2
    route = [begin, (middle, begin[1]), (middle, end[1]), end]
    curve = Path(route, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    axes.add_patch(PathPatch(curve, fill=False, lw=0.8 + 3.2 * share, color=colour("bond"), zorder=0))
    if share:
        said = "不到 1%" if share < 0.01 else f"{share:.0%}"
        axes.text(end[0] - 0.05, end[1] - 0.1, said, ha="right", va="bottom", size=7.5, color=colour("copied"))
