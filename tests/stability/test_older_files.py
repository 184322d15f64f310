"""以前存下的文件：打得开，旧版本的标注重新做；打不开的说清楚怎么办。"""

from __future__ import annotations

import json

import duckdb
import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.errors import DataError

TEXT = "竹溪小学2024—2025学年第一学期校本教研计划\n一、目标\n每位教师每学期听课不少于12节。\n二、措施\n每周三下午集体备课。\n"
DERIVED = ("sections", "statements", "activities", "quantities")


@pytest.fixture
def saved(tmp_path):
    """存下的文件和它的材料。"""
    (tmp_path / "上报").mkdir()
    (tmp_path / "上报" / "计划.txt").write_text(TEXT, encoding="utf-8")
    store = tmp_path / "2024秋.jiaoyan"
    corpus = jy.load(tmp_path / "上报", store=store)
    corpus.save(store)
    return store, corpus


def change(store, *statements: str) -> None:
    with duckdb.connect(str(store)) as connection:
        for statement in statements:
            connection.execute(statement)


STALE = "update documents set tagged = replace(tagged, '\"activity\"', '\"problem\"')"


def same(one, other):
    assert [name for name in DERIVED if not one.table(name).equals(other.table(name))] == []


@pytest.mark.parametrize(
    "older", ["drop table analysed", "update analysed set version = '0.0.9'"], ids=["没有记版本", "别的版本"]
)
def test_analyses_of_another_version_are_made_again(saved, older):
    store, corpus = saved
    change(store, STALE, older)
    same(jy.open(store), corpus)
    same(jy.load(store.parent / "上报", store=store), corpus)
    same(jy.open(store), corpus)


def test_analyses_of_this_version_are_used_as_they_are(saved):
    store, corpus = saved
    change(store, STALE)
    assert not jy.open(store).table("statements").equals(corpus.table("statements"))


def test_analyses_by_a_model_of_ones_own_are_kept(saved):
    from pathlib import Path

    from jiaoyan_nlp.lexicon import data_file

    store, corpus = saved
    corpus.using(Path(str(data_file("models")))).save(store)
    with duckdb.connect(str(store), read_only=True) as connection:
        assert connection.execute("select version from analysed").fetchall() == [("own",)]
    same(jy.open(store), corpus)


def test_a_document_without_a_newer_field_still_opens(saved):
    store, corpus = saved
    with duckdb.connect(str(store)) as connection:
        ((source,),) = connection.execute("select document from documents").fetchall()
        record = json.loads(source)
        del record["notes"]
        connection.execute("update documents set document = ?", [json.dumps(record, ensure_ascii=False)])
    assert [d.text for d in jy.open(store)] == [d.text for d in corpus]


def test_readings_of_an_older_reader_are_read_again(saved):
    store, corpus = saved
    change(store, "update readings set key = '0' || key, reading = replace(reading, '集体备课', '集体背课')")
    assert [d.text for d in jy.load(store.parent / "上报", store=store)] == [d.text for d in corpus]


@pytest.mark.parametrize(
    "how", [jy.open, lambda store: jy.load(store.parent / "上报", store=store)], ids=["open", "load"]
)
def test_another_format_says_what_to_do(saved, how):
    store, _ = saved
    change(store, "update about set format = 0")
    with pytest.raises(DataError, match=r"别的版本存下的（格式 0，本版是 \d+），请用原来的文件重新载入"):
        how(store)
