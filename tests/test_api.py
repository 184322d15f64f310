"""公开的名称和表的列是约定：改了就要改这里，也要改更新日志。"""

from __future__ import annotations

import pytest

import jiaoyan_nlp as jy
from tests.conftest import DISTRICT, SCHOOLS

TABLES = {
    "documents": "document file offset length title kind school level subject term author date sha256 off_topic",
    "sections": "document section parent level number title role start end title_start title_end",
    "statements": "document section role start end text activity goal problem measure outcome organization background "
    "p_activity p_goal p_problem p_measure p_outcome p_organization p_background goal_classes problem_classes activity_types",
    "activities": "document start end text type planned subject participants topic",
    "quantities": "document start end text kind activity comparator low high unit period subject",
    "schedule": "document start end text when activity date_start date_end",
    "roles": "document start end text group role name",
    "topics": "document start end text title kind",
    "awards": "document start end text level grade who",
    "packed": "document start end text name count",
    "cells": "document table row column start end text",
    "origins": "file author last_editor company created modified application template rsid_root rsids image_hashes pdf_id headers",
    "notes": "file code message advice",
}
FINDINGS = "document rule severity start end evidence message advice"


@pytest.mark.parametrize("name", TABLES)
def test_table_columns(district, name):
    assert list(district.table(name).columns) == TABLES[name].split()


def test_empty_corpus_has_the_same_columns():
    for name, columns in TABLES.items():
        assert list(jy.Corpus([]).table(name).columns) == columns.split()


def test_findings_columns(district):
    assert list(jy.audit(district).columns)[:8] == FINDINGS.split()


def test_corpus_iterates_counts_and_filters(district):
    assert len(list(district)) == len(district) == 25
    plans = district.where(kind="plan")
    assert isinstance(plans, jy.Corpus)
    assert set(plans.table("documents")["kind"]) == {"plan"}
    both = district.where(kind=["plan", "summary"], school="云溪区鹭汀小学")
    assert len(both) == 2
    assert len(district.where(school="没有这所学校")) == 0


def test_every_file_is_a_document_or_a_note(district):
    files = {p.as_posix() for p in DISTRICT.rglob("*") if p.is_file()}
    seen = {file.split("!/")[0] for file in district.table("documents")["file"]} | set(district.notes["file"])
    assert seen == files


def test_ids_are_unique_and_offsets_hold(district):
    documents = district.table("documents")
    assert documents["document"].is_unique
    for name in ("sections", "statements", "activities", "quantities", "schedule", "roles"):
        frame = district.table(name)
        texts = frame["document"].map({d.id: d.text for d in district})
        if "text" in frame:
            assert all(
                t[a:b] == said for t, a, b, said in zip(texts, frame["start"], frame["end"], frame["text"], strict=True)
            )
    assert all(d.offset >= 0 for d in district)


def test_tables_are_copies(district):
    district.table("documents").drop(columns="kind")
    district.table("documents")["kind"] = "other"
    assert set(district.table("documents")["kind"]) != {"other"}


def test_unknown_names_are_explained(district):
    with pytest.raises(jy.JiaoyanError, match="没有“句子”这张表，可用的有：documents"):
        district.table("句子")
    with pytest.raises(jy.JiaoyanError, match="不能按“学校”筛选"):
        district.where(学校="鹭汀小学")
    with pytest.raises(jy.JiaoyanError, match="没有"):
        jy.load(DISTRICT / "没有这个文件夹")
    with pytest.raises(jy.JiaoyanError, match="找不到学校名单"):
        jy.load(DISTRICT, schools="没有.csv")


def test_read_one_file():
    (document,) = jy.read(next(DISTRICT.rglob("清潭初级中学/计划.docx")))
    assert document.text.startswith("清潭初级中学")
    assert document.meta.kind == "plan"
    assert document.sections


def test_save_and_open(district, tmp_path):
    path = tmp_path / "2024秋.jiaoyan"
    district.save(path)
    again = jy.open(path)
    assert list(again) == list(district)
    for name in TABLES:
        assert again.table(name).equals(district.table(name)), name
    assert [p.name for p in tmp_path.iterdir()] == ["2024秋.jiaoyan"]


def test_save_and_open_explain_themselves(district, tmp_path):
    with pytest.raises(jy.JiaoyanError, match="不存在，请先建好"):
        district.save(tmp_path / "无" / "a.jiaoyan")
    with pytest.raises(jy.JiaoyanError, match="找不到"):
        jy.open(tmp_path / "无.jiaoyan")
    broken = tmp_path / "坏.jiaoyan"
    broken.write_bytes(b"not a database" * 100)
    with pytest.raises(jy.JiaoyanError, match="打不开"):
        jy.open(broken)


def test_same_answers_whatever_the_order(district):
    files = sorted(p for p in DISTRICT.rglob("*") if p.is_file())
    forward, backward = (jy.load(order, schools=SCHOOLS) for order in (files, files[::-1]))
    key = ["document", "start", "end"]
    a, b = (c.table("statements").sort_values(key).reset_index(drop=True) for c in (forward, backward))
    assert a.equals(b)


def test_one_bad_file_does_not_stop_the_batch(tmp_path):
    (tmp_path / "好.txt").write_text("校本教研计划\n一、目标\n每位教师上好一节课。", encoding="utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 50)
    (tmp_path / "空.txt").write_bytes(b"")
    corpus = jy.load(tmp_path)
    assert len(corpus) == 1
    assert set(corpus.notes["file"]) == {(tmp_path / "坏.docx").as_posix(), (tmp_path / "空.txt").as_posix()}
    assert all(corpus.notes["message"].str.len() > 5) and all(corpus.notes["advice"].str.len() > 5)
    with pytest.raises(jy.JiaoyanError):
        jy.read(tmp_path / "坏.docx")


def test_identical_files_are_both_kept_and_noted(tmp_path):
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text("校本教研计划\n一、目标\n每位教师上好一节课。", encoding="utf-8")
    corpus = jy.load(tmp_path)
    assert len(corpus) == 2
    assert list(corpus.notes["code"]) == ["JY505"]


BUILT = {
    "Corpus", "JiaoyanError", "audit", "chinese", "compare", "dismiss", "find_copies", "follow_up", "follow_up_rates",
    "Labels", "explain", "export_labels", "import_labels", "suggest", "train",
    "feedback", "load", "open", "read", "report", "save_index", "score_card",
}  # fmt: skip


def test_public_names_are_those_that_work():
    assert set(jy.__all__) == BUILT
    assert all(callable(getattr(jy, name)) for name in BUILT)
    with pytest.raises(AttributeError, match="没有“比较”这个名称"):
        _ = jy.比较


def test_audit_stays_a_function_once_its_rules_are_loaded(district):
    jy.audit(district)
    assert callable(jy.audit)
    assert len(jy.audit(district)) > 0


def test_functions_with_module_names_stay_functions():

    assert callable(jy.compare) and callable(jy.follow_up)
