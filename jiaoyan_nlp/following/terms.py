"""每篇文档其实是哪个学期的：题目、文首、落款日期和同一批的文档各投一票。

题目也会写错（去年的题目没有改），所以不能只看题目。
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jiaoyan_nlp.outline.metadata import HEAD, term_in
from jiaoyan_nlp.text import fold, line_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jiaoyan_nlp.types import Document

PLANS = ("plan", "scheme")
SUMMARIES = ("summary",)
FEW = 3
"""同一批里至少这么多篇说同一学期，才算这一批的学期。"""
TITLE_WEIGHT = 1.5


def term_name(term: str | None) -> str:
    """学期、学年的中文写法；不认识的原样返回。

    >>> term_name("2024-2025-1"), term_name("2024-2025")
    ('2024—2025 学年第一学期', '2024—2025 学年')
    """
    start, _, rest = (term or "").partition("-")
    end, _, half = rest.partition("-")
    words = {"": "", "1": "第一学期", "2": "第二学期"}
    return f"{start}—{end} 学年{words[half]}" if end and half in words else term or ""


def own_terms(documents: Iterable[Document]) -> dict[str, str | None]:
    """每篇文档的学期（2024-2025-1），定不下来是 None。"""
    found = list(documents)
    main = main_term(found)
    return {document.id: own_term(document, main) for document in found}


def main_term(documents: Sequence[Document]) -> str | None:
    """这一批多数文档的学期；不过半是 None。"""
    votes = Counter(d.meta.term for d in documents if d.meta.term)
    term, count = max(votes.items(), key=lambda v: (v[1], v[0]), default=("", 0))
    return term if count >= FEW and count * 2 > sum(votes.values()) else None


def own_term(document: Document, main: str | None = None) -> str | None:
    """一篇文档的学期。参数：main 是这一批多数文档的学期。"""
    votes: Counter[str] = Counter()
    if document.meta.term:
        votes[document.meta.term] += TITLE_WEIGHT  # type: ignore[assignment]
    said = {t for a, b in line_spans(document.text[:HEAD]) if (t := term_in(fold(document.text[a:b])))}
    votes.update(said - {document.meta.term or ""})
    votes.update(t for t in (_dated(document), main) if t)
    return max(votes, key=lambda t: (votes[t], len(t), t), default=None)


def _dated(document: Document) -> str | None:
    """落款日期说明的学期：计划写在学期之初，总结写在学期之末。"""
    parts = (document.meta.date or "").split("-")
    if len(parts) < 2:
        return None
    year, month = int(parts[0]), int(parts[1])
    if document.meta.kind in PLANS:
        first = month >= 7
    elif document.meta.kind in SUMMARIES:
        first = month >= 9 or month <= 2
    else:
        return None
    start = year if month >= 7 and first else year - 1
    return f"{start}-{start + 1}-{1 if first else 2}"


def same_term(a: str | None, b: str | None) -> bool:
    """是不是一个学期；只说学年的，和那一学年的两个学期都算。

    >>> same_term("2024-2025", "2024-2025-1"), same_term("2024-2025-2", "2024-2025-1")
    (True, False)
    """
    return (a or "").startswith(b or "") or (b or "").startswith(a or "")
