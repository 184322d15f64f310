"""一个隔离的工作进程：自己的临时文件夹（用完即删）、内存上限、不许联网；父进程没了它也结束。"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import weakref
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

HERE, DONE, DIED = "here", "done", "died"
PREFIX = "jiaoyan-work-"
ROOM = 1.5
"""内存的硬上限是 memory_mb 的几倍：先由父进程按实际占用来停，一下子要得太多的才撞上它。"""
OFFLINE = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
PARENT_DIED = 1
"""prctl 的 PR_SET_PDEATHSIG。"""

_tell: ContextVar[Callable[[str | None], None]] = ContextVar("_tell", default=lambda _: None)


def here(name: str | None = None) -> None:
    """说一声做到哪了（None 是还在做刚才那一个），时间重新算起；不在工作进程里就什么也不做。"""
    _tell.get()(name)


class Worker:
    """父进程这一头。"""

    def __init__(self, memory_mb: float) -> None:
        from joblib.externals.loky.backend.context import get_context

        sweep()
        context = get_context("loky")
        self.folder = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")
        self.pipe, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other, self.folder, memory_mb), daemon=True)
        try:
            self._process.start()
        except OSError:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        other.close()
        self._programs = os.environ.get("PATH")
        self.at: str | None = None
        self.since = time.monotonic()
        self._clean = weakref.finalize(self, _finish, self._process, self.folder)

    def give(self, function: Callable[[Any], Any], item: Any) -> None:  # noqa: ANN401
        """派一项活。"""
        self.at, self.since = None, time.monotonic()
        with suppress(OSError):  # 刚派就死了，hear 会知道
            self.pipe.send((function, item))

    def hear(self) -> tuple[str, Any]:
        """听一句：(here, 名字)、(done, 结果)、(died 或出错的种类, 说明)。"""
        try:
            kind, value = self.pipe.recv()
        except (EOFError, OSError):
            self._process.join(1)
            return DIED, str(self._process.exitcode)
        self.since = time.monotonic()
        if kind == HERE and value is not None:
            self.at = value
        return kind, value

    def fit(self) -> bool:
        """还活着，临时文件夹还在，而且起它以后没有装过、换过外面的程序（PATH 没变）。"""
        whole = self._programs == os.environ.get("PATH") and Path(self.folder).is_dir()
        return whole and bool(self._process.is_alive())

    def memory_mb(self, family: bool = True) -> float:
        """它（family 为真时连同它起的程序）占多少内存（MB）；已经不在了是 0。"""
        import psutil

        total = 0
        for process in kin(self._process.pid)[: None if family else 1]:
            with suppress(psutil.Error):
                total += process.memory_info().rss
        return total / (1 << 20)

    def kill(self) -> None:
        """连同它起的程序一起结束，删掉临时文件夹。"""
        self.pipe.close()
        self._clean()


def _finish(process: Any, folder: str) -> None:  # noqa: ANN401
    end(kin(process.pid))
    process.join()
    end(_strays(folder))
    shutil.rmtree(folder, ignore_errors=True)


def kin(pid: int) -> list[Any]:
    """这个进程（psutil.Process，排第一）和它起的、现在还在的全部进程；已经不在了是空的。"""
    import psutil

    with suppress(psutil.Error):
        own = psutil.Process(pid)
        return [own, *own.children(recursive=True)]
    return []


def end(family: list[Any]) -> None:
    """结束这些进程，连同它们留下的套接字文件（LibreOffice 的在系统的临时文件夹里）。"""
    import psutil

    sockets: list[str] = []
    for one in family:
        with suppress(psutil.Error, NotImplementedError):
            sockets += [c.laddr for c in one.net_connections("unix") if str(c.laddr).startswith("/")]
    for one in family:
        with suppress(psutil.Error):
            one.kill()
    psutil.wait_procs(family, 5)
    for path in sockets:
        with suppress(OSError):
            Path(path).unlink()


def _strays(folder: str) -> list[Any]:
    """命令行里写着这个临时文件夹的进程：工作进程被外面杀了，它起的 LibreOffice 就没有了父进程。"""
    import psutil

    running = psutil.process_iter(["cmdline"])
    return [process for process in running if any(folder in part for part in process.info["cmdline"] or ())]


def sweep(prefix: str = PREFIX) -> None:
    """上次整个程序被杀（kill -9、断电）留下的临时文件夹（名字是 prefix、进程号、“-”开头的）和程序，清掉。"""
    import psutil

    for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        owner = path.name.removeprefix(prefix).partition("-")[0]
        with suppress(OSError, psutil.Error):
            mine = not hasattr(os, "getuid") or path.lstat().st_uid == os.getuid()
            if mine and not path.is_symlink() and owner.isdecimal() and not psutil.pid_exists(int(owner)):
                end(_strays(str(path)))
                shutil.rmtree(path, ignore_errors=True)


def _work(pipe: Any, folder: str, memory_mb: float) -> None:  # noqa: ANN401
    """工作进程这一头：收一项，做一项，交一项。"""
    _confine(folder, memory_mb)
    _tell.set(lambda name: pipe.send((HERE, name)))
    while True:
        try:
            function, item = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        pipe.send(_attempt(function, item))
        _empty(folder)


def _attempt(function: Callable[[Any], Any], item: Any) -> tuple[str, Any]:  # noqa: ANN401
    try:
        return DONE, function(item)
    except MemoryError:
        return "memory", ""
    except Exception as error:  # 程序自己的错也只丢这一项；种类写进说明
        return "error", type(error).__name__


def _empty(folder: str) -> None:
    with suppress(OSError):
        Path(folder).mkdir(mode=0o700)  # 系统的清理程序会删掉久不用的临时文件夹
    for path in Path(folder).iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _confine(folder: str, memory_mb: float) -> None:
    """内存上限、不写核心转储、父进程死了跟着死（Linux）、临时文件都在自己的文件夹里、不许联网。"""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C 由父进程处理
    tempfile.tempdir = folder
    os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder))
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            import ctypes

            ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGKILL)
            most = int(memory_mb * ROOM) << 20
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    sys.addaudithook(_offline)


def _offline(event: str, _: tuple[Any, ...]) -> None:
    if event in OFFLINE:
        raise OSError("读文件时不许联网。")
