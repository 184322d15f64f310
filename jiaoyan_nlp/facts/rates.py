"""把“每周一次”“每学期十五节”换算成一学期的数，好互相比较；认出只管一部分人的要求。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from jiaoyan_nlp.types import Quantity

PER_TERM = {"周": 18.0, "两周": 9.0, "月": 4.5, "学期": 1.0, "学年": 0.5, "年": 0.5}
"""一学期按十八个教学周、四个半月算。"""
_PART = re.compile(
    r"行政|领导|干部|中层|校长|园长|主任|组长|教龄|新教师|新上岗|新来|总数|区里|县里|上级|教体局|教育局|教研室|青年|骨干|老教师|师傅|徒弟|带头人|班主任|岁|其中|含|跨|村小|[一二三四五]级教师|以内的|以下的|每次|每节|每篇|后勤|教辅|职称"
)
REACH = 24


class Counted(Protocol):
    """有下限、上限和周期的数。"""

    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def period(self) -> str | None: ...


def per_term(counted: Counted) -> float | None:
    """一学期合多少；没有周期、没有数是 None。"""
    value = counted.low if counted.low is not None else counted.high
    return None if value is None or counted.period is None else value * PER_TERM[counted.period]


def is_general(q: Quantity, folded: str) -> bool:
    """是不是对全体教师的要求。参数：folded 是归一后的全文。"""
    far = max(0, q.end - REACH)
    clause = max(folded.rfind(mark, far, q.end - 1) for mark in ",;。\n(") + 1
    before = folded[max(clause, far) : q.end]
    return not is_part(before) and not is_part(q.subject or "")


def is_part(folded: str) -> bool:
    """这几个字里说的只是一部分人、总数里的一部分。"""
    return bool(_PART.search(folded))
