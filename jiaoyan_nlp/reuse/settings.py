"""雷同排查的阈值：data/reuse.toml。"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from jiaoyan_nlp.errors import DataError
from jiaoyan_nlp.lexicon import data_file


@lru_cache(maxsize=1)
def settings() -> dict[str, dict[str, float]]:
    """全部阈值：节 → 名 → 数。抛出：DataError，文件不在或写错。"""
    try:
        read: dict[str, Any] = tomllib.loads(data_file("reuse.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"阈值文件 reuse.toml 读不出来：{error}。请重新安装 jiaoyan_nlp。") from error
    return read


def setting(section: str, name: str) -> float:
    """一个阈值。

    >>> setting("prints", "gram") > 3
    True
    """
    return settings()[section][name]


def whole(section: str, name: str) -> int:
    """一个整数阈值。"""
    return int(setting(section, name))
