"""Word、网页编号里数字和项目符号的写法，见 data/readers_number_formats.csv、data/readers_symbols.csv。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Callable

_LAST = 32767
"""Word 的编号最多数到这里。"""


@lru_cache(maxsize=1)
def _symbol_table() -> dict[tuple[str, str], str]:
    rows = table("readers_symbols.csv", "font", "code", "shown")
    return {(row["font"], chr(int(row["code"], 16))): row["shown"] for row in rows}


def symbol(character: str, font: str) -> str:
    """符号字体（Wingdings 等）的字换成看得见的字；查不到的自造字一律作圆点。"""
    if not "\ue000" <= character <= "\uf8ff":
        if font.startswith("wingdings") and character.isascii():
            character = chr(0xF000 + ord(character))
        else:
            return character
    return _symbol_table().get((font, character), "•")


def write_number(value: int, style: str) -> str:
    """把数写成 Word 的一种编号格式；不认识的格式用阿拉伯数字。

    >>> [write_number(12, style) for style in ("chineseCountingThousand", "ideographDigital", "upperRoman")]
    ['十二', '一二', 'XII']
    """
    if style == "none":
        return ""
    row = _formats().get(style)
    if row is None or not 0 <= value <= _LAST:
        return str(value)
    return METHODS[row["method"]](value, row["symbols"])


def write_html_number(value: int, style: str) -> str:
    """同上，style 是网页的写法（ol 的 type、CSS 的 list-style-type）；不认识的用阿拉伯数字。

    >>> [write_html_number(12, style) for style in ("cjk-ideographic", "A", "disc")]
    ['十二', 'L', '12']
    """
    return write_number(value, _html_styles().get(style, "decimal"))


@lru_cache(maxsize=1)
def _html_styles() -> dict[str, str]:
    return {name: style for style, row in _formats().items() for name in row["html"].split(";") if name}


@lru_cache(maxsize=1)
def _formats() -> dict[str, dict[str, str]]:
    return {row["format"]: row for row in table("readers_number_formats.csv", "format", "method", "symbols")}


def _digits(value: int, symbols: str) -> str:
    return "".join(symbols[int(d)] for d in str(value))


def _padded(value: int, symbols: str) -> str:
    return _digits(value, symbols).rjust(2, symbols[0])


def _dashed(value: int, symbols: str) -> str:
    return f"- {_digits(value, symbols)} -"


def _list(value: int, symbols: str) -> str:
    return symbols[value - 1] if 1 <= value <= len(symbols) else str(value)


def _letters(value: int, symbols: str) -> str:
    return symbols[(value - 1) % 26] * ((value - 1) // 26 + 1) if value else ""


def _roman(value: int, symbols: str) -> str:
    i, v, x, l, c, d, m = list(symbols)  # noqa: E741
    text = m * (value // 1000)
    for unit, (one, five, ten) in ((100, (c, d, m)), (10, (x, l, c)), (1, (i, v, x))):
        digit = value // unit % 10
        text += ("", one, one * 2, one * 3, one + five, five, five + one, five + one * 2, five + one * 3, one + ten)[
            digit
        ]
    return text


def _counting(value: int, symbols: str) -> str:
    """一百零一、十二：十开头的省去“一”。"""
    text = _counting_full(value, symbols)
    return text[1:] if 10 <= value <= 19 else text


def _counting_short(value: int, symbols: str) -> str:
    """一百以上逐字写。"""
    return _counting(value, symbols) if value < 100 else _digits(value, symbols)


def _counting_bare(value: int, symbols: str) -> str:
    """日文写法：不写零，百、千、十前面的“一”省去。"""
    text = _counting_full(value, symbols).replace(symbols[0], "") or symbols[0]
    return re.sub(f"{symbols[1]}(?=[{symbols[10:13]}])", "", text)


def _counting_full(value: int, symbols: str) -> str:
    zero, ten_thousand = symbols[0], symbols[13]
    if value >= 10000:
        rest = value % 10000
        gap = zero if 0 < rest < 1000 else ""
        return (
            _counting_full(value // 10000, symbols)
            + ten_thousand
            + gap
            + (_counting_full(rest, symbols) if rest else "")
        )
    text = ""
    for unit, sign in ((1000, symbols[12]), (100, symbols[11]), (10, symbols[10]), (1, "")):
        digit = value // unit % 10
        if digit:
            text += symbols[digit] + sign
        elif text and value % unit and not text.endswith(zero):
            text += zero
    return text or zero


METHODS: dict[str, Callable[[int, str], str]] = {
    "digits": _digits,
    "padded": _padded,
    "dashed": _dashed,
    "list": _list,
    "letters": _letters,
    "roman": _roman,
    "counting": _counting,
    "counting_short": _counting_short,
    "counting_bare": _counting_bare,
    "counting_full": _counting_full,
}
