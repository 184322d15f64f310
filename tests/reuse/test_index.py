"""存着的指纹库：带库和从头算一样；词表变了就重算；连接的语句分几桶都一样。"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.engines.duck import Duck
from jiaoyan_nlp.errors import JiaoyanError
from jiaoyan_nlp.reuse import archive, candidates
from jiaoyan_nlp.reuse.digests import chunks, digest
from jiaoyan_nlp.reuse.settings import settings
from jiaoyan_nlp.types import Document
from tests.reuse.samples import COPIES, OWN, PARAGRAPHS, TEMPLATE, copier, document


@pytest.fixture
def batch() -> list[Document]:
    return [copier(name, text) for name, text in COPIES.items()]


@pytest.fixture
def old() -> list[Document]:
    """范文在后面，前面是不相干的，编号对不上就会露馅。"""
    made = [document(f"往届{n}", f"{OWN[n % 4]}\n第{n}届", date=f"202{n}-09-01") for n in range(4)]
    return [*made, document("范文", TEMPLATE), document("往届乙", f"{PARAGRAPHS[0]}\n{OWN[1]}")]


@pytest.mark.parametrize("role", ["templates", "earlier"])
def test_the_same_passages_with_a_saved_index(
    role: str, batch: list[Document], old: list[Document], tmp_path: Path
) -> None:
    path = tmp_path / "范文.jiaoyan"
    jy.save_index(old, path)
    plain = jy.find_copies(batch, **{role: old})
    kept = jy.find_copies(batch, **{role: path})
    assert len(plain.passages) >= len(COPIES)
    for name in ("passages", "pairs", "documents", "clusters"):
        assert getattr(kept, name).equals(getattr(plain, name)), name


def test_only_what_is_needed_is_read(batch: list[Document], old: list[Document], tmp_path: Path) -> None:
    path = tmp_path / "范文.jiaoyan"
    jy.save_index([document("范文", TEMPLATE), document("不相干", "操场边种了三棵皂荚树，浇水的是五年级。" * 3)], path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE documents SET document = '坏了' WHERE id = '不相干'")
    assert len(jy.find_copies(batch, templates=path).passages) >= len(COPIES)


def test_an_index_made_with_other_words_is_not_trusted(
    batch: list[Document], old: list[Document], tmp_path: Path
) -> None:
    path = tmp_path / "范文.jiaoyan"
    jy.save_index(old, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE shelved SET signature = '旧的'")
        connection.execute("DELETE FROM prints")
    assert archive.opened(path) is None
    again = jy.find_copies(batch, templates=str(path)).passages
    assert again.equals(jy.find_copies(batch, templates=old).passages)


@pytest.mark.parametrize(("section", "name", "matters"), [("prints", "amounts", True), ("join", "sources", False)])
def test_only_settings_of_the_prints_make_an_index_old(
    section: str, name: str, matters: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = archive.signature.__wrapped__()
    monkeypatch.setitem(settings()[section], name, 9)
    assert (archive.signature.__wrapped__() != before) is matters


def test_a_saved_corpus_serves_too_and_an_index_opens(old: list[Document], tmp_path: Path) -> None:
    jy.save_index(old, tmp_path / "库.jiaoyan")
    assert {d.id for d in jy.open(tmp_path / "库.jiaoyan")} == {d.id for d in old}
    jy.Corpus(old).save(tmp_path / "语料.jiaoyan")
    mine = [copier("甲", PARAGRAPHS[2])]
    found = jy.find_copies(mine, templates=tmp_path / "语料.jiaoyan").passages
    assert found.equals(jy.find_copies(mine, templates=old).passages)
    with pytest.raises(JiaoyanError, match="找不到"):
        jy.find_copies(mine, templates=tmp_path / "没有.jiaoyan")


def test_any_number_of_buckets_gives_the_same_pairs(
    batch: list[Document], old: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = [*old, *batch]

    def pairs(buckets: int) -> pd.DataFrame:
        monkeypatch.setattr(Duck, "buckets", lambda *_: buckets)
        with Duck() as base:
            base.fill("prints", candidates.PRINTS, digest, chunks(everything, 0), "指纹")
            return candidates.join(base, len(everything), len(old))

    whole = pairs(1)
    assert len(whole) >= len(COPIES)
    assert pairs(7).equals(whole)
