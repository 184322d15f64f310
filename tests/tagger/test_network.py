"""读句子的网络：求导同差分对得上；一句的分数与同批的别句无关；不认得的词拆成单字；存了再载分数不变；同样的输入学出同样的网络。"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaoyan_nlp.errors import DataError
from jiaoyan_nlp.tagger import network
from jiaoyan_nlp.tagger import network_training as training
from jiaoyan_nlp.tagger.features import Features
from jiaoyan_nlp.tagger.network import Encoded, Network, batch, encode, forward, vocabulary_of

WORDS = ["听课", "不足", "提高", "每周", "认", "识", "，", "。"]
LABELS = 3
STEP = 1e-5


def small(seed: int = 0, kind: type = np.float32) -> Network:
    rng = np.random.default_rng(seed)
    vectors = np.vstack([np.zeros((1, 6)), rng.standard_normal((len(WORDS), 6))])
    parameters = training.start(rng, vectors, LABELS)
    return Network(vocabulary_of(WORDS), {k: v.astype(kind) for k, v in parameters.items()})


def row(*words: str, title: tuple[str, ...] = ()) -> Features:
    return Features([], list(words), list(title), "plan")


def test_slopes_agree_with_differences():
    p = {k: v + 0.01 for k, v in small(kind=np.float64).parameters.items()}
    p["vectors"][0] = 0
    b = batch([Encoded([1, 2, 3, 3], [4, 5], 0), Encoded([4], [6], 2), Encoded([5, 6, 7, 8, 1, 2], [2, 2, 1], 5)])
    truth = np.array([[1, 0, 0], [0, 1, 0], [1, 1, 0]])
    rng = np.random.default_rng(1)
    masks = {k: v.astype(np.float64) for k, v in training._masks(rng, b, p).items()}

    def loss() -> float:
        scores = forward(p, b, masks)["scores"]
        return float((np.logaddexp(0, scores) - scores * truth).sum())

    layers = forward(p, b, masks)
    slopes = training.backward(p, b, layers, 1 / (1 + np.exp(-layers["scores"])) - truth)
    every = dict(slopes.parameters)
    every["vectors"] = np.zeros_like(p["vectors"])
    every["vectors"][slopes.rows] = slopes.vectors
    assert set(every) == set(p)
    for name, slope in every.items():
        for _ in range(8):
            place = tuple(
                int(rng.integers(1 if name == "vectors" and axis == 0 else 0, size))
                for axis, size in enumerate(p[name].shape)
            )
            kept = p[name][place]
            p[name][place] = kept + STEP
            above = loss()
            p[name][place] = kept - STEP
            below = loss()
            p[name][place] = kept
            assert (above - below) / (2 * STEP) == pytest.approx(slope[place], abs=1e-6), name


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=9), min_size=1, max_size=6))
def test_a_statement_does_not_see_its_neighbours(texts):
    used = small()
    rows = [row(*words, title=("听课",) if len(words) % 2 else ()) for words in texts]
    alone = np.vstack([used.scores([one]) for one in rows])
    assert np.allclose(used.scores(rows), alone, atol=1e-4)


def test_no_statements_no_scores():
    assert small().scores([]).shape == (0, LABELS)


def test_unknown_words_are_read_by_character():
    known = vocabulary_of(WORDS)
    assert encode(known, row("听课", "认识", "龘")).words == [1, 5, 6]
    assert encode(known, row(*["听课"] * 500)).words == [1] * network.LONGEST


def test_a_saved_network_says_the_same(tmp_path):
    used = small()
    used.save(tmp_path / "网络.npz")
    again = network.load(tmp_path / "网络.npz")
    rows = [row("每周", "听课"), row("认识", "不足", "。", title=("不足",))]
    assert np.allclose(again.scores(rows), used.scores(rows), atol=0.05)
    with pytest.raises(DataError, match="缺少模型"):
        network.load(tmp_path / "没有.npz")
    np.savez(tmp_path / "旧.npz", format=network.FORMAT + 1)
    with pytest.raises(DataError, match="重新训练"):
        network.load(tmp_path / "旧.npz")


def test_training_learns_and_repeats():
    vocabulary, _ = training.starting_vectors()
    said = ["认识 不足", "开展 听课", "提高 质量", "缺少 时间", "每周 听课", "提高 水平"] * 40
    rows = [encode(vocabulary, replace(row(), words=text.split())) for text in said]
    truth = np.float32([["听课" in t, "提高" in t, "不足" in t or "缺少" in t] for t in said])
    task = training.Task(rows, truth, seed=3)
    one, two = training.train_network(task), training.train_network(task)
    assert all(np.array_equal(one[k], two[k]) for k in one)
    scores = Network(vocabulary, one).scores([row("听课"), row("提高", "效率"), row("时间", "不足")])
    assert (scores.argmax(axis=1) == [0, 1, 2]).all()


@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(1, 8), min_size=1, max_size=4),
            st.sampled_from([(1,), (2,)]),
            st.lists(st.sampled_from([0, 0.25, 0.5, 0.75, 1]), min_size=4, max_size=4),
        ),
        min_size=2,
        max_size=12,
    )
)
def test_joined_neighbours_say_both(found):
    rows = [Encoded(words, list(title), 0) for words, title, _ in found]
    truth = np.float32([chances for *_, chances in found])
    task = training.Task(rows, truth, seed=1)
    pairs = training._neighbours(task)
    assert all(rows[i].title == rows[i + 1].title for i in pairs)
    more, answers = training._this_round(np.random.default_rng(1), task, pairs)
    assert more[: len(rows)] == rows
    assert (answers[: len(rows)] == truth).all()
    whole = {(*rows[i].words, *rows[i + 1].words, *np.maximum(truth[i], truth[i + 1])) for i in pairs}
    joined = zip(more[len(rows) :], answers[len(rows) :], strict=True)
    assert {(*one.words, *said) for one, said in joined} <= whole
    assert ((answers[len(rows) :] > training.LIKELY).sum(axis=1) <= training.MOST).all()
    assert len(more) - len(rows) == int(training.JOINED * len(pairs))
