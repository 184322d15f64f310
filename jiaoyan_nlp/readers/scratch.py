"""读取器的临时文件夹：建不了、写不下，都是一句话；外面的程序没有做成时，看看是不是没有地方了。"""

from __future__ import annotations

import errno
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.engines.worker import PREFIX
from jiaoyan_nlp.readers.settings import MB, setting, trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiaoyan_nlp.errors import ReadError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
"""磁盘满了、配额用完、超过单个文件的上限、只读。"""


@contextmanager
def scratch() -> Iterator[Path]:
    """一个临时文件夹，用完即删。抛出：ReadError，建不了，或里面写不下了。"""
    try:
        made = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    except OSError as error:
        raise _full() from error
    with made as folder:
        try:
            yield Path(folder)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise _full() from error
            raise


def check_room(folder: Path) -> None:
    """再写一点试试：外面的程序不说为什么没有做成。抛出：ReadError，写不下了。"""
    probe = folder / "room"
    try:
        probe.write_bytes(bytes(int(setting("limits", "room_mb") * MB)))
    except OSError as error:
        raise _full() from error
    finally:
        probe.unlink(missing_ok=True)


def _full() -> ReadError:
    folder = Path(tempfile.gettempdir())
    # 工作进程的临时文件夹在系统的那一个里面，名字每次不同，说给使用者听没有用
    return trouble("disk", detail=str(folder.parent if folder.name.startswith(PREFIX) else folder))
