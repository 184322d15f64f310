"""7z、rar：机器上有免费的解压程序（7-Zip、bsdtar、unar）就请它解到临时文件夹，用的程序见 data/readers_unpackers.csv。"""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.readers.archive import OUTSIDE, Budget
from jiaoyan_nlp.readers.building import Source
from jiaoyan_nlp.readers.detecting import kinds
from jiaoyan_nlp.readers.processes import StoppedError, run
from jiaoyan_nlp.readers.scratch import check_room, scratch
from jiaoyan_nlp.readers.settings import MB, note, setting, trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jiaoyan_nlp.types import Note

KINDS = ("7z", "rar")
PADDING = bytes(1 << 16)
"""补在包后面：bsdtar 先在文件末尾找 zip 的目录，包里最后一个是只存不压的 docx 时，会把那个 docx 当成整个包。"""
LISTING_MB = 16
"""名单写到这么大还没有完，就不看名单了。"""


@dataclass(frozen=True, slots=True)
class _Program:
    """一个解压程序：解开的命令；列出成员的命令（有的没有）和每个名字前面的字。"""

    unpack: tuple[str, ...]
    listing: tuple[str, ...]
    before: str


@dataclass(frozen=True, slots=True)
class _Unpacked:
    """一个程序解到 folder 里的结果：退出码，包里有哪些文件（列不出是空的），解出来的文件。"""

    folder: Path
    code: int
    names: tuple[str, ...]
    found: Mapping[str, Path]


def available(kind: str) -> bool:
    """有没有能解这种压缩包的程序。"""
    return bool(_programs(kind))


def members(source: Source, kind: str, budget: Budget) -> Iterator[Source | Note]:
    """压缩包里的文件，按名字排好；读不了的、没有解出来的换成一条 Note。

    参数：kind 是 7z 或 rar；budget 会被扣减。抛出：ReadError，没有解压程序、坏了、加了密码、展开后太大、磁盘满了。
    """
    with scratch() as place:
        archive = place / f"input.{kind}"
        archive.write_bytes(source.data + PADDING)
        one = _unpacked(archive, place, kind, budget)
        if not one.found:
            raise trouble("unpack_failed" if one.code else "archive_empty")
        rest = _not_unpacked(source.file, one)
        listed = [f"{source.file}!/{name}" for name in one.found]
        budget.listed += [*listed, *(remark.file for remark in rest)]
        for file, path in zip(listed, one.found.values(), strict=True):
            yield _member(file, path, one.code, budget)
        yield from rest


