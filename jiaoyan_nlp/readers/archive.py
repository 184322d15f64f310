"""zip 压缩包：一个一个交出里面的文件，大小、个数、层数、展开倍数都有上限；不往磁盘上写。"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from jiaoyan_nlp.errors import ReadError
from jiaoyan_nlp.readers.building import Source
from jiaoyan_nlp.readers.decoding import decode
from jiaoyan_nlp.readers.settings import MB, as_note, note, setting, trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jiaoyan_nlp.types import Note

OUTSIDE = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")
"""指到包外面的名字。"""
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


@dataclass(slots=True)
class Budget:
    """一个压缩包（连同套在里面的）还能展开多少字节、多少个文件；bad 是不要再读的文件和缘故（Note）。

    listed 是里面该有下落的成员，读完了对照着看有没有漏。
    """

    size: int
    members: int
    bad: Mapping[str, Note] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)

    @classmethod
    def fresh(cls, bad: Mapping[str, Note]) -> Budget:
        """一份满的额度。"""
        return cls(int(setting("limits", "archive_mb")) * MB, int(setting("limits", "archive_members")), bad)


def members(stream: BinaryIO, file: str, budget: Budget) -> Iterator[Source | Note]:
    """压缩包里的文件，按名字排好；读不了的换成一条 Note。

    参数：file 是压缩包给使用者看的名字，里面的文件名接在“!/”后面；budget 会被扣减。
    抛出：ReadError，整个压缩包打不开。
    """
    try:
        package = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise trouble("broken", detail="压缩结构不完整") from error
    with package:
        infos = sorted(((member_name(i), i) for i in package.infolist()), key=lambda pair: pair[0].split("/"))
        infos = [(name, info) for name, info in infos if info.file_size or not name.endswith("/")]
        if not infos:
            raise trouble("archive_empty")
        paths = [f"{file}!/{name}" for name in _distinct([name for name, _ in infos])]
        budget.listed += paths[: max(0, budget.members)]
        for done, ((name, info), path) in enumerate(zip(infos, paths, strict=True)):
            if budget.members <= 0:
                yield note(file, "members", limit=int(setting("limits", "archive_members")), count=len(infos) - done)
                return
            budget.members -= 1
            try:
                yield Source(path, _content(package, info, name, budget))
            except ReadError as error:
                yield as_note(path, error)


def _distinct(names: Sequence[str]) -> list[str]:
    """同名的从第二个起名字里加上序号：zip 里可以有同名的文件，都要读，还要分得清。

    >>> _distinct(["甲/计划.txt", "甲/计划.txt"])
    ['甲/计划.txt', '甲/计划（同名2）.txt']
    """
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        path = PurePosixPath(name)
        again = f"{name.removesuffix(path.suffix)}（同名{seen[name]}）{path.suffix}"
        found.append(name if seen[name] == 1 else again)
    return found


def member_name(info: zipfile.ZipInfo) -> str:
    """压缩包里的文件名。没有标明 UTF-8 的，多半是 Windows 按 GBK 写的，要重新认。"""
    name = info.orig_filename.split("\0")[0]
    if not info.flag_bits & _UTF8_NAME:
        try:
            decoded = decode(name.encode("cp437"))
        except UnicodeEncodeError:
            decoded = None
        name = decoded.text if decoded and not decoded.lost else name
    return name.replace("\\", "/")


def _content(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget) -> bytes:
    if OUTSIDE.search(name):
        raise trouble("traversal")
    if info.flag_bits & _ENCRYPTED:
        raise trouble("encrypted")
    if info.file_size > setting("limits", "file_mb") * MB:
        raise trouble("too_big", size=info.file_size // MB, limit=int(setting("limits", "file_mb")))
    if info.file_size > budget.size:
        raise trouble("bomb", detail=f"总共超过 {int(setting('limits', 'archive_mb'))} MB")
    budget.size -= info.file_size
    return unpack(package, info)


def unpack(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """展开一个成员。抛出：ReadError，展开倍数不正常、数据损坏、压缩方法不认识。"""
    if info.file_size > setting("limits", "ratio_from_mb") * MB:
        ratio = info.file_size / max(info.compress_size, 1)
        if ratio > setting("limits", "ratio"):
            raise trouble("bomb", detail=f"展开后是压缩时的 {ratio:.0f} 倍")
    try:
        return package.read(info)
    except NotImplementedError as error:
        raise trouble("broken", detail="压缩方法不认识") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise trouble("broken", detail="压缩数据不完整") from error
