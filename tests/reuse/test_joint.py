"""几所学校合写的文档另算，不算谁抄谁；只提到对方的照样算抄。"""

from __future__ import annotations

import pytest

from jiaoyan_nlp.reuse import find_copies
from jiaoyan_nlp.reuse.joint import joint, signed
from tests.reuse.samples import OWN, PARAGRAPHS, document

ONE, TWO = "石榴小学", "白桦路小学"
JOINT = {
    "标题并列": f"{ONE}、{TWO}结对教研计划\n{{}}",
    "标题里用与": f"南屏县{ONE}与南屏县{TWO}手拉手教研方案\n{{}}",
    "三校并列": f"{ONE}、杏花小学、{TWO}学区教研计划\n{{}}",
    "成员校": f"东片教研计划\n共同体成员校：杏花小学、{TWO}、{ONE}\n{{}}",
    "落款并列": f"教研计划\n{{}}\n{TWO} {ONE}\n2024年9月",
    "落款各一行": f"教研计划\n{{}}\n{ONE}（公章）\n南屏县{TWO}（公章）\n2024年9月1日",
    "共同制定": f"教研计划\n本计划由我校与{TWO}的骨干教师共同拟定。\n{{}}",
}
MENTIONED = {
    "去观摩": f"教研计划\n十月赴{TWO}观摩一次。\n{{}}\n{ONE}",
    "标题里去学习": f"{ONE}与{TWO}的差距在哪里\n{{}}",
    "结了对没说合写": f"教研计划\n我校与{TWO}结为手拉手学校，每月互访一次。\n{{}}\n{ONE}",
    "同别的学校合写": f"{ONE}、杏花小学结对教研计划\n{{}}\n年底请{TWO}的老师来座谈。",
    "没有提到": f"{ONE}教研计划\n{{}}\n{ONE}",
    "两句话里": f"教研计划\n骨干教师来自{TWO}。计划由教研组共同制定。\n{{}}",
}


@pytest.mark.parametrize("name", JOINT)
def test_joint_documents_are_told_apart(name: str) -> None:
    mine = document("甲", JOINT[name].format("\n".join(PARAGRAPHS)), school=ONE)
    theirs = document("乙", "教研计划\n" + "\n".join(PARAGRAPHS), school=f"南屏县{TWO}")
    report = find_copies([mine, theirs])
    assert set(report.passages["relation"]) == {"partner"}
    assert set(report.passages["reasons"]) == {"两校合写的同一份文档"}
    assert report.documents["from_schools"].max() == 0
    assert report.documents["from_partners"].max() > 0.5


@pytest.mark.parametrize("name", MENTIONED)
def test_a_mere_mention_is_no_partnership(name: str) -> None:
    mine = document("甲", MENTIONED[name].format("\n".join(PARAGRAPHS)), school=ONE)
    theirs = document("乙", f"教研计划\n{OWN[0]}\n" + "\n".join(PARAGRAPHS), school=TWO)
    report = find_copies([mine, theirs])
    assert set(report.passages["relation"]) == {"school"}
    assert report.documents["from_partners"].max() == 0


def test_either_side_may_say_it() -> None:
    said = document("甲", JOINT["成员校"].format(OWN[0]), school=ONE)
    silent = document("乙", f"计划\n{OWN[0]}", school=TWO)
    assert joint(said, silent)
    assert joint(silent, said)


def test_names_inside_each_other_or_missing_prove_nothing() -> None:
    text = "实验小学、南苑实验小学教研计划"
    assert not joint(document("甲", text, school="实验小学"), document("乙", text, school="南苑实验小学"))
    assert not joint(document("甲", text, school="甲"), document("乙", text, school="乙"))


def test_full_width_and_traditional_names_are_the_same() -> None:
    assert signed(f"東片教研計劃\n成員校：{ONE}、白樺路小學", ONE, TWO)


def test_an_earlier_joint_document_is_judged_as_a_source() -> None:
    text = JOINT["标题并列"].format("\n".join(PARAGRAPHS))
    now, last = document("甲", text, school=ONE), document("乙", text, school=TWO)
    assert "partner" not in set(find_copies([now], templates=[last]).passages["relation"])


SCHOOLS = ("石榴小学", "白桦路小学", "杏花小学", "柳荫小学", "南山脚小学")


def test_a_document_of_five_partner_schools_is_joint_not_ownerless() -> None:
    text = f"东片教研计划\n共同体成员校：{'、'.join(SCHOOLS)}\n" + "\n".join(PARAGRAPHS)
    report = find_copies([document(f"片{n}", text, school=school) for n, school in enumerate(SCHOOLS)])
    assert set(report.passages["relation"]) == {"partner"}
    assert report.shared.empty
    assert report.documents["from_schools"].max() == 0


def test_the_same_text_in_schools_that_are_no_partners_has_no_known_owner() -> None:
    text = "教研计划\n" + "\n".join(PARAGRAPHS)
    report = find_copies([document(f"片{n}", text, school=school) for n, school in enumerate(SCHOOLS)])
    assert report.passages.empty
    assert set(report.shared["document"]) == {f"片{n}" for n in range(len(SCHOOLS))}


def test_one_school_that_took_a_joint_document_is_still_named() -> None:
    text = f"东片教研计划\n共同体成员校：{'、'.join(SCHOOLS[:4])}\n" + "\n".join(PARAGRAPHS)
    batch = [document(f"片{n}", text, school=school) for n, school in enumerate(SCHOOLS[:4])]
    report = find_copies([*batch, document("片9", f"{OWN[0]}\n" + "\n".join(PARAGRAPHS), school="外来小学")])
    taken = report.passages[report.passages["relation"] == "school"]
    assert set(taken["document"]) == {"片9"}
