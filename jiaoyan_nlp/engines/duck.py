"""本机的 SQL 引擎：DuckDB，内存有上限，超过就写到临时文件夹。"""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

MEMORY = "1GB"
"""DuckDB 自己用的内存上限；超过的部分落盘。"""


class Duck:
    """执行 SQL，表放在一个用完即删的数据库文件里。"""

    def __init__(self, memory: str = MEMORY) -> None:
        import duckdb

        self._folder = tempfile.TemporaryDirectory(prefix="jiaoyan-")
        self._base = duckdb.connect(f"{self._folder.name}/join.duckdb")
        self._base.execute(f"SET memory_limit = '{memory}'")
        self._base.execute(f"SET temp_directory = '{self._folder.name}/spill'")
        self._base.execute("SET preserve_insertion_order = false")
        self._made: set[str] = set()

    def put(self, name: str, frames: Iterable[pd.DataFrame]) -> None:
        """把几块数据依次存成一张表。"""
        for frame in frames:
            self._base.register("incoming", frame)
            self.append(name, "SELECT * FROM incoming")
            self._base.unregister("incoming")

    def make(self, name: str, query: str) -> None:
        """执行查询，结果存成一张表（已有就换掉）。"""
        self._base.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")
        self._made.add(name)

    def append(self, name: str, query: str) -> None:
        """执行查询，结果添在一张表后面（没有就新建）。"""
        if name in self._made:
            self._base.execute(f"INSERT INTO {name} {query}")
        else:
            self.make(name, query)

    def get(self, query: str) -> pd.DataFrame:
        """执行查询，取回结果。"""
        frame: pd.DataFrame = self._base.execute(query).df()
        return frame

    def close(self) -> None:
        """关掉数据库，删掉临时文件。"""
        self._base.close()
        self._folder.cleanup()
