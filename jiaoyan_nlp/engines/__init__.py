"""表在哪里连接、函数在哪里执行：本机（多进程加 DuckDB）或 Spark。两种引擎的用法一样。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Item = TypeVar("Item")
Result = TypeVar("Result")


class Base(Protocol):
    """能执行 SQL 的一组临时表，用完（with 结束）就删。"""

    def fill(
        self,
        name: str,
        schema: str,
        function: Callable[[Item], tuple[pd.DataFrame, NDArray[np.float64]]],
        items: Sequence[Item],
        title: str,
    ) -> NDArray[np.float64]:
        """对每一项求一块表和一组数：表依次添进 name（列写在 schema 里），返回各组数之和。"""

    def put(self, name: str, schema: str, frames: Iterable[pd.DataFrame]) -> None:
        """把几块数据添进一张表（没有就新建）。"""

    def make(self, name: str, query: str) -> None:
        """执行查询，结果存成一张表（已有就换掉）。"""

    def append(self, name: str, query: str) -> None:
        """执行查询，结果添在一张表后面（没有就新建）。"""

    def get(self, query: str) -> pd.DataFrame:
        """执行查询，取回结果。"""

    def buckets(self, rows: int) -> int:
        """rows 行的表分成几桶来连，内存才放得下。"""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class Engine(Protocol):
    """函数和表在哪里算。"""

    def map(
        self, function: Callable[[Item], Result], items: Sequence[Item], title: str, batch: int = 1
    ) -> Iterator[Result]:
        """对每一项求值，次序不变。function 须是模块里的函数；title 是进度条上的字；batch 是一次送去几项。"""

    def base(self) -> Base:
        """一组新的临时表。"""


def chosen(engine: object) -> Engine:
    """按 engine= 的值选引擎。

    参数：engine 是 None 或 "local"（本机）、"spark"（用现有的 SparkSession，没有就建一个）、一个 SparkSession。
    抛出：UsageError，引擎不认识，或没有装 Spark、Java。
    """
    if engine is None or engine == "local":
        from jiaoyan_nlp.engines.local import Local

        return Local()
    from jiaoyan_nlp.engines.spark import Spark

    return Spark(engine)
