"""反馈意见的取舍、版式和说法：data/feedback.toml、data/feedback_words.csv。"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jiaoyan_nlp.errors import DataError
from jiaoyan_nlp.lexicon import data_file, table


@dataclass(frozen=True, slots=True)
class Saying:
    """一条规则写给学校看的说法；message 空着的照审核结果里的话。"""

    name: str
    message: str
    advice: str


@lru_cache(maxsize=1)
def feedback_settings() -> dict[str, Any]:
    """全部设置。抛出：DataError，文件不在或写错。"""
    try:
        return tomllib.loads(data_file("feedback.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"反馈意见的设置 feedback.toml 读不出来：{error}。请重新安装 jiaoyan_nlp。") from error


def sender() -> str:
    """默认的落款。"""
    return str(feedback_settings()["sender"])


def limit(name: str) -> int:
    """最多写几处。

    >>> limit("quotes") > 0
    True
    """
    return int(feedback_settings()["limits"][name])


def least(name: str) -> float:
    """达到多少才写进“值得肯定的做法”。"""
    return float(feedback_settings()["merits"][name])


def rules(place: str) -> frozenset[str]:
    """另有专节的规则。

    >>> "JY209" in rules("alike")
    True
    """
    return frozenset(feedback_settings()["elsewhere"][place])


@lru_cache(maxsize=1)
def sayings() -> dict[str, Saying]:
    """规则代码 → 写给学校看的说法。"""
    rows = table("feedback_words.csv", "rule", "name", "advice")
    return {row["rule"]: Saying(row["name"], row["message"], row["advice"]) for row in rows}
