from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

import jiaoyan_nlp as jy
from jiaoyan_nlp.masking.shift import changed
from tests.conftest import one

SURNAMES = "李王张刘陈杨赵黄吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓沈傅曾彭吕苏卢蒋蔡贾丁魏薛"
GIVEN = "海燕建军秀英丽娟志强晓雯俊杰敏慧婷婷雅琴国栋玉兰春梅桂芳振华文博欣怡"
NAME = st.builds(lambda s, g: s + g, st.sampled_from(SURNAMES), st.text(st.sampled_from(GIVEN), min_size=2, max_size=2))
PLACES = (
    "组长：{0}", "副组长：{0}　成员：{1}、{2}", "由{0}老师主讲，{1}老师点评。", "10月8日，{0}执教公开课，{1}、{2}参加评课。",
    "成员：{0} {1} {2}", "执笔：{0}", "{0}荣获县级一等奖。", "师傅{0}与徒弟{1}结对。", "联系人：{0}",
)  # fmt: skip
MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
TELEPHONE = st.from_regex(r"0[1-9][0-9]{2}-[1-9][0-9]{6}", fullmatch=True)
CITIZEN = st.from_regex(r"[1-6][0-9]{5}19[6-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9])[0-9]{3}[0-9X]", fullmatch=True)
PIECE = st.tuples(st.sampled_from(PLACES), st.lists(NAME, min_size=3, max_size=3, unique=True))
PLAIN = (
    "每学期听课不少于15节。",
    "提高教师的专业水平，开展集体备课。",
    "和谐课堂，高效学习，方法得当。",
    "二、活动安排",
)


def written(pieces, numbers) -> str:
    lines = ["青禾小学2024—2025学年第一学期校本教研计划", "一、组织"]
    for (said, names), plain in zip(pieces, itertools.cycle(PLAIN)):
        lines += [said.format(*names), plain]
    return "\n".join([*lines, *(f"联系电话：{n}" for n in numbers)])


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECE, min_size=1, max_size=5), st.lists(st.one_of(MOBILE, TELEPHONE, CITIZEN), max_size=3))
def test_no_name_or_number_is_left(pieces, numbers):
    document = one(written(pieces, numbers))
    masked = jy.Corpus([document]).anonymize()
    (shown,) = masked
    used = [name for said, names in pieces for n, name in enumerate(names) if f"{{{n}}}" in said]
    assert [n for n in (*used, *numbers) if n in shown.text] == []
    for table in ("documents", "statements", "roles", "sections"):
        said = masked.table(table).to_csv()
        assert [n for n in (*used, *numbers) if n in said] == []
    assert masked.names["mask"].is_unique
    assert all(line in shown.text for line in PLAIN[: len(pieces)])


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECE, min_size=1, max_size=5), st.data())
def test_offsets_lead_there_and_back(pieces, data):
    document = one(written(pieces, ["13900000001"]))
    corpus = jy.Corpus([document])
    masked = corpus.anonymize()
    (shown,) = masked
    old = corpus.analysis(document.id).tagged.statements
    new = masked.analysis(document.id).tagged.statements
    for a, b in zip(old, new, strict=True):
        assert (b.start, b.end) == masked.anonymized(document.id, a.start, a.end)
        assert shown.text[b.start : b.end] == b.text
        assert masked.original(document.id, b.start, b.end) == (a.start, a.end)
    start = data.draw(st.integers(0, len(shown.text)))
    end = data.draw(st.integers(start, len(shown.text)))
    first, last = masked.original(document.id, start, end)
    assert 0 <= first <= last <= len(document.text)
    a, b = masked.anonymized(document.id, first, last)
    assert start == end or (a <= start and end <= b)


@given(st.text("甲乙一二。\n", max_size=40), st.data())
def test_untouched_text_is_the_same_on_both_sides(text, data):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    changes = [(a, b, data.draw(st.text("某代号", min_size=1, max_size=4))) for a, b in itertools.pairwise(cuts)][::2]
    shift, new = changed(text, changes)
    outside = [n for n in range(len(text)) if not any(a <= n < b for a, b, _ in changes)]
    for n in outside:
        a, b = shift.forward(n, n + 1)
        assert new[a:b] == text[n] and shift.backward(a, b) == (n, n + 1)
