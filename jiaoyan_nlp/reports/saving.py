"""给人看的文件怎样存：先写临时文件再改名，写到一半断电也不伤旧文件。"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jiaoyan_nlp.database import full
from jiaoyan_nlp.errors import PathError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def saved(target: Path, write: Callable[[Path], object]) -> Path:
    """存一个文件。参数：write 往给它的路径写内容。返回：target。抛出：PathError 写不进去。"""
    draft = target.with_name(f".{os.getpid()}{target.suffix.lower()}")
    try:
        write(draft)
        draft.replace(target)
    except OSError as error:
        if full(error):
            raise PathError(f"磁盘空间不够，“{target}”没有存成，原来的文件没有动。请清理磁盘后重新存。") from error
        raise PathError(f"“{target}”存不进去：{error}。请检查写权限，或先关掉打开着的旧文件。") from error
    finally:
        draft.unlink(missing_ok=True)
    return target
