"""各种抄法都要找到，引文和通用文字不能算抄。"""

from __future__ import annotations

import pytest

from jiaoyan_nlp.errors import UsageError
from jiaoyan_nlp.reuse import find_copies
from jiaoyan_nlp.types import Origin
from tests.reuse.samples import COPIES, NOTICE, OWN, PARAGRAPHS, TEMPLATE, copier, document


@pytest.mark.parametrize("kind", COPIES)
def test_every_disguise_is_found_and_named(kind: str) -> None:
    copy = copier("甲", COPIES[kind])
    passages = find_copies([copy], templates=[document("范文", TEMPLATE)]).passages
    assert list(passages["kind"]) == [kind]
    row = passages.iloc[0]
    at = copy.text.index(COPIES[kind])
    assert abs(row["start"] - at) <= 12
    assert abs(row["end"] - at - len(COPIES[kind])) <= 12
    assert row["relation"] == "template"


def test_thirty_copiers_of_a_template_stay() -> None:
    schools = [document(f"学校{n}", f"{n}号学校\n{PARAGRAPHS[1]}") for n in range(30)]
    report = find_copies(schools, templates=[document("范文", TEMPLATE)])
    assert set(report.passages["document"]) == {d.id for d in schools}
    assert set(report.passages["source_document"]) == {"范文"}
    assert report.shared.empty


def test_what_many_schools_hold_without_a_source_is_shared() -> None:
    schools = [document(f"学校{n}", f"{n}号学校\n{PARAGRAPHS[1]}") for n in range(30)]
    report = find_copies(schools)
    assert report.passages.empty
    assert set(report.shared["holders"]) == {30}
    assert set(report.shared["document"]) == {d.id for d in schools}


def test_a_quoted_notice_is_nobody_s_copy() -> None:
    schools = [document(name, f"{name}小学计划\n{OWN[n]}\n{NOTICE}") for n, name in enumerate("甲乙丙")]
    report = find_copies(schools, templates=[document("范文", f"{NOTICE}\n{TEMPLATE}")])
    assert report.passages.empty
    assert set(report.shared["holders"]) == {4}


def test_text_of_an_official_document_is_shared() -> None:
    school = document("甲", f"{OWN[0]}\n{PARAGRAPHS[2]}")
    report = find_copies([school], official=[document("文件", PARAGRAPHS[2])])
    assert report.passages.empty
    assert list(report.shared["reason"]) == ["出自官方文本"]


def test_two_copies_of_a_present_source_meet_only_in_clusters() -> None:
    a, b = (document(name, f"{OWN[n]}\n{PARAGRAPHS[3]}") for n, name in enumerate("甲乙"))
    report = find_copies([a, b], templates=[document("范文", TEMPLATE)])
    assert set(report.passages["source_document"]) == {"范文"}
    assert report.clusters["cluster"].nunique() == 1
    assert len(report.clusters) == 3


def test_own_earlier_document_is_told_apart() -> None:
    now = document("今年", f"{OWN[1]}\n{PARAGRAPHS[0]}", school="曙光小学")
    last = document("去年", f"{PARAGRAPHS[0]}\n{OWN[2]}", school="曙光小学")
    row = find_copies([now], earlier=[last]).documents.iloc[0]
    assert row["from_own"] > 0.5
    assert row["from_schools"] == 0
    assert row["from_templates"] == 0


def test_the_name_left_over_tells_the_source() -> None:
    said = "白桦路小学的老师们商定，每周四午饭后在二楼走廊办书屋，由语文老师轮流值守，每班选六名小管理员登记借还。"
    source = document("乙", f"{OWN[0]}\n{said}", school="白桦路小学")
    thief = document("甲", f"{OWN[1]}\n{said}", school="石榴小学")
    row = find_copies([source, thief]).passages.iloc[0]
    assert row["document"] == "甲"
    assert "白桦路小学" in row["reasons"]


def test_innocent_documents_raise_no_alarm() -> None:
    stock = "现将主要情况总结如下。结合我校实际，特制定本方案。不妥之处，敬请各位领导指正！"
    schools = [document(name, f"{stock}\n{OWN[n]}") for n, name in enumerate("甲乙丙丁")]
    assert find_copies(schools).passages.empty


def test_paraphrase_is_seen_by_its_order_and_numbers() -> None:
    rewritten = (
        "书屋每到周四午饭后就敞开大门，时长30分钟，由语文老师排班轮流看守，每班推选6名小管理员管借还登记，"
        "到了期末翻看借阅卡选出24名“小书虫”，奖品是一本自己挑的书。\n"
        "听课的人不许写气氛活跃之类套语，要记学生说的哪一句话、第几分钟开始走神，下课15分钟内贴到教研墙上，"
        "执教者当天就得答一句打算怎么改。\n"
        "错字档案也要有：一名学生一张卡，同一个字错了3次画颗星，满10颗星的字全班合编顺口溜，期末印40份册子留给下一届。"
    )
    report = find_copies([copier("丙", rewritten)], templates=[document("范文", TEMPLATE)])
    assert "范文" in set(report.passages["source_document"])


def test_same_origin_needs_traits_few_files_share() -> None:
    def origin(root: str) -> Origin:
        return Origin(rsid_root=root, rsids=("00A1", "00B2", "00C3", root))

    docs = [document("甲", OWN[0], origin=origin("AA")), document("乙", OWN[1], origin=origin("AA"))]
    docs += [document(f"表{n}", OWN[2], origin=Origin(rsid_root="FF")) for n in range(9)]
    report = find_copies(docs)
    assert list(report.same_origin["file"]) == ["上报/乙.txt"]
    assert find_copies(docs, official=[document("表样", "表", origin=origin("AA"))]).same_origin.empty


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(UsageError, match="不认识引擎"):
        find_copies([], engine="hadoop")


def test_empty_and_tiny_inputs() -> None:
    for corpus in ([], [document("空", "")], [document("短", "好"), document("短二", "好")]):
        assert find_copies(corpus).passages.empty
