from __future__ import annotations

import pytest

from jiaoyan_nlp import facts, tagger
from jiaoyan_nlp.facts.names import names
from jiaoyan_nlp.facts.schedule import resolve
from jiaoyan_nlp.types import Facts
from tests.conftest import one


def found(*lines: str, title: str = "青禾小学2024—2025学年第一学期校本教研计划") -> Facts:
    document = one("\n".join([title, "一、主要工作", *lines]))
    return facts.extract(document, tagger.tag(document))


@pytest.mark.parametrize(
    ("said", "activity", "comparator", "low", "high", "unit", "period"),
    [
        ("每位教师每学期听课不少于15节。", "听课", ">=", 15, None, "节", "学期"),
        ("每学期听课16—32节。", "听课", "range", 16, 32, "节", "学期"),
        ("每周组织一次集体备课活动。", "集体备课", "=", 1, 1, "次", "周"),
        ("教研组隔周开展一次教研活动。", "教研活动", "=", 1, 1, "次", "两周"),
        ("每人每月至少撰写两篇教学反思。", "教学反思", ">=", 2, None, "篇", "月"),
        ("每位教师每学期听课２０节以上。", "听课", ">=", 20, None, "节", "学期"),
        ("每学年每人上公开课不超过三节。", "公开课", "<=", None, 3, "节", "学年"),
        ("每学期每人上一堂研讨课。", "公开课", "=", 1, 1, "节", "学期"),
    ],
)
def test_quantities(said, activity, comparator, low, high, unit, period):
    (one_found,) = found(said).quantities
    got = (one_found.activity, one_found.comparator, one_found.low, one_found.high, one_found.unit, one_found.period)
    assert got == (activity, comparator, low, high, unit, period)


def test_coordinated_duties():
    rows = found("每学期听课要求：教师听课15节，组长听课20节，论文、案例各一篇。").quantities
    assert [(q.activity, q.low) for q in rows] == [("听课", 15), ("听课", 20), ("论文", 1), ("教学案例", 1)]


@pytest.mark.parametrize(
    "said",
    [
        "二次备课要有批注。",
        "把每一节课上好。",
        "坚持四定、三统一。",
        "第三次教研活动由李老师主持。",
        "在教研活动中突出一个“实”字。",
    ],
)
def test_slogans_and_ordinals_are_no_quantities(said):
    assert found(said).quantities == ()


def test_summary_reports():
    (row,) = found("本学期我们共听课230节。", title="青禾小学校本教研工作总结").quantities
    assert (row.kind, row.low, row.period) == ("reported", 230, "学期")


def test_month_list_inherits_the_month():
    rows = found(
        "（一）活动安排", "九月份：", "1、制定计划。", "2、推门听课。", "十月份：", "1、青年教师赛课。"
    ).schedule
    assert [(e.when, e.date_start) for e in rows] == [
        ("--09", "2024-09-01"),
        ("--09", "2024-09-01"),
        ("--10", "2024-10-01"),
    ]


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("每周三下午开展语文组集体备课。", "weekly:3:PM"),
        ("每双周一组织理论学习。", "biweekly:1"),
        ("10月18日举行同课异构活动。", "--10-18"),
        ("2024年11月开展读书交流活动。", "2024-11"),
        ("10月—11月开展赛课活动。", "--10/--11"),
        ("期末举行教学论文评比活动。", "term:end"),
    ],
)
def test_schedule(said, when):
    assert when in [e.when for e in found(said).schedule]


def test_resolve_knows_the_academic_year():
    assert resolve("--01", "2024-2025-1") == ("2025-01-01", "2025-01-31")
    assert resolve("--02-30", "2024-2025-2") == (None, None)
    assert resolve("--09", None) == (None, None)


def test_roles():
    rows = found("组长：李海岚", "副组长：王一鸣、赵可", "成员：周小舟吴立本郑亦农").roles
    assert [(r.role, r.name) for r in rows] == [
        ("组长", "李海岚"), ("副组长", "王一鸣"), ("副组长", "赵可"), ("成员", "周小舟"), ("成员", "吴立本"), ("成员", "郑亦农"),
    ]  # fmt: skip


def test_roles_in_running_text():
    rows = found("学校成立教研领导小组，由李海岚校长任组长，王一鸣负责日常工作。").roles
    assert ("组长", "李海岚") in [(r.role, r.name) for r in rows]
    assert ("负责人", "王一鸣") in [(r.role, r.name) for r in rows]


def test_unspaced_names():
    text = "宋青山韩一舟欧阳静"
    assert [text[a:b] for a, b in names(text, 0, len(text))] == ["宋青山", "韩一舟", "欧阳静"]


def test_topics_and_awards():
    rows = found("继续做好县级课题《农村小学习作起步的研究》，落实《校本教研制度》。").topics
    assert [(t.title, t.kind) for t in rows] == [("农村小学习作起步的研究", "project"), ("校本教研制度", "regulation")]
    award = found("李海岚老师的课获市级优质课一等奖，受到好评。", title="青禾小学校本教研总结").awards[0]
    assert (award.level, award.grade, award.who) == ("市", "一等", "李海岚")


