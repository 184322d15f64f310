from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from jiaoyan_nlp.text import fold, line_spans, merge, number, sentence_spans

TEXT = st.text(
    alphabet=st.sampled_from(
        "一二十百万〇校本教研聽課ＡＢab12。！？；!?;”’）)\n \t\u3000：:、,．.（(①x\ufeff\U00020000"
    ),
    max_size=200,
)


@given(st.text(max_size=300))
def test_folding_keeps_length_and_is_idempotent(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_sentences_cover_every_visible_character_once(text):
    spans = sentence_spans(text)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(i in covered for i, c in enumerate(text) if not c.isspace())
    assert all("\n" not in text[a:b] for a, b in spans)


@given(TEXT)
def test_lines_are_trimmed_and_ordered(text):
    for a, b in line_spans(text):
        assert text[a:b] == text[a:b].strip()
        assert "\n" not in text[a:b]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: (min(p), max(p))), max_size=12))
def test_merge_agrees_with_a_set_of_positions(spans):
    merged = merge(spans)
    assert {i for a, b in merged for i in range(a, b)} == {i for a, b in spans for i in range(a, b)}
    assert all(b < c for (_, b), (c, _) in itertools.pairwise(merged))


_DIGITS = "零一二三四五六七八九"


def spoken(value: int) -> str:
    """把 0 到 9999 的数写成中文，作为读数的对照。"""
    if value == 0:
        return "零"
    said, zero = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            said += ("零" if zero and said else "") + _DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return said


@given(st.integers(0, 9999))
def test_numbers_read_back(value):
    assert number(spoken(value)) == value
    assert number(str(value)) == value
