"""文字 → 指纹表和字的次数：一次看一批，好分到各个处理器、各台机器上。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.reuse.amounts import LETTERS, amounts
from jiaoyan_nlp.reuse.prints import fingerprints
from jiaoyan_nlp.reuse.streams import stream
from jiaoyan_nlp.reuse.units import SPACE
from jiaoyan_nlp.reuse.weights import counts, letter_counts, loose_weights, weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from jiaoyan_nlp.text import Span
    from jiaoyan_nlp.types import Document

    Tally = NDArray[np.float64]
    Weight = tuple[NDArray[np.float32], NDArray[np.float32]]

SIZE = 250
"""一批几篇。"""


@dataclass(frozen=True, slots=True)
class Chunk:
    """一批文字：first 是第一篇的编号，skips 是各篇不算正文的区间。"""

    first: int
    texts: tuple[str, ...]
    skips: tuple[tuple[Span, ...], ...]


def chunks(documents: Sequence[Document], first: int) -> list[Chunk]:
    """把文档分批，从 first 起编号。"""
    parts = [(n, documents[n : n + SIZE]) for n in range(0, len(documents), SIZE)]
    return [Chunk(first + n, tuple(d.text for d in part), tuple(d.furniture for d in part)) for n, part in parts]


def digest(chunk: Chunk) -> tuple[pd.DataFrame, Tally]:
    """一批文字的指纹表（doc、hash、place）和每个字对、每个字出现几次。"""
    import pandas as pd

    found = stream(chunk.texts, chunk.skips)
    said = amounts(chunk.texts)
    prints = fingerprints(found, said)
    frame = pd.DataFrame({"doc": prints.owner + np.int32(chunk.first), "hash": prints.hashes, "place": prints.place})
    return frame, np.concatenate([counts(found), letter_counts(found, said)])


def weighed(tally: Tally) -> Weight:
    """次数 → 字对的份量；看改写时字对、单字、数量的份量。"""
    seen = tally if tally.size > 1 else np.zeros(SPACE + 2 * LETTERS)
    return weights(seen[:SPACE]), loose_weights(seen)
