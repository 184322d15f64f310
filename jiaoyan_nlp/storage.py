"""把一批文档和分析结果存成一个 DuckDB 文件，再读回来。值类型写成 JSON，不用 pickle。"""

from __future__ import annotations

import json
import os
import types as builtin
import typing
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jiaoyan_nlp.errors import DataError, PathError
from jiaoyan_nlp.types import Document, Facts, Note, Tagged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMAT = 1
"""存盘格式的版本；读到别的版本就说明白。"""
Value = TypeVar("Value")


def encode(value: Any) -> str:  # noqa: ANN401
    """值类型 → JSON。"""
    return json.dumps(asdict(value), ensure_ascii=False)


def decode(kind: type[Value], source: str) -> Value:
    """JSON → 值类型。"""
    built: Value = _build(kind, json.loads(source))
    return built


def _build(kind: Any, value: Any) -> Any:  # noqa: ANN401
    if value is None:
        return None
    origin = typing.get_origin(kind)
    if origin in (typing.Union, builtin.UnionType):
        return _build(next(a for a in typing.get_args(kind) if a is not type(None)), value)
    if origin is tuple:
        inner = typing.get_args(kind)
        if inner[-1] is Ellipsis:
            return tuple(_build(inner[0], item) for item in value)
        return tuple(_build(k, item) for k, item in zip(inner, value, strict=True))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        return kind(**{f.name: _build(hints[f.name], value[f.name]) for f in fields(kind) if f.name in value})
    return value


def write(
    path: str | Path, documents: Sequence[Document], notes: Sequence[Note], analyses: Mapping[str, tuple[Tagged, Facts]]
) -> None:
    """存盘：先写同一文件夹里的临时文件，写完再改名，中途断电不伤旧文件。抛出：PathError。"""
    import duckdb

    target = Path(path)
    if not target.parent.is_dir():
        raise PathError(f"文件夹 {target.parent} 不存在，请先建好再存。")
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with duckdb.connect(str(draft)) as connection:
            connection.execute("create table about (format integer)")
            connection.execute("insert into about values (?)", [FORMAT])
            connection.execute("create table documents (id text, document text, tagged text, facts text)")
            connection.execute("create table notes (note text)")
            for d in documents:
                row = [d.id, encode(d), *(encode(part) for part in analyses[d.id])]
                connection.execute("insert into documents values (?, ?, ?, ?)", row)
            for note in notes:
                connection.execute("insert into notes values (?)", [encode(note)])
        draft.replace(target)
    except (OSError, duckdb.Error) as error:
        raise PathError(f"存不进 {target}：{error}。请检查磁盘空间和文件夹的写权限。") from error
    finally:
        draft.unlink(missing_ok=True)


def read(path: str | Path) -> tuple[list[Document], list[Note], dict[str, tuple[Tagged, Facts]]]:
    """读回 write 存下的文件。抛出：PathError 没有这个文件；DataError 不是本库存的、已损坏或版本不同。"""
    import duckdb

    source = Path(path)
    if not source.is_file():
        raise PathError(f"找不到 {source}，请检查路径。")
    try:
        with duckdb.connect(str(source), read_only=True) as connection:
            (version,) = connection.execute("select format from about").fetchone() or (None,)
            if version != FORMAT:
                raise DataError(
                    f"{source} 是别的版本存下的（格式 {version}，本版是 {FORMAT}），请用原来的文件重新载入。"
                )
            rows = connection.execute("select id, document, tagged, facts from documents").fetchall()
            notes = connection.execute("select note from notes").fetchall()
    except duckdb.Error as error:
        raise DataError(f"{source} 打不开：不是 Corpus.save 存下的文件，或者已损坏，请重新载入原来的文件。") from error
    documents = [decode(Document, document) for _, document, _, _ in rows]
    analyses = {key: (decode(Tagged, tagged), decode(Facts, found)) for key, _, tagged, found in rows}
    return documents, [decode(Note, n) for (n,) in notes], analyses
