"""引用上级文件的话：点了文件名或文号的那一句，大家都该照抄，不算谁抄谁。"""

from __future__ import annotations

import re
from functools import lru_cache

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import Span, fold, merge

_STOP = re.compile(r"[。！？!?\n]")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in table("reuse_official.csv", "pattern"))


def quotations(text: str) -> list[Span]:
    """引用上级文件的句子的区间（整句）。

    >>> quotations("一、依据\\n根据县教育局《关于加强校本教研的通知》（教研〔2024〕3号）要求，每周一次。其他。")
    [(5, 44)]
    """
    if "》" not in text and "号" not in text:
        return []
    folded = fold(text)
    found = []
    for pattern in _patterns():
        for match in pattern.finditer(folded):
            before = [m.end() for m in _STOP.finditer(folded, max(0, match.start() - 200), match.start())]
            after = _STOP.search(folded, match.end())
            start = before[-1] if before else max(0, match.start() - 200)
            found.append((start, after.end() if after else len(text)))
    return merge(found)
