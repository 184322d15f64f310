"""概率按没见过的作者校准：学出的斜率认得出“太谨慎”；折进权重之后，概率正是校准过的对数几率。"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoyan_nlp.tagger.features import lone
from jiaoyan_nlp.tagger.model import sigmoid
from jiaoyan_nlp.tagger.statements import load
from jiaoyan_nlp.tagger.train import _calibration

ROWS = [
    lone("研修方式", "每学期听课不少于15节。"),
    lone("", "有的教师把教研当成负担。"),
    lone("", "教师的课堂有了起色。"),
]
SLOPES = st.lists(st.floats(0.2, 3), min_size=7, max_size=7)
SHIFTS = st.lists(st.floats(-2, 2), min_size=7, max_size=7)


@settings(max_examples=25, deadline=None)
@given(SLOPES, SHIFTS)
def test_rescaled_moves_the_log_odds_and_nothing_else(slopes: list[float], shifts: list[float]) -> None:
    slope, shift = np.array(slopes), np.array(shifts)
    before = load().probabilities(ROWS)
    after = load().rescaled(slope, shift).probabilities(ROWS)
    odds = np.log(before / (1 - before))
    assert np.allclose(after, sigmoid(odds * slope + shift), atol=1e-4)


def test_overcautious_scores_are_stretched() -> None:
    rng = np.random.default_rng(0)
    true_odds = rng.normal(-1, 2, (4000, 2))
    gold = rng.random(true_odds.shape) < sigmoid(true_odds)
    cautious = true_odds / 2 + 0.5
    slope, shift = _calibration([cautious], [[list(map(bool, row)) for row in gold]])
    assert np.allclose(slope, 2, atol=0.2)
    assert np.allclose(shift, -1, atol=0.2)


def test_a_label_never_seen_is_left_as_it_is() -> None:
    slope, shift = _calibration([np.ones((5, 1))], [[[False]] * 5])
    assert slope.tolist() == [1] and shift.tolist() == [0]


def test_scores_turned_upside_down_are_not_followed() -> None:
    gold = [[False]] * 40 + [[True]] * 4
    upside_down = np.array([[0.0]] * 40 + [[-20.0]] * 4)
    slope, shift = _calibration([upside_down], [gold])
    assert slope.tolist() == [1] and shift.tolist() == [0]
