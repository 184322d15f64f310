"""把一批文档分成要比的各组。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaoyan_nlp.errors import UsageError
from jiaoyan_nlp.following.terms import own_terms

if TYPE_CHECKING:
    from jiaoyan_nlp.corpus import Corpus

BY = ("school", "subject", "term", "year", "level", "kind")
UNKNOWN = "（不详）"


def groups(corpus: Corpus, by: str) -> dict[str, str]:
    """文档 → 组名。参数：by 是 school、subject、term、year、level、kind 之一。抛出：UsageError 不能按它分。"""
    if by not in BY:
        raise UsageError(f"不能按“{by}”比较，可用的有：{'、'.join(BY)}。")
    if by in ("term", "year"):
        terms = own_terms(corpus)
        return {key: (value or UNKNOWN)[: 9 if by == "year" else None] for key, value in terms.items()}
    return {d.id: getattr(d.meta, by) or UNKNOWN for d in corpus}
