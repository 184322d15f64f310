"""给的路径里有哪些文件：文件、文件夹、通配符、压缩包，或它们的列表。"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

from jiaoyan_nlp.errors import PathError, UsageError
from jiaoyan_nlp.readers.settings import trouble

_SAFELY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""不跟链接、不等管道；有的系统没有这几个标志。"""


def inputs(sources: str | Path | Sequence[str | Path]) -> list[tuple[Path, str]]:
    """列出要读的文件。

    参数：sources 是文件、文件夹（连同下级）、通配符、压缩包，或它们的列表。
    返回：（磁盘上的路径，给使用者看的 file）的列表，按先后和文件名排好；file 是给的路径接上里面的路径，用“/”隔开；
    重复给的只算一次。指到文件夹外面的快捷链接不跟，原样返回，由 read_file 记一笔。
    抛出：PathError，一个文件也找不到；UsageError，sources 不是路径。
    """
    given = list(sources) if isinstance(sources, Iterable) and not isinstance(sources, str) else [sources]
    found: dict[Path, tuple[Path, str]] = {}
    for source in given:
        if not isinstance(source, str | os.PathLike) or not str(source):
            raise UsageError(f"要读的路径写错了：{source!r}。请给文件、文件夹、通配符，或它们的列表。")
        for path, file in _under(os.fspath(source)):
            found.setdefault(path.absolute(), (path, file))
    if not found:
        raise PathError("没有给出要读的文件。请给一个文件、文件夹、通配符，或它们的列表。")
    return list(found.values())


def _under(source: str) -> list[tuple[Path, str]]:
    """一个路径下面的全部文件。通配符里的 [ ] 也可能真是文件名，所以先看有没有这个文件。"""
    path = Path(source)
    if os.path.isdir(path):  # noqa: PTH112  # 路径太长也不抛错，下同
        files = _folder(path, source)
        if not files:
            raise PathError(f"文件夹“{source}”里没有文件。请检查路径，或确认材料已经放进去。")
        return files
    if os.path.exists(path):  # noqa: PTH110
        return [(path.resolve(), slashes(source))]
    matches = sorted(glob.glob(source, recursive=True))  # noqa: PTH207  # 绝对路径的通配符 Path.glob 不收
    if not matches:
        kind = "与通配符相符的文件" if glob.has_magic(source) else "文件或文件夹"
        raise PathError(f"找不到{kind}“{source}”（现在的文件夹是 {Path.cwd()}）。请检查路径有没有写错。")
    files = []
    for match in matches:
        found = Path(match)
        files += _folder(found, match) if found.is_dir() else [(_follow(found, found.parent.resolve()), slashes(match))]
    if not files:
        raise PathError(f"通配符“{source}”只对上了空文件夹。请检查路径，或确认材料已经放进去。")
    return files


def _folder(folder: Path, given: str) -> list[tuple[Path, str]]:
    """文件夹和下级文件夹里的文件。文件夹的链接不进去：指到里面的已经读过，指到外面的留给 read_file 记一笔。"""
    root = folder.resolve()
    prefix = slashes(given).rstrip("/")
    files = []
    closed: list[OSError] = []
    for where, folders, names in os.walk(root, onerror=closed.append):
        folders.sort()
        links = [name for name in folders if os.path.islink(f"{where}/{name}")]  # noqa: PTH114
        for name in sorted([*names, *links]):
            path = _follow(Path(where, name), root)
            if not os.path.isdir(path) or os.path.islink(path):  # noqa: PTH112, PTH114
                files.append((path, f"{prefix}/{slashes(str(Path(where, name).relative_to(root)))}"))
    for error in closed:  # 打不开的下级文件夹，由 read_file 记一笔
        path = Path(error.filename)
        files.append((path, f"{prefix}/{slashes(str(path.relative_to(root)))}" if path != root else prefix))
    return sorted(files, key=lambda item: item[1].split("/"))


def _follow(path: Path, root: Path) -> Path:
    """链接指到 root 里面就换成真实路径，否则原样返回。"""
    try:
        real = path.resolve()
        return real if real.exists() and real.is_relative_to(root) else path
    except (OSError, RuntimeError):  # 链接转圈，路径太长
        return path


def open_file(path: Path) -> BufferedReader:
    """打开一个普通文件。抛出：ReadError，是链接、管道、设备一类；OSError，打不开。

    先打开、再看打开的是什么：先看后开，中间可能被换掉。
    """
    if path.is_symlink():
        raise trouble("link")
    if path.is_dir():  # 列不出里面有什么的文件夹；抛出没有权限
        os.scandir(path).close()
    if path.exists() and not path.is_file():  # 有的设备一打开就有动作
        raise trouble("special")
    stream = os.fdopen(os.open(path, _SAFELY), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise trouble("special")
    return stream


def slashes(path: str, separator: str = os.sep) -> str:
    """路径给使用者看的写法，各级用“/”隔开；separator 是系统用的。

    >>> slashes("D:\\\\上报\\\\计划.docx", separator="\\\\")
    'D:/上报/计划.docx'
    """
    return _legible(path).replace(separator, "/")


def _legible(path: str) -> str:
    """语言环境是 C、又关了 UTF-8 模式时，Python 认不出汉字的文件名；其实是 UTF-8 的，照 UTF-8 写。"""
    try:
        path.encode()
    except UnicodeEncodeError:
        with suppress(UnicodeError):
            return os.fsencode(path).decode()
    return path
