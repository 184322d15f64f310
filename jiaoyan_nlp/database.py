"""数据库文件出的错变成一句话；上次没做完留下的临时文件和日志收拾好。"""

from __future__ import annotations

import glob
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jiaoyan_nlp.errors import DataError, PathError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IN_USE = ("lock", "different configuration", "used by another process", "unique file handle")
FULL = ("no space left", "file too large", "disk full", "out of disk")
TOO_LONG = ("name too long", "filename or extension is too long")
CLOSED = ("permission denied", "read-only file system", "operation not permitted")
"""DuckDB 和系统的错误消息里的词（小写）：正被打开、磁盘满了、名字太长、没有权限。"""
DUCKDB = b"DUCK"
"""DuckDB 文件的第 9 到 12 字节。"""


@contextmanager
def told(target: Path) -> Iterator[None]:
    """里面的错变成一句话。抛出：PathError 正被打开、磁盘满了、名字太长、没有权限；DataError 不是本库存的、已损坏。"""
    import duckdb

    try:
        yield
    except (duckdb.Error, OSError) as error:
        said = str(error).lower()
        if _says(said, IN_USE):
            message = f"{target} 正被另一个程序（或另一个笔记本）打开着。请关掉那一个，或者等它做完再试。"
        elif full(error):
            message = f"磁盘空间不够，存不进 {target}。以前存下的都在；请清理磁盘后重新运行，会从停下的地方接着做。"
        elif _says(said, TOO_LONG):
            message = f"{target} 存不了：名字太长（存的时候还要另加十几个字）。请换一个短的名字。"
        elif _says(said, CLOSED):
            message = f"{target} 打不开：没有权限。请检查文件和文件夹的读写权限，或换一个文件夹。"
        else:
            advice = "请换一个文件名，用原来的材料重新载入。"
            raise DataError(f"{target} 打不开：不是 Corpus.save 存下的文件，或者已损坏。{advice}") from error
        raise PathError(message) from error


def full(error: BaseException) -> bool:
    """这个错是不是磁盘满了。"""
    return _says(str(error).lower(), FULL)


def _says(said: str, marks: tuple[str, ...]) -> bool:
    return any(mark in said for mark in marks)


def foreign(target: Path) -> bool:
    """已有的文件不是 DuckDB 文件，或者是个文件夹。"""
    if os.path.isdir(target):  # noqa: PTH112  # 名字太长也不抛错，下同
        return True
    if not os.path.exists(target) or not target.stat().st_size:  # noqa: PTH110
        return False
    with target.open("rb") as stream:
        return stream.read(12)[8:] != DUCKDB


def settle_log(target: Path) -> None:
    """要换掉的旧文件旁边的日志并进去：不然改名以后，旧日志会被当作新文件的。

    旧文件正被别的程序打开着，就抛 duckdb 的错；旧文件已经坏了，日志不要。
    """
    import duckdb

    if not target.is_file() or foreign(target):
        return
    try:
        duckdb.connect(str(target)).close()
    except duckdb.Error as error:
        if _says(str(error).lower(), IN_USE):
            raise
        log_of(target).unlink(missing_ok=True)


def log_of(target: Path) -> Path:
    """数据库文件的日志。"""
    return target.with_name(f"{target.name}.wal")


def sweep_drafts(target: Path) -> None:
    """上次存到一半被杀留下的临时文件（名字里有那个进程的号码）。"""
    import psutil

    for path in target.parent.glob(f".{glob.escape(target.name)}.*.tmp*"):
        owner = path.name.removeprefix(f".{target.name}.").partition(".")[0]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)):
            path.unlink(missing_ok=True)
