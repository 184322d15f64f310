"""各张表怎样从值变成 DataFrame。"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from jiaoyan_nlp.types import (
    LABELS,
    Activity,
    Award,
    Cell,
    Event,
    Note,
    Origin,
    Packed,
    Quantity,
    Role,
    Statement,
    Topic,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from jiaoyan_nlp.types import Analysis, Document, Section

META = ("title", "kind", "school", "level", "subject", "term", "author", "date", "sha256", "off_topic")
DOCUMENT_COLUMNS = ("document", "file", "offset", "length", *META)
FACTS = {
    "activities": Activity, "quantities": Quantity, "schedule": Event, "roles": Role, "topics": Topic, "awards": Award,
    "packed": Packed,
}  # fmt: skip
TABLES = ("documents", "sections", "statements", *FACTS, "cells", "origins", "notes")
"""全部表名。"""
HIDDEN = ("labels", "probabilities")
CLASSES = ("goal_classes", "problem_classes", "activity_types")
SECTION_COLUMNS = (
    "document", "section", "parent", "level", "number", "title", "role", "start", "end", "title_start", "title_end",
)  # fmt: skip
DERIVED = ("sections", "statements", *FACTS)
"""标注之后才有的表。"""


def build(
    name: str, documents: Sequence[Document], notes: Sequence[Note], analyses: Mapping[str, Analysis]
) -> pd.DataFrame:
    """一张表。参数：analyses 是各篇的标注和事实，DERIVED 里的表才用到。"""
    if name == "documents":
        return frame([document_row(d) for d in documents], DOCUMENT_COLUMNS)
    if name == "notes":
        return _rows(notes, Note)
    if name == "origins":
        by_file = {d.file: d.origin for d in documents}
        columns = ("file", *(f.name for f in fields(Origin)))
        return frame([{"file": file, **_record(origin)} for file, origin in by_file.items()], columns)
    if name == "cells":
        columns = ("document", *(f.name for f in fields(Cell)))
        return frame([{"document": d.id, **_record(c)} for d in documents for c in d.cells], columns)
    if name == "sections":
        rows = [_section_row(d, s) for d in documents for s in analyses[d.id].tagged.sections]
        return frame(rows, SECTION_COLUMNS).astype({"parent": "Int64"})
    if name == "statements":
        return _statements([s for d in documents for s in analyses[d.id].tagged.statements])
    return _rows([row for d in documents for row in getattr(analyses[d.id].facts, name)], FACTS[name])


def _record(value: object) -> dict[str, object]:
    return {f.name: getattr(value, f.name) for f in fields(value)}  # type: ignore[arg-type]


def document_row(document: Document) -> dict[str, object]:
    """文档表的一行。"""
    return {
        "document": document.id, "file": document.file, "offset": document.offset, "length": len(document.text),
        **_record(document.meta),
    }  # fmt: skip


def _section_row(document: Document, section: Section) -> dict[str, object]:
    row = _record(section)
    row["section"] = row.pop("index")
    return {"document": document.id, **row}


def _statements(found: Sequence[Statement]) -> pd.DataFrame:
    """句段表：标签展成七列真假，概率展成七列 p_。"""
    plain = [f.name for f in fields(Statement) if f.name not in HIDDEN]
    rows = [
        {name: getattr(s, name) for name in plain[:6]}
        | {label: label in s.labels for label in LABELS}
        | {f"p_{label}": p for label, p in zip(LABELS, s.probabilities, strict=True)}
        | {name: list(getattr(s, name)) for name in CLASSES}
        for s in found
    ]
    columns = [*plain[:6], *LABELS, *(f"p_{label}" for label in LABELS), *CLASSES]
    made = frame(rows, columns)
    return made.astype(dict.fromkeys(LABELS, bool)) if len(made) else made


def _rows(rows: Sequence[object], kind: type) -> pd.DataFrame:
    return frame([_record(r) for r in rows], [f.name for f in fields(kind)])


def frame(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> pd.DataFrame:
    """几行字典变成 DataFrame，列按给的次序。"""
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))
