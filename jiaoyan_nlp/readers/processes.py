"""请外面的程序（LibreOffice、解压程序）做事：有时间上限，超时连同它起的进程一起结束。"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.engines.worker import end, kin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STEP = 0.05
"""多少秒看一次做完没有。"""


class StoppedError(Exception):
    """没有做完就被中止：超时，或 enough 说够了。"""


def run(
    command: Sequence[str], seconds: float, enough: Callable[[], bool] = lambda: False, output: Path | None = None
) -> int:
    """执行一条命令，不经过命令解释器。

    参数：seconds 是时间上限（秒）；enough 不时问一次，真就中止；output 是输出写到哪里，不写就不要。
    返回：退出码。抛出：StoppedError。
    """
    with Path(output or os.devnull).open("wb") as said:
        process = subprocess.Popen(  # noqa: S603  # 命令是固定的，文件名是自己起的
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=_environment(),
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


def _environment() -> dict[str, str]:
    """环境变量照旧，但没有设 UTF-8 的要设上：不然有的解压程序写不出汉字文件名。"""
    language = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or ""
    return dict(os.environ) if "utf" in language.lower() else {**os.environ, "LC_ALL": "C.UTF-8"}


def _kill(process: subprocess.Popen[bytes]) -> None:
    end(kin(process.pid))
    process.kill()
    process.wait()
