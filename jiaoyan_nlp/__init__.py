"""校本教研文档的读取、标注、审核、比对与雷同排查。

引入时不做事：公开的名称第一次用到才载入各自的模块。

>>> import jiaoyan_nlp as jy
>>> sorted(jy.__all__)[:2]
['Corpus', 'JiaoyanError']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit import audit

if TYPE_CHECKING:
    from jiaoyan_nlp.corpus import Corpus as Corpus
    from jiaoyan_nlp.corpus import load as load
    from jiaoyan_nlp.corpus import open_corpus as open
    from jiaoyan_nlp.corpus import read as read
    from jiaoyan_nlp.errors import JiaoyanError as JiaoyanError
    from jiaoyan_nlp.reports import chinese as chinese
    from jiaoyan_nlp.reports import report as report
    from jiaoyan_nlp.reuse import find_copies as find_copies

__version__ = "0.1.0"

_HOMES = {
    "Corpus": "corpus:Corpus",
    "JiaoyanError": "errors:JiaoyanError",
    "chinese": "reports:chinese",
    "find_copies": "reuse:find_copies",
    "load": "corpus:load",
    "open": "corpus:open_corpus",
    "read": "corpus:read",
    "report": "reports:report",
}
__all__ = [
    "Corpus",
    "JiaoyanError",
    "audit",
    "chinese",
    "find_copies",
    "load",
    "open",
    "read",
    "report",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"jiaoyan_nlp 没有“{name}”这个名称，可用的有：{'、'.join(__all__)}。")
    module, inner = _HOMES[name].split(":")
    return getattr(import_module(f"jiaoyan_nlp.{module}"), inner)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
