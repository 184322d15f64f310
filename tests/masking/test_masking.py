"""遮盖个人信息：同一个人处处同一个代号，普通的词不动，审核和报告照常。"""

from __future__ import annotations

from collections import Counter

import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.masking.words import table
from jiaoyan_nlp.types import Metadata
from tests.conftest import one

TITLE = "青禾小学2024—2025学年第一学期校本教研计划"


def shown(*lines: str) -> str:
    """遮盖之后题目以下的各行。"""
    (document,) = jy.Corpus([one("\n".join([TITLE, *lines]))]).anonymize()
    return document.text.split("\n", 1)[1]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("组长：孟令春　副组长：康宁远", "组长：某甲甲　副组长：某甲乙"),
        ("成员：孟令春康宁远谷一帆", "成员：某甲甲某甲乙某甲丙"),
        ("孟令春老师主讲，会后请孟令春、康宁远点评。", "某甲甲老师主讲，会后请某甲甲、某甲乙点评。"),
        ("欧阳倩荣获市级一等奖，诸葛明达参加评课。", "某甲甲荣获市级一等奖，某甲乙参加评课。"),
        ("请冉老师和邹校长来指导。", "请某甲甲老师和某甲乙校长来指导。"),
        ("聯繫人：孟令春 电话：１３９０００００００１", "聯繫人：某甲甲 电话：手机甲甲"),
        ("邮箱 mlc_01@example.cn，区号0571-8765432。", "邮箱 邮箱甲甲，区号电话甲甲。"),
        ("身份证11010519900101123X", "身份证身份证甲甲"),
    ],
)
def test_names_and_numbers(said, expected):
    assert shown(said) == expected


@pytest.mark.parametrize(
    "said",
    [
        "高效课堂，方法多样，和谐向上。",
        "全体教师、任课老师、高年级教师参加，许多老师写了反思。",
        "提高教师素质，成为骨干教师，向老师学习，对于老师来说不难。",
        "时间、地点、内容、主讲人由教研组长定，班主任老师列席。",
        "与时俱进，边教边研，管理到位，明确目标，查漏补缺。",
        "学习陶行知的教育思想，听于漪老师的讲座录像。",
        "组长：XXX　副组长：李**　成员：王某某",
        "语文、数学、英语、音乐、体育各一节，共2025人次，编号20240918001。",
        "课题组长负责，高级教师带教，单科教师合组，农村教师轮训。",
    ],
)
def test_ordinary_words_are_left_alone(said):
    assert shown(said) == said


def test_surname_alone_is_the_person_when_there_is_only_one():
    assert shown("组长：孟令春", "孟老师负责，冉老师协助。").endswith("某甲甲老师负责，某甲乙老师协助。")


def test_one_person_has_one_mask_in_all_documents_and_strings():
    first = one(f"{TITLE}\n组长：孟令春\n执笔：孟令春", "青禾/孟令春的计划.txt")
    second = one("绿野小学校本教研工作总结\n一、活动\n孟令春老师来校讲课。", "绿野/总结.txt")
    masked = jy.Corpus([first, second]).anonymize()
    assert masked.names.values.tolist() == [["某甲甲", "人名", "孟令春", 3]]
    assert [d.file for d in masked] == ["青禾/某甲甲的计划.txt", "绿野/总结.txt"]
    assert "某甲甲老师来校" in list(masked)[1].text
    assert all("孟令春" not in repr(d) for d in masked)


def test_audit_of_the_masked_district_is_the_same_but_for_personal_data(district):
    masked = district.anonymize()
    mapped = Counter(
        (r.document, r.rule, *(masked.anonymized(r.document, r.start, r.end) if r.end else (0, 0)))
        for r in jy.audit(district).itertuples()
        if r.rule != "JY601"
    )
    found = Counter((r.document, r.rule, r.start, r.end) for r in jy.audit(masked).itertuples())
    assert found == mapped
    texts = {d.id: d.text for d in masked}
    for name in ("statements", "activities", "quantities", "schedule", "roles", "topics"):
        rows = masked.table(name)
        assert len(rows) == len(district.table(name))
        assert all(texts[r.document][r.start : r.end] == r.text for r in rows.itertuples()), name


def test_masked_again_changes_nothing_and_save_keeps_no_name(district, tmp_path):
    masked = district.anonymize()
    assert [d.text for d in masked.anonymize()] == [d.text for d in masked]
    masked.save(tmp_path / "遮盖.jiaoyan")
    again = jy.open(tmp_path / "遮盖.jiaoyan")
    whole = "".join(map(repr, again))
    assert not [name for name in masked.names["original"] if len(name) > 2 and name in whole]


def test_report_of_a_masked_corpus(district, tmp_path):
    masked = district.where(school="云溪区双井坡初级中学").anonymize()
    path = jy.report(masked, tmp_path / "报告.html") or tmp_path / "报告.html"
    text = path.read_text(encoding="utf-8")
    assert not [n for n in masked.names["original"] if len(n) > 2 and n in text]
    assert "某甲甲" in text


def test_schools_are_kept_and_unknown_documents_explained(district):
    masked = district.anonymize()
    assert set(masked.table("documents")["school"]) == set(district.table("documents")["school"])
    assert isinstance(next(iter(masked)).meta, Metadata)
    with pytest.raises(jy.JiaoyanError, match="没有编号为 无 的文档"):
        masked.original("无", 0, 1)


def test_every_pattern_is_a_kind_that_is_used():
    kinds = {row["kind"].partition(":")[0] for row in table("masking.csv", "kind", "pattern")}
    assert kinds == {
        "number", "listed", "column", "title", "verb", "before", "awkward", "function", "post", "never", "public",
    }  # fmt: skip
