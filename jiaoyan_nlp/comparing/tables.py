"""各张计数的表：活动、目标、问题、栏目、各学期。每一格都记着原文的位置。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaoyan_nlp.comparing.cells import Cells
from jiaoyan_nlp.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.types import Analysis

PLANNED, DONE = "计划", "已做"
OTHER = "其他"
EXAMPLES = 3
"""每一类举几个例子。"""

Mark = tuple[str, int, int]
"""一处：列名、起、止。"""


def activity_marks(analysis: Analysis) -> list[Mark]:
    """说到的活动：听课·计划、听课·已做。"""
    return [(f"{a.type}·{PLANNED if a.planned else DONE}", a.start, a.end) for a in analysis.facts.activities]


def goal_marks(analysis: Analysis) -> list[Mark]:
    """目标的各类。"""
    found = [s for s in analysis.tagged.statements if "goal" in s.labels]
    return [(c, s.start, s.end) for s in found for c in s.goal_classes or (OTHER,)]


def problem_marks(analysis: Analysis) -> list[Mark]:
    """问题的各类。"""
    found = [s for s in analysis.tagged.statements if "problem" in s.labels]
    return [(c, s.start, s.end) for s in found for c in s.problem_classes or (OTHER,)]


def section_marks(analysis: Analysis) -> list[Mark]:
    """各种作用的栏目。"""
    return [(s.role, s.title_start, s.title_end) for s in analysis.tagged.sections if s.title]


def counted(
    corpus: Corpus, group: Mapping[str, str], marks: Callable[[Analysis], list[Mark]], order: Iterable[str], name: str
) -> tuple[pd.DataFrame, Cells]:
    """一张计数的表和它的各格。参数：group 是文档 → 组名；order 是列的次序，没有出现过的列不要。"""
    cells = Cells()
    seen: set[str] = set()
    for document in corpus:
        for column, start, end in marks(corpus.analysis(document.id)):
            seen.add(column)
            cells.add(group[document.id], column, (document.id, start, end))
    columns = [column for column in order if column in seen]
    return cells.frame(sorted(set(group.values())), columns, name), cells


def activity_columns() -> list[str]:
    """活动表的列：每种活动先计划、后已做。"""
    types = [row["type"] for row in table("activity_types.csv", "type", "pattern")]
    return [f"{name}·{state}" for name in types for state in (PLANNED, DONE)]


def class_columns(name: str) -> list[str]:
    """目标或问题的各类，其他在最后。"""
    return [*(row["class"] for row in table(name, "class", "pattern")), OTHER]


def examples(corpus: Corpus, cells: Cells, name: str) -> pd.DataFrame:
    """每一类的几个例子：不同的组各取一个，先取把握大的。"""
    import pandas as pd

    chance = {
        (d.id, s.start): max(s.probabilities, default=0.0)
        for d in corpus
        for s in corpus.analysis(d.id).tagged.statements
    }
    texts = {d.id: d.text for d in corpus}
    best: dict[tuple[str, str], tuple[str, int, int]] = {
        key: max(places, key=lambda p: chance.get(p[:2], 0.0)) for key, places in cells.places.items() if places
    }
    by_class: dict[str, list[tuple[str, tuple[str, int, int]]]] = {}
    for (group, column), place in best.items():
        by_class.setdefault(column, []).append((group, place))
    rows = [
        (column, group, place[0], place[1], place[2], texts[place[0]][place[1] : place[2]])
        for column, found in by_class.items()
        for group, place in sorted(found, key=lambda f: -chance.get(f[1][:2], 0.0))[:EXAMPLES]
    ]
    return pd.DataFrame(rows, columns=["class", name, "document", "start", "end", "text"])
