"""读 corpus/ 里手写的标注文档。格式见 corpus/FORMAT.md。"""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from jiaoyan_nlp.errors import DataError, PathError
from jiaoyan_nlp.types import ROLES, Extracted

CODES = {
    "A": "activity", "G": "goal", "P": "problem", "M": "measure", "O": "outcome", "R": "organization", "B": "background",
}  # fmt: skip
STAMP = (2024, 1, 1, 0, 0, 0)
DEFLATED = zipfile.ZIP_DEFLATED
_LINE = re.compile(r"(\+?)(H[0-3]|N|[AGPMORB](?:,[AGPMORB])*)(?: ([a-z_]+))?(?: \[([^\]]+)\])? \| (.*)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """一个标注过的句段或标题。heading 是标题级别（0 文档标题），不是标题为 None；noise 是杂质。"""

    start: int
    end: int
    labels: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    heading: int | None = None
    role: str | None = None
    noise: bool = False


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """一篇标注文档：原文、元数据和按先后排的句段。"""

    name: str
    text: str
    meta: dict[str, str]
    units: tuple[Labelled, ...]

    def extracted(self) -> Extracted:
        """当作读进来的文件，好走与正式读入同样的路。"""
        return Extracted(self.name, self.text, (), hashlib.sha256(self.text.encode()).hexdigest())


def read_labelled(folder: str | Path) -> list[LabelledDocument]:
    """读一个文件夹（含下级）或 pack 打的 zip 里的全部标注文档，按路径排。抛出：PathError；DataError 写明哪个文件第几行。"""
    root = Path(folder)
    if root.suffix == ".zip" and root.is_file():
        with zipfile.ZipFile(root) as packed:
            return [parse(name, packed.read(name).decode("utf-8")) for name in sorted(packed.namelist())]
    if not root.is_dir():
        raise PathError(f"找不到标注语料的文件夹 {root}，请检查路径。")
    paths = sorted(root.rglob("*.txt"))
    if not paths:
        raise PathError(f"文件夹 {root} 里没有标注文档（.txt），格式见 corpus/FORMAT.md。")
    return [parse(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def pack(folder: str | Path, target: Path) -> None:
    """把标注文档打成一个 zip，内容相同则字节相同；已经是 zip 的照抄。"""
    root = Path(folder)
    if root.is_file():
        target.write_bytes(root.read_bytes())
        return
    with zipfile.ZipFile(target, "w") as packed:
        for path in sorted(root.rglob("*.txt")):
            packed.writestr(zipfile.ZipInfo(path.relative_to(root).as_posix(), STAMP), path.read_bytes(), DEFLATED)


def parse(name: str, source: str) -> LabelledDocument:
    """解析一篇标注文档。

    >>> document = parse("例", "@kind plan\\nH0 | 计划\\nB | 立足课堂。\\n+A,M [听课] | 每人听课十五节。")
    >>> document.text, document.units[2].labels
    ('计划\\n立足课堂。每人听课十五节。', ('activity', 'measure'))
    """
    meta: dict[str, str] = {}
    parts: list[str] = []
    units: list[Labelled] = []
    at = 0
    for number, line in enumerate(source.split("\n"), 1):
        if not line.strip():
            continue
        if line.startswith("@"):
            key, _, value = line[1:].partition(" ")
            meta[key] = value.strip()
            continue
        match = _LINE.fullmatch(line)
        if not match:
            raise DataError(f"标注文档 {name} 第 {number} 行不合格式（见 corpus/FORMAT.md）：{line[:30]}")
        joined, codes, role, classes, text = match.groups()
        if role is not None and role not in ROLES:
            raise DataError(f"标注文档 {name} 第 {number} 行的栏目作用“{role}”不在名目里。")
        if parts and not joined:
            parts.append("\n")
            at += 1
        parts.append(text)
        labels = () if codes[0] in "HN" else tuple(CODES[c] for c in codes.split(","))
        heading = int(codes[1]) if codes[0] == "H" else None
        named = tuple(classes.split("、")) if classes else ()
        units.append(Labelled(at, at + len(text), labels, named, heading, role, noise=codes == "N"))
        at += len(text)
    return LabelledDocument(name, "".join(parts), meta, tuple(units))
