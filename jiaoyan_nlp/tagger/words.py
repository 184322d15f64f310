"""分词：jieba 的独立实例加本行的词，不动全局的那一个。"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import fold

if TYPE_CHECKING:
    import jieba

TITLE = 40
"""一个标题只看开头这么多字。"""


@lru_cache(maxsize=1)
def tokenizer() -> jieba.Tokenizer:
    """加了 data/domain_words.csv 的 jieba 实例；第一次用时载入词典（约一秒）。

    不用 jieba 自己的载入：它把词典用 marshal 缓存在系统的临时文件夹里，别人换掉那个文件就能让本程序出错、甚至执行别的东西。
    """
    import jieba

    jieba.setLogLevel(logging.WARNING)
    own = jieba.Tokenizer()
    own.FREQ, own.total = own.gen_pfdict(own.get_dict_file())
    own.initialized = True
    for row in table("domain_words.csv", "word"):
        own.add_word(row["word"], freq=100_000)
    return own


def words(text: str) -> list[str]:
    """切词（不用新词发现，同样的字总切成同样的词）。

    >>> words("每学期集体备课")
    ['每学期', '集体备课']
    """
    found: list[str] = tokenizer().lcut(text, HMM=False)
    return found


@lru_cache(maxsize=4096)
def title_words(title: str) -> tuple[str, ...]:
    """一个标题的词：同一个标题要当自己的、上级的、顶级的，各校又常常一样，记着。"""
    return tuple(words(fold(title)[:TITLE]))
