"""核心标签比上次发布的丢了两分以上就不合格。要训练一遍 sketch，约三分钟。"""

from __future__ import annotations

import json

from benchmarks.gate import CORE, RELEASED, WORST, halves, losses, measure_labels
from tests.conftest import LABELLED


def test_no_core_label_loses_more_than_two_points():
    training, test = halves(LABELLED)
    released = json.loads(RELEASED.read_text(encoding="utf-8"))["sketch"]
    assert losses(measure_labels(training, test), released) == {}


def test_a_loss_is_seen():
    released = {"labels": dict.fromkeys(CORE, 0.9)}
    worse = {"labels": {**released["labels"], "problem": 0.9 - WORST - 0.01}}
    assert losses(worse, released) == {"problem": 0.03}
    assert losses(released, released) == {}


def test_the_halves_do_not_overlap():
    training, test = halves(LABELLED)
    assert not {d.name for d in training} & {d.name for d in test}
    assert 0.1 < len(test) / (len(training) + len(test)) < 0.3
