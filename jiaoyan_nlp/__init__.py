"""校本教研文档的读取、标注、审核、比对与雷同排查。

引入时不做事：公开的名称第一次用到才载入各自的模块。

>>> import jiaoyan_nlp as jy
>>> sorted(jy.__all__)[:2]
['Corpus', 'JiaoyanError']
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if sys.version_info < (3, 11):  # noqa: UP036  # pip 会拦住，直接拷贝来用的拦不住
    raise ImportError(
        f"jiaoyan_nlp 需要 Python 3.11 或更新的版本，现在是 {sys.version_info[0]}.{sys.version_info[1]}。"
    )

from jiaoyan_nlp.audit import audit, dismiss, score_card
from jiaoyan_nlp.compare import compare
from jiaoyan_nlp.follow_up import follow_up, follow_up_rates

if TYPE_CHECKING:
    from jiaoyan_nlp.corpus import Corpus as Corpus
    from jiaoyan_nlp.corpus import load as load
    from jiaoyan_nlp.corpus import open_corpus as open
    from jiaoyan_nlp.corpus import read as read
    from jiaoyan_nlp.errors import JiaoyanError as JiaoyanError
    from jiaoyan_nlp.labels import Labels as Labels
    from jiaoyan_nlp.labels import explain as explain
    from jiaoyan_nlp.labels import export_labels as export_labels
    from jiaoyan_nlp.labels import import_labels as import_labels
    from jiaoyan_nlp.labels import suggest as suggest
    from jiaoyan_nlp.labels import train as train
    from jiaoyan_nlp.reports import chinese as chinese
    from jiaoyan_nlp.reports import report as report
    from jiaoyan_nlp.reports.feedback import feedback as feedback
    from jiaoyan_nlp.reuse import find_copies as find_copies
    from jiaoyan_nlp.reuse import save_index as save_index

__version__ = "0.1.0"

_HOMES = {
    "Corpus": "corpus:Corpus",
    "JiaoyanError": "errors:JiaoyanError",
    "Labels": "labels:Labels",
    "chinese": "reports:chinese",
    "explain": "labels:explain",
    "export_labels": "labels:export_labels",
    "feedback": "reports.feedback:feedback",
    "find_copies": "reuse:find_copies",
    "import_labels": "labels:import_labels",
    "load": "corpus:load",
    "open": "corpus:open_corpus",
    "read": "corpus:read",
    "report": "reports:report",
    "save_index": "reuse:save_index",
    "suggest": "labels:suggest",
    "train": "labels:train",
}
__all__ = [
    "Corpus",
    "JiaoyanError",
    "Labels",
    "audit",
    "chinese",
    "compare",
    "dismiss",
    "explain",
    "export_labels",
    "feedback",
    "find_copies",
    "follow_up",
    "follow_up_rates",
    "import_labels",
    "load",
    "open",
    "read",
    "report",
    "save_index",
    "score_card",
    "suggest",
    "train",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"jiaoyan_nlp 没有“{name}”这个名称，可用的有：{'、'.join(__all__)}。")
    module, inner = _HOMES[name].split(":")
    return getattr(import_module(f"jiaoyan_nlp.{module}"), inner)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
