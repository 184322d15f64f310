"""连着几个字的散列。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jiaoyan_nlp.reuse.streams import Stream

_BASE = np.uint64(1_000_003)
MIX = np.uint64(0x9E3779B97F4A7C15)
LAST = np.uint64(2**64 - 1)
"""不成一组的位置记作这个数。"""


def grams(stream: Stream, size: int) -> NDArray[np.uint64]:
    """每个位置起 size 个字的散列；跨过两篇文档的记作最大的数。"""
    count = len(stream.codes) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    codes = stream.codes.astype(np.uint64)
    value = np.zeros(count, np.uint64)
    for shift in range(size):
        value = value * _BASE + codes[shift : shift + count]
    value = (value ^ (value >> np.uint64(29))) * MIX
    value ^= value >> np.uint64(32)
    for edge in stream.bounds[1:-1]:
        value[max(0, edge - size + 1) : edge] = LAST
    return value
