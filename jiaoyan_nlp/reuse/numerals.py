"""文字里的数量：写法不同的同一个数算同一个，一刻钟和十五分钟、每周和七天也算同一个。"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import fold, number

_RUN = re.compile(r"[\d〇零一二两三四五六七八九十百千万]+")
_NUMBER = re.compile(
    r"(?P<below>[\d〇零一二两三四五六七八九十百千]{1,8})分之(?P<above>[\d零一二两三四五六七八九十百]{1,8}(?:[.点]\d)?)"
    r"|(?P<tenths>[\d一二两三四五六七八九])成(?P<half>半)?"
    r"|(?P<plain>\d{1,12}(?:\.\d{1,4})?|[〇零一二两三四五六七八九十百千万]{1,12})"
    r"(?![\d〇零一二两三四五六七八九十百千万])\s?(?P<percent>%)?(?!\s?[年月日号周点章条、.])"
)
_read = lru_cache(maxsize=4096)(number)
"""同样的几个数写了又写，读过的记着。"""

_DIGITS = {c: float(i) for i, c in enumerate("〇一二三四五六七八九十")} | {"零": 0.0, "两": 2.0}


def numbers(text: str) -> list[tuple[int, int, float]]:
    """文字里的数：起、止、值；年月日、序号不算，0 和 1 不算。

    >>> numbers("四十六位，占八成半；不少于２０节，得分率百分之九十")
    [(0, 3, 46.0), (6, 9, 0.85), (13, 15, 20.0), (20, 25, 0.9)]
    """
    return _numbers(fold(text))


def _numbers(folded: str) -> list[tuple[int, int, float]]:
    """先找数字连成的串，只在串里试：比处处都试快得多。"""
    found = []
    at = 0
    for run in _RUN.finditer(folded):
        at = max(at, run.start())
        while at < run.end():
            match = _NUMBER.match(folded, at)
            at = match.end() if match else at + 1
            value = _value(match) if match else None
            if match and value is not None and value not in (0.0, 1.0):
                found.append((*match.span(), round(value, 4)))
    return found


_SHARE = {"每": 1.0, "整": 1.0, "半": 0.5, "隔": 2.0}
"""每周、整天是一个，半年是半个，隔周是两个。"""
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])(?![次回节篇堂])")


def quantities(text: str) -> list[tuple[int, int, str]]:
    """文字里的数量：起、止、归一之后的写法；时长只记大致多长（分钟数以 2 为底的对数的两倍），星期几、数照记。

    >>> [said for _, _, said in quantities("每周四交，隔七天一次，不超过一刻钟，四十六人")]
    ['周四', '数4', '数7', '时27', '时8', '数46']
    """
    folded = fold(text)
    found = [(*m.span(), f"周{m[1].replace('天', '日')}") for m in _WEEKDAY.finditer(folded)]
    for match in _durations().finditer(folded):
        minutes = _minutes(match)
        if minutes:
            found.append((*match.span(), f"时{round(2 * math.log2(minutes))}"))
    found += [(start, end, f"数{value:g}") for start, end, value in _numbers(folded)]
    return sorted(found)


@lru_cache(maxsize=1)
def _units() -> dict[str, float]:
    return {row["unit"]: float(row["minutes"]) for row in table("reuse_units.csv", "unit", "minutes")}


@lru_cache(maxsize=1)
def _durations() -> re.Pattern[str]:
    units = "|".join(sorted(_units(), key=len, reverse=True))
    digits = r"\d{1,4}(?:\.\d)?|[一二两三四五六七八九十百]{1,5}"
    return re.compile(
        rf"(?<![第〇零])(?<![〇零][一二三四五六七八九])(?<!第[\d一二三四五六七八九十])(?<![\d一二三四五六七八九十][-—~至])(?P<many>{digits}|[{''.join(_SHARE)}])\s?(?P<each>个)?(?P<half>半)?(?P<unit>{units})(?![一二三四五六日末](?![次回节篇堂]))"
    )


def _minutes(match: re.Match[str]) -> float | None:
    """多长；十月、二〇二四年这样的日期不是时长。"""
    many, unit = match["many"], match["unit"]
    value = _SHARE.get(many) or _read(many)
    dated = unit in "月日" and not match["each"] and many not in _SHARE and many != "两"
    if not value or dated or (unit == "年" and value > 99):
        return None
    return (value + (0.5 if match["half"] else 0.0)) * _units()[unit]


def _value(match: re.Match[str]) -> float | None:
    if match["below"]:
        below, above = _read(match["below"]), _read(match["above"])
        below = 100.0 if match["below"] == "百" else below
        return above / below if above and below else None
    if match["tenths"]:
        tenths = _read(match["tenths"])
        return None if tenths is None else tenths / 10 + (0.05 if match["half"] else 0)
    plain = match["plain"]
    value = float(plain) if plain.isascii() else _DIGITS.get(plain) if len(plain) == 1 else _read(plain)
    return value / 100 if value is not None and match["percent"] else value
