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
    from collections.abc import Iterator, Sequence

    from jiaoyan_nlp.readers.archive import Budget
    from jiaoyan_nlp.types import Note

KINDS = ("7z", "rar")
PADDING = bytes(1 << 16)
"""补在包后面：bsdtar 先在文件末尾找 zip 的目录，包里最后一个是只存不压的 docx 时，会把那个 docx 当成整个包。"""


def available(kind: str) -> bool:
    """有没有能解这种压缩包的程序。"""
    return bool(_commands(kind))


def members(source: Source, kind: str, budget: Budget) -> Iterator[Source | Note]:
    """压缩包里的文件，按名字排好；读不了的换成一条 Note。

    参数：kind 是 7z 或 rar；budget 会被扣减。抛出：ReadError，没有解压程序、坏了、加了密码、展开后太大。
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        archive = Path(place, f"input.{kind}")
        archive.write_bytes(source.data + PADDING)
        code, folder = _unpacked(archive, Path(place), kind, budget)
        found = sorted((p for p in folder.rglob("*") if p.is_symlink() or not p.is_dir()), key=lambda p: p.parts)
        for path in found:
            file = f"{source.file}!/{path.relative_to(folder).as_posix()}"
            if path.is_symlink() or not path.is_file():
                yield note(file, "link" if path.is_symlink() else "special")
                continue
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


def _unpacked(archive: Path, place: Path, kind: str, budget: Budget) -> tuple[int, Path]:
    """一个程序解不开（有的 7-Zip 不带 rar 的解法）就换下一个；都不全就用解出最多的。返回：退出码，解到的文件夹。"""
    tried: list[tuple[int, Path]] = []
    for command in _commands(kind):
        folder = place / f"out{len(tried)}"
        folder.mkdir()
        tried.append((_unpack(command, archive, folder, budget), folder))
        if tried[-1][0] == 0 and _listed(folder):
            return tried[-1]
    if not tried:
        raise trouble("unsupported", kind=kinds()[kind]["name"], advice=kinds()[kind]["advice"])
    return max(tried, key=lambda one: sum(1 for path in _listed(one[1]) if path.lstat().st_size))


def _unpack(command: Sequence[str], archive: Path, folder: Path, budget: Budget) -> int:
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


def _commands(kind: str) -> list[list[str]]:
    """找得到的解压程序和参数，先用的在前。"""
    rows = table("readers_unpackers.csv", "program", "kinds", "arguments")
    named = [(_found(row["program"], row["windows"]), row) for row in rows if kind in row["kinds"].split(";")]
    return [[program, *row["arguments"].split(" ")] for program, row in named if program]


def _found(program: str, windows: str) -> str | None:
    """PATH 里的程序；Windows 上再看惯常的位置（Windows 10 起自带的 tar 就是 bsdtar）。"""
    if (found := shutil.which(program)) or sys.platform != "win32":
        return found
    return next((place for place in windows.split(";") if Path(place).is_file()), None)
