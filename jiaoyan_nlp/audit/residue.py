"""照搬留下的痕迹：占位、网站残留、缺字、多余字符、换过的词；以及个人信息。写法在 data/residue.csv 和 data/spun.csv。"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit.registry import Case, Hit, rule
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.text import line_spans, touching

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT = 8
"""缺字、多余字符两边各带几个字，好让人看出在哪里。"""
PHRASE = 4
"""换过的词后面带几个字，让人看出是在哪句话里。"""
_QUOTED = re.compile(r"['‘][^'‘’\n]{1,24}['’]")
_MENTION = re.compile(r"[“「‘\"][^“”「」‘’\"\n]{1,12}[”」’\"]")
_NUMBERED = re.compile(r"[\s>\-]{0,4}(?:第?[一二三四五六七八九十]{1,3}|\d{1,3})$")
_DECORATION = re.compile(r"[\s*_xX×=\-—.。]+")


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = table("residue.csv", "rule", "pattern", "what")
    return tuple((re.compile(r["pattern"], re.MULTILINE), r["what"]) for r in rows if r["rule"] == code)


def _hits(case: Case, code: str) -> Iterator[tuple[int, int, str]]:
    """各写法的命中，去掉相交的，按先后排。"""
    found = sorted((m.start(), -m.end(), what) for p, what in _patterns(code) for m in p.finditer(case.folded))
    reach = -1
    for start, end, what in found:
        if start >= reach:
            reach = -end
            yield start, -end, what


@rule("JY201")
def placeholder(case: Case) -> Iterator[Hit]:
    """没填的占位；整行的分隔线不算，表格里的一格算。"""
    rows = line_spans(case.document.text)
    in_cell = touching((c.start, c.end) for c in case.document.cells)
    decoration = [(a, b) for a, b in rows if _DECORATION.fullmatch(case.document.text, a, b) and not in_cell(a, a + 1)]
    aside = touching([*decoration, *_quotes(case)])
    for start, end, _ in _hits(case, "JY201"):
        if not aside(start, start + 1):
            yield Hit(start, end, {"words": case.document.text[start:end]})


@rule("JY202")
def website(case: Case) -> Iterator[Hit]:
    """范文网站的残留。"""
    quoted = touching(_quotes(case))
    for start, end, _ in _hits(case, "JY202"):
        if not (quoted(start, start + 1) and quoted(end - 1, end)):
            yield Hit(start, end, {"words": case.document.text[start:end]})


def _quotes(case: Case) -> list[tuple[int, int]]:
    """引号里的短语：说到“点击下载”“XX”的，不是留下的。"""
    return [m.span() for m in _MENTION.finditer(case.document.text)]


@rule("JY203")
def missing_words(case: Case) -> Iterator[Hit]:
    """词被抠掉，只剩空格。表格单元格里的空格不算。"""
    in_cell = touching((c.start, c.end) for c in case.document.cells)
    for start, end, _ in _hits(case, "JY203"):
        if not in_cell(start, start + 1):
            yield _around(case, start, end)


@rule("JY204")
def stray(case: Case) -> Iterator[Hit]:
    """词中间的符号、乱码。成对的单引号、标题的序号不算。"""
    quoted = touching(m.span() for m in _QUOTED.finditer(case.document.text))
    for start, end, what in _hits(case, "JY204"):
        line = case.folded[max(0, start - CONTEXT) : start].rsplit("\n", 1)[-1]
        numbered = case.folded[start] == "." and _NUMBERED.fullmatch(line)
        if what == "乱码" or not (numbered or quoted(start, start + 1)):
            yield _around(case, start, end)


@lru_cache(maxsize=1)
def _spun() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["original"]) for row in table("spun.csv", "pattern", "original"))


@rule("JY205")
def spun_words(case: Case) -> Iterator[Hit]:
    """换词洗稿的用词。"""
    found = sorted(
        (m.start(), m.end(), original) for p, original in _spun() for m in p.finditer(case.folded) if m.group()
    )
    for start, end, original in found:
        said = case.document.text[start : end + PHRASE].split("\n")[0]
        yield Hit(start, end, {"words": said, "original": original})


@rule("JY601")
def personal_data(case: Case) -> Iterator[Hit]:
    """手机号码、身份证号码；消息里不写出号码。"""
    for start, end, what in _hits(case, "JY601"):
        said = case.document.text[start:end]
        yield Hit(start, end, {"words": said[:3] + "…" + said[-2:], "what": what})


def _around(case: Case, start: int, end: int) -> Hit:
    text = case.document.text
    before = text[max(0, start - CONTEXT) : start].rsplit("\n", 1)[-1]
    after = text[end : end + CONTEXT].split("\n", 1)[0]
    return Hit(start, end, {"words": f"{before}{text[start:end]}{after}".strip()})
