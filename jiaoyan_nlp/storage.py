"""把一批文档和分析结果存成一个 DuckDB 文件，再读回来。值类型写成 JSON，不用 pickle。"""

from __future__ import annotations

import hashlib
import json
import os
import re
import types as builtin
import typing
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jiaoyan_nlp import database, readers
from jiaoyan_nlp.errors import DataError, PathError, ReadError
from jiaoyan_nlp.integrity import fingerprint
from jiaoyan_nlp.types import Document, Extracted, Facts, Note, Tagged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from duckdb import DuckDBPyConnection

FORMAT = 1
"""存盘格式的版本；读到别的版本就说明白。"""
READING = 3
"""读取结果的版本：读取器改得读出的东西不一样了，就加一。"""
SETTLED = ("skipped", "JY504")
"""再读一次也不会变的记录：不该读的，后缀与内容不符的提醒。"""
OWN = "own"
"""标注是用自己训练的模型做的：换了版本也照存的用。"""
Value = TypeVar("Value")
_SURROGATE = re.compile("[\ud800-\udfff]")


def encode(value: Any) -> str:  # noqa: ANN401
    """值类型 → JSON。"""
    source = json.dumps(asdict(value), ensure_ascii=False)
    # 名字不是完好的 UTF-8 的文件带着孤立的代理项，数据库不收
    return source if _SURROGATE.search(source) is None else json.dumps(asdict(value))


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
        hints = _hints(kind)
        return kind(**{f.name: _build(hints[f.name], value[f.name]) for f in fields(kind) if f.name in value})
    return value


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def write(
    path: str | Path,
    documents: Sequence[Document],
    notes: Sequence[Note],
    analyses: Mapping[str, tuple[Tagged, Facts]],
    more: Callable[[DuckDBPyConnection], None] | None = None,
    own: bool = False,
) -> None:
    """存盘：先写同一文件夹里的临时文件，写完再改名，中途断电不伤旧文件。

    参数：more 添别的表；own 是标注用了自己训练的模型。抛出：PathError。
    """
    target = Path(path)
    if not target.parent.is_dir():
        raise PathError(f"文件夹 {target.parent} 不存在，请先建好再存。")
    database.sweep_drafts(target)
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with database.told(target):
            _write(draft, target, documents, notes, analyses, more, OWN if own else fingerprint())
            draft.replace(target)
    finally:
        for left in (draft, database.log_of(draft)):
            with suppress(OSError):  # 名字太长：没有写成，也就不用删
                left.unlink()


def _write(
    draft: Path,
    target: Path,
    documents: Sequence[Document],
    notes: Sequence[Note],
    analyses: Mapping[str, tuple[Tagged, Facts]],
    more: Callable[[DuckDBPyConnection], None] | None,
    analyst: str,
) -> None:
    import duckdb

    database.settle_log(target)
    with duckdb.connect(str(draft)) as connection:
        _create(connection)
        _copy_readings(connection, target)
        connection.begin()
        connection.execute("update analysed set version = ?", [analyst])
        for d in documents:
            row = [d.id, encode(d), *(encode(part) if part else None for part in analyses.get(d.id, (None, None)))]
            connection.execute("insert into documents values (?, ?, ?, ?)", row)
        for note in notes:
            connection.execute("insert into notes values (?)", [encode(note)])
        if more:
            more(connection)
        connection.commit()


def _create(connection: DuckDBPyConnection) -> None:
    connection.execute("create table about (format integer)")
    connection.execute("insert into about values (?)", [FORMAT])
    connection.execute("create table documents (id text, document text, tagged text, facts text)")
    connection.execute("create table notes (note text)")
    connection.execute("create table analysed (version text)")
    connection.execute("insert into analysed values (?)", [fingerprint()])
    connection.execute("create table readings (key text primary key, reading text)")


def _copy_readings(connection: DuckDBPyConnection, target: Path) -> None:
    """要换掉的旧文件里存着读取结果的，带到新文件里。"""
    import duckdb

    if not target.is_file():
        return
    with suppress(duckdb.Error):  # 旧文件不是本库存的，照旧换掉
        quoted = str(target).replace("'", "''")  # attach 不收参数
        connection.execute(f"attach '{quoted}' as old (read_only)")
        connection.execute("insert into readings select key, reading from old.readings")
        connection.execute("detach old")


@dataclass(frozen=True, slots=True)
class Reading:
    """一个文件（压缩包是里面全部）读出的文字和说明；members 是压缩包里该有下落的成员。"""

    texts: tuple[Extracted, ...]
    notes: tuple[Note, ...]
    members: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """再读一次也一样：全都读出了文字，或本来就不该读（照片、系统文件）；有坏的、超时的不算，压缩包里的也一样。"""
        read = {text.file for text in self.texts}
        found = bool(self.texts or self.notes)
        return found and all(note.code in SETTLED or note.file in read for note in self.notes)

    def renamed(self, old: str, new: str) -> Reading:
        """换个路径：内容一样的文件挪了地方，读出来的也一样。"""
        texts = tuple(replace(t, file=new + t.file[len(old) :], notes=_renamed(t.notes, old, new)) for t in self.texts)
        members = tuple(new + name[len(old) :] for name in self.members)
        return Reading(texts, _renamed(self.notes, old, new), members)


