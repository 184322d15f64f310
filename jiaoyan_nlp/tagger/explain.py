"""一个句段为什么标了这些标签：每个词、每条线索的份量，换成看得懂的话。"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.errors import UsageError
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.tagger import statements
from jiaoyan_nlp.tagger.features import WORD, cues, features
from jiaoyan_nlp.tagger.segment import units
from jiaoyan_nlp.text import fold
from jiaoyan_nlp.types import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from jiaoyan_nlp.tagger.features import Features
    from jiaoyan_nlp.tagger.model import LinearModel
    from jiaoyan_nlp.tagger.network import Network
    from jiaoyan_nlp.types import Document

    Floats = NDArray[np.float64]

START = "起点"
"""什么词、什么线索都没有时的对数几率。"""
TOGETHER, TITLE = "词的搭配", "栏目标题的意思"
"""网络看到的，拆不到单个词头上的份额；换掉栏目标题差多少。"""
OWN_CUE = "提示"
"""句段自己的提示语：要说出是哪几个字。"""


@dataclass(frozen=True, slots=True)
class Reason:
    """一条理由：对哪个标签、依据、份量（正的赞成，负的反对；各条连同起点相加是对数几率）。"""

    label: str
    token: str
    contribution: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """一个句段的解释：概率、阈值次序同 LABELS；reasons 按标签分组，组内份量大的在前。"""

    text: str
    probabilities: tuple[float, ...]
    thresholds: tuple[float, ...]
    reasons: tuple[Reason, ...]


def explain(document: Document, start: int, trained: Path | None = None) -> Explanation:
    """解释一个句段。

    参数：start 是句段在 document.text 里的起点；trained 是自己训练的模型所在的文件夹。
    抛出：UsageError 那里没有句段。
    方法：线性模型按记号拆开，份量 = 记号的 TF-IDF 值 × 权重；网络逐词遮住，看对数几率差多少（遮挡法，Zeiler、Fergus 2014），
    差数之外的归“词的搭配”。两边各按份额折算，同一个词的份量相加。
    """
    found = units(document)
    at = next((i for i, unit in enumerate(found) if unit.start == start), None)
    if at is None:
        raise UsageError(f"文档 {document.id} 的第 {start} 个字上没有句段的开头，请用 statements 表里的一行。")
    used = statements.load(trained)
    row = features(document, found)[at]
    text = fold(document.text[found[at].start : found[at].end])
    shares: dict[str, Floats] = defaultdict(lambda: used.linear.bias * 0)
    weight = statements.SHARE
    for token, share in _linear(used.linear, row):
        shares[said(token, text)] += (1 - weight) * share
    for token, share in _network(used.network, row):
        shares[said(token, text)] += weight * share
    begun = shares.pop(START)
    reasons = []
    for k, label in enumerate(LABELS):
        ordered = sorted(((token, float(share[k])) for token, share in shares.items()), key=lambda item: -abs(item[1]))
        reasons += [Reason(label, token, share) for token, share in [(START, float(begun[k])), *ordered]]
    chances = tuple(float(p) for p in used.probabilities([row])[0])
    return Explanation(
        document.text[found[at].start : found[at].end], chances, tuple(map(float, used.thresholds)), tuple(reasons)
    )


def _linear(used: LinearModel, row: Features) -> Iterator[tuple[str, Floats]]:
    """线性模型：每个记号对各标签的份量。"""
    names = sorted(used.vocabulary, key=lambda token: used.vocabulary[token])
    found = used.matrix([row.tokens])
    yield START, used.bias
    for column, value in zip(found.indices, found.data, strict=True):
        yield names[column], value * used.weights[column]


def _network(used: Network, row: Features) -> Iterator[tuple[str, Floats]]:
    """网络：遮住每个词、遮住标题之后各标签少了多少；其余的归搭配。"""
    blank = replace(row, words=[], title=[])
    without = [replace(row, words=row.words[:i] + row.words[i + 1 :]) for i in range(len(row.words))]
    whole, start, untitled, *rest = used.scores([row, blank, replace(row, title=[]), *without])
    parts = [(TITLE, whole - untitled), *((WORD + w, whole - s) for w, s in zip(row.words, rest, strict=True))]
    yield START, start
    yield from parts
    yield TOGETHER, whole - start - sum(share for _, share in parts)


def said(token: str, text: str) -> str:
    """一个记号换成看得懂的话；text 是句段归一后的文字。同一个词的几种记号说法相同，份量相加。

    >>> said("词:不足", "准备不足"), said("字:不足", "准备不足"), said("栏目:问题", "")
    ('“不足”', '“不足”', '栏目标题有“问题”')
    """
    words = _words()
    if token in words:
        return words[token]
    prefix, _, value = token.partition(":")
    if prefix not in words:
        return token
    if prefix == OWN_CUE:
        return words[prefix].format(words.get(f"cue:{value}", value)) + _quoted(value, text)
    return words[prefix].format(words.get(f"cue:{value}", value))


def sentence(label: str, chance: float, threshold: float, reasons: Sequence[Reason], most: int = 4) -> str:
    """一个标签的结论，写成一句话。参数：label 是中文名；reasons 是这个标签的理由；most 是两边各举几条。"""
    evidence = sorted((r for r in reasons if r.token != START), key=lambda r: -r.contribution)
    pro = "、".join(r.token for r in evidence[:most] if r.contribution > 0)
    con = "、".join(r.token for r in evidence[::-1][:most] if r.contribution < 0)
    verdict = "标" if chance >= threshold else "不标"
    return f"{verdict}“{label}”（概率 {chance:.2f}，阈值 {threshold:.2f}）：赞成的有 {pro or '无'}；反对的有 {con or '无'}。"


def _quoted(cue: str, text: str) -> str:
    pattern = dict(cues()).get(cue)
    match = pattern.search(text) if pattern else None
    return f"（{match.group()}）" if match and match.group() else ""


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {row["token"]: row["words"] for row in table("token_words.csv", "token", "words")}
