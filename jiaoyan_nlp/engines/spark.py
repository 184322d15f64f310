"""Spark 引擎：函数用 mapInPandas 分到各台机器，表用 Spark SQL 连；SQL 和本机的一字不差。

各台机器上要装同样版本的 jiaoyan_nlp；文件要放在各台机器都读得到的同一路径下。
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any, Self, TypeVar

from jiaoyan_nlp.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray
    from pyspark.sql import DataFrame, SparkSession

Item = TypeVar("Item")
Result = TypeVar("Result")

PER_CORE = 4
"""每个处理器分几份活：份太少，先做完的要等；太多，起停的开销大。"""


class Spark:
    """在一个 SparkSession 上执行。参数：session 是 "spark" 或一个 SparkSession。抛出：UsageError。"""

    def __init__(self, session: object) -> None:
        self._session = _session(session)

    def map(
        self, function: Callable[[Item], Result], items: Sequence[Item], title: str, batch: int = 1
    ) -> Iterator[Result]:
        """见 Engine.map；title 显示在 Spark 的作业页上，怎么分批由 Spark 定。"""
        self._session.sparkContext.setJobDescription(title)
        rows = _mapped(self._session, function, items).toLocalIterator(prefetchPartitions=True)
        done = {row["number"]: bytes(row["packed"]) for row in rows}
        for number in range(len(items)):
            yield _unpack(done.pop(number))

    def base(self) -> SparkBase:
        """见 Engine.base。"""
        return SparkBase(self._session)


class SparkBase:
    """一组临时视图；用自己的会话，不碰使用者的视图。"""

    def __init__(self, session: SparkSession) -> None:
        self._session = session.newSession()
        parts = PER_CORE * session.sparkContext.defaultParallelism
        self._session.conf.set("spark.sql.shuffle.partitions", parts)
        self._tables: dict[str, DataFrame] = {}
        self._kept: list[DataFrame] = []

    def fill(
        self,
        name: str,
        schema: str,
        function: Callable[[Item], tuple[pd.DataFrame, NDArray[np.float64]]],
        items: Sequence[Item],
        title: str,
    ) -> NDArray[np.float64]:
        """见 Base.fill：算好的留在各台机器上，只有总数回到主机。"""
        import numpy as np

        total: NDArray[np.float64] = np.zeros(1)
        if not items:
            self.put(name, schema, [])
            return total
        self._session.sparkContext.setJobDescription(title)
        done = self._keep(_mapped(self._session, function, items))
        self._add(name, done.mapInPandas(_frames, schema))
        for row in done.mapInPandas(_totals, "packed BINARY").collect():
            total = total + np.frombuffer(row["packed"])
        return total

    def put(self, name: str, schema: str, frames: Iterable[pd.DataFrame]) -> None:
        """把几块数据添进一张表（没有就新建）。"""
        if name not in self._tables:
            self._add(name, self._session.createDataFrame([], schema))
        for frame in frames:
            self._add(name, self._session.createDataFrame(frame, schema))

    def make(self, name: str, query: str) -> None:
        """执行查询，结果存成一张表（已有就换掉）。"""
        self._tables.pop(name, None)
        self._add(name, self._keep(self._session.sql(query)))

    def append(self, name: str, query: str) -> None:
        """执行查询，结果添在一张表后面（没有就新建）。"""
        self._add(name, self._keep(self._session.sql(query)))

    def get(self, query: str) -> pd.DataFrame:
        """执行查询，取回结果。"""
        frame: pd.DataFrame = self._session.sql(query).toPandas()
        return frame

    def buckets(self, rows: int) -> int:
        """Spark 自己分区，不另分桶。"""
        return 1

    def _add(self, name: str, frame: DataFrame) -> None:
        table = self._tables[name].unionByName(frame) if name in self._tables else frame
        self._tables[name] = table
        table.createOrReplaceTempView(name)

    def _keep(self, frame: DataFrame) -> DataFrame:
        """算过一次就留着（内存不够写磁盘），后面几条语句都要用。"""
        kept = frame.persist()
        self._kept.append(kept)
        return kept

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._tables:
            self._session.catalog.dropTempView(name)
        for frame in self._kept:
            frame.unpersist()


def _session(given: object) -> SparkSession:
    """给出的会话，或者现有的，都没有就建一个。"""
    try:
        from pyspark.conf import SparkConf
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError("用 Spark 要先装好：pip install 'jiaoyan_nlp[spark]'，并装上 Java 17 以上。") from error
    if isinstance(given, SparkSession):
        return given
    if given != "spark":
        raise UsageError(f'不认识引擎 {given!r}，可用的是 None、"local"、"spark" 或一个 SparkSession。')
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise UsageError("用 Spark 要先装 Java 17 以上（如 apt-get install default-jre-headless），装好再试。")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # 工作进程用同一个 Python，不然找不到装好的包
    conf = SparkConf().setAppName("jiaoyan_nlp").setIfMissing("spark.ui.enabled", "false")
    return SparkSession.builder.config(conf=conf).getOrCreate()


def _mapped(session: SparkSession, function: Callable[[Item], Result], items: Sequence[Item]) -> DataFrame:
    """对每一项求值：number 是第几项，packed 是打包的结果。"""
    import pandas as pd

    def work(frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for frame in frames:
            for number, packed in zip(frame["number"], frame["packed"], strict=True):
                yield pd.DataFrame({"number": [number], "packed": [_pack(function(_unpack(packed)))]})

    schema = "number INT, packed BINARY"
    given = session.createDataFrame([(n, bytearray(_pack(item))) for n, item in enumerate(items)], schema)
    parts = max(1, min(len(items), PER_CORE * session.sparkContext.defaultParallelism))
    return given.repartition(parts).mapInPandas(work, schema)


def _frames(parts: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """打包的（表、数）→ 表。"""
    for part in parts:
        for packed in part["packed"]:
            yield _unpack(packed)[0]


def _totals(parts: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """打包的（表、数）→ 数的和，一个分区一行。"""
    import numpy as np
    import pandas as pd

    total = sum((_unpack(packed)[1] for part in parts for packed in part["packed"]), np.zeros(1))
    yield pd.DataFrame({"packed": [total.tobytes()]})


def _pack(value: object) -> bytes:
    """在本程序自己的进程之间传递，打包的办法和本机多进程的一样；上传的文件不走这里。"""
    from pyspark import cloudpickle

    packed: bytes = cloudpickle.dumps(value)  # type: ignore[no-untyped-call]
    return packed


def _unpack(packed: bytes) -> Any:  # noqa: ANN401
    from pyspark import cloudpickle

    return cloudpickle.loads(bytes(packed))
