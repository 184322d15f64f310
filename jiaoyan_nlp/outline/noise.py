"""认出不算正文的部分：网站导航、导语、下载提示、相关链接、页码等。规则在 data/noise.csv。"""

from __future__ import annotations

import re
from functools import lru_cache

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import Span, fold, line_spans, merge, sentence_spans

HEAD_LINES = 8
"""导语只在文首这么多行里找。"""
MAX_LINE = 90
"""网站杂质的行不长；再长就是正文里碰巧提到。"""
MAX_LEAD = 700
"""导语一段最多这么多字。"""


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    scopes: dict[str, list[str]] = {}
    for row in table("noise.csv", "scope", "pattern"):
        scopes.setdefault(row["scope"], []).append(row["pattern"])
    return {scope: re.compile("|".join(f"(?:{p})" for p in found)) for scope, found in scopes.items()}


def furniture(text: str) -> list[Span]:
    """不算正文的区间，按先后排、互不重叠。

    >>> text = "首页 > 范文\\n以下是小编整理的计划，欢迎阅读。\\n一、目标\\n提高质量。"
    >>> [text[a:b] for a, b in furniture(text)]
    ['首页 > 范文', '以下是小编整理的计划，欢迎阅读。']
    """
    folded = fold(text)
    rules = _patterns()
    found: list[Span] = []
    tail = False
    for index, (start, end) in enumerate(line_spans(text)):
        line = folded[start:end]
        short = end - start <= MAX_LINE
        if short and rules["tail"].search(line):
            tail = True
            found.append((start, end))
        elif (short and (rules["line"].search(line) or (tail and _link(line)))) or (
            index < HEAD_LINES and end - start <= MAX_LEAD and _lead_in(line)
        ):
            found.append((start, end))
        else:
            tail = False
            found += _sentences(folded, start, end, rules["sentence"])
    return merge(found)


def _lead_in(line: str) -> bool:
    """导语：提到小编，或者两样以上的导语用语。"""
    hits = {m.lastindex or m.group() for m in _patterns()["lead"].finditer(line)}
    return "小编" in line or len(hits) >= 2


def _link(line: str) -> bool:
    return bool(_patterns()["link"].search(line)) or not re.search(r"[。；;！!]", line)


def _sentences(folded: str, start: int, end: int, rule: re.Pattern[str]) -> list[Span]:
    if not rule.search(folded, start, end):
        return []
    return [(a, b) for a, b in sentence_spans(folded, start, end) if rule.search(folded, a, b)]
