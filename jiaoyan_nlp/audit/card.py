"""记分卡：每校各类问题扣几分，加起来就是这一校全部问题的扣分。"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

CHAPTERS = {
    "JY1": "structure", "JY2": "residue", "JY3": "substance", "JY4": "promises", "JY5": "files", "JY6": "privacy",
}  # fmt: skip
"""规则代码的头三位是哪一类：结构、残留与雷同、内容、兑现、文件、个人信息。"""
FULL = 100.0
NOWHERE = "（未识别学校）"


def card(findings: pd.DataFrame) -> pd.DataFrame:
    """见 jiaoyan_nlp.audit.score_card。"""
    import pandas as pd

    columns = ["school", "findings", *CHAPTERS.values(), "points", "score"]
    if not len(findings):
        return pd.DataFrame(columns=columns)
    schools = findings["school"].fillna(NOWHERE)
    chapter = findings["rule"].str[:3].map(CHAPTERS)
    wide = findings.pivot_table(index=schools, columns=chapter, values="points", aggfunc="sum", fill_value=0.0)
    wide = wide.reindex(columns=list(CHAPTERS.values()), fill_value=0.0)
    wide["findings"] = findings.groupby(schools).size()
    wide["points"] = findings.groupby(schools)["points"].sum()
    wide["score"] = (FULL - wide["points"]).clip(lower=0.0)
    return wide.rename_axis(index="school", columns=None).reset_index()[columns].sort_values("score", ignore_index=True)
