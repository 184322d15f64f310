"""字节变文字：看字节顺序标记，再试 UTF-8，再在 GB18030、Big5、UTF-16 里挑读出来最像中文的。"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import log

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.readers.settings import setting
from jiaoyan_nlp.text import fold

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""字节顺序标记和编码；UTF-32 的标记以 UTF-16 的开头，所以排在前面。"""

GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
LATIN = ("latin-1", "cp1252")
PUNCTUATION = frozenset("，。、：；？！“”‘’（）《》【】〔〕—…·　①②③④⑤⑥⑦⑧⑨⑩〇％")


@dataclass(frozen=True, slots=True)
class Decoded:
    """读出的文字；lost 是读不出的字节有几处，mojibake 是被还原的错误编码。"""

    text: str
    encoding: str
    lost: int = 0
    mojibake: str | None = None


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """把字节读成文字，去掉字节顺序标记，不动换行。

    参数：declared 是文件自称的编码（网页的 charset），读得通才用。
    返回：Decoded；不是文字返回 None。

    >>> decode("校本研修计划".encode("gbk")).text, decode("校本研修計畫".encode("big5")).encoding
    ('校本研修计划', 'big5hkscs')
    """
    marked = _by_mark(data)
    decoded = marked or _strict(data, declared) or _strict(data, "utf-8")
    if decoded:
        decoded = _undo_mojibake(decoded)
    if decoded is None or (marked is None and _accidental(decoded)):
        decoded = _guess(data) or decoded
    return decoded if decoded and _control_share(decoded.text) <= setting("decode", "control_share") else None


def _accidental(decoded: Decoded) -> bool:
    """短的 GBK 字节碰巧也是完好的 UTF-8（读成希腊、希伯来字母）：没有汉字、按 GBK 读却是常用字的才算。"""
    if decoded.encoding != "utf-8" or decoded.mojibake or decoded.text.isascii() or _HAN.search(decoded.text):
        return False
    other = decoded.text.encode("utf-8").decode("gb18030", "replace")
    return commonness("".join(c for c in other if not c.isascii())) > setting("decode", "accidental")


_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")
_HAN = re.compile("[\u3000-\u9fff\uff00-\uffef]")


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return Decoded(text, encoding, text.count("\ufffd"))
    return None


def _strict(data: bytes, encoding: str | None) -> Decoded | None:
    if not encoding:
        return None
    wide = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(encoding.lower(), encoding.lower())
    try:
        text = data.decode(wide)
    except (LookupError, ValueError):
        return None
    # 没有标记的 UTF-16 往往也是完好的 UTF-8（“教师”是 Ye、退格、^），夹着控制符就不算数，留给 _guess 去比
    return None if _CONTROLS.search(text) else Decoded(text, wide)


def _guess(data: bytes) -> Decoded | None:
    """没有标记、也不是完好的 UTF-8：各种编码都试，读出来越像中文越好，读不出的字节越少越好。"""
    sample = data[: int(setting("decode", "sample"))]
    best: tuple[float, str] | None = None
    for encoding in ("utf-8", *GUESSES):
        text = sample.decode(encoding, "replace")
        bonus = setting("decode", "gb_bonus") if encoding == "gb18030" else 0.0
        score = commonness(text) + bonus
        if best is None or score > best[0]:
            best = (score, encoding)
    if best is None or best[0] < setting("decode", "common_floor"):
        return None
    text = data.decode(best[1], "replace")
    lost = text.count("\ufffd")
    return Decoded(text, best[1], lost) if lost <= setting("decode", "lossy_share") * len(text) + 1 else None


def _undo_mojibake(decoded: Decoded) -> Decoded:
    """GBK、UTF-8 的字节曾被当作西欧文字另存：倒回去，读得通、且明显更像中文才算。"""
    text = decoded.text
    western = sum(count for c, count in Counter(text).items() if "\x80" <= c <= "ÿ" or c in _CP1252)
    if western < 4 or western * 4 < len(text):
        return decoded
    for wrong in LATIN:
        for right in ("utf-8", "gb18030"):
            try:
                back = text.encode(wrong).decode(right)
            except ValueError:
                continue
            if commonness(back) > commonness(text) + setting("decode", "gb_bonus"):
                return Decoded(back, decoded.encoding, decoded.lost, wrong)
    return decoded


_CP1252 = frozenset(bytes(b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)).decode("cp1252"))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    """常用字的分：最常用的 1，第三千名约 0.2。字频数自 jieba 的词典（MIT）。"""
    characters = "".join(row["characters"] for row in table("readers_common.csv", "from", "characters"))
    return {c: 1 - log(1 + rank / 30) / log(400) for rank, c in enumerate(characters)}


def commonness(text: str) -> float:
    """平均一个字有多像平常的中文：常用字近 1，生僻字、假名、符号为负，控制符和读不出的 -2。

    >>> commonness("教研组活动") > 0.5 > 0 > commonness("誡恅躉")
    True
    """
    counts = Counter(fold(text))
    total = sum(counts.values())
    return sum(_weight(c) * n for c, n in counts.items()) / total if total else 0.0


def _weight(c: str) -> float:
    if c in (weights := _weights()):
        return weights[c]
    if c in PUNCTUATION or fold(c) in PUNCTUATION:
        return 0.9
    if c.isascii():
        return 0.5 if c.isprintable() or c in "\t\r\n" else -2.0
    category = unicodedata.category(c)
    if category in ("Cc", "Cn", "Co", "Cs") or c == "\ufffd":
        return -2.0
    return -0.3 if "\u4e00" <= c <= "\u9fff" else -0.6


def _control_share(text: str) -> float:
    controls = sum(
        n for c, n in Counter(text).items() if unicodedata.category(c) in ("Cc", "Cn") and c not in "\t\r\n\f\x1a"
    )
    return controls / len(text) if text else 0.0
