"""指纹连接：在 DuckDB（或 Spark）里执行 reuse_candidates.sql，得到值得细比的文档对。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from jiaoyan_nlp.lexicon import data_file
from jiaoyan_nlp.reuse.settings import setting, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


class Engine(Protocol):
    """能执行 SQL 的引擎。"""

    def put(self, name: str, frames: Iterable[pd.DataFrame]) -> None:
        """把几块数据依次存成一张表。"""

    def make(self, name: str, query: str) -> None:
        """执行查询，结果存成一张表（已有就换掉）。"""

    def append(self, name: str, query: str) -> None:
        """执行查询，结果添在一张表后面（没有就新建）。"""

    def get(self, query: str) -> pd.DataFrame:
        """执行查询，取回结果。"""

    def close(self) -> None:
        """收尾。"""


@lru_cache(maxsize=1)
def queries() -> dict[str, str]:
    """reuse_candidates.sql 里的各条语句：名 → 语句。"""
    text = data_file("reuse_candidates.sql").read_text(encoding="utf-8")
    parts = re.split(r"^-- name: (\w+)$", text, flags=re.MULTILINE)[1:]
    return {name: query.strip() for name, query in zip(parts[::2], parts[1::2], strict=True)}


def query(name: str, **values: float) -> str:
    """取一条语句，:名字 换成数。

    >>> "LIMIT" in query("pairs", rare=24, targets=0)
    False
    """
    return re.sub(r":(\w+)", lambda m: str(values[m.group(1)]), queries()[name])


def join(engine: Engine, prints: Iterable[pd.DataFrame], documents: int, targets: int) -> pd.DataFrame:
    """连接指纹。

    参数：prints 是几块指纹表（doc、hash）；documents 是文档总数；targets 是第一篇上报文档的编号。
    返回：doc、source、evidence、common，一行一对，source 的编号总比 doc 小。
    """
    engine.put("prints", prints)
    buckets = whole("prints", "buckets") + int(documents / setting("prints", "per_bucket"))
    for bucket in range(buckets):
        engine.make("holders", query("holders", buckets=buckets, bucket=bucket))
        engine.append("counted", query("pairs", rare=whole("prints", "rare"), targets=targets))
    limits = {name: setting("prints", name) for name in ("shared", "evidence", "many", "sources")}
    return engine.get(query("best", **limits))
