from __future__ import annotations

import json
import math

import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.labels.exchange import Given, Labels
from jiaoyan_nlp.labels.training import read
from jiaoyan_nlp.types import LABELS
from tests.conftest import one

PLAN = """柳荫小学校本教研工作计划
一、存在的问题
1、部分教师参与教研的积极性不高，评课时不愿开口。
二、工作措施
1、每周三下午集体备课一次，每人每学期听课不少于15节。
2、建立考勤制度，缺席的记入考核。
=三
"""


@pytest.fixture(scope="module")
def corpus():
    return jy.Corpus([one(PLAN), one(PLAN.replace("柳荫", "桐花").replace("考勤", "签到"), "乙.txt")])


def test_explanation_adds_up_and_is_in_chinese(corpus):
    row = corpus.table("statements").iloc[0]
    frame = jy.explain(corpus, row)
    assert list(frame.columns)[:3] == ["label", "token", "contribution"]
    assert set(frame["label"]) == set(LABELS)
    for label, mine in frame.groupby("label"):
        chance = 1 / (1 + math.exp(-mine["contribution"].sum()))
        assert chance == pytest.approx(mine["probability"].iloc[0], abs=1e-6)
        assert mine["probability"].iloc[0] == pytest.approx(row[f"p_{label}"], abs=1e-4)
    problem = frame[frame["label"] == "problem"]
    assert problem["chosen"].all()
    assert problem["sentence"].iloc[0].startswith("标“问题”")
    assert not frame["token"].str.contains("cue|_|True|False").any()


def test_explaining_a_stranger_is_refused(corpus):
    with pytest.raises(jy.JiaoyanError, match="没有编号为"):
        jy.explain(corpus, {"document": "无", "start": 0})
    with pytest.raises(jy.JiaoyanError, match="没有句段的开头"):
        jy.explain(corpus, {"document": next(iter(corpus)).id, "start": 1})


def test_suggestions_are_varied(corpus):
    frame = jy.suggest(corpus, 3)
    assert 1 <= len(frame) <= 3
    assert {"doubt", "score", *LABELS} <= set(frame.columns)
    assert frame["score"].between(0, 1).all()
    texts = [t.strip() for t in frame["text"]]
    assert len(set(texts)) == len(texts)
    assert len(jy.suggest(jy.Corpus([]), 3)) == 0


@pytest.mark.parametrize("name", ["标.jsonl", "标.xlsx"])
def test_round_trip(corpus, tmp_path, name):
    statements = corpus.table("statements")
    jy.export_labels(corpus, statements, tmp_path / name)
    back = jy.import_labels(corpus, tmp_path / name)
    given = {(g.document, g.start): g for g in back.given}
    for row in statements.to_dict("records"):
        labels = tuple(label for label in LABELS if row[label])
        if labels:
            found = given[row["document"], row["start"]]
            assert found.labels == labels
            assert set(found.classes) == {*row["goal_classes"], *row["problem_classes"], *row["activity_types"]}


def test_label_studio_annotations(corpus, tmp_path):
    path = tmp_path / "标.json"
    jy.export_labels(corpus, corpus.table("statements"), path)
    tasks = json.loads(path.read_text(encoding="utf-8"))
    assert len(jy.import_labels(corpus, path)) == 0
    choices = {"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": ["目标", "青年教师"]}}
    tasks[0]["annotations"] = [{"was_cancelled": False, "result": [choices]}]
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    assert jy.import_labels(corpus, path).given[0].labels == ("goal",)
    assert jy.import_labels(corpus, path).given[0].classes == ("青年教师",)
    minimal = [{**tasks[1]["data"], "label": "措施"}, {**tasks[2]["data"], "label": {"choices": ["无"]}}]
    path.write_text(json.dumps(minimal, ensure_ascii=False), encoding="utf-8")
    assert [g.labels for g in jy.import_labels(corpus, path).given] == [("measure",), ()]


def test_other_files_are_explained(corpus, tmp_path):
    for name in ("坏.json", "坏.jsonl", "坏.xlsx"):
        (tmp_path / name).write_text("{这不是", encoding="utf-8")
        with pytest.raises(jy.JiaoyanError, match="坏"):
            jy.import_labels(corpus, tmp_path / name)
    with pytest.raises(jy.JiaoyanError, match="后缀"):
        jy.export_labels(corpus, corpus.table("statements"), tmp_path / "标.txt")
    line = {"text": "别的话", "label": ["目标"], "document": next(iter(corpus)).id, "start": 0, "end": 3}
    (tmp_path / "错.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(jy.JiaoyanError, match="第 1 条的原文与文档对不上"):
        jy.import_labels(corpus, tmp_path / "错.jsonl")


def test_district_labels_become_examples(corpus):
    document = next(iter(corpus))
    row = corpus.table("statements").iloc[0]
    given = Given(document.id, int(row["start"]), ("goal",), ("新的类",))
    (example,) = read(Labels((document,), (given,)))
    assert example.labels[0] == ("goal",)
    assert example.classes[0] == ("新的类",)
    assert all(labels is None for labels in example.labels[1:])


def test_too_few_labels_are_refused(corpus, tmp_path):
    document = next(iter(corpus))
    with pytest.raises(jy.JiaoyanError, match="至少要 2 篇"):
        jy.train(Labels((document,), ()), tmp_path)


def test_a_corpus_can_use_another_model(corpus, tmp_path):
    with pytest.raises(jy.JiaoyanError, match="找不到模型的文件夹"):
        corpus.using(tmp_path / "无")
    assert corpus.using(tmp_path).model == tmp_path.resolve()
    assert corpus.using(tmp_path).where(kind="plan").model == tmp_path.resolve()
