"""本机的 SQL 引擎：DuckDB，内存有上限，超过就写到临时文件夹。"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self, TypeVar

from jiaoyan_nlp.database import full
from jiaoyan_nlp.engines.worker import sweep
from jiaoyan_nlp.errors import JiaoyanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    import pandas as pd
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

PREFIX = "jiaoyan-join-"
"""临时文件夹的名字：后面接进程号，上次被杀留下的好认。"""
Item = TypeVar("Item")

MEMORY = "800MB"
"""DuckDB 自己用的内存上限；超过的部分落盘。"""
BUCKET = 10_000_000
"""一桶连这么多行，中间结果也放得进上面的内存。"""


class FullError(JiaoyanError):
    """临时文件夹所在的磁盘满了。"""


@contextmanager
def _room(place: str) -> Iterator[None]:
    import duckdb

    try:
        yield
    except (duckdb.Error, OSError) as error:
        if not full(error):
            raise
        message = f"磁盘空间不够：查重要在临时文件夹 {place} 里放中间结果。请清理磁盘后重新运行。"
        raise FullError(message) from error


class Duck:
    """执行 SQL，表放在一个用完即删的数据库文件里。"""

    def __init__(self) -> None:
        import duckdb

        sweep(PREFIX)
        self._folder = tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-")
        with _room(self._folder.name):
            self._base = duckdb.connect(f"{self._folder.name}/join.duckdb")
        self._base.execute(f"SET memory_limit = '{MEMORY}'")
        self._base.execute(f"SET temp_directory = '{self._folder.name}/spill'")
        self._base.execute("SET preserve_insertion_order = false")
        self._made: set[str] = set()

    def _run(self, query: str) -> DuckDBPyConnection:
        """执行一条语句。抛出：FullError，磁盘满了。"""
        with _room(self._folder.name):
            return self._base.execute(query)

    def fill(
        self,
        name: str,
        schema: str,
        function: Callable[[Item], tuple[pd.DataFrame, NDArray[np.float64]]],
        items: Sequence[Item],
        title: str,
    ) -> NDArray[np.float64]:
        """见 Base.fill：多进程求值，做好一块存一块。"""
        import numpy as np

        from jiaoyan_nlp.engines.local import stream_items

        self.put(name, schema, [])
        total: NDArray[np.float64] = np.zeros(1)
        for frame, numbers in stream_items(function, items, title, batch=1, few=3):
            self.put(name, schema, [frame])
            total = total + numbers
        return total

    def put(self, name: str, schema: str, frames: Iterable[pd.DataFrame]) -> None:
        """把几块数据添进一张表（没有就新建）。"""
        if name not in self._made:
            self._run(f"CREATE TABLE {name} ({schema})")
            self._made.add(name)
        for frame in frames:
            self._base.register("incoming", frame)
            self.append(name, "SELECT * FROM incoming")
            self._base.unregister("incoming")

    def make(self, name: str, query: str) -> None:
        """执行查询，结果存成一张表（已有就换掉）。"""
        self._run(f"CREATE OR REPLACE TABLE {name} AS {query}")
        self._made.add(name)

    def append(self, name: str, query: str) -> None:
        """执行查询，结果添在一张表后面（没有就新建）。"""
        if name in self._made:
            self._run(f"INSERT INTO {name} {query}")
        else:
            self.make(name, query)

    def get(self, query: str) -> pd.DataFrame:
        """执行查询，取回结果。"""
        frame: pd.DataFrame = self._run(query).df()
        return frame

    def buckets(self, rows: int) -> int:
        """rows 行的表分成几桶来连。"""
        return 1 + rows // BUCKET

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()
        self._folder.cleanup()
