"""等到一件事成了：别的进程做的事，问一次会问早了。"""

from __future__ import annotations

import time
from collections.abc import Callable


def until(happened: Callable[[], bool], seconds: float = 60) -> None:
    """反复问 happened，直到它成了；seconds 秒还没有成就算错。"""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)