def _renamed(notes: Sequence[Note], old: str, new: str) -> tuple[Note, ...]:
    return tuple(replace(n, file=new + n.file[len(old) :]) for n in notes)


def reading_key(path: Path, tools: str) -> str | None:
    """一个文件的读取结果记在哪个名下：内容的 SHA-256、文件名、可选部分；快捷链接、打不开的没有。"""
    try:
        with readers.open_file(path) as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ReadError):
        return None
    name = path.name.encode("utf-8", "backslashreplace").decode()  # 文件名可以不是完好的 UTF-8
    return f"{READING}/{tools}/{digest}/{name}"


class Readings:
    """Corpus 文件里存着的读取结果。读好一个存一个，中途断电、被杀，已存的都在。"""

    def __init__(self, path: str | Path) -> None:
        import duckdb

        target = Path(path)
        if not target.parent.is_dir():
            raise PathError(f"文件夹 {target.parent} 不存在，请先建好再存。")
        if database.foreign(target):
            raise DataError(f"{target} 不是 Corpus.save 存下的文件，或者已损坏，请换一个名字。")
        self._target = target
        with database.told(target):
            self._connection = duckdb.connect(str(target))
            tables = _tables(self._connection)
            if not tables:
                self._connection.begin()
                _create(self._connection)
                self._connection.commit()
            elif "about" not in tables:
                raise DataError(f"{target} 不是 Corpus.save 存下的文件，请换一个名字。")
            _check_format(self._connection, target)
            self._connection.execute("create table if not exists readings (key text primary key, reading text)")

    def __enter__(self) -> Readings:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def known(self, keys: Sequence[str]) -> dict[str, str]:
        """已经存着的：键 → 结果（JSON）。"""
        query = "select key, reading from readings where key in (select unnest(?::text[]))"
        return dict(self._connection.execute(query, [list(keys)]).fetchall())

    def add(self, found: Sequence[tuple[str, str]]) -> None:
        """存几个，一次落盘。"""
        with database.told(self._target):
            self._connection.begin()
            for row in found:
                self._connection.execute("insert or replace into readings values (?, ?)", list(row))
            self._connection.commit()

    def settle(self, documents: Sequence[Document], notes: Sequence[Note]) -> None:
        """读完了：文件里的文档换成这一批；没有变的文档，以前的标注和事实留着。抛出：PathError 磁盘满了。"""
        with database.told(self._target):
            self._replace(documents, notes)

    def _replace(self, documents: Sequence[Document], notes: Sequence[Note]) -> None:
        import pandas as pd

        fresh = pd.DataFrame(
            {"id": [d.id for d in documents], "document": [encode(d) for d in documents]}, dtype="string"
        )
        run = self._connection.execute
        self._connection.register("fresh", fresh)
        self._connection.begin()
        if not _current(self._connection):
            run("update documents set tagged = null, facts = null")
            run("create or replace table analysed as select ? as version", [fingerprint()])
        run(
            "create temp table settled as select fresh.id, fresh.document, old.tagged, old.facts "
            "from fresh left join documents old on old.id = fresh.id and old.document = fresh.document"
        )
        run("delete from documents")
        run("insert into documents select * from settled")
        run("drop table settled")
        run("delete from notes")
        for note in notes:
            run("insert into notes values (?)", [encode(note)])
        self._connection.commit()
        self._connection.unregister("fresh")


def read(path: str | Path) -> tuple[list[Document], list[Note], dict[str, tuple[Tagged, Facts]]]:
    """读回 write 存下的文件；别的版本做的标注和事实不要，用到时重新做。

    抛出：PathError 没有这个文件；DataError 不是本库存的、已损坏或格式不同。
    """
    import duckdb

    source = Path(path)
    if not os.path.isfile(source):  # noqa: PTH113  # 名字太长也不抛错
        raise PathError(f"找不到 {source}，请检查路径。")
    with database.told(source), duckdb.connect(str(source), read_only=True) as connection:
        _check_format(connection, source)
        current = _current(connection)
        rows = connection.execute("select id, document, tagged, facts from documents").fetchall()
        notes = connection.execute("select note from notes").fetchall()
    documents = [decode(Document, document) for _, document, _, _ in rows]
    kept = ((key, tagged, found) for key, _, tagged, found in rows if tagged and current)
    analyses = {key: (decode(Tagged, tagged), decode(Facts, found)) for key, tagged, found in kept}
    return documents, [decode(Note, n) for (n,) in notes], analyses


def _check_format(connection: DuckDBPyConnection, source: Path) -> None:
    (version,) = connection.execute("select format from about").fetchone() or (None,)
    if version != FORMAT:
        raise DataError(f"{source} 是别的版本存下的（格式 {version}，本版是 {FORMAT}），请用原来的文件重新载入。")


def _tables(connection: DuckDBPyConnection) -> set[str]:
    return {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}


def _current(connection: DuckDBPyConnection) -> bool:
    """存着的标注是这一版程序、或自己训练的模型做的；没有记的是更早的版本做的。"""
    if "analysed" not in _tables(connection):
        return False
    return connection.execute("select version from analysed").fetchall() in ([(OWN,)], [(fingerprint(),)])
