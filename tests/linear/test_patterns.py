"""没有一条正则会随输入的长度超线性地变慢：代码里的、词表里拼的，全部收来逐条试（量处理器时间的增长，不量快慢）。"""

from __future__ import annotations

import re

import pytest

from .patterns import attacks, growth, harvest

SLACK = 4.0
"""输入大八倍，用时至多大八的这么多倍；平方的会到八倍，指数的到不了头。"""


@pytest.fixture(scope="module")
def found():
    return harvest()


def test_all_patterns_are_found(found):
    assert len(found) > 300


def test_no_pattern_grows_faster_than_its_input(found):
    slow = []
    for pattern, flags, where in found:
        rule = re.compile(pattern, flags)
        for unit in attacks(pattern, flags, most=5):
            if growth(rule, unit) > SLACK and growth(rule, unit) > SLACK:
                slow.append((where, unit, pattern[:200]))
                break
    assert slow == []


@pytest.mark.parametrize("pattern", ["(a+)+b", r"\s+$", "(?:甲.*乙)*丙", "a*a*b"])
def test_a_slow_pattern_is_seen(pattern):
    assert any(growth(re.compile(pattern), unit) > SLACK for unit in attacks(pattern, 0))
