"""进度：一批里做到第几项。终端和笔记本里显示进度条；用 watching 登记过的，另外说给它听。"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")

_listener: ContextVar[Callable[[str, int, int, str], None]] = ContextVar("_listener", default=lambda *_: None)


@contextmanager
def watching(listener: Callable[[str, int, int, str], None]) -> Iterator[None]:
    """在 with 里面，进度另外说给 listener(title, done, total, name) 听。

    title 是这一批的名称；done、total 是做完几项、共几项；name 不空时是正做到哪个文件，这时 done 和 total 是 0。
    """
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def counted(items: Iterable[Item], title: str, total: int) -> Iterator[Item]:
    """原样交出每一项，顺便显示、通报进度。"""
    from tqdm.auto import tqdm

    tell = _listener.get()
    tell(title, 0, total, "")
    for done, item in enumerate(tqdm(items, total=total, desc=title, leave=False, delay=2), 1):
        tell(title, done, total, "")
        yield item


def reached(title: str, name: str) -> None:
    """通报正做到哪个文件。"""
    _listener.get()(title, 0, 0, name)
