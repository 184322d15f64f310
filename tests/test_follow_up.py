"""计划兑现：自写的计划和总结，人标的结果；学科组分开；数的比较。"""

from __future__ import annotations

import pytest

import jiaoyan_nlp as jy
from benchmarks.follow_up import FOLDER, compare, gold, macro, scores
from jiaoyan_nlp.following.amounts import versus
from jiaoyan_nlp.following.items import days_in
from jiaoyan_nlp.following.terms import own_terms, same_term
from jiaoyan_nlp.outline import documents
from tests.conftest import extracted

COLUMNS = (
    "school term subject what status planned reported plan_document plan_start plan_end "
    "summary_document summary_start summary_end score"
)
PLAN = """青禾小学2024—2025学年第一学期校本教研计划
一、主要工作
1、每位教师每学期听课不少于15节，听后当天评课。
2、每位教师每月写教学反思一篇，期末评选优秀反思。
3、11月20日举行青年教师说课比赛，由教导处负责。
青禾小学
2024年9月3日
"""
SUMMARY = """青禾小学2024—2025学年第一学期校本教研总结
一、主要工作
1、全校教师人均听课12节，听后都评了课，听课本写得认真。
2、11月20日的说课比赛如期举行，十二位青年教师参加。
3、十二月底，学校请来皮影艺人，教师和学生一起学做皮影。
青禾小学
2025年1月8日
"""


@pytest.fixture(scope="module")
def pairs():
    return jy.load(FOLDER / "*/*.txt")


def corpus(*texts: str) -> jy.Corpus:
    return jy.Corpus([d for n, text in enumerate(texts) for d in documents(extracted(text, f"{n}.txt"))])


def test_four_statuses_against_the_gold():
    table = scores(compare())
    assert macro(table) >= 0.80, table
    assert len({line["summary"].split("/")[0] for line in gold()}) >= 8


def test_columns_spans_and_statuses(pairs):
    found = jy.follow_up(pairs)
    assert list(found.columns) == COLUMNS.split()
    assert set(found["status"]) == {"kept", "partly", "missing", "extra"}
    texts = {d.id: d.text for d in pairs}
    for row in found.itertuples():
        if row.status == "extra":
            assert row.plan_document is None
        else:
            assert texts[row.plan_document][row.plan_start : row.plan_end] == row.planned
        if row.summary_document is not None:
            assert texts[row.summary_document][row.summary_start : row.summary_end] == row.reported
    assert found["score"].between(0, 1).all()
    assert len(jy.follow_up(jy.Corpus([]))) == 0


def test_one_plan_one_summary():
    found = jy.follow_up(corpus(PLAN, SUMMARY))
    status = {row.planned or row.reported: row.status for row in found.itertuples()}
    assert next(s for text, s in status.items() if "听课" in text) == "partly"
    assert next(s for text, s in status.items() if "反思" in text) == "missing"
    assert next(s for text, s in status.items() if "说课" in text) == "kept"
    assert next(s for text, s in status.items() if "皮影" in text) == "extra"


def test_only_the_same_school_and_term_are_compared():
    assert len(jy.follow_up(corpus(PLAN, SUMMARY.replace("青禾小学", "柳溪小学")))) == 0
    spring = SUMMARY.replace("第一学期", "第二学期").replace("2025年1月8日", "2025年7月1日")
    assert len(jy.follow_up(corpus(PLAN, spring))) == 0


def test_subject_groups_are_kept_apart(pairs):
    found = jy.follow_up(pairs.where(school="芦花荡学校"))
    subjects = {d.id: d.meta.subject for d in pairs}
    both = found[found["plan_document"].notna() & found["summary_document"].notna()]
    assert set(both["subject"]) == {"语文", "数学"}
    assert (both["plan_document"].map(subjects) == both["summary_document"].map(subjects)).all()


def test_rates(pairs):
    rates = jy.follow_up_rates(jy.follow_up(pairs))
    assert list(rates.columns) == ["school", "planned", "kept", "partly", "missing", "extra", "rate"]
    assert (rates["kept"] + rates["partly"] + rates["missing"] == rates["planned"]).all()
    assert rates["rate"].between(0, 1).all()


def test_wrong_title_does_not_hide_the_term():
    old = SUMMARY.replace("2024—2025学年第一学期", "2023—2024学年第一学期", 1)
    batch = corpus(PLAN, old, *(PLAN.replace("青禾小学", f"{name}小学") for name in ("柳溪", "云台", "石桥")))
    assert set(own_terms(batch).values()) == {"2024-2025-1"}
    assert same_term("2024-2025", "2024-2025-2")


@pytest.mark.parametrize(
    ("said", "planned", "done"),
    [("公开课计划8节,上了7节", 8, 7), ("应交论文94篇,实交81篇", 94, 81), ("原定两次,实际来了一次", 2, 1)],
)
def test_planned_and_done_in_one_sentence(said, planned, done):
    told = versus(said)
    assert told is not None and (told.planned, told.done) == (planned, done)


def test_dates():
    assert days_in("10月16日、23日研究课,十二月结题") == ((10, 16), (12, None), (10, 23))
