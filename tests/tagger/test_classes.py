from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jiaoyan_nlp import facts, tagger
from jiaoyan_nlp.outline.topic import off_topic
from jiaoyan_nlp.tagger import classes, model
from jiaoyan_nlp.tagger.examples import examples
from jiaoyan_nlp.tagger.labelled import pack, read_labelled
from tests.conftest import LABELLED, one

PLAN = """柳荫小学校本教研工作计划
一、工作措施
1、集体备课做到“四定”（定时间、定地点、定内容、定主讲人），每周一次。
2、青年教师落实“三个一”：每天练一页字；每周听一节课；每月写一篇反思。
3、教师要有计划、有总结。
"""


def test_packed_forms_are_unpacked_with_spans():
    document = one(PLAN)
    rows = facts.extract(document, tagger.tag(document)).packed
    assert [(r.name, r.text) for r in rows] == [
        ("四定", "定时间"), ("四定", "定地点"), ("四定", "定内容"), ("四定", "定主讲人"),
        ("三个一", "每天练一页字"), ("三个一", "每周听一节课"), ("三个一", "每月写一篇反思"),
    ]  # fmt: skip
    assert all(document.text[r.start : r.end] == r.text for r in rows)


@pytest.mark.parametrize("label", classes.TAXONOMIES)
def test_the_classifier_beats_the_written_forms(label):
    """随包的模型认出的细类比只看写法的全（语料是它学过的，这里只防模型与代码脱节）。"""
    taxonomy = classes.TAXONOMIES[label]
    used = model.load(taxonomy)
    assert {name for name, _ in classes.rules(taxonomy)} <= set(used.names)
    assert used.weights.shape == (len(used.vocabulary), len(used.names))


def test_a_class_the_model_does_not_know_follows_its_written_form():
    known = model.load("problem_classes")
    names = known.names[1:]
    smaller = replace(
        known, names=names, weights=known.weights[:, 1:], bias=known.bias[1:], thresholds=known.thresholds[1:]
    )
    row = classes.class_features("problem_classes", [], "部分教师对教研认识不足。")
    assert known.names[0] in classes.choose("problem_classes", smaller, [row])[0]


def test_new_classes_come_from_the_labels():
    names = classes.names_of("problem_classes", [(("problem",), ("手机干扰",)), (("problem", "goal"), ("说不清",))])
    assert "手机干扰" in names
    assert "说不清" not in names


def test_off_topic_documents_are_marked():
    found = [(e.document.meta.off_topic, d) for d in read_labelled(LABELLED) for e in examples([d])]
    off = {d.name for d in read_labelled(LABELLED) if d.meta.get("topic") == "off"}
    assert off <= {d.name for marked, d in found if marked}
    wrong = {d.name for marked, d in found if marked} - off
    assert len(wrong) <= 0.01 * len(found)


def test_short_texts_are_not_judged():
    assert not off_topic("学生会计划", "一句话。")


def test_packing_the_corpus_is_repeatable(tmp_path):
    pack(LABELLED / "k", tmp_path / "甲.zip")
    pack(LABELLED / "k", tmp_path / "乙.zip")
    assert (tmp_path / "甲.zip").read_bytes() == (tmp_path / "乙.zip").read_bytes()
    assert read_labelled(tmp_path / "甲.zip") == read_labelled(LABELLED / "k")


def test_probabilities_of_no_rows_have_a_shape():
    assert np.shape(model.load("goal_classes").probabilities([])) == (0, len(model.load("goal_classes").names))
