"""逐篇逐条规则地查，每处问题指向原文的字。"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit import residue, settings, structure, substance
from jiaoyan_nlp.audit.registry import RULES, Case, Hit, Rule
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.types import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from jiaoyan_nlp.audit.settings import Settings
    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.types import Document

__all__ = ["RULES", "findings", "residue", "structure", "substance"]

COLUMNS = (*(f.name for f in fields(Finding)), "name", "file", "school")


def findings(corpus: Corpus, config: str | Path | None = None) -> pd.DataFrame:
    """全部问题，见 jiaoyan_nlp.audit。"""
    import pandas as pd

    chosen = settings.load(config)
    rows: list[tuple[object, ...]] = []
    for document in corpus:
        rows += [_row(f, document.file, document.meta.school) for f in _document(corpus, document, chosen)]
    for file, code, message, advice in corpus.notes.astype(str).itertuples(index=False, name=None):
        if code in _texts() and code not in chosen.off:
            hit = Hit(words={"said": message, "advice": advice})
            rows.append(_row(_finding("", code, hit, "", chosen), file, None))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(finding: Finding, file: str, school: str | None) -> tuple[object, ...]:
    values = (getattr(finding, f.name) for f in fields(Finding))
    return (*values, _texts()[finding.rule]["name"], file, school)


def _document(corpus: Corpus, document: Document, chosen: Settings) -> Iterator[Finding]:
    analysis = corpus.analysis(document.id)
    case = Case(document, analysis.tagged, analysis.facts, chosen)
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
