"""习题：存取不走样；取自哪些文档记得清，没有参加训练的文档一道也不用；测试部分没有教过。"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jiaoyan_nlp as jy
from benchmarks.gate import ROOT, halves
from jiaoyan_nlp.tagger import lessons
from jiaoyan_nlp.tagger.features import features, lone
from jiaoyan_nlp.tagger.lessons import Lesson
from jiaoyan_nlp.tagger.network import Encoded
from jiaoyan_nlp.tagger.network_training import starting_vectors
from jiaoyan_nlp.tagger.segment import units
from jiaoyan_nlp.types import KINDS, LABELS
from tests.conftest import DISTRICT

OTHER = KINDS.index("other")
ids = st.lists(st.integers(1, 60_000), max_size=9)
some = st.builds(
    Lesson,
    st.builds(Encoded, ids.filter(bool), ids, st.just(OTHER)),
    st.lists(st.integers(0, lessons.FULL), min_size=7, max_size=7).map(lambda x: np.float32(x) / lessons.FULL),
    st.frozensets(st.sampled_from(["甲/1.txt", "甲/2.txt", "乙/1.txt"]), min_size=1, max_size=2),
)


@pytest.fixture(scope="module")
def shipped():
    return lessons.shipped()


@given(found=st.lists(some, min_size=1, max_size=6))
def test_what_is_written_is_read(tmp_path_factory, found):
    path = tmp_path_factory.mktemp("习题") / lessons.NAME
    lessons.write(found, path)
    again = lessons.read(path)
    assert [(x.row, x.sources) for x in again] == [(x.row, x.sources) for x in found]
    assert np.array_equal([x.chances for x in again], [x.chances for x in found])


def test_shipped_lessons_are_of_the_training_part(shipped):
    training, _ = halves(ROOT / "corpus" / "labelled")
    assert set().union(*(x.sources for x in shipped)) <= {document.name for document in training}


def test_shipped_lessons_fit_the_network(shipped):
    vocabulary, _ = starting_vectors()
    assert all(0 < i <= len(vocabulary) for x in shipped for i in (*x.row.words, *x.row.title))
    assert {len(x.chances) for x in shipped} == {len(LABELS)}
    assert {x.row.kind for x in shipped} == {OTHER}


def test_a_document_left_out_takes_its_lessons_along(shipped):
    files = set().union(*(x.sources for x in shipped))
    out = sorted(files)[len(files) // 2]
    used = lessons.drawn_from(shipped, files - {out})
    assert len(used) == sum(out not in x.sources for x in shipped) < len(shipped)
    assert lessons.drawn_from(shipped, ["别人的/1.txt"]) == []


def test_a_lone_sentence_is_cut_as_in_a_document():
    corpus = jy.load(DISTRICT / "枫渡口小学")
    for document in corpus._documents:
        mine = units(document)
        cut = [lone("", document.text[unit.start : unit.end]).words for unit in mine]
        assert cut == [row.words for row in features(document, mine)]