def _member(file: str, path: Path, code: int, budget: Budget) -> Source | Note:
    if path.is_symlink() or not path.is_file():
        return note(file, "link" if path.is_symlink() else "special")
    size = path.stat().st_size
    budget.members -= 1
    budget.size -= size
    if code and not size:  # 解不开（多半是加了密码）的文件，解压程序会留下一个空的
        return note(file, "encrypted")
    if size > setting("limits", "file_mb") * MB:
        return note(file, "too_big", size=size // MB, limit=int(setting("limits", "file_mb")))
    return Source(file, path.read_bytes())


def _not_unpacked(file: str, one: _Unpacked) -> list[Note]:
    """包里有、没有解出来的。名字不全对得上的（解压程序换了不合适的字）不去猜是哪几个，记在压缩包名下。"""
    gone = list((Counter(one.names) - Counter(list(one.found))).elements())
    short = len(one.names) - len(one.found)
    if 0 < short == len(gone):
        return [note(f"{file}!/{name}", "traversal" if OUTSIDE.search(name) else "not_unpacked") for name in gone]
    if short > 0:
        return [note(file, "partial", detail=f"包里有 {len(one.names)} 个文件，只解出 {len(one.found)} 个")]
    if one.code and all(path.lstat().st_size for path in one.found.values()):
        return [note(file, "partial", detail="解压程序报告有错")]
    return []


def _unpacked(archive: Path, place: Path, kind: str, budget: Budget) -> _Unpacked:
    """一个程序解不开（有的 7-Zip 不带 rar 的解法）就换下一个；都不全就用解出最多的。"""
    tried: list[_Unpacked] = []
    for program in _programs(kind):
        folder = place / f"out{len(tried)}"
        folder.mkdir()
        code = _unpack(program, archive, folder, budget)
        tried.append(_Unpacked(folder, code, _names(program, archive, folder), _found(folder)))
        if code == 0 and tried[-1].found:
            return tried[-1]
    if not tried:
        raise trouble("unsupported", kind=kinds()[kind]["name"], advice=kinds()[kind]["advice"])
    return max(tried, key=lambda one: sum(1 for path in one.found.values() if path.lstat().st_size))


def _unpack(program: _Program, archive: Path, folder: Path, budget: Budget) -> int:
    def enough() -> bool:
        sizes = [path.lstat().st_size for path in folder.rglob("*") if path.is_file()]  # 正在改名的不算
        return len(sizes) > budget.members or sum(sizes) > budget.size

    try:
        code = run(_filled(program.unpack, archive, folder), setting("limits", "unpack_seconds"), enough)
    except StoppedError as error:
        raise trouble("bomb", detail="太大、文件太多，或很久没有展开完") from error
    _open_up(folder)
    if enough():
        raise trouble("bomb", detail=f"总共超过 {int(setting('limits', 'archive_mb'))} MB，或文件太多")
    if code:
        check_room(archive.parent)
    return code


def _open_up(folder: Path) -> None:
    """包里的文件夹、文件可以标着不许打开，改过来。"""
    folder.chmod(0o700)
    for where, folders, names in os.walk(folder):
        for path in (Path(where, name) for name in (*folders, *names)):
            if not path.is_symlink() and not os.access(path, os.R_OK | os.X_OK if path.is_dir() else os.R_OK):
                path.chmod(0o700)


def _found(folder: Path) -> dict[str, Path]:
    """解出来的文件，按名字排好。"""
    found = [path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()]
    return {path.relative_to(folder).as_posix(): path for path in sorted(found, key=lambda path: path.parts)}


def _names(program: _Program, archive: Path, folder: Path) -> tuple[str, ...]:
    """包里写着的文件名，文件夹不算；列不出来是空的。"""
    listing = archive.with_name("listing")

    def enough() -> bool:
        return listing.is_file() and listing.stat().st_size > LISTING_MB * MB

    try:
        command = _filled(program.listing, archive, folder)
        if not command or run(command, setting("limits", "unpack_seconds"), enough, listing) or enough():
            return ()
    except StoppedError:
        return ()
    lines = listing.read_text(encoding="utf-8", errors="replace").replace("\\", "/").split("\n")
    names = [line.removeprefix(program.before).rstrip("\r") for line in lines if line.startswith(program.before)]
    inside = {path.relative_to(folder).as_posix() for path in (folder, *folder.rglob("*")) if path.is_dir()}
    plain = (name.removeprefix("./") for name in names if not name.endswith("/"))
    return tuple(name for name in plain if name and name not in inside)


def _filled(command: Sequence[str], archive: Path, folder: Path) -> list[str]:
    return [part.format(folder=folder, archive=archive) for part in command]


def _programs(kind: str) -> list[_Program]:
    """找得到的解压程序和参数，先用的在前。"""
    rows = table("readers_unpackers.csv", "program", "kinds", "arguments")
    named = [(_place(row["program"], row["windows"]), row) for row in rows if kind in row["kinds"].split(";")]
    return [
        _Program(
            (program, *row["arguments"].split(" ")),
            (program, *row["listing"].split(" ")) if row["listing"] else (),
            row["before"] and f"{row['before']} ",
        )
        for program, row in named
        if program
    ]


def _place(program: str, windows: str) -> str | None:
    """PATH 里的程序；Windows 上再看惯常的位置（Windows 10 起自带的 tar 就是 bsdtar）。"""
    if (found := shutil.which(program)) or sys.platform != "win32":
        return found
    return next((place for place in windows.split(";") if Path(place).is_file()), None)
