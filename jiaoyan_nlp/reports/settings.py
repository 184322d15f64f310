"""报告的版面设置：data/report.toml。"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from jiaoyan_nlp.errors import DataError
from jiaoyan_nlp.lexicon import data_file


@lru_cache(maxsize=1)
def settings() -> dict[str, dict[str, Any]]:
    """全部设置：节 → 名 → 值。抛出：DataError，文件不在或写错。"""
    try:
        return tomllib.loads(data_file("report.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"报告设置 report.toml 读不出来：{error}。请重新安装 jiaoyan_nlp。") from error


def whole(section: str, name: str) -> int:
    """一个整数设置。

    >>> whole("excerpt", "around") > 0
    True
    """
    return int(settings()[section][name])
