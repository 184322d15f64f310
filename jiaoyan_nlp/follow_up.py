"""计划兑现：计划里的每一项，总结里做到了没有。

模块和公开的函数同名，所以这里只放函数，做事的到用时才载入。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus


def follow_up(corpus: Corpus) -> pd.DataFrame:
    """把计划里的各项（数量、有日期的安排、活动、带数字的目标）与同校同学期的总结对照。

    学科组的计划对本组的总结，没有本组总结的对全校的总结；不知道学校的文档不对照。
    返回：DataFrame，一项一行：school、term、subject、what（quantity event activity goal）、
    status（kept 做到，partly 做到一部分，missing 没有报告，extra 计划外的）、planned、reported（两头的原文）、
    plan_document、plan_start、plan_end、summary_document、summary_start、summary_end、score（相近程度，0 到 1）。
    抛出：UsageError 给的不是 Corpus。
    """
    from jiaoyan_nlp.corpus import check_corpus
    from jiaoyan_nlp.following.run import follow

    check_corpus(corpus)
    return follow(corpus)


def follow_up_rates(frame: pd.DataFrame) -> pd.DataFrame:
    """各校计划兑现的比例。

    参数：frame 是 follow_up 的结果。
    返回：DataFrame，一校一行：school、planned（计划几项）、kept、partly、missing、extra、
    rate（做到的算一项、做到一部分的算半项，占计划的比例）。
    """
    from jiaoyan_nlp.following.run import rates

    return rates(frame)
