"""日程的时间写给人看。"""

from __future__ import annotations

import re

DAYS = "一二三四五六日"
REPEATS = {"weekly": "每周", "biweekly": "隔周"}
HALVES = {"AM": "上午", "PM": "下午"}
TERMS = {"term:start": "期初", "term:mid": "期中", "term:end": "期末"}
PARTS = {"start": "上旬", "mid": "中旬", "end": "下旬", **HALVES}
_DATE = re.compile(r"(?:(\d{4})|-)-(\d{1,2})(?:-(\d{1,2}))?$")


def spoken(when: str) -> str:
    """schedule 表的 when 写成中文；不认识的原样返回。

    >>> spoken("weekly:3:PM"), spoken("--10-18"), spoken("2024-10/2024-11"), spoken("term:end")
    ('每周三下午', '10月18日', '2024年10月至2024年11月', '期末')
    """
    if when.startswith("../"):
        return _one(when[3:]) + "前"
    return "至".join(map(_one, when.split("/")))


def _one(when: str) -> str:
    if when in TERMS:
        return TERMS[when]
    head, *rest = when.split(":")
    if head in REPEATS:
        day = DAYS[int(rest[0]) - 1] if rest and rest[0] in tuple("1234567") else ""
        return REPEATS[head] + day + "".join(HALVES.get(part, "") for part in rest)
    day, week, number = when.partition("-W")
    if week:
        return f"{_one(day)}第{DAYS[int(number) - 1]}周"
    if rest and rest[-1] in PARTS:
        return _one(head) + PARTS[rest[-1]]
    if found := _DATE.match(when):
        year, month, day = found.groups()
        return (f"{year}年" if year else "") + f"{int(month)}月" + (f"{int(day)}日" if day else "")
    return when
