"""本机引擎：多进程逐项处理。"""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING, TypeVar

from jiaoyan_nlp.engines.progress import counted
from jiaoyan_nlp.errors import JiaoyanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jiaoyan_nlp.engines.duck import Duck

Item = TypeVar("Item")
Result = TypeVar("Result")

FEW = 8
"""少于这么多项时不值得另起进程。"""


PLAIN_FOLDERS = (os.environ.get("PUBLIC", ""), os.environ.get("PROGRAMDATA", ""), "/tmp", "/var/tmp")  # noqa: S108
"""系统的临时文件夹带汉字时，换用的几个。"""


TRIES = 3
"""有进程中断了，一共起几回。"""


class StuckError(JiaoyanError):
    """工作进程反复出错，换了输入也一样，多半是环境的问题。"""


def workers() -> int:
    """可用的处理器数。"""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def stream_items(
    function: Callable[[Item], Result], items: Sequence[Item], title: str, batch: int = 8, few: int = FEW
) -> Iterator[Result]:
    """对每一项求值，做好一项交出一项，次序不变；项多时分到各个处理器，终端和笔记本里显示进度条。

    参数：function 须是模块里的函数（要送到别的进程）；title 是进度条上的字；batch 是一次送去几项；
    不到 few 项的不另起进程。
    """
    processes = workers()
    scratch = _scratch()
    if len(items) < few or processes == 1 or not scratch.isascii():
        yield from counted(map(function, items), title, len(items))
        return
    yield from counted(_shared_out(function, items, batch, scratch), title, len(items))


def _shared_out(
    function: Callable[[Item], Result], items: Sequence[Item], batch: int, scratch: str
) -> Iterator[Result]:
    """分到各个进程；有进程中断（被杀、内存不够），已经交出去的不重做，余下的另起进程接着做。"""
    from concurrent.futures.process import BrokenProcessPool

    from joblib import Parallel, delayed

    done = 0
    for _ in range(TRIES):
        run = Parallel(
            n_jobs=workers(),
            return_as="generator",
            batch_size=batch,
            pre_dispatch=f"{4 * batch}*n_jobs",
            temp_folder=scratch or None,
        )
        try:
            for result in run(delayed(function)(item) for item in items[done:]):
                done += 1
                yield result
            return
        except BrokenProcessPool:
            continue
    raise StuckError("工作进程反复中断，多半是内存不够。请关掉别的程序，或者少放一些文件，重新运行一次。")


def _scratch() -> str:
    """joblib 的临时文件夹，空的是由它定。它记不下带汉字的路径（Windows 的用户名是中文时就是），这时换一个；都不行就照旧。"""
    usual = os.environ.get("JOBLIB_TEMP_FOLDER", tempfile.gettempdir())
    if usual.isascii():
        return ""
    plain = (f for f in PLAIN_FOLDERS if f and f.isascii() and os.access(f, os.W_OK))
    return next(plain, usual)


class Local:
    """本机：函数分到各个处理器，表在 DuckDB 里连。"""

    def map(
        self, function: Callable[[Item], Result], items: Sequence[Item], title: str, batch: int = 1
    ) -> Iterator[Result]:
        """见 Engine.map；不到一批的不另起进程。"""
        return stream_items(function, items, title, batch, few=max(2, batch))

    def base(self) -> Duck:
        """见 Engine.base。"""
        from jiaoyan_nlp.engines.duck import Duck

        return Duck()
