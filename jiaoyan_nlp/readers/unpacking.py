"""7z、rar：机器上有免费的解压程序（7-Zip、bsdtar、unar）就请它解到临时文件夹，用的程序见 data/readers_unpackers.csv。"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.readers.building import Source
from jiaoyan_nlp.readers.detecting import kinds
from jiaoyan_nlp.readers.processes import StoppedError, run
from jiaoyan_nlp.readers.settings import MB, note, setting, trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiaoyan_nlp.readers.archive import Budget
    from jiaoyan_nlp.types import Note

KINDS = ("7z", "rar")
WINDOWS_PLACES = (r"C:\Program Files\7-Zip\7z.exe", r"C:\Program Files (x86)\7-Zip\7z.exe")


def available(kind: str) -> bool:
    """有没有能解这种压缩包的程序。"""
    return bool(_command(kind))


def members(source: Source, kind: str, budget: Budget) -> Iterator[Source | Note]:
    """压缩包里的文件，按名字排好；读不了的换成一条 Note。

    参数：kind 是 7z 或 rar；budget 会被扣减。抛出：ReadError，没有解压程序、坏了、加了密码、展开后太大。
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place, "out")
        folder.mkdir()
        archive = Path(place, f"input.{kind}")
        archive.write_bytes(source.data)
        code = _unpack(archive, folder, kind, budget)
        found = sorted((p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()), key=lambda p: p.parts)
        for path in found:
            file = f"{source.file}!/{path.relative_to(folder).as_posix()}"
            size = path.stat().st_size
            budget.members -= 1
            budget.size -= size
            if code and not size:  # 解不开（多半是加了密码）的文件，解压程序会留下一个空的
                yield note(file, "encrypted")
            elif size > setting("limits", "file_mb") * MB:
                yield note(file, "too_big", size=size // MB, limit=int(setting("limits", "file_mb")))
            else:
                yield Source(file, path.read_bytes())
        if not found:
            raise trouble("unpack_failed" if code else "archive_empty")


def _unpack(archive: Path, folder: Path, kind: str, budget: Budget) -> int:
    command = _command(kind)
    if not command:
        raise trouble("unsupported", kind=kinds()[kind]["name"], advice=kinds()[kind]["advice"])
    filled = [part.format(folder=folder, archive=archive) for part in command]

    def enough() -> bool:
        sizes = [path.lstat().st_size for path in _listed(folder)]
        return len(sizes) > budget.members or sum(sizes) > budget.size

    try:
        code = run(filled, setting("limits", "unpack_seconds"), enough)
    except StoppedError as error:
        raise trouble("bomb", detail="太大、文件太多，或很久没有展开完") from error
    if enough():
        raise trouble("bomb", detail=f"总共超过 {int(setting('limits', 'archive_mb'))} MB，或文件太多")
    return code


def _listed(folder: Path) -> list[Path]:
    """现在解出来的文件；正在改名的不算。"""
    return [path for path in folder.rglob("*") if path.is_file()]


def _command(kind: str) -> list[str]:
    """第一个找得到的解压程序和它的参数；没有是空的。"""
    for row in table("readers_unpackers.csv", "program", "kinds", "arguments"):
        program = shutil.which(row["program"])
        if program and kind in row["kinds"].split(";"):
            return [program, *row["arguments"].split(" ")]
    if sys.platform == "win32":
        seven = next((place for place in WINDOWS_PLACES if Path(place).is_file()), None)
        # Windows 10 起自带的 tar 就是 bsdtar
        tar = shutil.which("tar")
        if seven:
            return [seven, "x", "-y", "-bd", "-p-", "-o{folder}", "--", "{archive}"]
        if tar:
            return [tar, "-x", "-f", "{archive}", "-C", "{folder}"]
    return []
