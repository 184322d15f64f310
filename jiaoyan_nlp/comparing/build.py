"""比较的结果：各张表，和取原文的办法。"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from jiaoyan_nlp.comparing import district, norms, tables, wording
from jiaoyan_nlp.comparing.answers import answers
from jiaoyan_nlp.comparing.groups import groups
from jiaoyan_nlp.errors import UsageError
from jiaoyan_nlp.types import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    from matplotlib.figure import Figure

    from jiaoyan_nlp.comparing.cells import Cells
    from jiaoyan_nlp.corpus import Corpus

EVIDENCE = ("table", "document", "file", "start", "end", "text")
ANSWERS = (
    "document", "problem", "problem_start", "problem_end", "measure", "measure_start", "measure_end", "score",
)  # fmt: skip

PLOTS = ("coverage", "quantities", "goals", "problems", "answers", "structure", "distinctive", "trends")
"""能画成图的表。"""


@dataclass(frozen=True, repr=False)
class Comparison:
    """各组的比较。by 是按什么分组；带“一行一组”的表，行名是组名。

    coverage：活动，一行一组，每种活动两列（听课·计划、听课·已做），格里是说到几处；
    quantities：数量要求，一行是一组的一项要求，和区县的常规、中位数比；
    goals、problems：目标、问题的各类，一行一组；examples：各类的例子；
    answers：总结里的问题和回答它的措施，没有回答的 measure 是空的；
    distinctive：各校、各学科、各学年特有的用词（G²），第一次用到才算；structure：各种作用的栏目，一行一组；
    trends：各学期的活动，一行一个学期，平均每篇说到几处。
    evidence(行, 列) 给出一格背后的原文，plot(表名) 画图。
    """

    by: str
    coverage: pd.DataFrame
    quantities: pd.DataFrame
    goals: pd.DataFrame
    problems: pd.DataFrame
    examples: pd.DataFrame
    answers: pd.DataFrame
    structure: pd.DataFrame
    trends: pd.DataFrame
    _corpus: Corpus = field(repr=False)
    _groups: Mapping[str, str] = field(repr=False)
    _cells: Mapping[str, Cells] = field(repr=False)

    def __repr__(self) -> str:
        return f"Comparison（按 {self.by}，{len(self.coverage)} 组）"

    def _repr_html_(self) -> str:
        html: str = import_module("jiaoyan_nlp.reports.display").comparison_html(self)
        return html

    def plot(self, table: str) -> Figure:
        """把一张表画成图。

        参数：table 是 coverage、quantities、goals、problems、answers、structure、distinctive、trends 之一；examples 是原文，不画。
        返回：matplotlib 的 Figure，笔记本里直接显示，可以接着改、存成图片。
        抛出：UsageError 没有这张图。
        """
        if table not in PLOTS:
            raise UsageError(f"没有“{table}”这张图，可用的有：{'、'.join(PLOTS)}。")
        drawn: Figure = getattr(import_module("jiaoyan_nlp.reports.charts"), table)(getattr(self, table))
        return drawn

    @cached_property
    def distinctive(self) -> pd.DataFrame:
        """特有的用词，一行一个：dimension、group、word、count（几个句段用到）、expected（按全部文档应有几个）、keyness（G²）。"""
        return wording.distinctive(self._corpus)

    def evidence(self, school: str, column: str) -> pd.DataFrame:
        """一格背后的原文。

        参数：school 是行（组名，trends 里是学期）；column 是列名，或数量表的 column、特有用词的词。
        返回：DataFrame，一处一行：table（哪张表）、document、file、start、end、text；格里是 0 就没有行。
        抛出：UsageError 没有这一行或这一列。
        """
        import pandas as pd

        rows = {*self._groups.values(), *map(str, self.trends.index), *self.distinctive["group"]}
        if school not in rows:
            raise UsageError(f"没有“{school}”这一行，可用的有：{'、'.join(sorted(rows))}。")
        said = set(self.distinctive.loc[self.distinctive["group"] == school, "word"])
        known = {column for cells in self._cells.values() for _, column in cells.places} | set(self.distinctive["word"])
        if column not in known:
            raise UsageError(f"没有“{column}”这一列，请用表里的列名、数量表的 column 或特有用词的词。")
        documents = {d.id: d for d in self._corpus}
        found = [
            (name, place) for name, cells in self._cells.items() for place in cells.places.get((school, column), ())
        ]
        found += [("distinctive", place) for place in self._said(school, column)] if column in said else []
        records = [
            (name, key, documents[key].file, start, end, documents[key].text[start:end])
            for name, (key, start, end) in found
        ]
        return pd.DataFrame(records, columns=list(EVIDENCE))

    def _said(self, group: str, word: str) -> list[tuple[str, int, int]]:
        """一组里用了这个词的句段。"""
        from jiaoyan_nlp.text import fold

        dimensions = set(self.distinctive.loc[self.distinctive["group"] == group, "dimension"])
        members = {key for by in dimensions for key, name in groups(self._corpus, by).items() if name == group}
        return [
            (d.id, s.start, s.end)
            for d in self._corpus
            if d.id in members
            for s in self._corpus.analysis(d.id).tagged.statements
            if word in fold(s.text)
        ]


def build(corpus: Corpus, by: str, config: str | Path | None = None) -> Comparison:
    """见 jiaoyan_nlp.compare。"""
    group = groups(corpus, by)
    coverage, covered = tables.counted(corpus, group, tables.activity_marks, tables.activity_columns(), by)
    needed = [(norm.activity, norm.unit, norm) for norm in district.norms(config)]
    quantities, counted = norms.quantities(corpus, group, needed, by)
    goals, aimed = tables.counted(corpus, group, tables.goal_marks, tables.class_columns("goal_classes.csv"), by)
    problems, met = tables.counted(corpus, group, tables.problem_marks, tables.class_columns("problem_classes.csv"), by)
    structure, built = tables.counted(corpus, group, tables.section_marks, ROLES, by)
    trends, trended = _trends(corpus)
    return Comparison(
        by=by,
        coverage=coverage,
        quantities=quantities,
        goals=goals,
        problems=problems,
        examples=_examples(corpus, {"goals": aimed, "problems": met}, by),
        answers=_answers(corpus, group, by),
        structure=structure,
        trends=trends,
        _corpus=corpus,
        _groups=group,
        _cells={
            "coverage": covered, "quantities": counted, "goals": aimed, "problems": met, "structure": built,
            "trends": trended,
        },
    )  # fmt: skip


def _trends(corpus: Corpus) -> tuple[pd.DataFrame, Cells]:
    """各学期：文档几篇，平均每篇说到每种活动几处。"""
    from collections import Counter

    term = groups(corpus, "term")
    frame, cells = tables.counted(corpus, term, tables.activity_marks, tables.activity_columns(), "term")
    sizes = Counter(term.values())
    averages = frame.div([max(1, sizes[str(name)]) for name in frame.index], axis=0).round(2)
    averages.insert(0, "documents", [sizes[str(name)] for name in frame.index])
    return averages, cells


def _examples(corpus: Corpus, cells: Mapping[str, Cells], name: str) -> pd.DataFrame:
    import pandas as pd

    parts = [tables.examples(corpus, found, name).assign(table=key) for key, found in cells.items()]
    whole = pd.concat(parts, ignore_index=True)
    return whole[["table", *(c for c in whole.columns if c != "table")]]


def _answers(corpus: Corpus, group: Mapping[str, str], name: str) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for document in corpus.where(kind="summary"):
        for a in answers(document, corpus.analysis(document.id).tagged):
            measure = (a.measure.text, a.measure.start, a.measure.end) if a.measure else (None, None, None)
            rows.append(
                (group[document.id], document.id, a.problem.text, a.problem.start, a.problem.end, *measure, a.score)
            )
    return pd.DataFrame(rows, columns=[name, *ANSWERS]).astype({"measure_start": "Int64", "measure_end": "Int64"})
