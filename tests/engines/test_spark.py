"""Spark 和本机的结果一模一样：真的 Spark，本机两个线程的和一主两从的各来一遍。"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

import jiaoyan_nlp as jy
from jiaoyan_nlp.engines import chosen
from jiaoyan_nlp.errors import UsageError
from jiaoyan_nlp.reuse import CopyReport
from tests.engines.clusters import session, standalone
from tests.reuse.samples import COPIES, NOTICE, OWN, PARAGRAPHS, TEMPLATE, copier

TABLES = ("passages", "pairs", "documents", "clusters", "shared", "same_origin")
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:pyspark"),
    pytest.mark.filterwarnings("ignore::FutureWarning:pyspark"),
    pytest.mark.filterwarnings("ignore::UserWarning:pyspark"),
    pytest.mark.xdist_group("spark"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """上报/ 里各种抄法各一份、互抄的两份、大家都有的一段，范文/ 里一份。"""
    root = tmp_path_factory.mktemp("区")
    texts = {f"上报/{name}.txt": copier(name, text).text for name, text in COPIES.items()}
    for n in range(5):
        texts[f"上报/共有{n}.txt"] = f"第{n}小学教研计划\n{OWN[n % 4][:40]}\n{PARAGRAPHS[1][: n * 9]}\n{NOTICE}"
    texts["上报/原作.txt"] = f"竹溪小学教研总结\n{OWN[0]}\n{OWN[3]}"
    texts["上报/照抄.txt"] = f"松岭小学教研总结\n{OWN[3]}\n{OWN[0]}"
    texts["范文/范文.txt"] = TEMPLATE
    for name, text in texts.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def local(folder: Path) -> tuple[jy.Corpus, jy.Corpus]:
    return jy.load(folder / "上报"), jy.load(folder / "范文")


@pytest.fixture(scope="module", params=["local[2]", "一主两从"])
def spark(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    if request.param == "local[2]":
        with session("local[2]") as made:
            yield made
    else:
        with standalone(tmp_path_factory.mktemp("集群")) as master, session(master) as made:
            made.range(2).count()  # 有活干了执行器才算到齐
            assert made.sparkContext._jsc.sc().getExecutorMemoryStatus().size() == 3  # 主机加两个
            yield made


def same(one: CopyReport, other: CopyReport) -> None:
    for name in TABLES:
        assert getattr(one, name).equals(getattr(other, name)), name


def test_the_same_copies(spark: SparkSession, local: tuple[jy.Corpus, jy.Corpus]) -> None:
    corpus, templates = local
    mine = jy.find_copies(corpus, templates=templates)
    assert len(mine.passages) > len(COPIES)
    assert len(mine.shared)
    same(mine, jy.find_copies(corpus, templates=templates, engine=spark))


def test_the_same_documents_and_tables(spark: SparkSession, folder: Path, local: tuple[jy.Corpus, jy.Corpus]) -> None:
    there = jy.load(folder / "上报", engine=spark)
    assert list(there) == list(local[0])
    for name in ("statements", "quantities", "notes"):
        assert there.table(name).equals(local[0].table(name)), name


def test_a_saved_index_and_the_active_session(
    spark: SparkSession, tmp_path: Path, local: tuple[jy.Corpus, jy.Corpus]
) -> None:
    corpus, templates = local
    jy.save_index(templates, tmp_path / "范文.jiaoyan")
    there = jy.find_copies(corpus, templates=tmp_path / "范文.jiaoyan", engine="spark")
    assert there.passages.equals(jy.find_copies(corpus, templates=templates).passages)
    assert not spark.catalog.listTables()  # 使用者的会话里什么也没留下


def test_the_session_given_is_the_one_used(spark: SparkSession) -> None:
    doubled = list(chosen(spark).map(abs, [-3, 2, -1], "绝对值"))
    assert doubled == [3, 2, 1]
    assert list(chosen(spark).map(abs, [], "空")) == []
    assert jy.find_copies([], engine=spark).passages.empty


@pytest.mark.parametrize("engine", ["hadoop", 3])
def test_unknown_engines_are_refused(engine: object) -> None:
    with pytest.raises(UsageError, match="不认识引擎"):
        jy.find_copies([], engine=engine)
