"""计划与总结对照：没有报告的、没有做足的、缺计划或缺总结的；问题有没有措施回应。"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit.registry import Case, Hit, rule
from jiaoyan_nlp.comparing.answers import answers
from jiaoyan_nlp.facts.activities import GENERAL, types_in
from jiaoyan_nlp.following.amounts import versus
from jiaoyan_nlp.following.items import SUPERVISION, kinds_in, spoken
from jiaoyan_nlp.following.matching import MISSING, PARTLY
from jiaoyan_nlp.following.terms import PLANS, SUMMARIES, same_term
from jiaoyan_nlp.following.words import said
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import fold, line_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiaoyan_nlp.audit.batch import Batch, Row
    from jiaoyan_nlp.text import Span
    from jiaoyan_nlp.types import Document


@rule("JY108", "summary")
def unanswered(case: Case) -> Iterator[Hit]:
    """总结里的问题没有措施回应。"""
    for answer in answers(case.document, case.tagged):
        if answer.measure is None:
            yield Hit(answer.problem.start, answer.problem.end, {"words": answer.problem.text[:SHOWN]})


SHOWN = 24
"""消息里最多写出这么多字。"""


@rule("JY401", "plan", "scheme")
def unreported(case: Case) -> Iterator[Hit]:
    """计划里的数量要求、有日期的安排、写成标题的活动，要做的课题和反思，总结里连相近的也没有提。同一种、同一行只报一次。"""
    if case.document.id not in case.batch.paired:
        return
    lines = [line for d in case.batch.paired[case.document.id] for line in _told(case, d)]
    told = {k for line in lines for k in kinds_in(line)}
    families = [f for f in _families() if f & told]
    seen: set[str] = set()
    for start, end in _promised(case):
        text = case.folded[start:end]
        kinds = set(types_in(text) or kinds_in(text)) - {GENERAL, *SUPERVISION}
        named = any(title in line for title in _TITLED.findall(text) for line in lines)
        keys = {"、".join(sorted(kinds)), str(case.folded.rfind("\n", 0, start))}
        if not kinds or keys & seen or kinds & told or named or any(kinds & f for f in families):
            continue
        seen |= keys
        start = _first(case, start, kinds)
        yield Hit(start, end, {"words": case.document.text[start:end][:SHOWN]})


def _told(case: Case, summary: Document) -> list[str]:
    """总结的各行；只有标题、下面空着的不算说到。"""
    sections = case.batch.corpus.analysis(summary.id).tagged.sections
    parents = {s.parent for s in sections}
    empty = {
        s.title_start
        for s in sections
        if s.title and not s.run_in and s.index not in parents and not summary.text[s.title_end : s.end].strip()
    }
    return [fold(summary.text[a:b]) for a, b in line_spans(summary.text) if a not in empty]


def _first(case: Case, start: int, kinds: set[str]) -> int:
    """这一条（连同“（三）送课下乡。”这样的小标题）里最先说到这种活动的分句，从那里指起。"""
    begin = max((s.start for s in case.tagged.statements if s.start <= start < s.end), default=start)
    line = case.folded.rfind("\n", 0, start) + 1
    titles = [s.title_start for s in case.tagged.sections if s.run_in and line <= s.title_start < start <= s.end]
    clauses = [m.start() for at in [*titles[-1:], begin] for m in _CLAUSE.finditer(case.folded, at, start)]
    named = (a for a in clauses if kinds & set(kinds_in(_CLAUSE.match(case.folded, a)[0])))  # type: ignore[index]
    return next(named, start)


_CLAUSE = re.compile(r"[^，,。；;\n]+")


def _promised(case: Case) -> Iterator[Span]:
    """没有对上的数量、安排（写明周期的在前）、课题和反思，和写成标题的活动。"""
    least = case.settings.thresholds["unreported"]
    rows = [r for r in case.batch.followed if r["plan_document"] == case.document.id and r["status"] == MISSING]
    spans = [(int(r["plan_start"]), int(r["plan_end"])) for r in rows if r["score"] <= least and _checked(r)]
    yield from sorted(spans, key=lambda s: (not _EVERY.search(case.folded[slice(*s)]), s))
    for section in case.tagged.sections:
        plain = 1 < len(section.title) <= TITLE and not _PAUSE.search(section.title)
        if section.level > 1 and plain and set(types_in(fold(section.title))) & set(types_in(fold(section.title)[-4:])):
            yield section.title_start, section.title_end


TITLE = 12
"""标题这么长以内的，说的就是一种活动。"""
_PAUSE = re.compile("[，,、：:]")
_EVERY = re.compile("每|各")


@lru_cache(maxsize=1)
def _families() -> tuple[frozenset[str], ...]:
    """相近的活动：总结里说到其中一种，别的也算有了交代。"""
    rows = table("follow_words.csv", "kind", "pattern")
    return tuple(frozenset(row["pattern"].split("|")) for row in rows if row["kind"] == "family")


_TITLED = re.compile(r"《[^《》]{2,40}》")
CHECKED = ("quantity", "event")
"""这几种事项没有报告才算：一般的活动说法太多，不好断定。"""
EXPECTED = {"课题研究", "教学反思"}
"""各校都要做、都要报告的活动，没有数量、日期也算。"""


def _checked(row: Row) -> bool:
    if row["what"] != "activity":
        return row["what"] in CHECKED
    return bool(EXPECTED.issuperset(kinds := types_in(fold(str(row["planned"])))) and kinds)


@rule("JY402", "summary")
def below_plan(case: Case) -> Iterator[Hit]:
    """总结里报告的少于计划的，或者自己说没有做足的；一句只报一次。"""
    spans = {
        (int(r["summary_start"]), int(r["summary_end"]))
        for r in case.batch.followed
        if r["status"] == PARTLY and r["summary_document"] == case.document.id and r["what"] in ("quantity", "goal")
    }
    for s in spoken(case.document, case.tagged):
        if s.role in ("problems", "improvement"):
            continue
        text = case.folded[s.start : s.end]
        told = versus(text)
        better = said("upward").search(text) or said("whole").search(text)
        short = said("short").search(text) or (s.start, s.end) in spans
        if (told and told.done < told.planned) or (short and not better):
            yield Hit(s.start, s.end, {"words": s.text[:SHOWN]})


def missing_halves(batch: Batch) -> list[Row]:
    """只有计划没有总结的、只有总结没有计划的学校和学期。整批都只有一种文档的不算。"""
    kinds: dict[str, list[tuple[str | None, bool]]] = defaultdict(list)
    for d in batch.corpus:
        if d.meta.school in batch.named and d.meta.kind in (*PLANS, *SUMMARIES):
            kinds[d.meta.school].append((batch.terms.get(d.id), d.meta.kind in PLANS))
    both = {plan for found in kinds.values() for _, plan in found}
    rows: list[Row] = []
    for school, found in kinds.items() if len(both) > 1 else ():
        for term in sorted({t or "" for t, _ in found}):
            have = {plan for t, plan in found if same_term(t, term)}
            if len(have) == 1:
                rows.append({"school": school, "term": term, "lacks": "总结" if have == {True} else "计划"})
    return rows
