"""引出问题清单的一句（“也碰到一些难处。”）标作问题，可是自己没有说出问题：不能说它没有措施回应。"""

from __future__ import annotations

import jiaoyan_nlp as jy
from jiaoyan_nlp.outline import documents
from tests.conftest import extracted

LEAD = "工作中也还存在许多不尽如人意的地方。"
TEXT = f"""河口小学2024年秋季校本教研工作总结
一、主要做法
本学期组织听课四十节，集体备课十六次。
二、存在的问题
{LEAD}一是部分教师评课只说好话，不愿指出不足。二是校园网带宽太小，录像传不上去。
三、改进措施
今后评课每人至少提一条不足和一条建议，不说空话。
"""


def test_lead_in_is_not_reported():
    corpus = jy.Corpus(documents(extracted(TEXT)))
    statements = corpus.table("statements").set_index("text")
    assert statements.loc[LEAD, "problem"]
    unanswered = jy.audit(corpus).query("rule == 'JY108'")["evidence"].tolist()
    assert not any(LEAD[:10] in said for said in unanswered)
    assert any("带宽" in said for said in unanswered)
