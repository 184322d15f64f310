"""各校比较：活动、数量要求、目标、问题、用词、结构。

模块和公开的函数同名，所以这里只放函数，做事的到用时才载入。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from jiaoyan_nlp.comparing.build import Comparison
    from jiaoyan_nlp.corpus import Corpus


def compare(corpus: Corpus, by: str = "school", config: str | Path | None = None) -> Comparison:
    """比较各校（或各学科、各学期）的文档。

    参数：by 是 school、subject、term、year、level、kind 之一；config 是区县的 TOML 设置，只用其中的常规要求。
    返回：Comparison，各张表是它的属性：coverage、quantities、goals、problems、examples、answers、distinctive、
    structure、trends；comparison.evidence(学校, 列名) 给出一格背后的原文。
    抛出：UsageError 给的不是 Corpus、不能按它分组；PathError、DataError 设置文件有错。
    """
    from jiaoyan_nlp.comparing.build import build
    from jiaoyan_nlp.corpus import check_corpus

    check_corpus(corpus)
    return build(corpus, by, config)
