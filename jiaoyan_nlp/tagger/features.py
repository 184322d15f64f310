"""句段的特征：有名字的记号（词、字、提示语、栏目标题、位置、文档种类，好解释）和依次的词（词序、搭配由网络去看）。"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.tagger.words import title_words, words
from jiaoyan_nlp.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiaoyan_nlp.tagger.segment import Unit
    from jiaoyan_nlp.types import Document, Section

MAX_CHARACTERS = 300
"""一个句段只看开头这么多字：再长也是同一件事，而且不让坏文件拖慢。"""
_HAN = re.compile(r"[\u4e00-\u9fff]+")
WORD = "词:"
_WORD = re.compile(rf"{WORD}(?![一二三四五六七八九十百千两几第]+[\u4e00-\u9fff]?$)[\u4e00-\u9fff]{{2,}}")
_NUMBER = re.compile(r"\d+")
_ITEM = re.compile(
    r"[\s>\-•●◆■*]{0,4}(?:[一二三四五六七八九十]{1,3}[、.]|[(（]?[一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．,]|[①-⑳])"
)


@lru_cache(maxsize=1)
def cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """提示语：名字和写法。"""
    return tuple((row["cue"], re.compile(row["pattern"])) for row in table("cues.csv", "cue", "pattern"))


@dataclass(frozen=True, slots=True)
class Features:
    """一个句段的特征：tokens 是不重复的记号；words 是依次的词（数字都成了 0）；title 是栏目标题的词；kind 是文种。"""

    tokens: list[str]
    words: list[str]
    title: list[str]
    kind: str


def features(document: Document, units: Sequence[Unit]) -> list[Features]:
    """每个句段的特征，次序同 units。"""
    folded = fold(document.text)
    paths = _paths(document.sections)
    titles = {section.index: _title_words(section.title) for section in document.sections}
    last = {unit.section: index for index, unit in enumerate(units)}
    size = max(1, len(units))
    texts = [folded[unit.start : min(unit.end, unit.start + MAX_CHARACTERS)] for unit in units]
    hits = [[name for name, pattern in cues() if pattern.search(text)] for text in texts]
    rows = []
    before = -1
    for index, (unit, text) in enumerate(zip(units, texts, strict=True)):
        item, plain = _plain(text)
        cut = _cut(plain)
        tokens = ["条目"] if item else []
        tokens += [*_inside(plain, cut), *(f"提示:{name}" for name in hits[index])]
        tokens += [f"前句:{name}" for name in (hits[index - 1] if index else ())]
        tokens += [f"后句:{name}" for name in (hits[index + 1] if index + 1 < size else ())]
        tokens += paths.get(unit.section, [])
        tokens += [
            f"种类:{document.meta.kind}",
            f"段首:{unit.opens}",
            f"长短:{min(7, len(text).bit_length())}",
        ]
        if unit.section != before:
            tokens.append("栏目首句")
        if last[unit.section] == index:
            tokens.append("栏目末句")
        before = unit.section
        rows.append(Features(list(dict.fromkeys(tokens)), cut, titles.get(unit.section, []), document.meta.kind))
    return rows


def lone(title: str, text: str) -> Features:
    """单独一句话给网络看的：词、标题，没有记号，不知文种。

    >>> lone("研修方式", "3.每学期听课15节").words
    ['每学期', '听课', '0', '节']
    """
    return Features([], _cut(_plain(fold(text)[:MAX_CHARACTERS])[1]), _title_words(title), "other")


def word_counts(rows: Sequence[Features]) -> tuple[tuple[str, int], ...]:
    """两字以上的汉语词各在几个句段里用过；数目、序数不算。参数：rows 是 features 的结果。"""
    counts = Counter(token for token in chain.from_iterable(row.tokens for row in rows) if token.startswith(WORD))
    return tuple((token[len(WORD) :], count) for token, count in counts.items() if _WORD.fullmatch(token))


def _plain(text: str) -> tuple[bool, str]:
    """是不是条目；去掉编号、数字换成 0 的文字。"""
    item = _ITEM.match(text)
    return item is not None, _NUMBER.sub("0", text[item.end() :] if item else text)


def _cut(plain: str) -> list[str]:
    return [w for w in words(plain) if not w.isspace()]


def _inside(plain: str, cut: Sequence[str]) -> list[str]:
    tokens = [f"{WORD}{w}" for w in cut]
    for run in _HAN.findall(plain):
        tokens += [f"字:{c}" for c in run]  # 单字和两字不靠分词，错字、洗稿换词时还认得出
        tokens += [f"字:{a}{b}" for a, b in pairwise(run)]
    tokens.append(f"开头:{plain[:2]}")
    tokens.append(f"结尾:{plain.rstrip('。；;!！?？,，')[-2:]}")
    return tokens


def _paths(sections: Sequence[Section]) -> dict[int, list[str]]:
    """每个栏目：自己的标题和上级标题的记号。"""
    found: dict[int, list[str]] = {}
    for section in sections:
        own = _title_tokens(section.title, "栏目")
        parent = sections[section.parent] if section.parent is not None else None
        above = _title_tokens(parent.title, "上级") if parent else []
        top = section
        while top.parent is not None:
            top = sections[top.parent]
        highest = _title_tokens(top.title, "顶级")
        found[section.index] = [*own, *above, *highest, f"层级:{min(section.level, 4)}"]
    return found


def _title_tokens(title: str, prefix: str) -> list[str]:
    return [f"{prefix}:{w}" for w in dict.fromkeys(_title_words(title))]


def _title_words(title: str) -> list[str]:
    return [w for w in title_words(title) if _HAN.search(w)]
