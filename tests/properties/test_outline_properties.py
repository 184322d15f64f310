from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoyan_nlp.outline import documents
from jiaoyan_nlp.tagger.segment import units
from tests.conftest import extracted

PIECES = st.sampled_from(
    ["一、", "二、", "（一）", "1、", "2.", "①", "九月份：", "指导思想", "教研计划", "篇一", "篇二", "总结1", "小编", "组长：李海岚",
     "每两周听课一次。", "提高质量；", "点击下载", "相关文章：", "XX", "\n", "\n\n", " ", "　", "。", "：", "聽課", "2024年9月", ">", "'"]
)  # fmt: skip
TEXT = st.lists(PIECES, max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_every_span_lies_inside_its_document(text):
    end = 0
    for document in documents(extracted(text)):
        assert document.offset >= end
        end = document.offset + len(document.text)
        assert text[document.offset : end] == document.text
        size = len(document.text)
        for section in document.sections:
            assert 0 <= section.start <= section.title_start <= section.title_end <= section.end <= size
            assert section.parent is None or section.parent < section.index
        assert [s.index for s in document.sections] == list(range(len(document.sections)))
        for a, b in document.furniture:
            assert 0 <= a < b <= size


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_units_are_disjoint_and_outside_furniture(text):
    for document in documents(extracted(text)):
        found = units(document)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))
        outside = {i for a, b in document.furniture for i in range(a, b)}
        for unit in found:
            assert document.text[unit.start : unit.end].strip()
            assert not outside & set(range(unit.start, unit.end))
            assert 0 <= unit.section < max(1, len(document.sections))
