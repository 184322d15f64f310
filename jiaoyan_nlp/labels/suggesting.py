"""最值得补标的句段：模型拿不准的，又不扎堆在一篇文档、一个标签、一种说法上。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaoyan_nlp.labels.words import label_word
from jiaoyan_nlp.tagger import statements
from jiaoyan_nlp.text import fold
from jiaoyan_nlp.types import LABELS

if TYPE_CHECKING:
    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus

CROWDED = 0.85
"""同一篇文档、同一个标签每选过一句，后面的打几折。"""
ALIKE = 0.5
"""与选过的句段相同的两字组占到这么多，就不再选。"""


def suggest(corpus: Corpus, n: int = 100) -> pd.DataFrame:
    """最值得补标的 n 个句段，最值得的在前。

    返回：statements 表的行，外加 doubt（最拿不准的标签）、score（拿不准的程度，0 到 1，已按扎堆打折）。
    方法：不确定性采样（概率离阈值多近），加贪心的多样性。
    """
    import numpy as np

    from jiaoyan_nlp.corpus import check_corpus

    check_corpus(corpus)
    frame = corpus.table("statements")
    if not len(frame):
        return frame.assign(doubt=[], score=[])
    thresholds = statements.load(corpus.model).thresholds
    chances = frame[[f"p_{label}" for label in LABELS]].to_numpy(dtype=float)
    doubts = 1 - np.abs(chances - thresholds) / np.maximum(thresholds, 1 - thresholds)
    label, left = doubts.argmax(axis=1), doubts.max(axis=1)
    documents = frame["document"].to_numpy()
    grams = [_grams(text) for text in frame["text"]]
    chosen: list[int] = []
    scores: list[float] = []
    while len(chosen) < n and left.max() > 0:
        best = int(left.argmax())
        score, left[best] = float(left[best]), 0.0
        if any(_alike(grams[best], grams[other]) for other in chosen):
            continue
        chosen.append(best)
        scores.append(score)
        left[documents == documents[best]] *= CROWDED
        left[label == label[best]] *= CROWDED
    picked = frame.iloc[chosen].reset_index(drop=True)
    return picked.assign(doubt=[label_word(LABELS[label[i]]) for i in chosen], score=scores)


def _grams(text: str) -> frozenset[str]:
    folded = fold(text)
    return frozenset(folded[i : i + 2] for i in range(len(folded) - 1))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * max(1, min(len(one), len(other)))
