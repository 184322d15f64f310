"""审核结果的行 → 按规则分组的问题，带摘录。"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit.settings import SEVERITIES
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.reports.marks import excerpt
from jiaoyan_nlp.reports.rows import Row, text_of
from jiaoyan_nlp.reports.view import Group, Issue

if TYPE_CHECKING:
    from collections.abc import Iterable


def issue_groups(rows: Iterable[Row], text: str) -> tuple[Group, ...]:
    """问题按规则分组，严重的在前。"""
    names = {row["rule"]: row["name"] for row in table("rules.csv", "rule", "severity", "name", "message", "advice")}
    found: dict[str, list[Issue]] = defaultdict(list)
    for row in rows:
        issue = _issue(row, text, names)
        found[issue.rule].append(issue)
    groups = [
        Group(
            code,
            some[0].name,
            some[0].severity,
            some[0].advice if len({i.advice for i in some}) == 1 else "",
            tuple(some),
        )
        for code, some in found.items()
    ]
    return tuple(sorted(groups, key=lambda g: (_rank(g.severity), g.rule)))


def _issue(row: Row, text: str, names: dict[str, str]) -> Issue:
    start, end = int(row["start"]), int(row["end"])
    code = text_of(row["rule"])
    return Issue(
        rule=code,
        name=names.get(code, text_of(row.get("name")) or code),
        severity=text_of(row["severity"]),
        evidence=text[start:end] if text else text_of(row["evidence"]),
        excerpt=excerpt(text, start, end),
        message=text_of(row["message"]),
        advice=text_of(row["advice"]),
    )


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
