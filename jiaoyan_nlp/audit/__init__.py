"""审核：逐篇逐条规则地查，每处问题指向原文的字。

包名和公开的函数同名，所以这里只放函数，规则到用时才载入。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus


def audit(corpus: Corpus, config: str | Path | None = None) -> pd.DataFrame:
    """审核一批文档。

    参数：config 是区县的 TOML 设置（关掉规则、改轻重和阈值），格式见 data/district.toml。
    返回：DataFrame，一处问题一行：document、rule、severity（严重、一般、提示）、start、end、evidence、message、advice，
    另有 name（规则的名称）、file、school。整篇的问题 start = end = 0、evidence 是空的；读不了的文件 document 是空的。
    抛出：PathError 没有这个设置文件；DataError 设置写错了。
    """
    from jiaoyan_nlp.audit.run import findings

    return findings(corpus, config)
