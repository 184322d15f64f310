"""习题：存取不走样；取自哪些文档记得清，没有参加训练的文档一道也不用；测试部分没有教过。"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jiaoyan_nlp as jy
from benchmarks.gate import ROOT, halves
from jiaoyan_nlp.tagger import lessons
from jiaoyan_nlp.tagger.examples import examples
from jiaoyan_nlp.tagger.features import Features, features, lone
from jiaoyan_nlp.tagger.lessons import Lesson
from jiaoyan_nlp.tagger.network import Encoded, encode
from jiaoyan_nlp.tagger.network_training import starting_vectors
from jiaoyan_nlp.tagger.segment import units
from jiaoyan_nlp.tagger.train import _tasks
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


def test_a_labelled_statement_learns_its_chances_and_not_twice():
    files = ["甲/1.txt", "乙/1.txt"]
    rows = [[Features([], [word], [], "plan") for word in words] for words in (("听课", "提高", "不足"), ("听课",))]
    hard = [False, True, *[False] * 5]
    targets = [[[True, *[False] * 6], hard, None], [[False] * 7]]
    vocabulary, _ = starting_vectors()
    chances = np.linspace(0.1, 0.7, len(LABELS), dtype=np.float32)

    def lesson(words, *sources):
        return Lesson(Encoded([vocabulary[w] for w in words], [], OTHER), chances, frozenset(sources))

    whole, spliced, other = lesson(["听课"], files[0]), lesson(["听课"], *files), lesson(["反思"], files[1])
    same = Lesson(whole.row, 1 - chances, whole.sources)
    every, first = _tasks(files, [0, 1], (None, 1), rows, targets, [whole, spliced, other, same])
    assert np.array_equal(every.truth, np.float32([chances, hard, [0] * 7]))
    assert every.lessons == [spliced, other]
    assert np.array_equal(first.truth, every.truth[:2])
    assert first.lessons == []


def test_shipped_lessons_are_found_in_the_corpus(shipped):
    """改了语料的文字、切词或词表而没有重做习题，句段就查不到自己的概率。"""
    vocabulary, _ = starting_vectors()
    places = {x.place for x in shipped}
    training, _ = halves(ROOT / "corpus" / "labelled")
    some = examples([d for d in training if d.name.startswith(("f/", "i/", "u/", "xa/"))][::6])
    coded = [(e.document.file, encode(vocabulary, row)) for e in some for row in features(e.document, e.units)]
    assert sum(lessons.key(file, row) in places for file, row in coded) > 0.9 * len(coded)


def test_a_lone_sentence_is_cut_as_in_a_document():
    corpus = jy.load(DISTRICT / "枫渡口小学")
    for document in corpus._documents:
        mine = units(document)
        cut = [lone("", document.text[unit.start : unit.end]).words for unit in mine]
        assert cut == [row.words for row in features(document, mine)]
