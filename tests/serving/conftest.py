"""测试共用：一个启动着的页面程序。"""

from __future__ import annotations

import pytest

from tests.serving.running import started


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """已经用口令进来了的页面程序。"""
    with started(tmp_path_factory.mktemp("页面")) as running:
        running.enter()
        yield running


@pytest.fixture
def fresh(desk):
    """刚开的一批，还没有放东西。"""
    assert desk.ask("POST", "/batch")[0] == 200
    yield desk
    desk.ask("DELETE", "/batch")
