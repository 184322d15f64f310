"""随包的数据和模型对照清单 data/sha256.csv；本版程序和数据的指纹。"""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path

from jiaoyan_nlp.lexicon import data_file, table

MANIFEST = "sha256.csv"
"""data/ 里的清单：file 文件、sha256。用 python -m release.manifest 重写。"""
PACKAGE = Path(__file__).parent


def digests() -> dict[str, str]:
    """data/ 里现有的文件（清单除外）→ SHA-256，按名字排。"""
    folder = Path(str(data_file("")))
    return {name: _digest(path) for name, path in _files(folder) if name != MANIFEST}


def altered() -> tuple[str, ...]:
    """和清单对不上的文件，一个一句；空的是都完好。抛出：DataError 清单不见了或格式不对。"""
    listed = {row["file"]: row["sha256"] for row in table(MANIFEST, "file", "sha256")}
    found = digests()
    gone = [f"{name} 不见了" for name in listed if name not in found]
    changed = [f"{name} 改过" for name, digest in listed.items() if found.get(name, digest) != digest]
    more = [f"{name} 不在清单里" for name in found if name not in listed]
    return (*gone, *changed, *more)


def write_manifest() -> None:
    """照现有的文件重写清单。"""
    with Path(str(data_file(MANIFEST))).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([("file", "sha256"), *digests().items()])


@cache
def fingerprint() -> str:
    """本版程序和数据的指纹：存盘的标注是不是这一版做的，看它。"""
    whole = hashlib.sha256()
    for name, path in _files(PACKAGE):
        if name.endswith(".py") or name.startswith("data/"):
            whole.update(f"{name}\n{_digest(path)}\n".encode())
    return whole.hexdigest()


def _files(folder: Path) -> list[tuple[str, Path]]:
    return sorted((p.relative_to(folder).as_posix(), p) for p in folder.rglob("*") if p.is_file())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
