"""手法：原样、杂字、繁简、换词、换序、缩写、改写。看两边的字去掉什么之后相同。"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from jiaoyan_nlp.reuse.settings import setting
from jiaoyan_nlp.text import fold

if TYPE_CHECKING:
    from jiaoyan_nlp.reuse.passage import Passage

_BLANK = re.compile(r"\s+")
_SIGN = re.compile(r"[\W\d_〇零一二三四五六七八九十百千万两]+")


def kind(passage: Passage, text: str, source: str) -> str:
    """一个片段的手法。

    参数：text、source 是两边的原文（只是这一段）。
    返回：verbatim noise script synonym reorder paraphrase condense mosaic 之一（短片段前后相接的 mosaic 要看整篇，另定）。
    """
    if passage.mosaic:
        return "mosaic"
    if passage.loose:
        return "condense" if len(text) < setting("kinds", "condense") * len(source) else "paraphrase"
    plain, other = _BLANK.sub("", text), _BLANK.sub("", source)
    if plain == other:
        return "verbatim"
    folded, origin = _SIGN.sub("", fold(text)), _SIGN.sub("", fold(source))
    alike = similarity(folded, origin)
    if len(folded) < setting("kinds", "condense") * len(origin):
        return "condense"
    if not passage.ordered:
        return "reorder"
    if fold(plain) != plain.lower() and _traditional(plain) != _traditional(other):
        return "script"
    if alike >= setting("kinds", "verbatim") and similarity(plain, other) >= setting("kinds", "verbatim"):
        return "verbatim"
    return "noise" if alike >= setting("kinds", "noise") else "synonym"


def similarity(text: str, other: str) -> float:
    """两段文字共有的字对占多少（0 到 1）。

    >>> similarity("集体备课", "集体备课")
    1.0
    """
    a, b = Counter(pairwise(text)), Counter(pairwise(other))
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values())) if text != other else 1.0


def _traditional(text: str) -> bool:
    """繁体字占一成以上。"""
    changed = sum(a != b for a, b in zip(text, fold(text), strict=True) if a > "㐀" and a < "\uff00")
    return changed > 0.1 * len(text)
