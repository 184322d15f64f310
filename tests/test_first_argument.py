"""第一个参数给错了（问题表、路径、文档的列表），是一句中文，不是 AttributeError。"""

from __future__ import annotations

import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.errors import UsageError


@pytest.mark.parametrize(
    "call",
    [
        jy.audit,
        jy.compare,
        jy.follow_up,
        jy.suggest,
        lambda wrong: jy.explain(wrong, {"document": "d", "start": 0}),
        lambda wrong: jy.report(wrong, "报告.html"),
        lambda wrong: jy.feedback(wrong, "反馈"),
    ],
)
def test_a_wrong_first_argument_is_named(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"要是 jy\.load 得到的 Corpus，给的是 list"):
        call(["上报"])
    assert list(tmp_path.iterdir()) == []
