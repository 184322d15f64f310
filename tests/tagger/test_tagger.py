from __future__ import annotations

import numpy as np
import pytest

from jiaoyan_nlp import tagger
from jiaoyan_nlp.errors import DataError, PathError
from jiaoyan_nlp.tagger.classes import TAXONOMIES, class_features
from jiaoyan_nlp.tagger.features import features
from jiaoyan_nlp.tagger.labelled import parse, read_labelled
from jiaoyan_nlp.tagger.model import LinearModel
from jiaoyan_nlp.tagger.roles import role_features
from jiaoyan_nlp.tagger.segment import units
from jiaoyan_nlp.types import LABELS, ROLES
from tests.conftest import LABELLED, one

PLAN = """青禾路小学校本教研工作计划
一、指导思想
以新课程理念为指导，以课堂教学为中心。
二、工作目标
1、力争用一年时间，使全体教师的课堂教学水平有明显提高。
三、存在的问题
1、部分教师听课积极性不高，评课流于形式。
四、具体措施
1、建立健全教研活动考核制度，结果纳入绩效。
2、每周三下午开展一次集体备课活动。
五、领导小组
组长：李海岚
"""


def labels(text: str) -> dict[str, tuple[str, ...]]:
    return {s.text: s.labels for s in tagger.tag(one(text)).statements}


def test_plain_cases():
    found = labels(PLAN)
    assert "goal" in found["1、力争用一年时间，使全体教师的课堂教学水平有明显提高。"]
    assert "problem" in found["1、部分教师听课积极性不高，评课流于形式。"]
    assert "measure" in found["1、建立健全教研活动考核制度，结果纳入绩效。"]
    assert "activity" in found["2、每周三下午开展一次集体备课活动。"]
    assert "organization" in found["组长：李海岚"]


def test_titles_are_no_statements():
    assert not any(text.startswith(("青禾路", "一、", "二、", "五、")) for text in labels(PLAN))


def test_statements_carry_offsets_probabilities_and_classes():
    document = one(PLAN)
    for statement in tagger.tag(document).statements:
        assert document.text[statement.start : statement.end] == statement.text
        assert len(statement.probabilities) == len(LABELS)
        assert all(0 <= p <= 1 for p in statement.probabilities)
    problem = next(s for s in tagger.tag(document).statements if "problem" in s.labels)
    assert set(problem.problem_classes) & {"流于形式", "参与积极性低"}


def test_roles():
    found = {s.title: s.role for s in tagger.tag(one(PLAN)).sections}
    assert found["指导思想"] == "guiding_ideology"
    assert found["工作目标"] == "goals"
    assert found["存在的问题"] in ("problems", "situation")
    assert found["领导小组"] == "organization"
    assert set(found.values()) <= set(ROLES)


def test_same_input_same_output():
    assert tagger.tag(one(PLAN)) == tagger.tag(one(PLAN))


def test_empty_document_of_furniture():
    document = one("首页 > 范文\n点击下载")
    assert tagger.tag(document).statements == tagger.tag(document).statements


def test_probabilities_agree_with_plain_arithmetic():
    model = LinearModel(
        ("x",), {"甲": 0, "乙": 1}, np.array([1.0, 2.0]), np.array([[1.0], [-1.0]]), np.array([0.5]), np.array([0.5])
    )
    norm = np.sqrt(np.sqrt(5.0))
    expected = [1 / (1 + np.exp(-((1 - 2) / norm + 0.5))), 1 / (1 + np.exp(-0.5))]
    assert np.allclose(model.probabilities([["甲", "乙", "丙"], ["丁"]])[:, 0], expected)


def test_no_token_stands_twice_in_a_row():
    document = one(PLAN)
    found = units(document)
    rows = features(document, found)
    chances = np.zeros((len(rows), len(LABELS)))
    texts = [document.text[u.start : u.end] for u in found]
    tokens = [row.tokens for row in rows]
    classes = [class_features(t, r, x) for t in TAXONOMIES.values() for r, x in zip(tokens, texts, strict=True)]
    every = [*tokens, *classes, *role_features(document, found, chances)]
    assert every
    assert all(len(row) == len(set(row)) for row in every)


def test_corpus_is_well_formed_and_large_enough():
    found = read_labelled(LABELLED)
    counts = dict.fromkeys(LABELS, 0)
    statements = 0
    for document in found:
        for unit in document.units:
            statements += bool(unit.labels)
            for label in unit.labels:
                counts[label] += 1
    assert statements >= 1500
    assert min(counts.values()) >= 100


def test_errors_name_file_and_line(tmp_path):
    with pytest.raises(PathError, match="找不到标注语料"):
        read_labelled(tmp_path / "无")
    with pytest.raises(DataError, match="甲 第 2 行"):
        parse("甲", "@kind plan\n没有竖线")
