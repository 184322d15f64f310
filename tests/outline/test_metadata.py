from __future__ import annotations

import pytest

from jiaoyan_nlp.errors import DataError, PathError
from jiaoyan_nlp.outline import documents, read_schools
from tests.conftest import one

BODY = "一、目标\n让每位教师上好一节研究课。\n"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("青禾小学校本教研工作计划", "plan"),
        ("语文组工作总结", "summary"),
        ("校本研修实施方案", "scheme"),
        ("集体备课制度", "regulation"),
        ("一次磨课的案例", "report"),
        ("计划落实情况总结", "summary"),
    ],
)
def test_kind_from_title(title, kind):
    assert one(f"{title}\n{BODY}").meta.kind == kind


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("2023—2024学年第一学期", "2023-2024-1"),
        ("2023-2024学年度下学期", "2023-2024-2"),
        ("2024年秋季", "2024-2025-1"),
        ("2025年春季学期", "2024-2025-2"),
        ("2024—2025学年", "2024-2025"),
        ("20xx年", None),
    ],
)
def test_term(said, term):
    assert one(f"{said}教研计划\n{BODY}").meta.term == term


def test_school_subject_date_author():
    meta = one(f"青禾路小学数学教研组工作总结\n撰稿人：李海岚\n{BODY}青禾路小学\n2025年1月12日").meta
    assert (meta.school, meta.level, meta.subject, meta.date, meta.author) == (
        "青禾路小学", "小学", "数学", "2025-01-12", "李海岚",
    )  # fmt: skip


def test_schools_csv(tmp_path):
    path = tmp_path / "schools.csv"
    path.write_text(
        "school,aliases,level,place,folder\n云岭县第七小学,七小；县七小,小学,城关,07\n", encoding="utf-8-sig"
    )
    listed = read_schools(path)
    from tests.conftest import extracted

    (found,) = documents(extracted(f"七小教研计划\n{BODY}", "上报/a.txt"), listed)
    assert found.meta.school == "云岭县第七小学"
    (found,) = documents(extracted(f"教研计划\n{BODY}", "上报/07/a.txt"), listed)
    assert found.meta.school == "云岭县第七小学"


def test_bad_schools_csv(tmp_path):
    with pytest.raises(PathError, match="找不到学校名单"):
        read_schools(tmp_path / "没有.csv")
    path = tmp_path / "schools.csv"
    path.write_text("name\n七小\n", encoding="utf-8")
    with pytest.raises(DataError, match="第 1 行"):
        read_schools(path)
    path.write_text("school,aliases\n七小,\n,x\n", encoding="utf-8")
    with pytest.raises(DataError, match="第 3 行没有校名"):
        read_schools(path)
