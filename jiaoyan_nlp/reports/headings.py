"""任何一张结果表换成中文列名和中文取值。列名、取值的叫法在 data/report_headings.csv、report_words.csv。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

DISGUISE = "source_document"
"""有这一列的表是雷同表，它的 kind 是相同的方式，不是文档种类。"""


def chinese(frame: pd.DataFrame) -> pd.DataFrame:
    """把结果表的列名和取值换成中文，原表不动。

    参数：frame 是本库给出的任何一张表；不认识的列和取值照旧。
    返回：行数、行序、列序相同的 DataFrame。

    >>> import pandas as pd
    >>> chinese(pd.DataFrame({"title": ["工作计划"], "kind": ["plan"], "备注": [""]})).to_dict("records")
    [{'标题': '工作计划', '种类': '计划', '备注': ''}]
    """
    columns = set(map(str, frame.columns))
    shown = frame.copy()
    for name in frame.columns:
        field = _field(str(name), columns)
        if frame[name].dtype == bool:
            shown[name] = [word("truth", value) for value in frame[name]]
        elif field in _words():
            shown[name] = [word(field, value) if isinstance(value, str) else value for value in frame[name]]
    return shown.rename(columns={name: heading(str(name), columns) for name in frame.columns})


def heading(column: str, beside: Collection[str] = ()) -> str:
    """一列的中文叫法；beside 是同一张表的全部列名，不认识的列原样返回。"""
    for row in table("report_headings.csv", "column", "heading"):
        if row["column"] == column and (not row["beside"] or row["beside"] in beside):
            return row["heading"]
    return column


def word(field: str, value: object) -> str:
    """一个取值的中文叫法，没有的原样返回。

    >>> word("kind", "plan"), word("disguise", "reorder"), word("kind", "新种类")
    ('计划', '调了次序', '新种类')
    """
    return _words().get(field, {}).get(str(value), str(value))


def _field(column: str, columns: Collection[str]) -> str:
    return "disguise" if column == "kind" and DISGUISE in columns else column


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in table("report_words.csv", "field", "value", "word"):
        found.setdefault(row["field"], {})[row["value"]] = row["word"]
    return found
