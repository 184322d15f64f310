"""一批文字里的数量，记成散列，供指纹、份量和逐句比对用。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from jiaoyan_nlp.reuse.numerals import quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LETTERS = 1 << 16
"""单字和数量各占这么多格。"""


@dataclass(frozen=True, slots=True)
class Amounts:
    """一批文字里的数量，按先后排。owner：第几篇；place：在原文的偏移；codes：散列。"""

    owner: NDArray[np.int32]
    place: NDArray[np.int32]
    codes: NDArray[np.int64]


def amounts(texts: Sequence[str]) -> Amounts:
    """找出一批文字里的数量。"""
    found = [quantities(text) for text in texts]
    return Amounts(
        np.repeat(np.arange(len(texts), dtype=np.int32), [len(part) for part in found]),
        np.array([start for part in found for start, _, _ in part], dtype=np.int32),
        np.array([quantity_code(said) for part in found for _, _, said in part], dtype=np.int64),
    )


@lru_cache(maxsize=4096)
def quantity_code(said: str) -> int:
    """一个数量的散列（LETTERS 到 2*LETTERS-1）。"""
    return LETTERS + crc32(said.encode()) % LETTERS
