"""字对的份量：越常见越轻。常见不常见，看随库带着的底本，再加上这一批。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.reuse.settings import setting
from jiaoyan_nlp.reuse.streams import stream
from jiaoyan_nlp.reuse.units import LETTERS, SPACE, number_code, pair_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from jiaoyan_nlp.reuse.streams import Stream


def counts(found: Stream) -> NDArray[np.float64]:
    """一批字流里每个字对出现几次。"""
    return np.bincount(pair_codes(found.codes), minlength=SPACE).astype(np.float64)


def letter_counts(found: Stream) -> NDArray[np.float64]:
    """一批字流里每个字出现几次。"""
    return np.bincount(found.codes, minlength=LETTERS).astype(np.float64)


def letter_weights(batch: NDArray[np.float64]) -> NDArray[np.float32]:
    """单字和数的份量（改写要看）。参数：batch 是这一批每个字的出现次数。"""
    seen = batch + background_letters() * setting("weight", "background")
    surprise = np.log(max(seen.sum(), 1.0) / (seen + 0.5))
    low, high = setting("weight", "common"), setting("weight", "rare")
    letters = setting("loose", "letter") * np.clip((surprise - low) / (high - low), 0.0, 1.0)
    numbers = np.full(LETTERS, setting("loose", "number"))
    for value in range(2, 10):
        numbers[number_code(value) - LETTERS] = setting("loose", "digit")
    tens = [10.0 * n for n in range(1, 10)] + [100.0 * n for n in range(1, 11)] + [n / 10 for n in range(1, 10)]
    for rounded in tens:
        numbers[number_code(rounded) - LETTERS] = setting("loose", "round")
    return np.concatenate([letters, numbers]).astype(np.float32)


def weights(batch: NDArray[np.float64]) -> NDArray[np.float32]:
    """每个字对的份量，0.05 到 1。参数：batch 是这一批的出现次数。"""
    seen = batch + background() * setting("weight", "background")
    surprise = np.log(max(seen.sum(), 1.0) / (seen + 0.5))
    low, high = setting("weight", "common"), setting("weight", "rare")
    weight: NDArray[np.float32] = np.clip((surprise - low) / (high - low), setting("weight", "least"), 1.0).astype("f4")
    return weight


@lru_cache(maxsize=1)
def background() -> NDArray[np.float64]:
    """底本里每个字对出现几次（reuse_background.csv：pair、count）。"""
    rows = table("reuse_background.csv", "pair", "count")
    seen = np.zeros(SPACE)
    if rows:
        codes = np.array([[ord(c) for c in row["pair"]] for row in rows], dtype=np.uint16)
        flat = pair_codes(codes.ravel())[::2]
        np.add.at(seen, flat, [float(row["count"]) for row in rows])
    return seen


@lru_cache(maxsize=1)
def background_letters() -> NDArray[np.float64]:
    """底本里每个字出现几次：字对的头一个字加起来。"""
    seen = np.zeros(LETTERS)
    for row in table("reuse_background.csv", "pair", "count"):
        seen[ord(row["pair"][0])] += float(row["count"])
    return seen


def learn(texts: Sequence[str], least: int = 3) -> list[tuple[str, int]]:
    """从一批文字学底本：字对和次数，出现少于 least 次的不要。"""
    codes = stream(texts).codes
    key, count = np.unique(codes[:-1].astype(np.uint32) << 16 | codes[1:], return_counts=True)
    kept = count >= least
    pairs = [
        (chr(k >> 16) + chr(k & 0xFFFF), int(c)) for k, c in zip(key[kept].tolist(), count[kept].tolist(), strict=True)
    ]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
