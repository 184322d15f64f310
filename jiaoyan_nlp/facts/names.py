"""人名：从名单里切出一个个姓名，没有分隔的按姓氏切。"""

from __future__ import annotations

import re
from functools import lru_cache

from jiaoyan_nlp.lexicon import table

Placed = tuple[int, int]

TITLE = (
    r"(?:老师|教师|校长|副校长|园长|副园长|书记|副书记|主任|副主任|教导主任|教务主任|教研组长|组长|主席|同志|"
    r"级部主任|年级组长|备课组长|教研员|干事)"
)
_SEPARATOR = re.compile(r"[、，,;；/\s\u3000]+")
_TITLED = re.compile(rf"{TITLE}{{1,4}}$|^{TITLE}(?=[\u4e00-\u9fff]{{2,3}}$)|[(（][^)）]*[)）]?$")
STEMS = "甲乙丙戊己庚壬癸子丑寅卯辰巳午未酉戌亥"
"""代号用的字：遮盖过的人叫“某甲乙”。干支里去掉了也作姓的丁、辛、申。"""
_MASK = re.compile(rf"^(?:[xX×*＊_某]{{2,4}}|[\u4e00-\u9fff][xX×*＊某]{{1,2}}|某[{STEMS}]{{1,4}})$")
_TALK = re.compile(rf"{TITLE}|负责|协助|参加|主持|组织|活动|教学|教研|学习|工作|要求|完成|听课|评课|备课|检查")
"""有这些字的是一句话，不是一串姓名。"""
_OFFICE = re.compile(r"(?:校长|主任|组长|教师|老师|园长|书记|处|室|组|干部|人员|领导|班主任|科)$")


@lru_cache(maxsize=1)
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """单姓，复姓。"""
    rows = {row["note"]: row["surnames"] for row in table("surnames.csv", "surnames", "note")}
    return frozenset(rows["单姓"]), frozenset(rows["复姓（空格隔开）"].split())


def is_name(said: str) -> bool:
    """像不像一个姓名：单姓加一两字、复姓加一两字，或者 xxx、王某某一类的占位。

    >>> is_name("李海燕"), is_name("教导主任"), is_name("xxx"), is_name("欧阳静")
    (True, False, True, True)
    """
    if _MASK.match(said):
        return True
    if _OFFICE.search(said) or not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", said):
        return False
    single, double = surnames()
    return (said[:2] in double and len(said) >= 3) or (said[0] in single and len(said) <= 3)


def names(text: str, start: int, end: int) -> list[Placed]:
    """名单里每个姓名（或职务）的区间。名单之外的话一出现就停。"""
    found: list[Placed] = []
    at = start
    for match in [*_SEPARATOR.finditer(text, start, end), None]:
        stop = match.start() if match else end
        if stop > at and not _piece(text, at, stop, found):
            break
        at = match.end() if match else end
    return found


def _piece(text: str, start: int, end: int, found: list[Placed]) -> bool:
    a, b = start, end
    for _ in range(3):
        said = text[a:b]
        cut = _TITLED.search(said)
        if not cut or cut.group() == said or not said[: cut.start()] + said[cut.end() :]:
            break
        a, b = (a, a + cut.start()) if cut.start() else (a + cut.end(), b)
    said = text[a:b].strip("：: .。")
    if is_name(said):
        found.append((a, a + len(said)))
        return True
    if run := _unspaced(said):
        for first, last in run:
            found.append((a + first, a + last))
        return True
    whole = text[start:end].strip("：: .。")
    if _OFFICE.search(whole) and len(whole) <= 10:
        found.append((start, start + len(whole)))
        return True
    return False


def _unspaced(said: str) -> list[Placed] | None:
    """没有分隔的一串姓名：切成姓加一两字，三字名优先。"""
    if not re.fullmatch(r"[\u4e00-\u9fff]{4,120}", said) or _TALK.search(said):
        return None
    single, double = surnames()
    size = len(said)
    best: list[tuple[float, list[Placed]] | None] = [None] * (size + 1)
    best[0] = (0.0, [])
    for at in range(size):
        here = best[at]
        if here is None:
            continue
        for length in (2, 3, 4):
            if at + length > size:
                break
            word = said[at : at + length]
            compound = word[:2] in double and length >= 3
            if not (compound or (word[0] in single and length <= 3)):
                continue
            cost = here[0] + {2: 1.2, 3: 0.0, 4: 0.0}[length]
            there = best[at + length]
            if there is None or cost < there[0]:
                best[at + length] = (cost, [*here[1], (at, at + length)])
    last = best[size]
    return last[1] if last else None
