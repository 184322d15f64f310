"""习题：语料里的句段，和它们拆开、拼接成的新句子；答案是大编码器给的概率，训练网络时一起学。

小网络跟着大编码器学，比只学人工标注更会看没见过的写法，用的时候一样快（Hinton 等 2015；拼接、删减造句见 Tang 等 2019）。
习题由 benchmarks/lessons.py 生成，训练和标注都不用装大编码器。
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.lexicon import data_file
from jiaoyan_nlp.tagger.network import Encoded
from jiaoyan_nlp.types import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Key = tuple[str, tuple[int, ...]]

NAME = "lessons.npz"
FULL = 255
"""概率存成 0 到 FULL 的整数。"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """一道习题：编好号的词和标题（没有文种）、各标签的概率、取自哪一两篇标注文档。整句排在拼成的前面。"""

    row: Encoded
    chances: NDArray[np.float32]
    sources: frozenset[str]

    @property
    def place(self) -> Key | None:
        """只取自一篇的，在语料里的位置（见 key）；取自两篇的没有，是 None。"""
        file, *others = self.sources
        return None if others else key(file, self.row)


def shipped() -> list[Lesson]:
    """随包的习题。"""
    return read(data_file(NAME))


def drawn_from(found: Iterable[Lesson], files: Iterable[str]) -> list[Lesson]:
    """只取自这些标注文档的：训练里没有的文档，从它拼出来的也不学，拿它来考才算没见过。"""
    known = set(files)
    return [one for one in found if one.sources <= known]


def key(file: str, row: Encoded) -> Key:
    """认一句话用的：哪篇文档、哪些词，不看标题和文种。"""
    return file, tuple(row.words)


def write(found: Sequence[Lesson], path: Path) -> None:
    """存成一个 .npz：词和标题首尾相接，另记长短；出处记编号，只有一篇时记两遍。"""
    import numpy as np

    names = sorted({name for one in found for name in one.sources})
    place = {name: at for at, name in enumerate(names)}
    arrays: dict[str, Any] = {"names": np.array(names)}
    for part in ("words", "title"):
        lists = [getattr(one.row, part) for one in found]
        arrays[part] = np.array([i for ids in lists for i in ids], dtype=np.uint16)
        arrays[f"{part}_sizes"] = np.array([len(ids) for ids in lists], dtype=np.uint8)
    arrays["chances"] = np.round(np.array([one.chances for one in found]) * FULL).astype(np.uint8)
    pairs = [sorted(place[name] for name in one.sources) for one in found]
    arrays["sources"] = np.array([[pair[0], pair[-1]] for pair in pairs], dtype=np.uint16)
    np.savez_compressed(path, **arrays)


def read(path: Path | Traversable) -> list[Lesson]:
    """读 write 存的习题。"""
    import numpy as np

    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    names = arrays["names"].tolist()
    words, titles = (_split(arrays[part], arrays[f"{part}_sizes"]) for part in ("words", "title"))
    chances = arrays["chances"].astype(np.float32) / FULL
    other = KINDS.index("other")
    return [
        Lesson(Encoded(said, title, other), answer, frozenset(names[i] for i in pair))
        for said, title, answer, pair in zip(words, titles, chances, arrays["sources"].tolist(), strict=True)
    ]


def _split(flat: NDArray[np.uint16], sizes: NDArray[np.uint8]) -> list[list[int]]:
    ends = sizes.astype(int).cumsum()
    ids = flat.tolist()
    return [ids[end - size : end] for end, size in zip(ends.tolist(), sizes.tolist(), strict=True)]
