"""标注时的意外：工作进程被杀，整批照样做完；反复中断，是一句中文。"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from jiaoyan_nlp.engines.local import StuckError, stream_items, workers

needs_two = pytest.mark.parametrize("count", [24]) if workers() > 1 else pytest.mark.parametrize("count", [])


def once(item: tuple[int, str]) -> int:
    """第 9 项第一次做的时候，进程被杀。"""
    number, mark = item
    if number == 9 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def always(number: int) -> int:
    if number == 9:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@needs_two
def test_a_killed_process_loses_nothing(tmp_path, count):
    mark = str(tmp_path / "死过一次")
    assert list(stream_items(once, [(n, mark) for n in range(count)], "标注")) == [n * 2 for n in range(count)]
    assert Path(mark).exists()


@needs_two
def test_a_process_that_dies_again_and_again_is_a_sentence(count):
    with pytest.raises(StuckError, match="内存不够"):
        list(stream_items(always, list(range(count)), "标注"))
