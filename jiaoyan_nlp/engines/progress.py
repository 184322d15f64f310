"""进度：一批里做到第几项。终端和笔记本里显示进度条，输出不是给人看的就不显示；用 watching 登记过的，改为说给它听。"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")

_listener: ContextVar[Callable[[str, int, int, str], None] | None] = ContextVar("_listener", default=None)


@contextmanager
def watching(listener: Callable[[str, int, int, str], None]) -> Iterator[None]:
    """在 with 里面，进度说给 listener(title, done, total, name) 听。

    title 是这一批的名称；done、total 是做完几项、共几项；name 不空时是正做到哪个文件，这时 done 和 total 是 0。
    """
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def counted(items: Iterable[Item], title: str, total: int) -> Iterator[Item]:
    """原样交出每一项，顺便显示或通报进度。"""
    from tqdm.auto import tqdm

    tell = _listener.get()
    if tell is None:
        # None：不是终端也不是笔记本就不显示；没有窗口的程序（pythonw）没有 stderr
        hidden = None if sys.stderr else True
        yield from tqdm(items, total=total, desc=title, leave=False, delay=2, disable=hidden)
        return
    tell(title, 0, total, "")
    for done, item in enumerate(items, 1):
        tell(title, done, total, "")
        yield item


def reached(title: str, name: str) -> None:
    """通报正做到哪个文件。"""
    if (tell := _listener.get()) is not None:
        tell(title, 0, 0, name)
