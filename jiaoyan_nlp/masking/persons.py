"""一段文字里的人名：名单、称呼、说话做事的主语；已经认出的人，别处再说到也算。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.facts.names import TITLE, names, surnames
from jiaoyan_nlp.masking.words import ORDINARY, frequency, likely, pattern, sure
from jiaoyan_nlp.text import line_spans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jiaoyan_nlp.text import Span

_LIST = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:(?:老师|同志)?[、，](?!其中|以及)[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff]{4}))+"
)
_EDGE = re.compile(r"[、，]|老师|同志")
_RANK = 1000
"""姓是虚词一样的字（任、于、向），名是这么常用的词，就不当作姓名：“任教研组长”。"""
LONGEST = 4
"""姓名最多四个字。"""


@lru_cache(maxsize=1)
def _family() -> re.Pattern[str]:
    single, double = surnames()
    return re.compile(f"(?:{'|'.join(sorted(double))}|[{''.join(sorted(single))}])")


@lru_cache(maxsize=1)
def _titled() -> re.Pattern[str]:
    """称呼前面的姓名，连同只有姓的：李海燕老师、李老师。"""
    family = _family().pattern
    title = f"(?:{TITLE}|{pattern('title').pattern})"
    return re.compile(rf"(?=(?P<family>{family})(?P<given>[\u4e00-\u9fff]{{0,2}}?)(?=\s?{title}))")


@lru_cache(maxsize=1)
def _acting() -> re.Pattern[str]:
    """做事的人：前面是标点、“由”“请”一类，后面是“执教”“荣获”一类。"""
    return re.compile(
        rf"(?:^|(?<=[长任师记])|{pattern('before').pattern})(?=(?P<name>[\u4e00-\u9fff]{{2,4}}?)(?:{pattern('verb').pattern}))",
        re.MULTILINE,
    )


@lru_cache(maxsize=1)
def _led() -> re.Pattern[str]:
    """称呼后面的人：师傅某某与徒弟某某。"""
    after = rf"[与和同跟及、，。；：:,;.)）（(\s“《]|$|{pattern('verb').pattern}"
    return re.compile(
        rf"(?:{TITLE}|{pattern('title').pattern}|徒弟)(?=(?P<name>[\u4e00-\u9fff]{{2,4}}?)(?:{after}))", re.MULTILINE
    )


def found(folded: str) -> list[Span]:
    """单看这段归一后的文字就能认出的人名，按先后排，可能相交。"""
    return [*_listed(folded), *_called(folded), *_doing(folded), *_together(folded), *_alone(folded)]


def people(folded: str, start: int, end: int) -> list[Span]:
    """一格、一栏名单里的人名。"""
    return [span for span in names(folded, start, end) if likely(folded[slice(*span)])]


def _listed(folded: str) -> Iterable[Span]:
    """“成员：”一类的词后面的名单。"""
    for a, b in line_spans(folded):
        for match in pattern("listed").finditer(folded, a, b):
            yield from people(folded, match.end(), b)


def _called(folded: str) -> Iterable[Span]:
    for match in _titled().finditer(folded):
        start, (_, end) = match.start(), match.span("given")
        said = match["family"] + match["given"]
        if not match["given"]:
            if (
                not pattern("function").match(said)
                and _free(folded, start)
                and not frequency(folded[start : start + 2])
            ):
                yield start, end
        elif _free(folded, start) and not _function(said) and _named(folded, start, said):
            yield start, end


def _named(folded: str, start: int, said: str) -> bool:
    """称呼前面的是姓名：不是普通的词；是普通的词，要独立、不太常用，“安然老师”算，“高级教师”不算。"""
    if pattern("awkward").match(said) and not _apart(folded, start):
        return False
    plain = likely(said) and _apart(folded, start) and frequency(said) < _RANK
    return sure(said) or (plain and not pattern("function").match(said))


def _doing(folded: str) -> Iterable[Span]:
    for said in (_acting(), _led()):
        for match in said.finditer(folded):
            start, end = match.span("name")
            if sure(match["name"]) and not _function(match["name"]) and _free(folded, start):
                yield start, end


def _together(folded: str) -> Iterable[Span]:
    """顿号、逗号隔开的一串，都像姓名、至少一半（且不止一个）肯定是姓名的。"""
    for match in _LIST.finditer(folded):
        pieces: list[Span] = []
        at = match.start()
        for edge in [*_EDGE.finditer(folded, match.start(), match.end()), None]:
            stop = edge.start() if edge else match.end()
            pieces += [(at, stop)] if stop > at else []
            at = edge.end() if edge else stop
        run: list[Span] = []
        for span in [*pieces, (0, 0)]:
            if likely(folded[slice(*span)]) and not _function(folded[slice(*span)]):
                run.append(span)
                continue
            firm = sum(sure(folded[slice(*s)]) for s in run)
            if firm >= LEAST and firm * 2 >= len(run):
                yield from run
            run = []


def _alone(folded: str) -> Iterable[Span]:
    """标点中间单独的三个字，姓不是虚词，拆开来也没有常用的词。"""
    for match in _SINGLE.finditer(folded):
        said = match.group()
        parts = max(frequency(said[:2]), frequency(said[1:]))
        if sure(said) and not pattern("awkward").match(said) and parts < RARE:
            yield match.span()


_SINGLE = re.compile(r"(?<=[、，,(:：])[\u4e00-\u9fff]{3}(?=[、，,。)；;\n])")
RARE = 300
LEAST = 2
"""一串里至少这么多个肯定是姓名。"""


def _apart(folded: str, start: int) -> bool:
    """在行首，或者前面是标点、“由”“请”一类的字。"""
    return start == 0 or folded[start - 1] == "\n" or bool(pattern("before").match(folded[start - 1]))


def _free(folded: str, start: int) -> bool:
    """不是把前面的词切开的：“心向老师”的“向老”不算。"""
    if _cut(folded, start):
        return False
    return _apart(folded, start) or frequency(folded[start - 1 : start + 1]) < ORDINARY


def _cut(folded: str, start: int) -> bool:
    """切开了四个字的词：“与时俱进”的“时俱进”不算。"""
    return any(frequency(folded[max(0, at) : at + 4]) for at in range(start - 3, start))


def _function(said: str) -> bool:
    """虚词一样的姓接一个常用的词。"""
    return len(said) > 2 and bool(pattern("awkward").match(said)) and frequency(said[1:]) >= _RANK


def elsewhere(folded: str, known: frozenset[str]) -> Iterable[Span]:
    """已经认出的人在这段文字里的各处；两个字的，不把前后的词切开才算。"""
    for match in _family().finditer(folded):
        start = match.start()
        for end in range(start + 2, start + LONGEST + 1):
            if folded[start:end] in known and (
                end > start + 2 or (_free(folded, start) and frequency(folded[end - 1 : end + 1]) < CUT)
            ):
                yield start, end


CUT = 500
"""姓名末一字和后面的字合成这么常用的词，就当作把词切开了。"""
