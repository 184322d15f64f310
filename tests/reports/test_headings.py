"""中文列名和取值。"""

import pandas as pd
import pytest

from jiaoyan_nlp.frames import TABLES
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.reports import chinese
from jiaoyan_nlp.reports.headings import heading, word
from jiaoyan_nlp.types import KINDS, ROLES

from . import making

FRAMES = ("passages", "pairs", "documents", "clusters", "shared", "same_origin")


@pytest.mark.parametrize("name", TABLES)
def test_every_table_gets_distinct_chinese_headings(name):
    frame = making.corpus().table(name)
    columns = list(chinese(frame).columns)
    assert len(set(columns)) == len(columns)
    assert [column for column in columns if column.isascii()] == []
    assert len(chinese(frame)) == len(frame)


@pytest.mark.parametrize("name", FRAMES)
def test_every_copy_table_too(name):
    columns = list(chinese(getattr(making.copies(), name)).columns)
    assert len(set(columns)) == len(columns)
    assert [column for column in columns if column.isascii()] == []


def test_findings_too():
    columns = list(chinese(making.findings()).columns)
    assert columns == [
        "文档编号",
        "规则",
        "轻重",
        "起",
        "止",
        "原文",
        "问题",
        "建议",
        "规则名称",
        "文件",
        "学校",
        "扣分",
    ]


def test_comparisons_follow_up_and_score_cards_too():
    import jiaoyan_nlp as jy

    corpus = making.corpus()
    compared, promises = jy.compare(corpus), jy.follow_up(corpus)
    frames = [
        compared.quantities,
        compared.answers,
        compared.distinctive,
        compared.examples,
        compared.trends.reset_index(),
    ]
    frames += [promises, jy.follow_up_rates(promises), jy.score_card(making.usual(corpus))]
    for frame in frames:
        columns = list(chinese(frame).columns)
        assert len(set(columns)) == len(columns)
        assert [column for column in columns if column.isascii()] == []


def test_values():
    corpus = making.corpus()
    assert list(chinese(corpus.table("documents"))["种类"]) == ["计划", "总结", "计划"]
    statements = chinese(corpus.table("statements"))
    assert set(statements["活动"]) <= {"是", "否"}
    assert list(chinese(making.one_copy(corpus).passages)["相同的方式"]) == ["换了词"]


def test_the_frame_itself_is_untouched():
    frame = pd.DataFrame({"kind": ["plan", None], "自加": [1, 2]})
    shown = chinese(frame)
    assert list(frame.columns) == ["kind", "自加"]
    assert list(shown.columns) == ["种类", "自加"]
    assert shown["种类"].tolist()[0] == "计划"


def test_all_kinds_and_roles_have_words():
    assert all(not word("kind", kind).isascii() for kind in KINDS)
    assert all(not word("role", role).isascii() for role in ROLES)


def test_general_headings_come_last():
    seen = set()
    for row in table("report_headings.csv", "column", "heading"):
        assert row["column"] not in seen, f"{row['column']} 的通用叫法后面还有一行，永远用不到"
        if not row["beside"]:
            seen.add(row["column"])
    assert heading("没有这一列") == "没有这一列"
