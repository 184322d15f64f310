"""指纹连接：在 DuckDB 或 Spark 里执行 reuse_candidates.sql，得到值得细比的文档对。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import data_file
from jiaoyan_nlp.reuse.settings import settings, whole

if TYPE_CHECKING:
    import pandas as pd

    from jiaoyan_nlp.engines import Base

PRINTS = "doc INT, hash BIGINT, place INT"
"""prints 表的列。"""
UNIT = 1_000_000
"""只有两篇共有的一个指纹，份量记作这么大的整数。"""


@lru_cache(maxsize=1)
def queries() -> dict[str, str]:
    """reuse_candidates.sql 里的各条语句：名 → 语句。"""
    text = data_file("reuse_candidates.sql").read_text(encoding="utf-8")
    parts = re.split(r"^-- name: (\w+)$", text, flags=re.MULTILINE)[1:]
    return {name: query.strip() for name, query in zip(parts[::2], parts[1::2], strict=True)}


def query(name: str, **values: int) -> str:
    """取一条语句，:名字 换成数：给出的，或者 reuse.toml 里 join 一节的。

    >>> "h.held <= 24" in query("links", targets=0)
    True
    """
    limits = settings()["join"]
    known = {**limits, "unit": UNIT, "evidence": round(limits["evidence"] * UNIT), **values}
    return re.sub(r":(\w+)", lambda m: str(known[m.group(1)]), queries()[name])


def join(base: Base, documents: int, targets: int) -> pd.DataFrame:
    """连接 prints 表里的指纹。

    参数：base 里已有 prints 表；documents 是文档总数；targets 是第一篇上报文档的编号。
    返回：doc、source、common（共同的指纹几个）、evidence（份量）、place（名次），一行一对，source 的编号总比 doc 小。
    """
    buckets = base.buckets(documents * whole("join", "per_document"))
    for bucket in range(buckets):
        base.make("holders", query("holders", buckets=buckets, bucket=bucket))
        for name in ("links", "blocks"):
            base.append("links", query(name, targets=targets))
    for bucket in range(buckets):
        base.append("pairs", query("pairs", buckets=buckets, bucket=bucket))
    pairs = base.get("SELECT * FROM pairs")
    return pairs.sort_values(["doc", "place"], ignore_index=True)