def test_activities_know_planned_and_done():
    planned = found("每周三开展集体备课活动，主题是“让提问更有价值”。").activities
    assert ("集体备课", True, "让提问更有价值") in [(a.type, a.planned, a.topic) for a in planned]
    done = found("开展了同课异构活动三次。", title="青禾小学校本教研总结").activities
    assert [(a.type, a.planned) for a in done] == [("同课异构", False)]


def test_spans_lead_back_to_the_words(district):
    for document in district:
        extracted = district.analysis(document.id).facts
        for group in (
            extracted.quantities,
            extracted.schedule,
            extracted.roles,
            extracted.activities,
            extracted.topics,
        ):
            for row in group:
                assert document.text[row.start : row.end] == row.text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("隔周周三下午开展一次语文组教研活动。", [("教研活动", 1, "两周")]),
        ("公开课：语文3节，数学3节，英语2节。", [("公开课", 3, None), ("公开课", 3, None), ("公开课", 2, None)]),
        ("论文、案例、反思各不少于1篇。", [("论文", 1, None), ("教学案例", 1, None), ("教学反思", 1, None)]),
        ("每名师傅每学期听徒弟课不少于8节。", [("听课", 8, "学期")]),
        ("本学期计划开展主题教研6次、专题讲座2场。", [("教研活动", 6, "学期"), ("讲座", 2, "学期")]),
        ("每学期反思少于10篇的扣1分。", [("教学反思", 10, "学期")]),
    ],
)
def test_more_ways_to_state_a_duty(said, expected):
    assert [(q.activity, q.low, q.period) for q in found(said).quantities] == expected


@pytest.mark.parametrize(
    ("said", "whens"),
    [
        ("隔周周三下午开展教研活动。", ["biweekly:3:PM"]),
        ("双周周四下午为数学组教研时间。", ["biweekly:4:PM"]),
        ("10月8日、15日、22日分别上研讨课。", ["--10-08", "--10-15", "--10-22"]),
        ("11月底举行教师基本功竞赛。", ["--11:end"]),
        ("10月第二周开展送教下乡活动。", ["--10-W2"]),
        ("教学案例于11月15日前交教务处。", ["../--11-15"]),
        ("10月18日下午举行专题讲座。", ["--10-18:PM"]),
    ],
)
def test_more_ways_to_state_a_time(said, whens):
    assert [e.when for e in found(said).schedule] == whens


def test_finer_times_become_days():
    assert resolve("--11:end", "2024-2025-1") == ("2024-11-21", "2024-11-30")
    assert resolve("--10-W2", "2024-2025-1") == ("2024-10-08", "2024-10-14")
    assert resolve("../--11-15", "2024-2025-1") == (None, "2024-11-15")


def test_appointed_people():
    rows = found("教研组长由费雨晴兼任，备课组长由康明远、池小荷担任。", "由教导主任石磊具体负责听课的安排。").roles
    assert [(r.role, r.name) for r in rows] == [
        ("组长", "费雨晴"), ("组长", "康明远"), ("组长", "池小荷"), ("负责人", "石磊"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "when", "words"),
    [
        ("第3周：各备课组交单元设计。", "term:W3", "第3周：各备课组交单元设计"),
        ("第五周周三下午举行青年教师说课比赛。", "term:W5", "第五周周三下午举行青年教师说课比赛"),
        ("第10—12周开展教研组长示范课。", "term:W10/term:W12", "第10—12周开展教研组长示范课"),
        ("11月6日（周三）上午，五年级开展同课异构活动。", "--11-06", "11月6日（周三）上午，五年级开展同课异构活动"),
    ],
)
def test_weeks_of_the_term_and_dates_with_a_weekday(said, when, words):
    assert [(e.when, e.text) for e in found("一、活动安排", "本学期的活动如下。", said).schedule] == [(when, words)]


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("语文组（组长）：杜若兰", [("组长", "杜若兰")]),
        ("师傅：杜若兰 徒弟：程小满", [("师傅", "杜若兰"), ("徒弟", "程小满")]),
        ("组长程致远（校长），副组长穆清（教导主任）。", [("组长", "程致远"), ("副组长", "穆清")]),
        ("组长安排好每次活动，副组长负责签到。", []),
    ],
)
def test_roles_without_a_plain_colon(said, people):
    assert [(r.role, r.name) for r in found("一、组织", said).roles] == people


def test_the_small_heading_of_a_line_names_the_activity():
    (quantity,) = found("一、怎样备", "（二）集体备课。每两周一次，周二下午进行。").quantities
    assert (quantity.activity, quantity.low, quantity.unit, quantity.period) == ("集体备课", 1.0, "次", "两周")


def test_thousands_in_chinese_numerals():
    (quantity,) = found("一、情况", "全校听课一千二百余节。").quantities
    assert (quantity.comparator, quantity.low) == (">=", 1200.0)
