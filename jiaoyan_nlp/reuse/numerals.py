"""文字里的数：阿拉伯数字、中文数字、百分数、几成、几分之几，写法不同的同一个数算同一个。"""

from __future__ import annotations

import re

from jiaoyan_nlp.text import fold, number

_NUMBER = re.compile(
    r"(?P<below>[\d〇零一二两三四五六七八九十百千]{1,8})分之(?P<above>[\d零一二两三四五六七八九十百]{1,8}(?:[.点]\d)?)"
    r"|(?P<tenths>[\d一二两三四五六七八九])成(?P<half>半)?"
    r"|(?P<plain>\d{1,12}(?:\.\d{1,4})?|[〇零一二两三四五六七八九十百千万]{1,12})\s?(?P<percent>%)?(?!\s?[年月日号周点章条、.])"
)

_DIGITS = {c: float(i) for i, c in enumerate("〇一二三四五六七八九十")} | {"零": 0.0, "两": 2.0}


def numbers(text: str) -> list[tuple[int, int, float]]:
    """文字里的数：起、止、值；年月日、序号不算，0 和 1 不算。

    >>> numbers("四十六位，占八成半；不少于２０节，得分率百分之九十")
    [(0, 3, 46.0), (6, 9, 0.85), (13, 15, 20.0), (19, 24, 0.9)]
    """
    found = []
    for match in _NUMBER.finditer(fold(text)):
        value = _value(match)
        if value is not None and value not in (0.0, 1.0):
            found.append((*match.span(), round(value, 4)))
    return found


def _value(match: re.Match[str]) -> float | None:
    if match["below"]:
        below, above = number(match["below"]), number(match["above"])
        below = 100.0 if match["below"] == "百" else below
        return above / below if above and below else None
    if match["tenths"]:
        tenths = number(match["tenths"])
        return None if tenths is None else tenths / 10 + (0.05 if match["half"] else 0)
    plain = match["plain"]
    value = float(plain) if plain.isascii() else _DIGITS.get(plain) if len(plain) == 1 else number(plain)
    return value / 100 if value is not None and match["percent"] else value
