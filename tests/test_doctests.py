"""文档字符串里的例子真的跑得通。"""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "jiaoyan_nlp"
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted(PACKAGE.rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    failed, tried = doctest.testmod(import_module(name))
    assert tried
    assert not failed


def test_there_are_examples():
    assert len(MODULES) > 20
