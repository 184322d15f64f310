"""文件的来历：两所学校的文件出自同一份底稿（Word 修订号、图片、PDF 标识、作者相同），改了文字也看得出。"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.reuse.report import SAME_ORIGIN
from jiaoyan_nlp.reuse.settings import setting, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from jiaoyan_nlp.types import Document, Origin

Trait = tuple[str, str]


def same_origin(batch: Sequence[Document], official: Iterable[Document]) -> pd.DataFrame:
    """same_origin 表：不同学校的两个文件来历相同，分数从高到低。

    区里发的表格（official）带着的来历不算，许多文件都有的不算。
    """
    import pandas as pd

    files = {d.file: d for d in batch}
    common = {trait for d in official for trait in _traits(d.origin)}
    holders: dict[Trait, set[str]] = defaultdict(set)
    for file, document in files.items():
        for trait in _traits(document.origin):
            if trait not in common:
                holders[trait].add(file)
    shared: dict[tuple[str, str], list[Trait]] = defaultdict(list)
    for trait, held in sorted(holders.items()):
        if len(held) <= whole("origin", "holders"):
            for pair in combinations(sorted(held), 2):
                shared[pair].append(trait)
    rows = []
    for (file, other), traits in shared.items():
        a, b = files[file].meta.school, files[other].meta.school
        score, reasons = _score(traits)
        if score >= setting("origin", "score") and (a is None or a != b):
            rows.append({"file": file, "other_file": other, "score": round(score, 2), "reasons": "；".join(reasons)})
    rows.sort(key=lambda row: (-float(str(row["score"])), str(row["file"]), str(row["other_file"])))
    return pd.DataFrame(rows, columns=list(SAME_ORIGIN))


def _traits(origin: Origin) -> set[Trait]:
    found: set[Trait] = set()
    for row in table("reuse_origin.csv", "field", "weight", "reason"):
        value = getattr(origin, row["field"])
        values = value if isinstance(value, tuple) else (value,)
        found |= {(row["field"], v) for v in values if v}
    return found


def _score(traits: Sequence[Trait]) -> tuple[float, list[str]]:
    """分数和理由；多值的（修订号、图片）两个以上才算足。"""
    score, reasons = 0.0, []
    for row in table("reuse_origin.csv", "field", "weight", "reason"):
        values = [value for name, value in traits if name == row["field"]]
        if values:
            enough = row["field"] != "rsids" or len(values) >= whole("origin", "rsids")
            score += float(row["weight"]) * (1.0 if enough else 0.5)
            reasons.append(row["reason"].format(count=len(values), value=values[0]))
    return score, reasons
