"""分折：一位作者的文档都在一折里，作者太少才按篇分；区县的标注一篇算一位作者，得失才说的是没学过的文档。"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jiaoyan_nlp.tagger.examples import Example, examples
from jiaoyan_nlp.tagger.labelled import parse
from jiaoyan_nlp.tagger.train import FOLDS, folds

SOURCE = "H1 measures | 二、措施\nA,M | 每位教师每周听课一节，写好听课记录。"


def written_by(*writers: str) -> list[Example]:
    return examples(
        parse(f"{writer}/{n:03}.txt" if writer else f"{n:03}.txt", SOURCE) for n, writer in enumerate(writers)
    )


@given(st.lists(st.sampled_from("甲乙丙丁戊己庚"), min_size=1, max_size=12))
def test_a_writer_is_never_on_both_sides(writers):
    parts = folds(written_by(*writers))
    assert set(parts) <= set(range(FOLDS))
    if len(set(writers)) >= FOLDS:
        assert len({(w, p) for w, p in zip(writers, parts, strict=True)}) == len(set(writers))
        assert len(set(parts)) == FOLDS


def test_a_flat_folder_is_split_by_document():
    assert folds(written_by(*[""] * 5)) == [0, 1, 2, 0, 1]
