"""存着指纹的文档库：范文、往届的材料算过一次指纹就存下来，以后只算这一学期新来的。"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp import storage
from jiaoyan_nlp.engines.local import Local
from jiaoyan_nlp.lexicon import data_file
from jiaoyan_nlp.reuse.candidates import PRINTS
from jiaoyan_nlp.reuse.digests import chunks, digest
from jiaoyan_nlp.reuse.settings import settings
from jiaoyan_nlp.types import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from duckdb import DuckDBPyConnection

    from jiaoyan_nlp.reuse.digests import Tally

FOLDING = (
    "reuse_lookalikes.csv", "reuse_synonyms.csv", "reuse_stock.csv", "reuse_quantities.csv", "reuse_units.csv",
    "traditional.csv",
)  # fmt: skip
"""改了这些词表，同样的文字指纹就不同了。"""


@lru_cache(maxsize=1)
def signature() -> str:
    """指纹是按哪些词表和阈值算的；对不上的库要重算。"""
    limits = repr(sorted(settings()["prints"].items())).encode()
    parts = [limits, *(data_file(name).read_bytes() for name in FOLDING)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def save(documents: Sequence[Document], path: str | Path) -> None:
    """把文档连同指纹存成一个文件（jy.open 也打得开）。抛出：PathError 文件夹不在或不可写。"""

    def add(connection: DuckDBPyConnection) -> None:
        connection.execute("CREATE TABLE shelf (number INT, id TEXT)")
        connection.execute(f"CREATE TABLE prints ({PRINTS})")
        total: Tally = np.zeros(1)
        for frame, tally in Local().map(digest, chunks(documents, 0), "指纹"):
            connection.register("incoming", frame)
            connection.execute("INSERT INTO prints SELECT * FROM incoming")
            total = total + tally
        for number, document in enumerate(documents):
            connection.execute("INSERT INTO shelf VALUES (?, ?)", [number, document.id])
        connection.execute("CREATE TABLE shelved (signature TEXT, tally BLOB)")
        connection.execute("INSERT INTO shelved VALUES (?, ?)", [signature(), total.astype("<f8").tobytes()])

    storage.write(path, documents, (), {}, add)


@dataclass(frozen=True, slots=True)
class Archive:
    """一个存着指纹的文件；文档用到哪篇读哪篇。"""

    path: Path
    size: int
    tally: Tally

    def __len__(self) -> int:
        return self.size

    def prints(self, hashes: pd.DataFrame, first: int) -> pd.DataFrame:
        """库里含有这些指纹（hash 列）的地方，从 first 起编号。"""
        with self._open() as connection:
            connection.register("wanted", hashes)
            query = "SELECT (doc + ?)::INT AS doc, hash, place FROM prints WHERE hash IN (SELECT hash FROM wanted)"
            frame: pd.DataFrame = connection.execute(query, [first]).df()
        return frame

    def fetch(self, numbers: Sequence[int]) -> list[Document]:
        """取几篇文档（库里的编号，从小到大）。"""
        query = "SELECT document FROM shelf JOIN documents USING (id) WHERE number IN (SELECT unnest(?::INT[])) ORDER BY number"
        with self._open() as connection:
            rows = connection.execute(query, [list(numbers)]).fetchall()
        return [storage.decode(Document, row) for (row,) in rows]

    def _open(self) -> DuckDBPyConnection:
        import duckdb

        return duckdb.connect(str(self.path), read_only=True)


def opened(path: str | Path) -> Archive | None:
    """打开存着指纹的文件；没有指纹，或者指纹是按别的词表算的，返回 None（改用里面的文档重算）。"""
    import duckdb

    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            row = connection.execute("SELECT signature, tally, (SELECT COUNT(*) FROM shelf) FROM shelved").fetchone()
    except duckdb.Error:
        return None
    if row is None or row[0] != signature():
        return None
    return Archive(Path(path), int(row[2]), np.frombuffer(row[1], dtype="<f8"))
