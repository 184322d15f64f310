"""读取的上限和阈值，写在 data/readers.toml；给使用者看的话写在 data/readers_notes.csv。"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from jiaoyan_nlp.errors import ReadError
from jiaoyan_nlp.lexicon import data_file, table
from jiaoyan_nlp.types import Note

MB = 1 << 20


@lru_cache(maxsize=1)
def _settings() -> dict[str, dict[str, Any]]:
    return tomllib.loads(data_file("readers.toml").read_text(encoding="utf-8"))


def setting(section: str, name: str) -> float:
    """一个阈值。

    >>> setting("limits", "archive_depth")
    3.0
    """
    return float(_settings()[section][name])


@lru_cache(maxsize=1)
def _wording() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in table("readers_notes.csv", "key", "code", "message", "advice")}


def trouble(key: str, **details: object) -> ReadError:
    """按 data/readers_notes.csv 的一行造一个 ReadError；details 填进句子里的空。

    >>> trouble("empty").code
    'JY501'
    """
    row = _wording()[key]
    return ReadError(row["code"], row["message"].format(**details), row["advice"].format(**details))


def note(file: str, key: str, **details: object) -> Note:
    """同 trouble，造的是 notes 表的一行。"""
    return as_note(file, trouble(key, **details))


def as_note(file: str, error: ReadError) -> Note:
    """把读不出的原因变成 notes 表的一行。"""
    return Note(file, error.code, error.message, error.advice)


def limit(name: str) -> float:
    """读文件的一个上限（data/readers.toml 的 limits 一节）。"""
    return setting("limits", name)


def lost_note(file: str, key: str, detail: str = "") -> Note:
    """没有读成的文件（超时、超内存、进程中断等）记的一条。"""
    return note(file, key, detail=detail, seconds=int(limit("file_seconds")), limit=int(limit("file_memory_mb")))
