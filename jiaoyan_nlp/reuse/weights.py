"""字对的份量：越常见越轻。常见不常见，看随库带着的底本，再加上这一批。"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.reuse.amounts import LETTERS, quantity_code
from jiaoyan_nlp.reuse.numerals import quantities
from jiaoyan_nlp.reuse.settings import setting
from jiaoyan_nlp.reuse.streams import stream
from jiaoyan_nlp.reuse.units import SPACE, pair_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from jiaoyan_nlp.reuse.amounts import Amounts
    from jiaoyan_nlp.reuse.streams import Stream


def counts(found: Stream) -> NDArray[np.float64]:
    """一批字流里每个字对出现几次。"""
    return np.bincount(pair_codes(found.codes), minlength=SPACE).astype(np.float64)


def letter_counts(found: Stream, said: Amounts) -> NDArray[np.float64]:
    """一批文字里每个字、每个数量出现几次。"""
    letters = np.bincount(found.codes, minlength=2 * LETTERS)
    return (letters + np.bincount(said.codes, minlength=2 * LETTERS)).astype(np.float64)


def loose_weights(batch: NDArray[np.float64]) -> NDArray[np.float32]:
    """字对、单字、数量的份量，看改写用：只有少见的才算数。参数：batch 是 counts 和 letter_counts 连起来。"""
    seen = batch + np.concatenate([background(), background_letters()]) * setting("weight", "background")
    pairs, letters, amounts = np.split(seen, [SPACE, SPACE + LETTERS])
    rare = [
        _surprise(part, total, f"loose_{name}") * setting("loose", name)
        for part, total, name in (
            (pairs, pairs.sum(), "pair"), (letters, letters.sum(), "letter"), (amounts, letters.sum(), "amount")
        )
    ]  # fmt: skip
    return np.concatenate(rare).astype(np.float32)


@lru_cache(maxsize=1)
def rare() -> NDArray[np.bool_]:
    """哪些字对、单字、数量在底本里算得上少见。"""
    sizes = {"pair": SPACE, "letter": LETTERS, "amount": LETTERS}
    full = np.concatenate([np.full(size, setting("loose", name)) for name, size in sizes.items()])
    return loose_weights(np.zeros(SPACE + 2 * LETTERS)) >= setting("loose", "rare") * full


def _surprise(seen: NDArray[np.float64], total: float, section: str) -> NDArray[np.float64]:
    """出现得越少越重，0 到 1；reuse.toml 里这一节的 common、rare 是两头的界线（自然对数）。"""
    low, high = setting(section, "common"), setting(section, "rare")
    value: NDArray[np.float64] = np.clip((np.log(max(total, 1.0) / (seen + 0.5)) - low) / (high - low), 0.0, 1.0)
    return value


def weights(batch: NDArray[np.float64]) -> NDArray[np.float32]:
    """每个字对的份量，0.05 到 1。参数：batch 是这一批的出现次数。"""
    seen = batch + background() * setting("weight", "background")
    rare = _surprise(seen, seen.sum(), "weight")
    weight: NDArray[np.float32] = np.maximum(rare, setting("weight", "least")).astype("f4")
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
    """底本里每个字出现几次（字对的头一个字加起来），每个数量出现几次（reuse_quantities.csv：quantity、count）。"""
    seen = np.zeros(2 * LETTERS)
    for row in table("reuse_background.csv", "pair", "count"):
        seen[ord(row["pair"][0])] += float(row["count"])
    for row in table("reuse_quantities.csv", "quantity", "count"):
        seen[quantity_code(row["quantity"])] += float(row["count"])
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


def learn_quantities(texts: Sequence[str], least: int = 2) -> list[tuple[str, int]]:
    """从一批文字学底本：数量和次数，出现少于 least 次的不要。"""
    seen = Counter(said for text in texts for _, _, said in quantities(text))
    return sorted(((said, n) for said, n in seen.items() if n >= least), key=lambda row: (-row[1], row[0]))
