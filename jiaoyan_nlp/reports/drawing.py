"""画图的底子：带中文字体的图 Chart、几种版式，和写进网页的 SVG。

用 matplotlib：笔记本里人人会改，静态的 SVG 不靠脚本、能打印、小，一份报告十来张图合起来不到 1 MB（交互的图表库单是脚本就几 MB）。
中文字体用 zhplot 带的思源黑体（Noto Sans SC）：只取它的字体文件，不引入它，免得改动全局设置。
"""

from __future__ import annotations

import importlib.util
import io
import re
import warnings
from functools import lru_cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from matplotlib import font_manager, rc_context
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from jiaoyan_nlp.errors import DataError
from jiaoyan_nlp.reports.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase

WIDTH = 10.0
"""图宽，英寸；网页里随版面缩放。"""
SIZE = 9.0
"""字号，磅。"""
ROW = 0.27
"""一行的高，英寸。"""
EDGE = 0.12
"""四边的空，英寸。"""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Given = TypeVar("Given")
Tip = tuple[str, str]
"""图里一处的说明：哪所学校（网页里连到它），几个字。"""


class Chart(Figure):
    """一张图，就是 matplotlib 的 Figure，可以接着改。alt 是给看不见图的人的一句话；tips 是各处的说明。"""

    def __init__(self, width: float, height: float, alt: str) -> None:
        super().__init__(figsize=(width, height), facecolor="white")
        self.alt = alt
        self.tips: list[Tip] = []

    def draw(self, renderer: RendererBase) -> None:
        """画出来；画的时候才生成的字也用中文字体。"""
        with rc_context(style()), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing")  # 生僻的表情符号，两种字体都没有
            super().draw(renderer)

    def _repr_png_(self) -> bytes:
        made = io.BytesIO()
        self.savefig(made, format="png", dpi=110)
        return made.getvalue()

    def tip(self, words: str, school: str = "") -> str:
        """记一处说明，返回画图时写的链接。"""
        self.tips.append((school, words))
        return f"#{len(self.tips) - 1}"


def styled(function: Callable[[Given], Chart]) -> Callable[[Given], Chart]:
    """画图的函数都在这套设置里画，不动全局的设置。"""

    @wraps(function)
    def drawn(frame: Given) -> Chart:
        with rc_context(style()):
            return function(frame)

    return drawn


@lru_cache(maxsize=1)
def font() -> str:
    """中文字体的名字，第一次用到才登记。抛出：DataError 没有装 zhplot。"""
    spec = importlib.util.find_spec("zhplot")
    if spec is None or not spec.submodule_search_locations:
        raise DataError("画图要用的中文字体没有装。请执行 pip install zhplot。")
    path = Path(spec.submodule_search_locations[0]) / "fonts" / "NotoSansSC-Regular.ttf"
    font_manager.fontManager.addfont(str(path))
    return str(font_manager.FontProperties(fname=str(path)).get_name())


@lru_cache(maxsize=1)
def style() -> dict[Any, Any]:
    """matplotlib 的设置：with matplotlib.rc_context(style()) 里画的图都能显示中文。"""
    return {
        "font.family": [font(), "DejaVu Sans"], "font.size": SIZE, "text.parse_math": False,
        "axes.unicode_minus": False, "axes.edgecolor": colour("line"), "axes.labelcolor": colour("quiet"),
        "xtick.color": colour("quiet"), "ytick.color": colour("ink"), "text.color": colour("ink"),
        "xtick.labelsize": SIZE, "ytick.labelsize": SIZE, "xtick.major.size": 0, "ytick.major.size": 0,
        "legend.frameon": False, "legend.fontsize": SIZE, "hatch.linewidth": 0.6,
    }  # fmt: skip


def colour(name: str) -> str:
    """报告设置里的一种颜色。"""
    return str(settings()["charts"]["colours"][name])


def series() -> list[str]:
    """并列的几类依次用的颜色。"""
    return list(settings()["charts"]["colours"]["series"])


def plain(text: object) -> str:
    """图里写的字：去掉控制字符，换行当空格。"""
    return _CONTROL.sub("�", " ".join(str(text).split()))


def short(names: Sequence[str]) -> dict[str, str]:
    """各名字在图里的写法：都以同一个区县开头的，省去区县。

    >>> short(["云溪区甲小学", "云溪区乙小学"])["云溪区甲小学"]
    '甲小学'
    """
    shared = 0
    while len(set(names)) > 1 and all(len(n) > shared and n[shared] == names[0][shared] for n in names):
        shared += 1
    cut = max((names[0].rfind(mark, 0, shared) + 1 for mark in "省市区县旗"), default=0) if names else 0
    return {name: plain(name[cut:]) for name in names}


def wide(texts: Iterable[str]) -> float:
    """最长的一行字有多宽，英寸；汉字一个字号宽，字母数字算半个。"""
    return max((sum(1.0 if ord(c) > 255 else 0.56 for c in text) for text in texts), default=0.0) * SIZE / 72


