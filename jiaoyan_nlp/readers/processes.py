"""请外面的程序（LibreOffice、解压程序）做事：有时间上限，超时连同它起的进程一起结束。"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STEP = 0.05
"""多少秒看一次做完没有。"""


class StoppedError(Exception):
    """没有做完就被中止：超时，或 enough 说够了。"""


def run(command: Sequence[str], seconds: float, enough: Callable[[], bool] = lambda: False) -> int:
    """执行一条命令，不经过命令解释器，输出不要。

    参数：seconds 是时间上限（秒）；enough 不时问一次，真就中止。返回：退出码。抛出：StoppedError。
    """
    process = subprocess.Popen(  # noqa: S603  # 命令是固定的，文件名是自己起的
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    end = time.monotonic() + seconds
    try:
        while (code := process.poll()) is None:
            if time.monotonic() > end or enough():
                raise StoppedError
            time.sleep(STEP)
    finally:
        if process.poll() is None:
            _kill(process)
    return code


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:  # Windows 没有进程组，taskkill /T 连子进程一起结束
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True)  # noqa: S603, S607
    process.kill()
    process.wait()
