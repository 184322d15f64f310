"""误报：人看过、说不是问题的，记在一个 CSV 里；同样的话再出现，不再报。"""

from __future__ import annotations

import csv
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.errors import DataError, PathError, UsageError
from jiaoyan_nlp.text import fold

if TYPE_CHECKING:
    import pandas as pd

    from jiaoyan_nlp.types import Finding


@dataclass(frozen=True, slots=True)
class Dismissal:
    """一条误报：规则、学校、归一并去掉空白的原文。原文为空的是整篇的问题，只对这所学校有效。"""

    rule: str
    school: str
    words: str


COLUMNS = (*(f.name for f in fields(Dismissal)), "reason")


def key(rule: str, school: str | None, evidence: str) -> Dismissal:
    """一处问题对应的误报：有原文的不论哪所学校，没有原文的只看学校。"""
    words = "".join(fold(evidence).split())
    return Dismissal(rule, "" if words else school or "", words)


def holds(dismissed: frozenset[Dismissal], finding: Finding, school: str | None) -> bool:
    """这处问题是不是已经说过是误报。"""
    return key(finding.rule, school, finding.evidence) in dismissed


def read(path: Path) -> frozenset[Dismissal]:
    """读误报的清单。抛出：PathError 没有这个文件；DataError 缺列、缺规则，写明第几行。"""
    if not path.is_file():
        raise PathError(f"找不到误报的清单 {path}，请检查设置文件里的 dismissed。")
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except UnicodeDecodeError as error:
        raise DataError(f"误报的清单 {path} 不是 UTF-8 编码，请在 Excel 里另存为“CSV UTF-8”。") from error
    for number, row in enumerate(rows, 2):
        if any(row.get(name) is None for name in COLUMNS) or not row["rule"]:
            raise DataError(f"误报的清单 {path} 第 {number} 行不全，应有 {'、'.join(COLUMNS)} 四列，rule 不能空。")
    return frozenset(key(row["rule"], row["school"], row["words"]) for row in rows)


def append(findings: pd.DataFrame, reason: str, path: Path) -> None:
    """把几处问题记成误报，已经有的不重复记。"""
    if not reason.strip():
        raise UsageError("记成误报要写明理由，例如“两校确实联合教研”。")
    missing = [name for name in ("rule", "school", "evidence") if name not in findings.columns]
    if missing:
        raise UsageError(f"这张表缺少 {'、'.join(missing)} 列，请给 audit 结果里的几行。")
    known = read(path) if path.is_file() else frozenset()
    found = {key(str(r.rule), str(r.school or ""), str(r.evidence or "")) for r in findings.itertuples()}
    new = not path.is_file()
    try:
        with path.open("a", encoding="utf-8-sig" if new else "utf-8", newline="") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(COLUMNS)
            writer.writerows([*astuple(one), reason.strip()] for one in sorted(found - known, key=astuple))
    except OSError as error:
        raise PathError(
            f"误报的清单 {path} 写不进去：{error}。请检查文件夹和写权限，或先在 Excel 里关掉它。"
        ) from error
