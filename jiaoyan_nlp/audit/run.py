"""逐篇逐条规则地查，每处问题指向原文的字。"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit import alike, dismissals, leftover, norms, promises, residue, settings, structure, substance
from jiaoyan_nlp.audit.batch import Batch
from jiaoyan_nlp.audit.registry import RULES, Case, Hit, Rule
from jiaoyan_nlp.engines.progress import counted
from jiaoyan_nlp.following.terms import term_name
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.types import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from jiaoyan_nlp.audit.settings import Settings
    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.reuse import CopyReport
    from jiaoyan_nlp.types import Document

__all__ = ["RULES", "alike", "findings", "leftover", "norms", "promises", "residue", "structure", "substance"]

COLUMNS = (*(f.name for f in fields(Finding)), "name", "file", "school", "points")
MISSING_HALF = "JY403"


def findings(corpus: Corpus, config: str | Path | None = None, copies: CopyReport | None = None) -> pd.DataFrame:
    """全部问题，见 jiaoyan_nlp.audit。"""
    import pandas as pd

    chosen = settings.load(config)
    batch = Batch(corpus, copies)
    found: list[tuple[Finding, str, str | None]] = []
    for document in counted(corpus, "审核", len(corpus)):
        found += [(f, document.file, document.meta.school) for f in _document(document, chosen, batch)]
    found += _notes(corpus, chosen)
    if MISSING_HALF not in chosen.off:
        found += [
            (
                _finding("", MISSING_HALF, Hit(words=row | {"term": term_name(row["term"])}), "", chosen),
                "",
                row["school"],
            )
            for row in promises.missing_halves(batch)
        ]
    rows = [
        _row(f, file, school, chosen) for f, file, school in found if not dismissals.holds(chosen.dismissed, f, school)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"points": float})


def _notes(corpus: Corpus, chosen: Settings) -> Iterator[tuple[Finding, str, str | None]]:
    """读不出来、加密、雷同一类的文件。"""
    owners = {d.file: d.meta.school for d in corpus}
    for file, code, message, advice in corpus.notes.astype(str).itertuples(index=False, name=None):
        if code in _texts() and code not in chosen.off:
            hit = Hit(words={"said": message, "advice": advice})
            yield _finding("", code, hit, "", chosen), file, owners.get(file)


def _row(finding: Finding, file: str, school: str | None, chosen: Settings) -> tuple[object, ...]:
    values = (getattr(finding, f.name) for f in fields(Finding))
    points = chosen.points.get(finding.rule, chosen.points[finding.severity])
    return (*values, _texts()[finding.rule]["name"], file, school, points)


def _document(document: Document, chosen: Settings, batch: Batch) -> Iterator[Finding]:
    if document.id in batch.repeated:
        return
    analysis = batch.corpus.analysis(document.id)
    case = Case(document, analysis.tagged, analysis.facts, chosen, batch)
    for code in sorted(RULES):
        if code not in chosen.off and _applies(RULES[code], document):
            yield from _limited(case, RULES[code])


def _applies(rule: Rule, document: Document) -> bool:
    return not rule.kinds or document.meta.kind in rule.kinds


def _limited(case: Case, rule: Rule) -> Iterator[Finding]:
    """一条规则的各处问题；太多时只列前几处，最后一处写明还有多少。"""
    hits = list(rule.check(case))
    most = int(case.settings.thresholds["most"])
    for index, hit in enumerate(hits[:most]):
        more = f"（同类的还有 {len(hits) - most} 处。）" if index == most - 1 and len(hits) > most else ""
        yield _finding(case.document.id, rule.code, hit, case.document.text[hit.start : hit.end], case.settings, more)


def _finding(document: str, code: str, hit: Hit, evidence: str, chosen: Settings, more: str = "") -> Finding:
    texts = _texts()[code]
    message = str(hit.words.get("message") or texts["message"].format(**hit.words)) + more
    advice = texts["advice"].format(**hit.words)
    return Finding(document, code, chosen.severity[code], hit.start, hit.end, evidence, message, advice)


def _texts() -> dict[str, dict[str, str]]:
    return {row["rule"]: row for row in table("rules.csv", "rule", "severity", "name", "message", "advice")}
