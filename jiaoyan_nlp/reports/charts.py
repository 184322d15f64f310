"""各种图，一种一个函数：给一张结果表，返回一张 Chart（matplotlib 的 Figure），笔记本里可以接着改。

>>> import pandas as pd
>>> chart = score_card(pd.DataFrame({"school": ["甲小学"], "structure": [3.0], "points": [3.0], "score": [97.0]}))
>>> chart.alt
'记分卡：1 所学校，扣分最多的是甲小学，得 97 分。'
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jiaoyan_nlp.comparing.tables import DONE, OTHER, PLANNED
from jiaoyan_nlp.reports.drawing import (
    EDGE,
    ROW,
    WIDTH,
    Chart,
    bars,
    canvas,
    cells,
    colour,
    grid,
    label_columns,
    label_rows,
    legend,
    paper,
    plain,
    series,
    short,
    stacked,
    styled,
    tails,
    wide,
)
from jiaoyan_nlp.reports.headings import heading, word
from jiaoyan_nlp.reports.lineage import hung, join, starts
from jiaoyan_nlp.reports.rows import number_of, records, share_of, text_of
from jiaoyan_nlp.reports.settings import settings, whole
from jiaoyan_nlp.reports.strips import apart, strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from jiaoyan_nlp.reuse import CopyReport

CHAPTERS = ("structure", "residue", "substance", "promises", "files", "privacy")
PARTS = ("from_templates", "from_schools", "from_own")
STATUS = ("kept", "partly", "missing")


@styled
def coverage(frame: pd.DataFrame) -> Chart:
    """活动覆盖：一行一校，一列一种活动，左半格是计划、右半格是已做，颜色越深说到越多。

    参数：frame 是 compare(…).coverage，一行一组，列是“听课·计划”“听课·已做”。
    """
    kinds = list(dict.fromkeys(str(c).split("·")[0] for c in frame.columns))
    shown = frame.loc[frame.gt(0).sum(axis=1).sort_values(ascending=False, kind="stable").index].head(_most())
    names = [str(name) for name in shown.index]
    said = Counter({kind: sum(_any(frame, kind)) for kind in kinds})
    common = "、".join(f"{kind} {number} 组" for kind, number in said.most_common(3) if number)
    labels = short(names)
    chart, axes = canvas(
        len(names), wide(labels.values()) + 2 * EDGE,
        f"活动覆盖：{len(frame)} 组，{len(kinds)} 种活动。说到最多的是{common or '（没有）'}。", top=wide(kinds) * 0.75 + 0.55,
    )  # fmt: skip
    label_rows(chart, axes, names, [labels[name] for name in names])
    label_columns(axes, kinds)
    grid(axes, len(names), len(kinds))
    top = max(1.0, float(shown.to_numpy().max())) if shown.size else 1.0
    found = []
    for x, kind in enumerate(kinds):
        for side, (state, shade) in enumerate(((PLANNED, "planned"), (DONE, "done"))):
            for y, count in enumerate(shown.get(f"{kind}·{state}", [])):
                if count:
                    words = f"{names[y]}：{kind}，{state} {count} 处"
                    strength = min(1.0, count / min(top, 6))
                    found.append((x - 0.44 + 0.44 * side, y, 0.44, strength, colour(shade), (names[y], words)))
    cells(chart, axes, found)
    legend(chart, ["计划", "已做"], [colour("planned"), colour("done")])
    return chart


@styled
def quantities(frame: pd.DataFrame) -> Chart:
    """数量要求：一行一项要求，一点一校（合一学期几个），竖线是区县的要求和各校的中位数。

    参数：frame 是 compare(…).quantities。画提得最多的几项。
    """
    name = str(frame.columns[0])
    stated = Counter(frame["column"])
    common = [column for column, number in stated.most_common(whole("charts", "few")) if number > 1 or len(stated) == 1]
    low = int((frame["mark"] == "低于要求").sum())
    alt = f"数量要求：{len(common)} 项，{frame[name].nunique()} 组提到，{low} 处低于区县的要求。"
    chart, axes = canvas(2 * len(common), wide(map(plain, common)) + 2 * EDGE, alt, bottom=0.3)
    axes.set_yticks([2 * at + 0.5 for at in range(len(common))], list(map(plain, common)))
    axes.set_xticks([])
    axes.set_xlim(-0.03, 1.12)
    for at, column in enumerate(common):
        strip(chart, axes, frame[frame["column"] == column], name, 2 * at + 0.5)
    tones = ("planned", "severe", "partly")
    legend(chart, ["一校", "低于要求", "偏高或偏低"], [colour(tone) for tone in tones])
    return chart


@styled
def goals(frame: pd.DataFrame) -> Chart:
    """目标：各类目标有几组说到。参数：frame 是 compare(…).goals。"""
    return _classes(frame, "目标", "fine")


@styled
def problems(frame: pd.DataFrame) -> Chart:
    """问题：各类问题有几组说到。参数：frame 是 compare(…).problems。"""
    return _classes(frame, "问题", "severe")


def _classes(frame: pd.DataFrame, what: str, tone: str) -> Chart:
    counts = frame.gt(0).sum().sort_values(ascending=False, kind="stable")
    counts = counts.reindex(sorted(counts.index, key=lambda name: name == OTHER))
    names = [str(name) for name in counts.index]
    first = f"最多的是{names[0]}，{counts.iloc[0]} 组" if names else "没有说到"
    chart, axes = canvas(
        len(names), wide(names) + 2 * EDGE, f"{what}的类别：{len(frame)} 组里，{first}。", top=EDGE, right=1.6
    )
    label_rows(chart, axes, names, names)
    tips = [("", _who(what, name, [str(g) for g in frame.index[frame[name] > 0]])) for name in names]
    ends = stacked(chart, axes, [("", colour(tone), list(map(float, counts)))], tips)
    axes.set_xlim(0, max(len(frame), 1))
    axes.set_xticks([])
    tails(axes, ends, [f"{end:.0f} 组，{frame[name].sum()} 处" for name, end in zip(names, ends, strict=True)])
    return chart


def _who(what: str, name: str, groups: Sequence[str]) -> str:
    return f"{what}“{name}”：{'、'.join(groups[:8])}{'等' if len(groups) > 8 else ''}"


@styled
def answers(frame: pd.DataFrame) -> Chart:
    """问题与措施：一行一组，有措施回答的、没有的各几个问题。参数：frame 是 compare(…).answers。"""
    told = frame["measure"].notna().groupby(frame.iloc[:, 0]).agg(["sum", "size"])
    shown = told.sort_values("size", ascending=False, kind="stable").head(_most())
    left = int((told["size"] - told["sum"]).sum())
    parts = [
        ("有措施", colour("fine"), [float(v) for v in shown["sum"]]),
        ("没有措施", colour("severe"), [float(v) for v in shown["size"] - shown["sum"]]),
    ]
    alt = f"问题与措施：{len(told)} 组写了 {len(frame)} 个问题，{left} 个没有措施回答。"
    chart, ends, axes = bars([str(name) for name in shown.index], parts, alt)
    tails(axes, ends, [f"{end:g}" for end in ends])
    return chart


@styled
def structure(frame: pd.DataFrame) -> Chart:
    """栏目：一行一校，一列一种作用，有色的格是写了这种栏目，颜色越深栏目越多。参数：frame 是 compare(…).structure。"""
    roles = [str(c) for c in frame.columns]
    titles = [word("role", role) for role in roles]
    shown = frame.loc[frame.gt(0).sum(axis=1).sort_values(ascending=False, kind="stable").index].head(_most())
    names = [str(name) for name in shown.index]
    labels = short(names)
    lacking = frame.drop(columns="other", errors="ignore").eq(0).sum().sort_values(ascending=False, kind="stable")
    rare = f"最常缺的是{word('role', str(lacking.index[0]))}，{lacking.iloc[0]} 组没有" if len(lacking) else ""
    chart, axes = canvas(
        len(names), wide(labels.values()) + 2 * EDGE, f"栏目：{len(frame)} 组。{rare}。", top=wide(titles) * 0.75 + 0.35
    )
    label_rows(chart, axes, names, [labels[name] for name in names])
    label_columns(axes, titles)
    grid(axes, len(names), len(roles))
    found = [
        (
            x - 0.44,
            float(y),
            0.88,
            min(1.0, count / 4),
            colour("planned"),
            (name, f"{name}：{titles[x]} {count} 个栏目"),
        )
        for x, role in enumerate(roles)
        for y, (name, count) in enumerate(zip(names, shown[role], strict=True))
        if count
    ]
    cells(chart, axes, found)
    return chart


@styled
def distinctive(frame: pd.DataFrame) -> Chart:
    """特有用词：一格一组，词后面的条越长越特别（G²）。参数：frame 是 compare(…).distinctive，画前几组。"""
    few, top = whole("charts", "few"), whole("charts", "words")
    strong = frame.groupby("group")["keyness"].max().sort_values(ascending=False, kind="stable")
    names = [str(name) for name in strong.index[:few]]
    most = float(frame["keyness"].max()) if len(frame) else 1.0
    across = 3
    down = -(-len(names) // across) or 1
    height = down * (top + 2) * ROW * 0.85
    chart = Chart(WIDTH, height, f"特有用词：{'；'.join(_said(frame, name) for name in names[:4]) or '没有'}。")
    for at, name in enumerate(names):
        x, y = at % across, at // across
        axes = chart.add_axes((x / across + 0.1, 1 - (y + 1) / down + 0.25 / down, 0.2, 0.6 / down))
        words = frame[frame["group"] == name].nlargest(top, "keyness")
        axes.barh(range(len(words)), words["keyness"], color=colour("planned"), height=0.62)
        axes.set_yticks(range(len(words)), [plain(w) for w in words["word"]])
        axes.set_ylim(top - 0.5, -0.5)
        axes.set_xlim(0, most)
        axes.set_xticks([])
        axes.spines[:].set_visible(False)
        title = axes.set_title(short(names)[name], size=10, loc="left", color=colour("ink"))
        title.set_url(chart.tip("", name))
        for bar, row in zip(axes.patches, records(words), strict=True):
            bar.set_url(
                chart.tip(f"“{row['word']}”有 {row['count']} 个句段用到，按全部文档应有 {row['expected']:g} 个", name)
            )
    return chart


def _said(frame: pd.DataFrame, name: str) -> str:
    words = frame[frame["group"] == name].nlargest(3, "keyness")["word"]
    return f"{name}用“{'、'.join(map(str, words))}”"


@styled
def trends(frame: pd.DataFrame) -> Chart:
    """各学期的活动：平均每篇说到几处（计划和已做合计），画最多的几种。参数：frame 是 compare(…).trends。"""
    kinds = list(dict.fromkeys(str(c).split("·")[0] for c in frame.columns if "·" in str(c)))
    totals = {kind: [sum(pair) for pair in zip(*_pair(frame, kind), strict=True)] for kind in kinds if len(frame)}
    shown = sorted(totals, key=lambda kind: -sum(totals[kind]))[: whole("charts", "few") // 2]
    terms = [plain(term) for term in frame.index]
    moved = [f"{kind}从 {totals[kind][0]:.1f} 到 {totals[kind][-1]:.1f}" for kind in shown[:3]]
    chart = Chart(WIDTH, 3.4, f"各学期平均每篇说到的活动：{'，'.join(moved) or '没有'}。")
    left, right = 0.6, wide(shown) + 0.3
    axes = chart.add_axes((left / WIDTH, 0.13, (WIDTH - left - right) / WIDTH, 0.8))
    for kind, shade in zip(shown, series(), strict=False):
        (line,) = axes.plot(range(len(terms)), totals[kind], "o-", color=shade, lw=2, ms=5)
        line.set_url(
            chart.tip(f"{kind}：{'，'.join(f'{t} {v:.1f}' for t, v in zip(terms, totals[kind], strict=True))}")
        )
    for kind, shade, at in zip(shown, series(), apart([totals[k][-1] for k in shown], 14), strict=False):
        axes.annotate(kind, (len(terms) - 1, at), xytext=(8, 0), textcoords="offset points", va="center", color=shade)
    axes.set_xticks(range(len(terms)), terms)
    axes.set_xlim(-0.3, max(len(terms) - 0.9, 0.3))
    axes.set_ylim(bottom=0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=colour("soft"))
    axes.set_axisbelow(True)
    return chart


@styled
def follow_up(frame: pd.DataFrame) -> Chart:
    """计划兑现：一行一校，做到、部分做到、没有报告的各几项，后面是兑现的比例。参数：frame 是 follow_up_rates(…)。"""
    shown = frame.sort_values("rate", ascending=False, kind="stable").head(_most())
    names = [str(name) for name in shown["school"]]
    mean = f"平均兑现 {frame['rate'].mean():.0%}" if len(frame) else "没有可对照的计划和总结"
    parts = [
        (word("status", key), colour(tone), [float(v) for v in shown[key]])
        for key, tone in zip(STATUS, ("fine", "partly", "line"), strict=True)
    ]
    chart, ends, axes = bars(names, parts, f"计划兑现：{len(frame)} 校，{mean}。")
    tails(axes, ends, [f"{rate:.0%}" for rate in shown["rate"]])
    return chart


@styled
def shares(frame: pd.DataFrame) -> Chart:
    """相同文字：一行一篇文档，与范文、别校、本校其他文档相同的各占多少，竖线是提醒的界线。

    参数：frame 是 find_copies(…).documents；没有相同文字的文档不画。
    """
    rows = sorted((r for r in records(frame) if share_of(r)), key=lambda r: -(share_of(r) or 0))[: _most()]
    limit = float(settings()["copies"]["share"])
    over = sum((share_of(r) or 0) >= limit for r in records(frame))
    alt = f"相同文字：{len(rows)} 篇有与他处相同的文字，{over} 篇达到 {limit:.0%}。"
    schools = [text_of(r.get("school")) for r in rows]
    known = short([s for s in schools if s])
    labels = [paper(known.get(s, ""), text_of(r.get("file"))) for s, r in zip(schools, rows, strict=True)]
    parts = [
        (f"与{word('relation', key.removeprefix('from_').removesuffix('s'))}相同", shade,
         [number_of(r.get(key)) or 0.0 for r in rows])
        for key, shade in zip(PARTS, ("#6a2a86", "#b07cc6", "#9aa5b3"), strict=True)
    ]  # fmt: skip
    chart, ends, axes = bars(schools, parts, alt, labels)
    axes.set_xlim(0, max([limit, 0.01, *ends]) * 1.02)
    axes.axvline(limit, color=colour("severe"), lw=1, ls="--")
    tails(axes, ends, [f"{end:.0%}" for end in ends])
    return chart


@styled
def matrix(copies: CopyReport) -> Chart:
    """学校之间的相同文字：一行一所用到的学校，一列一处来源（学校或范文），格里是相同的字数。参数：find_copies 的结果。"""
    home = {text_of(r["document"]): text_of(r["school"]) for r in records(copies.documents)}
    counts: Counter[tuple[str, str]] = Counter()
    for row in records(copies.pairs):
        mine = home.get(text_of(row["document"])) or text_of(row["file"])
        source = home.get(text_of(row["source_document"])) or word("relation", text_of(row.get("relation")))
        counts[mine, source] += int(row["copied"])
    rows = sorted({a for a, _ in counts}, key=lambda a: -sum(n for (x, _), n in counts.items() if x == a))[: _most()]
    columns = sorted({b for _, b in counts}, key=lambda b: (b not in home.values(), b))
    labels = short([name for name in dict.fromkeys([*rows, *columns]) if name in home.values()])
    shown = [labels.get(name, plain(name)) for name in columns]
    most = max(counts, key=lambda key: counts[key], default=None)
    alt = f"{most[0]}与{most[1]}相同的最多，{counts[most]} 字。" if most else "没有相同的文字。"
    chart, axes = canvas(
        len(rows), wide(labels.get(r, plain(r)) for r in rows) + 2 * EDGE, f"学校之间的相同文字：{len(rows)} 校用到别处的文字。{alt}",
        top=wide(shown) * 0.75 + 0.35, right=max(0.8, WIDTH - 2.2 - 0.75 * len(columns)),
    )  # fmt: skip
    label_rows(chart, axes, rows, [labels.get(r, plain(r)) for r in rows])
    label_columns(axes, shown)
    grid(axes, len(rows), len(columns))
    top = max(counts.values(), default=1)
    kept = [(a, b, n) for (a, b), n in counts.items() if a in rows]
    cells(chart, axes, (
        (columns.index(b) - 0.44, float(rows.index(a)), 0.88, n / top, colour("copied"), (a, f"{a}与{b}相同 {n} 字"))
        for a, b, n in kept
    ))  # fmt: skip
    for a, b, n in kept:
        ink = "white" if n / top > 0.35 else colour("ink")
        axes.text(columns.index(b), rows.index(a), str(n), ha="center", va="center", size=7.5, color=ink)
    return chart


@styled
def clusters(copies: CopyReport) -> Chart:
    """谁与谁同源：左边是来源（范文用橙色），线连到用了它的文档，线旁是所占的比例，线越粗占得越多。参数：find_copies 的结果。"""
    rows = {text_of(r["document"]): r for r in records(copies.clusters)}
    places = hung({key: text_of(row["parent"]) for key, row in rows.items()})
    known = short([s for s in dict.fromkeys(text_of(r["school"]) for r in rows.values()) if s])
    labels = {key: paper(known.get(text_of(r["school"]), ""), text_of(r["file"])) for key, r in rows.items()}
    roots = sum(depth == 0 for depth, _ in places.values())
    lines = int(max((line for _, line in places.values()), default=0)) + 1
    chart, axes = canvas(lines, EDGE, f"同源的文档：{roots} 组，共 {len(rows)} 篇。", top=0.5, right=EDGE)
    deepest = max((depth for depth, _ in places.values()), default=0)
    lefts = starts([wide(labels[k] for k, (x, _) in places.items() if x == at) for at in range(deepest + 1)])
    axes.set_xlim(0, WIDTH - 2 * EDGE)
    axes.set_xticks([])
    axes.set_yticks([])
    for key, (depth, line) in places.items():
        row, school = rows[key], text_of(rows[key]["school"])
        parent, share = text_of(row["parent"]), number_of(row["copied_share"]) or 0.0
        if parent in places:
            begin = lefts[places[parent][0]] + 0.3 + wide([labels[parent]])
            join(axes, (begin, places[parent][1]), (lefts[depth] - 0.02, line), share)
        words = f"{labels[key]}（{text_of(row['file'])}）" + (f"，{share:.0%} 与来源相同" if share else "")
        tone = "done" if text_of(row["part"]) == "template" else "planned"
        (dot,) = axes.plot(lefts[depth] + 0.08, line, "o", ms=6, color=colour(tone))
        dot.set_url(chart.tip(words, school))
        axes.text(lefts[depth] + 0.2, line, labels[key], va="center").set_url(
            chart.tip("" if school else words, school)
        )
    legend(chart, ["范文等库里的文档", "这一批的文档"], [colour("done"), colour("planned")])
    return chart


@styled
def score_card(frame: pd.DataFrame) -> Chart:
    """记分卡：一行一校，各类问题扣的分接成一条，后面是得分。参数：frame 是 score_card(…) 的结果。"""
    shown = frame.sort_values("score", kind="stable").head(_most())
    names = [str(name) for name in shown["school"]]
    worst = f"扣分最多的是{names[0]}，得 {shown['score'].iloc[0]:g} 分" if names else "没有扣分"
    parts = [
        (heading(key).removesuffix("扣分"), shade, [float(v) for v in shown[key]])
        for key, shade in zip(CHAPTERS, series(), strict=True)
        if key in shown and shown[key].sum() > 0
    ]
    chart, ends, axes = bars(names, parts, f"记分卡：{len(frame)} 所学校，{worst}。")
    tails(axes, ends, [f"{score:g} 分" for score in shown["score"]])
    return chart


def _any(frame: pd.DataFrame, kind: str) -> list[bool]:
    return [a + b > 0 for a, b in zip(*_pair(frame, kind), strict=True)]


def _pair(frame: pd.DataFrame, kind: str) -> tuple[list[float], list[float]]:
    """一种活动的计划、已做两列，没有的当 0。"""
    zero = [0.0] * len(frame)
    plan, done = ([float(v) for v in frame.get(f"{kind}·{state}", zero)] for state in (PLANNED, DONE))
    return plan, done


def _most() -> int:
    return whole("charts", "most")
