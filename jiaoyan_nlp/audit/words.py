"""规则用的说法（data/audit_words.csv）。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import pattern

if TYPE_CHECKING:
    import re


def said(kind: str) -> re.Pattern[str]:
    """一类说法合成的正则。参数：kind 是 data/audit_words.csv 里的类。

    >>> bool(said("project").search("申报小课题"))
    True
    """
    return pattern("audit_words.csv", kind)
