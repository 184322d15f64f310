"""在各行里认出栏目标题：看序号、长短、句末标点、同级的兄弟和后面有没有正文。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiaoyan_nlp.outline.lines import Line

MAX_TITLE = 42
"""独占一行、没有句末标点的标题最多这么多字。"""
MAX_ITEM_TITLE = 26
"""“1、”一级以下、没有句末标点的，比这长就是漏了标点的一条内容。"""
MAX_SENTENCE_TITLE = 28
"""以句号结尾的主题句，最多这么多字算标题。"""
MAX_RUN_IN = 24
"""与正文连写的标题最多这么多字。"""
MIN_RUN_IN_BODY = 8
"""“2、校外：走出去。”冒号后不到这么多字，整句是标题。"""
MAX_SLOGAN = 20
"""“四、做法：备得准，讲得透”：冒号之后这么短、独占一行的，整行是标题。"""
MAX_PLAIN = 22
"""没有序号的标题最多这么多字。"""
MAX_BARE = 8
"""夹在两段之间、没有标点、不到这么多字的一行，看样子就是标题。"""
MIN_BODY = 25
"""没有序号的标题，下面至少要有这么长的一段。"""
_END = re.compile(r"[。！？；!?;]")
_CONTINUES = re.compile(r"^(?:并|且|以(?:此|便|期|促|达|免)|从而|进而|使(?!用)|也|还|或|及|因此|由此|\()")
_KEY_VALUE = re.compile(
    r"^(?:时间|地点|人员|主持人?|主讲人?|参加人员|参与人员|对象|执教者?|课题|主备人?|记录人?|"
    r"组\s?长|副组\s?长|成\s?员|顾\s?问|组\s?员|负责人|姓名|主任|秘书|联络员|[\u4e00-\u9fff]{1,8}(?:组长|成员|老师|主任))\s?[:：]"
)
_MONTH = re.compile(
    r"^(?:\d{4}年)?(?:[一二三四五六七八九十元]{1,2}|\d{1,2})月(?:份{1,2})?(?:\s?[-—~～至、]\s?(?:[一二三四五六七八九十]{1,2}|\d{1,2})月份?)?[:：]?$"
)
_RUN_IN_COLON = re.compile(r"^[^:：，,。；;]{2,14}[:：](?=\S)")
_BRACKETED = re.compile(r"[【\[〔][^】\]〕]{2,16}[】\]〕]")
_DATE = re.compile(r"^[\d〇零○一二三四五六七八九十xX×_年月日.\-/\s]+$")
_ENUM = re.compile(r"^(?:[一二三四五六七八九十]是|首先|其次|再次|最后|第[一二三四五六七八九十])")


@dataclass(frozen=True, slots=True)
class Heading:
    """一个标题：所在的行、标题文字的区间、是否与正文连写在一行。"""

    line: Line
    start: int
    end: int
    run_in: bool
    month: bool = False


@lru_cache(maxsize=1)
def _heading_words() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in table("heading_words.csv", "role", "pattern")))


def headings(folded: str, rows: Sequence[Line]) -> list[Heading]:
    """各行里的标题，按先后排。参数：folded 是归一后的文字，rows 是去掉杂质和题目的各行。"""
    firsts = [_candidate(folded, row) for row in rows]
    found = []
    for index, (_row, candidate) in enumerate(zip(rows, firsts, strict=True)):
        if candidate is None:
            continue
        below = rows[index + 1] if index + 1 < len(rows) else None
        if _is_heading(folded, rows, index, candidate, below):
            found.append(candidate)
    return found


def _candidate(folded: str, row: Line) -> Heading | None:
    """这一行可能的标题区间：整行，或行首的一短句。"""
    body = folded[row.title : row.end]
    month = bool(_MONTH.match(body))
    if not body.strip() or (_DATE.match(body) and not month):
        return None
    end = _END.search(body)
    if end is None:
        colon = _RUN_IN_COLON.match(body) if row.style or row.bullet else None
        if colon and (len(body) > MAX_TITLE or len(body) - colon.end() > MAX_SLOGAN):
            return Heading(row, row.start, row.title + colon.end() - 1, run_in=True)
        return Heading(row, row.start, row.title + len(body.rstrip(":： ")), run_in=False, month=month)
    stop = row.title + end.start()
    alone = not folded[stop + 1 : row.end].strip("。！？；!?;”’」』》）)】\"' ")
    if row.style or row.bullet:
        colon = _RUN_IN_COLON.match(body)
        if colon and not (alone and end.start() - colon.end() < MIN_RUN_IN_BODY):
            return Heading(row, row.start, row.title + colon.end() - 1, run_in=True)
    return Heading(row, row.start, stop, run_in=not alone)


def _is_heading(folded: str, rows: Sequence[Line], index: int, it: Heading, below: Line | None) -> bool:
    row = it.line
    words = folded[row.title : it.end].strip()
    if row.hint is not None and len(words) <= MAX_TITLE:
        return True
    if it.month:
        return True
    if _KEY_VALUE.match(folded[row.title : row.end]) or not words:
        return False
    if row.style is None:
        return _plain(folded, rows, index, it, words, below)
    if row.style == "article":
        return False
    if it.run_in:
        return _run_in(folded, it, words) and not _alone_among_sentences(folded, rows, index)
    terminated = it.end < row.end and folded[it.end] in "。！？!?"
    listed = it.end < row.end and folded[it.end] in "；;"
    if listed:
        return False
    has_body = _has_body(folded, rows, index)
    if row.rank is not None and row.rank <= 1 and not terminated:
        return len(words) <= MAX_TITLE
    if terminated:
        opens = below is not None and below.value == 1 and below.rank is not None
        short = len(words) <= (MAX_TITLE if opens else MAX_SENTENCE_TITLE)
        return has_body and short and not _follows_full_item(folded, rows, index)
    if len(words) > (MAX_TITLE if (row.rank or 9) <= 2 else MAX_ITEM_TITLE):
        return False
    return has_body or (row.rank or 9) <= 2 or _siblings_have_bodies(folded, rows, index)


def _plain(folded: str, rows: Sequence[Line], index: int, it: Heading, words: str, below: Line | None) -> bool:
    """没有序号的标题：短、没有句末标点、下面有正文；单有一个冒号时要有栏目用词。"""
    row = it.line
    if it.run_in or below is None or (it.end < row.end and folded[it.end] in "；;，,！!？?"):
        return False
    colon = folded[row.end - 1] in ":："
    named = bool(_heading_words().search(words))
    if len(words) > MAX_PLAIN or _ENUM.match(words) or not re.search(r"[\u4e00-\u9fff]{2}", words):
        return False
    if folded[row.end - 1] in "。":
        return False
    if (row.bullet and colon and named) or _BRACKETED.fullmatch(words) or _stands_out(row, below):
        return True
    if colon:
        return named and len(words) <= 12 and not words.endswith(("如下", "包括", "有"))
    if re.search(r"[，,、:：]", words) and not named:
        return False
    before = rows[index - 1] if index else None
    closed = before is None or folded[before.end - 1] in "。！？；!?;”）)」:：" or before.style is not None
    size = below.end - below.start
    short = len(words) <= MAX_BARE and size >= MIN_BODY // 2 and folded[below.end - 1] in "。！？!?；;：:"
    return closed and (short or ((size >= MIN_BODY or below.rank is not None) and (named or size >= 2 * MIN_BODY)))


def _stands_out(row: Line, below: Line) -> bool:
    """整行加粗，下一行不加粗。"""
    return row.look is not None and row.look.bold and not (below.look is not None and below.look.bold)


def _run_in(folded: str, it: Heading, words: str) -> bool:
    """与正文连写的标题：短，后面另起一句，不是上一句的接续。"""
    if folded[it.end] in "；;":
        return False
    rest = folded[it.end + 1 : it.line.end].lstrip("。！？!?”’」』》）) ")
    if folded[it.end] in ":：":
        return len(words) <= 14
    return 2 <= len(words) <= MAX_RUN_IN and len(rest) >= 8 and not _CONTINUES.match(rest)


def _alone_among_sentences(folded: str, rows: Sequence[Line], index: int) -> bool:
    """前后同级各项多数不以标题打头，各是一条内容：这一项短短的第一句、冒号前的名目也是内容。"""
    others = _siblings(rows, index)
    return sum(_has_topic(folded, rows, at) for at in others) * 2 < len(others)


def _has_topic(folded: str, rows: Sequence[Line], at: int) -> bool:
    """这一行以标题打头：与正文连写的短句，或没有句号、下面有正文的一行。"""
    candidate = _candidate(folded, rows[at])
    if candidate is None:
        return False
    words = folded[rows[at].title : candidate.end].strip()
    return _run_in(folded, candidate, words) if candidate.run_in else _has_body(folded, rows, at)


def _has_body(folded: str, rows: Sequence[Line], index: int) -> bool:
    """这一行下面有正文：下一行不是同级或上一级的标题。"""
    below = rows[index + 1] if index + 1 < len(rows) else None
    return below is not None and not _sibling_or_above(folded, rows[index], below)


def _sibling_or_above(folded: str, row: Line, below: Line) -> bool:
    """下一行是同级或上一级的标题，也就是说 row 下面没有正文。"""
    if below.rank is None:
        return bool(_MONTH.match(folded[below.title : below.end]))
    if below.style == row.style:
        return below.value is None or row.value is None or below.value != 1
    return below.value != 1 and below.rank < (row.rank or 0)


def _follows_full_item(folded: str, rows: Sequence[Line], index: int) -> bool:
    """上一行就是上一项，正文连写在那一行：这一项只有一句，也是内容，后面的段落不归它。"""
    row, above = rows[index], rows[index - 1] if index else None
    if above is None or above.style != row.style or row.value is None or above.value != row.value - 1:
        return False
    candidate = _candidate(folded, above)
    return candidate is not None and candidate.run_in


def _siblings_have_bodies(folded: str, rows: Sequence[Line], index: int) -> bool:
    """前后紧邻的同样式各项里，是否多数下面有正文。"""
    others = _siblings(rows, index)
    return sum(_has_body(folded, rows, at) for at in others) * 2 > len(others)


def _siblings(rows: Sequence[Line], index: int) -> list[int]:
    """前后各十二行之内、没有被上级标题隔开的同样式各项。"""
    row = rows[index]
    found = []
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(rows) and abs(at - index) <= 12:
            other = rows[at]
            if other.rank is not None and row.rank is not None and other.rank < row.rank:
                break
            if other.style == row.style:
                found.append(at)
            at += step
    return found
