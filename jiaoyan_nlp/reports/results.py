"""写报告要用的各种结果，放在一起：手头有的用手头的，没有的现算。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit import audit, score_card
from jiaoyan_nlp.compare import compare
from jiaoyan_nlp.corpus import check_corpus
from jiaoyan_nlp.follow_up import follow_up as followed
from jiaoyan_nlp.reuse import find_copies

if TYPE_CHECKING:
    import pandas as pd

    from jiaoyan_nlp.comparing.build import Comparison
    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.reuse import CopyReport


@dataclass(frozen=True, slots=True)
class Results:
    """一批文档和它的 audit、find_copies、compare、follow_up 的结果；里面提到的文档可以不在 corpus 里。

    写反馈意见用不着 comparison，可以没有。
    """

    corpus: Corpus
    findings: pd.DataFrame
    copies: CopyReport
    follow_up: pd.DataFrame
    comparison: Comparison | None = None

    @property
    def card(self) -> pd.DataFrame:
        """记分卡；问题表里没有扣几分的（自己拼的表），记分卡是空的。"""
        return score_card(self.findings if "points" in self.findings else self.findings[:0])


def completed(
    corpus: Corpus,
    copies: CopyReport | None,
    findings: pd.DataFrame | None,
    comparison: Comparison | None,
    follow_up: pd.DataFrame | None,
) -> Results:
    """缺的几样现算。抛出：UsageError 给的不是 Corpus。"""
    check_corpus(corpus)
    copies = find_copies(corpus) if copies is None else copies
    return Results(
        corpus=corpus,
        findings=audit(corpus, copies=copies) if findings is None else findings,
        copies=copies,
        follow_up=followed(corpus) if follow_up is None else follow_up,
        comparison=compare(corpus) if comparison is None else comparison,
    )
