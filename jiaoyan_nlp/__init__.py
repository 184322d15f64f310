"""校本教研文档的读取、标注、审核、比对与雷同排查。

>>> import jiaoyan_nlp as jy
>>> corpus = jy.load("2024秋/上报")       # doctest: +SKIP
>>> jy.audit(corpus)                      # doctest: +SKIP
"""

from jiaoyan_nlp.audit import audit
from jiaoyan_nlp.corpus import Corpus, load, read
from jiaoyan_nlp.corpus import open_corpus as open
from jiaoyan_nlp.errors import JiaoyanError

__all__ = ["Corpus", "JiaoyanError", "audit", "load", "open", "read"]
__version__ = "0.1.0"
