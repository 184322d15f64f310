"""各组特有的用词：和其余各组相比多用的词。

尺度是对数似然比 G²（Dunning 1993；用于两个语料的比较见 Rayson & Garside 2000）。词按 jieba 切分，数的是用到它的句段：
一句里反复说的只算一次；标注时已经切过，这里不再切。
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from jiaoyan_nlp.comparing.groups import UNKNOWN, groups

if TYPE_CHECKING:
    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus

COLUMNS = ("dimension", "group", "word", "count", "expected", "keyness")
DIMENSIONS = ("school", "subject", "year")
MOST = 12
"""每组最多列几个词。"""
LEAST = 3
"""一组里有这么多个句段用过才算。"""
CRITICAL = 10.83
"""G² 超过它才列出：自由度 1、p < 0.001。"""


def distinctive(corpus: Corpus) -> pd.DataFrame:
    """各校、各学科、各学年特有的用词，一行一个，G² 大的在前；校名、人名不算。"""
    import pandas as pd

    documents = list(corpus)
    counts = {d.id: dict(corpus.analysis(d.id).tagged.words) for d in documents}
    people = (role.name for d in documents for role in corpus.analysis(d.id).facts.roles)
    names = "、".join({*people, *(d.meta.school or "" for d in documents)})
    rows: list[tuple[str, str, str, int, float, float]] = []
    for dimension in DIMENSIONS:
        group = groups(corpus, dimension)
        tallies: dict[str, Counter[str]] = defaultdict(Counter)
        for key, count in counts.items():
            tallies[group[key]].update(count)
        tallies.pop(UNKNOWN, None)
        if len(tallies) > 1:
            rows += [(dimension, *row) for row in _rows(tallies, names)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(tallies: dict[str, Counter[str]], names: str) -> list[tuple[str, str, int, float, float]]:
    whole: Counter[str] = Counter()
    for tally in tallies.values():
        whole.update(tally)
    total = sum(whole.values())
    rows = []
    for group, tally in sorted(tallies.items()):
        size = tally.total()
        scored = [
            (word, count, round(whole[word] * size / total, 2), keyness(count, size, whole[word], total))
            for word, count in tally.items()
            if count >= LEAST and word not in names
        ]
        top = sorted((s for s in scored if s[3] >= CRITICAL), key=lambda s: (-s[3], s[0]))[:MOST]
        rows += [(group, *row) for row in top]
    return rows


def keyness(count: int, size: int, whole: int, total: int) -> float:
    """一个词在一组里的 G²；用得比其余少的是负数。

    参数：count 是这一组里用到它的句段数，size 是这一组各词的合计；whole、total 是全部的。

    >>> keyness(20, 1000, 30, 10000), keyness(1, 1000, 30, 10000)
    (56.02, -1.95)
    """
    rest, rest_size = whole - count, total - size
    expected, rest_expected = whole * size / total, whole * rest_size / total
    g = 2 * (_part(count, expected) + _part(rest, rest_expected))
    return round(g if count >= expected else -g, 2)


def _part(observed: int, expected: float) -> float:
    return observed * math.log(observed / expected) if observed and expected else 0.0
