"""本机页面的上限和期限（data/serving.toml），说给使用者的话（data/serving_words.csv）。"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from jiaoyan_nlp.errors import JiaoyanError
from jiaoyan_nlp.lexicon import data_file, table

MB = 1 << 20


class RefusalError(JiaoyanError):
    """页面上的请求不能照办。参数：status 是 HTTP 状态码，message 是给使用者看的一句话。"""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@lru_cache(maxsize=1)
def _settings() -> dict[str, dict[str, Any]]:
    return tomllib.loads(data_file("serving.toml").read_text(encoding="utf-8"))


def setting(section: str, name: str) -> int:
    """一个上限或期限。

    >>> setting("limits", "files") > 0
    True
    """
    return int(_settings()[section][name])


def limit(name: str) -> int:
    """limits 一节里的一个上限。"""
    return setting("limits", name)


def refusal(key: str, **details: object) -> RefusalError:
    """按 data/serving_words.csv 的一行造一个 RefusalError；details 填进句子里的空。

    >>> refusal("disk").status
    507
    """
    row = _wording()[key]
    return RefusalError(int(row["status"]), row["words"].format(**details))


@lru_cache(maxsize=1)
def _wording() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in table("serving_words.csv", "key", "status", "words")}


def steps() -> tuple[dict[str, str], ...]:
    """处理的各步：step、name、about。"""
    return table("serving_steps.csv", "step", "name", "about")
