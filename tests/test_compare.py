"""各校比较：每一格都能回到原文；没有的说清楚。"""

from __future__ import annotations

import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.outline import documents
from tests.conftest import extracted


@pytest.fixture(scope="module")
def comparison(district):
    return jy.compare(district)


@pytest.fixture(scope="module")
def texts(district):
    return {d.id: d.text for d in district}


def test_every_cell_counts_its_evidence(comparison, texts):
    for name in ("coverage", "goals", "problems", "structure"):
        frame = getattr(comparison, name)
        assert frame.index.name == "school" and len(frame) == 12
        for school in frame.index[:3]:
            for column in frame.columns:
                found = comparison.evidence(school, column)
                mine = found[found["table"] == name]
                assert len(mine) == frame.loc[school, column]
                assert all(texts[r.document][r.start : r.end] == r.text for r in mine.itertuples())


def test_quantities_against_norm_and_median(comparison):
    frame = comparison.quantities
    low = frame[frame["mark"] == "低于要求"]
    assert {("云溪区栗子巷小学", "听课"), ("云溪区双井坡初级中学", "听课")} <= set(
        zip(low["school"], low["activity"], strict=True)
    )
    row = frame[(frame["school"] == "云溪区清潭初级中学") & (frame["column"] == "听课（节）")].iloc[0]
    assert (row["per_term"], row["norm"]) == (20.0, 15.0)
    assert "不少于20节" in " ".join(comparison.evidence("云溪区清潭初级中学", "听课（节）")["text"])


def test_problems_and_their_measures(comparison):
    frame = comparison.answers
    mine = frame[frame["school"] == "云溪区双井坡初级中学"]
    assert list(mine["measure"].notna()) == [True, True, False]
    assert "列入学期考核" in mine["measure"].iloc[0]


def test_distinctive_words(comparison):
    frame = comparison.distinctive
    mine = frame[(frame["dimension"] == "school") & (frame["group"] == "云溪区苔花幼儿园")]
    assert "坡地" in set(mine["word"])
    assert (frame["keyness"] > 10.83).all() and (frame["count"] > frame["expected"]).all()
    found = comparison.evidence("云溪区苔花幼儿园", "坡地")
    assert len(found) and found["text"].str.contains("坡地").all()


def test_examples_and_trends(comparison, texts):
    assert comparison.examples.groupby(["table", "class"]).size().max() <= 3
    assert all(texts[r.document][r.start : r.end] == r.text for r in comparison.examples.itertuples())
    assert comparison.trends["documents"].sum() == len(texts)


def test_other_groups(district):
    assert set(jy.compare(district, by="subject").coverage.index) == {"语文", "数学", "幼儿", "（不详）"}
    assert list(jy.compare(district, by="year").coverage.index) == ["2024-2025"]


def test_own_norms(district, tmp_path):
    path = tmp_path / "我区.toml"
    path.write_text('[[norms]]\nactivity = "听课"\nleast = 30\nunit = "节"\nperiod = "学期"\n', encoding="utf-8")
    frame = jy.compare(district, config=path).quantities
    assert set(frame.loc[frame["activity"] == "听课", "norm"].dropna()) == {30.0}


def test_mistakes_are_explained(comparison, district):
    with pytest.raises(jy.JiaoyanError, match="不能按“地方”比较"):
        jy.compare(district, by="地方")
    with pytest.raises(jy.JiaoyanError, match="没有“没有这校”这一行"):
        comparison.evidence("没有这校", "听课·计划")
    with pytest.raises(jy.JiaoyanError, match="没有“跳舞”这一列"):
        comparison.evidence("云溪区鹭汀小学", "跳舞")


def test_empty_and_single():
    empty = jy.compare(jy.Corpus([]))
    assert len(empty.coverage) == 0 and len(empty.quantities) == 0 and len(empty.distinctive) == 0
    one = jy.compare(jy.Corpus(documents(extracted("青禾小学校本教研计划\n一、目标\n每位教师每学期听课不少于15节。"))))
    assert list(one.coverage.index) == ["青禾小学"]


def test_every_table_has_a_plot(comparison):
    import matplotlib.figure

    for name in ("coverage", "quantities", "goals", "problems", "answers", "structure", "distinctive", "trends"):
        assert isinstance(comparison.plot(name), matplotlib.figure.Figure), name
    with pytest.raises(jy.JiaoyanError, match="没有“examples”这张图"):
        comparison.plot("examples")
