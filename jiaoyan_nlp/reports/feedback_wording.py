"""反馈意见的措辞：模板 → 一行一行的文字，每行写明用哪种段落样式，标题添上序号。

模板里一行是“样式|文字”，行首有空白的接在上一行后面。填进去的字一律压成一行、去掉控制字符，不会另起一行，也不会变成模板语句。
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from jiaoyan_nlp.reports.feedback_settings import limit
from jiaoyan_nlp.reports.html import environment, percent

if TYPE_CHECKING:
    import jinja2

BOLD, PLAIN, NEWLINE, CELL = "\x01", "\x02", "\x03", "\t"
"""模板和写 Word 的约定：前两个字符之间的字加粗，第三个是换行，制表符分开表格的格子。用户的文字里没有它们。"""
_CONTROL = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_INNER = str.maketrans("“”", "‘’")
_NUMERALS = "一二三四五六七八九十"
NUMBERED = ("h1", "h2", "h3")


@dataclass(frozen=True, slots=True)
class Line:
    """一段文字和它的样式（data/feedback.toml 的 styles）。"""

    style: str
    text: str


class _Strong(str):
    """已经压成一行、加了记号的字。"""

    __slots__ = ()


def lines(template: str, **values: object) -> list[Line]:
    """按模板写出各段，标题已编号。

    参数：template 是 data/templates 里的文件名；values 是模板用到的值。
    """
    rendered = _environment().get_template(template).render(values)
    written: list[Line] = []
    for line in filter(str.strip, rendered.split("\n")):
        if line[0].isspace() and written:
            written[-1] = Line(written[-1].style, written[-1].text + line.strip(" "))
        else:
            written.append(Line(*line.split("|", 1)))
    return _numbered(written)


def flat(value: object) -> str:
    """压成一行，去掉控制字符、看不见的字符。

    >>> flat("  a\\n{{ b }}\\x00 "), flat(None)
    ('a {{ b }}', '')
    """
    return "" if value is None else " ".join(_CONTROL.sub(" ", str(value)).split())


def numeral(number: int) -> str:
    """一百以内的中文数字。

    >>> numeral(3), numeral(10), numeral(12), numeral(20), numeral(35)
    ('三', '十', '十二', '二十', '三十五')
    """
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return head + (_NUMERALS[ones - 1] if ones else "")


def _numbered(written: list[Line]) -> list[Line]:
    """一、（一）1. 三级序号；上级标题一换，下级从头数。"""
    counts = [0, 0, 0]
    found = []
    for line in written:
        if line.style in NUMBERED:
            level = NUMBERED.index(line.style)
            counts[level:] = [counts[level] + 1, 0, 0][: 3 - level]
            number = counts[level]
            mark = (f"{numeral(number)}、", f"（{numeral(number)}）", f"{number}.")[level]
            line = Line(line.style, mark + line.text)
        found.append(line)
    return found


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    """纯文字的模板环境：不转成网页的写法，XML 的转义由写 Word 的库来做。"""
    made = environment().overlay(autoescape=False, lstrip_blocks=True, finalize=_final)
    made.globals["newline"] = _Strong(NEWLINE)
    made.filters.update(quoted=_quoted, strong=_strong, percent=percent, context=_context)
    return made


def _final(value: object) -> str:
    return value if isinstance(value, _Strong) else flat(value)


def _quoted(text: object) -> str:
    """加引号的引文：太长的留首尾，里面的双引号改成单引号，末尾不留句号、分号。"""
    plain, most = flat(text), limit("quote")
    cut = plain if len(plain) <= most else f"{plain[: most - 20]}……{plain[-18:]}"
    return f"“{cut.translate(_INNER).rstrip('。；;，,')}”"


def _strong(text: object) -> _Strong:
    return _Strong(f"{BOLD}{flat(text)}{PLAIN}")


def _context(excerpt: object) -> _Strong:
    """摘录：前文、加粗的问题、后文。"""
    before, words, after = (flat(getattr(excerpt, name)) for name in ("before", "words", "after"))
    before, after = re.sub("^…", "……", before), re.sub("…$", "……", after)
    return _Strong(f"{before}{BOLD}{words}{PLAIN}{after}")


def tables(written: list[Line]) -> list[list[Line]]:
    """连着的表格行归成一组，其余一段一组。"""
    found: list[list[Line]] = []
    for is_table, group in groupby(written, lambda line: line.style in ("head", "row")):
        part = list(group)
        found += [part] if is_table else [[line] for line in part]
    return found
