"""CopyReport：排查的结果，几张表。"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

PASSAGES = (
    "document", "file", "start", "end", "file_start", "file_end",
    "source_document", "source_file", "source_start", "source_end", "source_file_start", "source_file_end",
    "kind", "similarity", "text", "source_text", "relation", "evidence", "reasons",
)  # fmt: skip
PAIRS = (
    "document",
    "file",
    "source_document",
    "source_file",
    "relation",
    "passages",
    "copied",
    "copied_share",
    "similarity",
)
DOCUMENTS = (
    "document", "file", "school", "length", "copied_share", "copied_share_unquoted", "from_templates", "from_schools",
    "from_own", "from_partners", "largest_source", "largest_share", "sources",
)  # fmt: skip
CLUSTERS = ("cluster", "document", "file", "school", "parent", "part", "copied_share")
SHARED = ("block", "reason", "holders", "document", "file", "start", "end", "file_start", "file_end", "text")
SAME_ORIGIN = ("file", "other_file", "score", "reasons")


@dataclass(frozen=True)
class CopyReport:
    """雷同排查的结果。

    passages：一行一个雷同片段，document 抄自 source_document；pairs：一行一对文档；documents：每篇的雷同比例；
    clusters：出自同一祖本的文档和它们的父本；shared：大家都有、不算抄的文字和持有者；same_origin：文件来历相同的。
    """

    passages: pd.DataFrame
    pairs: pd.DataFrame
    documents: pd.DataFrame
    clusters: pd.DataFrame
    shared: pd.DataFrame
    same_origin: pd.DataFrame

    def __repr__(self) -> str:
        return f"CopyReport（{len(self.passages)} 个雷同片段，{len(self.pairs)} 对文档）"

    def _repr_html_(self) -> str:
        html: str = import_module("jiaoyan_nlp.reports.display").copies_html(self)
        return html
