"""一批文档：每份总结找到同校同学期的计划，逐项对照。"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from jiaoyan_nlp.following.items import Item, Said, items, sayings
from jiaoyan_nlp.following.matching import EXTRA, Match, matched
from jiaoyan_nlp.following.terms import PLANS, SUMMARIES, own_terms, same_term
from jiaoyan_nlp.following.words import content, coverage
from jiaoyan_nlp.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.types import Document

COLUMNS = (
    "school", "term", "subject", "what", "status", "planned", "reported", "plan_document", "plan_start", "plan_end",
    "summary_document", "summary_start", "summary_end", "score",
)  # fmt: skip
RATES = ("school", "planned", "kept", "partly", "missing", "extra", "rate")
NEW = 0.34
"""总结里的一件事，词有这么多没在计划里说过，才算计划之外的。"""
LONG = 12
"""比这短的一句说不清是不是另一件事。"""

Pair = tuple[tuple["Document", ...], tuple["Document", ...]]


def pairs(corpus: Corpus) -> list[Pair]:
    """同校同学期的（计划，总结）。学科组的计划只对本组的总结；本组没有总结的，对全校的总结。"""
    terms = own_terms(corpus)
    summaries = [d for d in corpus if d.meta.kind in SUMMARIES and d.meta.school]
    groups: dict[tuple[str, ...], tuple[list[Document], list[Document]]] = defaultdict(lambda: ([], []))
    for plan in corpus:
        if plan.meta.kind not in PLANS or not plan.meta.school:
            continue
        mine = [s for s in summaries if s.meta.school == plan.meta.school and same_term(terms[s.id], terms[plan.id])]
        same = [s for s in mine if s.meta.subject == plan.meta.subject] or [s for s in mine if not s.meta.subject]
        if same:
            group = groups[tuple(s.id for s in same)]
            group[0].append(plan)
            group[1][:] = same
    return [(tuple(plans), tuple(found)) for plans, found in groups.values()]


def follow(corpus: Corpus) -> pd.DataFrame:
    """见 jiaoyan_nlp.follow_up。"""
    import pandas as pd

    terms = own_terms(corpus)
    rows: list[tuple[object, ...]] = []
    for plans, summaries in pairs(corpus):
        told = [s for d in summaries for s in sayings(d, corpus.analysis(d.id))]
        term = terms[summaries[0].id]
        reported: set[tuple[str, int]] = set()
        for plan in plans:
            found = [matched(i, told) for i in items(plan, corpus.analysis(plan.id))]
            rows += [_row(plan, term, m) for m in found]
            reported |= {(m.said.document, m.said.line_start) for m in found if m.said}
        rows += [_extra_row(summaries, term, s) for s in _extras(plans, told, reported)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {name: "Int64" for name in COLUMNS if name.endswith(("_start", "_end"))}
    )


def _row(plan: Document, term: str | None, m: Match) -> tuple[object, ...]:
    s = m.said
    told = (s.document, s.start, s.end) if s else (None, None, None)
    reported = s.text if s else None
    i: Item = m.item
    where = (plan.meta.school, term, plan.meta.subject)
    return (*where, i.what, m.status, i.text, reported, i.document, i.start, i.end, *told, m.score)


def _extra_row(summaries: Sequence[Document], term: str | None, s: Said) -> tuple[object, ...]:
    document = next(d for d in summaries if d.id == s.document)
    where = (document.meta.school, term, document.meta.subject)
    empty = (None, None, None)
    return (*where, "activity", EXTRA, None, s.text, *empty, s.document, s.start, s.end, 0.0)


def _extras(plans: Sequence[Document], told: Sequence[Said], reported: set[tuple[str, int]]) -> list[Said]:
    """计划之外的事：总结里说活动的一行，没有对上计划的任何一项，词也多半不在计划里。"""
    planned = "\n".join(fold(plan.text) for plan in plans)
    lines: dict[tuple[str, int], list[Said]] = defaultdict(list)
    for s in told:
        if (s.document, s.line_start) not in reported:
            lines[s.document, s.line_start].append(s)
    found = []
    for line in lines.values():
        done = [s for s in line if "activity" in s.labels and s.role not in ("problems", "situation")]
        chief = max(done, key=lambda s: len(s.text), default=None)
        tokens = content(chief.folded) if chief else ()
        if chief and len(chief.text) >= LONG and tokens and coverage(tokens, planned) < NEW:
            found.append(chief)
    return found


def rates(frame: pd.DataFrame) -> pd.DataFrame:
    """各校兑现的比例。"""
    import pandas as pd

    rows = []
    for school, part in frame.groupby("school", sort=False):
        count = part["status"].value_counts()
        kept, partly, missing, extra = (int(count.get(s, 0)) for s in ("kept", "partly", "missing", "extra"))
        whole = kept + partly + missing
        rows.append(
            (school, whole, kept, partly, missing, extra, round((kept + partly / 2) / whole, 3) if whole else None)
        )
    return pd.DataFrame(rows, columns=list(RATES))
