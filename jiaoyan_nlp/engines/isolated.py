"""隔离的工作进程：每一项有时间、内存的上限；进程崩溃、卡住、被杀，只丢那一项，其余照做。

进程用 loky 起（脚本不必写 __main__ 保护，Windows 也能用），留着给下一次用，本程序退出时一起结束。
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from jiaoyan_nlp.engines.local import StuckError, workers
from jiaoyan_nlp.engines.progress import counted, reached
from jiaoyan_nlp.engines.worker import DONE, HERE, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")

STEP = 0.25
"""多少秒看一次有没有超时、超内存。"""
AHEAD = 32
"""每个进程最多比交出去的结果超前几项，免得做好的堆在内存里。"""
TRIES = 50
"""一项最多重做几次：压缩包里每有一个读不了的成员就重做一次。"""


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds：一步（两次 here 之间）最多几秒；memory_mb：一个进程连同它起的程序最多占多少 MB。"""

    seconds: float
    memory_mb: float


@dataclass(frozen=True, slots=True)
class Lost:
    """没有做成：at 是最后一次 here 说的名字，没说过是 None；why 是 timeout、memory、died、error；detail 补充一句。"""

    at: str | None
    why: str
    detail: str = ""


def stream_isolated(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    title: str,
    limits: Limits,
    again: Callable[[Item, Lost], Item],
) -> Iterator[Result]:
    """在隔离的进程里对每一项求值，做好一项交出一项，次序不变。

    参数：function 须是模块里的函数；title 是进度条上的字；again 在一项没有做成时给出重做用的一项（去掉读不了的部分），
    再三不成时 Lost.at 是 None，要给出一定做得成的。抛出：StuckError，那样还不成。
    """
    run = _Run(function, items, title, limits, again)
    yield from counted(run.results(), title, len(items))


@lru_cache(maxsize=1)
def _idle() -> list[Worker]:
    """闲着的进程，留给下一次。"""
    return []


class _Run(Generic[Item, Result]):
    """一次 stream_isolated：派活、收结果、盯着时间和内存。"""

    def __init__(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        title: str,
        limits: Limits,
        again: Callable[[Item, Lost], Item],
    ) -> None:
        self._function, self._title, self._limits, self._again = function, title, limits, again
        self._waiting = deque(enumerate(items))
        self._total = len(items)
        self._tries = [0] * len(items)
        self._done: dict[int, Result] = {}
        self._busy: dict[Worker, tuple[int, Item]] = {}
        self._next = 0
        self._watched = 0.0
        self._most = max(1, min(workers(), len(items)))

    def results(self) -> Iterator[Result]:
        """依次交出各项的结果。"""
        try:
            while self._next < self._total:
                if self._next in self._done:
                    yield self._done.pop(self._next)
                    self._next += 1
                    continue
                self._hand_out()
                self._listen()
                self._watch()
        finally:
            for worker in self._busy:  # 有人中途不要了，手上的活停掉
                worker.kill()

    def _hand_out(self) -> None:
        while self._waiting and len(self._busy) < self._most and self._waiting[0][0] < self._next + AHEAD * self._most:
            worker = _free(self._limits.memory_mb)
            number, item = self._waiting.popleft()
            self._busy[worker] = (number, item)
            worker.give(self._function, item)

    def _listen(self) -> None:
        from multiprocessing.connection import wait

        for pipe in wait([worker.pipe for worker in self._busy], STEP):
            worker = next(worker for worker in self._busy if worker.pipe is pipe)
            kind, value = worker.hear()
            if kind == HERE:
                if value is not None:
                    reached(self._title, value)
                continue
            number, item = self._busy.pop(worker)
            if kind == DONE:
                self._done[number] = value
                self._keep(worker)
            else:
                worker.kill()
                self._lose(number, item, Lost(worker.at, kind, value))

    def _keep(self, worker: Worker) -> None:
        """占得不多的留着；占多了的内存还不回去，换一个新的。"""
        if worker.memory_mb(family=False) > self._limits.memory_mb / 2:
            worker.kill()
        else:
            _idle().append(worker)

    def _watch(self) -> None:
        now = time.monotonic()
        if now < self._watched + STEP:
            return
        self._watched = now
        for worker in list(self._busy):
            late = now - worker.since > self._limits.seconds
            if late or worker.memory_mb() > self._limits.memory_mb:
                worker.kill()
                number, item = self._busy.pop(worker)
                self._lose(number, item, Lost(worker.at, "timeout" if late else "memory"))

    def _lose(self, number: int, item: Item, lost: Lost) -> None:
        self._tries[number] += 1
        if self._tries[number] > TRIES + 1:
            raise StuckError(f"工作进程反复中断（{lost.why} {lost.detail}），请检查内存和磁盘是否充足，重新运行一次。")
        whole = Lost(None, lost.why, lost.detail) if self._tries[number] > TRIES else lost
        self._waiting.appendleft((number, self._again(item, whole)))


def _free(memory_mb: float) -> Worker:
    """一个能用的进程：闲着的先用，没有就起一个。"""
    while _idle():
        worker = _idle().pop()
        if worker.fit():
            return worker
        worker.kill()
    try:
        return Worker(memory_mb)
    except OSError as error:
        advice = "请检查临时文件夹（环境变量 TMPDIR，Windows 是 TEMP）能不能写、磁盘和内存够不够，再运行一次。"
        raise StuckError(f"起不了读文件的进程（{error.strerror or type(error).__name__}）。{advice}") from error
