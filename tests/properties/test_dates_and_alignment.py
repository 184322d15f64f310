"""不论怎样：日期解得出就是真有的、先后不颠倒；比对出的片段在表内。"""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jiaoyan_nlp.facts.schedule import _month_when, resolve
from jiaoyan_nlp.reuse.align import align

months, days = st.integers(1, 12), st.integers(1, 31)
spoken = st.one_of(
    st.builds("{}年{}月{}日".format, st.integers(2000, 2040), months, days),
    st.builds("{}月{}日{}".format, months, days, st.sampled_from(["", "上午", "前"])),
    st.builds("{}月{}".format, months, st.sampled_from(["份", "初", "中旬", "底", "第三周"])),
    st.builds("{}月{}日至{}月{}日".format, months, days, months, days),
    st.builds("{}月—{}月".format, months, months),
    st.text("0123456789年月日至—第周上下午初底十三 ", max_size=16),
)
terms = st.one_of(
    st.none(),
    st.builds(lambda year, half: f"{year}-{year + 1}-{half}", st.integers(2000, 2040), st.sampled_from([1, 2])),
)


@settings(deadline=None)
@given(spoken, terms)
def test_a_time_that_is_resolved_is_a_real_span_of_days(said, term):
    when = _month_when(said)
    first, last = resolve(when, term) if when else (None, None)
    assert last or not first
    for day in (first, last):
        assert day is None or date.fromisoformat(day)
    if first:
        assert first <= last


@settings(deadline=None, max_examples=60)
@given(st.data(), st.integers(0, 14), st.integers(0, 14))
def test_boxes_lie_inside_the_table(data, height, width):
    shares = st.floats(0, 1, width=32)
    mine = data.draw(arrays(np.float32, height, elements=st.floats(0, 30, width=32)))
    theirs = data.draw(arrays(np.float32, width, elements=st.floats(0, 30, width=32)))
    shared = data.draw(arrays(np.float32, (height, width), elements=shares))
    shared *= np.minimum(mine[:, None], theirs[None, :])
    for box in align(shared, mine, theirs, 1.0):
        assert 0 <= box.a0 < box.a1 <= height
        assert 0 <= box.b0 < box.b1 <= width
        assert all(box.a0 <= i < box.a1 and box.b0 <= j < box.b1 for i, j in box.cells)