def canvas(
    rows: int, left: float, alt: str, top: float = 0.45, bottom: float = 0.15, right: float = 0.5
) -> tuple[Chart, Axes]:
    """一行一条的图：rows 行，第一行在上；left、top、bottom、right 是四边留出写字的地方，英寸。"""
    height = rows * ROW + top + bottom
    chart = Chart(WIDTH, height, alt)
    axes = chart.add_axes((left / WIDTH, bottom / height, (WIDTH - left - right) / WIDTH, max(rows, 1) * ROW / height))
    axes.set_ylim(max(rows, 1) - 0.5, -0.5)
    axes.spines[:].set_visible(False)
    return chart, axes


def label_rows(chart: Chart, axes: Axes, names: Sequence[str], shown: Sequence[str]) -> None:
    """左边各行的名字，网页里连到各校。"""
    axes.set_yticks(range(len(names)), list(shown))
    for name, tick in zip(names, axes.get_yticklabels(), strict=True):
        tick.set_url(chart.tip("", name))


def label_columns(axes: Axes, names: Sequence[str]) -> None:
    """上边各列的名字，斜着写。"""
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(names)), list(names), rotation=45, ha="left", rotation_mode="anchor")
    axes.set_xlim(-0.5, max(len(names), 1) - 0.5)


def legend(chart: Chart, names: Sequence[str], colours: Sequence[str]) -> None:
    """上方的图例。"""
    from matplotlib.patches import Patch

    chart.legend(
        handles=[Patch(facecolor=c, label=n) for n, c in zip(names, colours, strict=True)],
        loc="upper left", bbox_to_anchor=(0.0, 1.0), ncols=max(1, len(names)), handlelength=1.1, columnspacing=1.6,
    )  # fmt: skip


def stacked(
    chart: Chart, axes: Axes, parts: Sequence[tuple[str, str, Sequence[float]]], tips: Sequence[Tip]
) -> list[float]:
    """横着的条，一行一条，各段接着画。参数：parts 是各段的（名字，颜色，各行的值）。返回：各行的总长。"""
    ends = [0.0] * len(tips)
    for name, shade, values in parts:
        for row, value in enumerate(values):
            if value > 0:
                (bar,) = axes.barh(row, value, left=ends[row], height=0.66, color=shade)
                school, words = tips[row]
                bar.set_url(chart.tip(f"{words}：{name} {value:.4g}" if name else words, school))
                ends[row] += value
    return ends


def cells(chart: Chart, axes: Axes, found: Iterable[tuple[float, float, float, float, str, Tip]]) -> None:
    """一格一格的图。参数：found 是各格的（左，行，宽，浓淡 0—1，颜色，说明）。"""
    from matplotlib.colors import to_rgb

    shapes, colours, urls = [], [], []
    for left, row, width, strength, shade, (school, words) in found:
        a, b, c, d = left, left + width, row - 0.44, row + 0.44
        shapes.append([(a, c), (b, c), (b, d), (a, d)])
        colours.append(tuple(1 - (1 - v) * (0.25 + 0.75 * strength) for v in to_rgb(shade)))
        urls.append(chart.tip(words, school))
    drawn = PolyCollection(shapes, facecolors=colours, linewidths=0)
    drawn.set_urls(urls)
    axes.add_collection(drawn, autolim=False)


def grid(axes: Axes, rows: int, columns: int) -> None:
    """浅的格线。"""
    axes.hlines([y + 0.5 for y in range(rows)], -0.5, columns - 0.5, color=colour("soft"), lw=0.6, zorder=0)
    axes.vlines([x + 0.5 for x in range(columns)], -0.5, rows - 0.5, color=colour("soft"), lw=0.6, zorder=0)


def tails(axes: Axes, ends: Sequence[float], words: Sequence[str]) -> None:
    """各条后面的字。"""
    for row, (end, said) in enumerate(zip(ends, words, strict=True)):
        axes.annotate(said, (end, row), (5, 0), textcoords="offset points", va="center", color=colour("quiet"))


def bars(
    names: Sequence[str], parts: Sequence[tuple[str, str, Sequence[float]]], alt: str, labels: Sequence[str] = ()
) -> tuple[Chart, list[float], Axes]:
    """一行一校的条形图。参数：parts 见 stacked；labels 是各行的写法，不给就是校名。返回：图、各行的总长、坐标。"""
    known = short(names)
    shown = list(labels) or [known[name] for name in names]
    chart, axes = canvas(len(names), wide(shown) + 2 * EDGE, alt, top=0.5, right=0.7)
    label_rows(chart, axes, names, shown)
    ends = stacked(chart, axes, parts, list(zip(names, shown, strict=True)))
    axes.set_xticks([])
    axes.set_xlim(0, max([*ends, 0.01]))
    legend(chart, [name for name, *_ in parts], [shade for _, shade, *_ in parts])
    return chart, ends, axes


def paper(school: str, file: str) -> str:
    """一篇文档在图里的叫法：校名和文件名。"""
    stem = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    name = stem if len(stem) <= 16 else f"{stem[:15]}…"
    return plain(f"{school} {name}" if school and school not in stem else name)
