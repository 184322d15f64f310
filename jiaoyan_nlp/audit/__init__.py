"""审核：逐篇逐条规则地查，每处问题指向原文的字。

包名和公开的函数同名，所以这里只放函数，规则到用时才载入。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.reuse import CopyReport


def audit(corpus: Corpus, config: str | Path | None = None, copies: CopyReport | None = None) -> pd.DataFrame:
    """审核一批文档。

    参数：config 是区县的 TOML 设置（关掉规则、改轻重、阈值、扣分、常规要求、误报），格式见 data/district.toml；
    copies 是 find_copies 的结果，给了才查雷同和同源（JY209—JY212）。
    返回：DataFrame，一处问题一行：document、rule、severity（严重、一般、提示）、start、end、evidence、message、advice，
    另有 name（规则的名称）、file、school、points（扣几分）。整篇的问题 start = end = 0、evidence 是空的；
    读不了的文件、缺交的学校 document 是空的。
    抛出：UsageError 给的不是 Corpus；PathError 没有这个设置文件；DataError 设置写错了。
    """
    from jiaoyan_nlp.audit.run import findings
    from jiaoyan_nlp.corpus import check_corpus

    check_corpus(corpus)
    return findings(corpus, config, copies)


def score_card(findings: pd.DataFrame) -> pd.DataFrame:
    """各校的记分卡：一百分减去全部问题的扣分。

    参数：findings 是 audit 的结果。
    返回：DataFrame，一校一行，分低的在前：school、findings（几处问题）、structure（结构扣几分）、residue（残留与雷同）、
    substance（内容）、promises（兑现）、files（文件）、privacy（个人信息）、points（合计扣几分）、score（得分，最低 0）。
    """
    from jiaoyan_nlp.audit.card import card

    return card(findings)


def dismiss(findings: pd.DataFrame, reason: str, path: str | Path) -> None:
    """把几处问题记成误报；设置文件里写上 dismissed = "误报.csv"，同样的话就不再报。

    参数：findings 是 audit 结果里的几行；reason 是理由；path 是误报的清单（CSV），没有就新建，有就往后添。
    抛出：UsageError 没写理由、表不对；PathError 写不进去；DataError 原来的清单有错。
    """
    from pathlib import Path

    from jiaoyan_nlp.audit.dismissals import append

    append(findings, reason, Path(path))
