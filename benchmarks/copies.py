"""雷同排查的质量：在 corpus/copies 上评分；每一步关掉以后差多少、省多少时间；互不相干的文档之间误报几个。

用法：python benchmarks/copies.py [文件夹]      文件夹里有 submissions、templates、gold.json，默认 corpus/copies
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks import copies_score
from benchmarks.copies_background import texts
from jiaoyan_nlp.engines import chosen
from jiaoyan_nlp.reuse import align, comparing, mosaics, pipeline, prints, rewriting, search, stock, streams, weights
from jiaoyan_nlp.reuse.amounts import Amounts
from jiaoyan_nlp.reuse.settings import setting
from jiaoyan_nlp.types import Document, Metadata

Switch = tuple[object, str, Callable[..., object]]


def _apart(tables: list[mosaics.Table]) -> list[list[mosaics.Block]]:
    """不管交错，各个来源各比各的。"""
    found = []
    for t in tables:
        boxes = align.align(t.shared, t.mine, t.theirs, setting("align", "evidence"))
        found.append([mosaics.Block(box, ((box.a0, box.a1),)) for box in boxes])
    return found


def _none(said: Amounts) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.empty(0, np.int32), np.empty(0, np.int64), np.empty(0, np.int32)


STAGES: dict[str, list[Switch]] = {
    "全部": [],
    "不看改写": [(rewriting.Rewriter, "passages", lambda *_: [])],
    "改写不要佐证": [(rewriting.Rewriter, "_vouched", lambda *_: True)],
    "指纹里没有数量": [(prints, "_amounts", _none)],
    "不拆拼贴": [(comparing, "interleaved", _apart)],
    "不并乱序": [(align, "_joined", lambda groups, *_: groups)],
    "不换近义词": [(streams, "_standard", lambda codes, _: codes)],
    "不去套话": [(stock, "stock", lambda found: np.zeros(len(found.codes), bool))],
}


@contextmanager
def switched(changes: list[Switch]) -> Iterator[None]:
    """暂时换掉几个函数。"""
    kept = [(owner, name, getattr(owner, name)) for owner, name, _ in changes]
    try:
        for owner, name, new in changes:
            setattr(owner, name, new)
        yield
    finally:
        for owner, name, old in kept:
            setattr(owner, name, old)


def independent() -> list[Document]:
    """corpus/labelled 里互不相干的文档。"""
    return [Document(f"L{n}", f"L{n}.txt", 0, text, (), Metadata()) for n, text in enumerate(texts())]


def alarms(documents: list[Document], templates: list[Document]) -> tuple[int, int]:
    """互不相干的文档之间，照抄的和改写的各误报几个。"""
    found = search.search(documents, templates, (), (), chosen(None))
    passages = pipeline.compared(pipeline._job(found.members, found.sources, found.weight))
    return sum(not p.loose for p in passages), sum(p.loose for p in passages)


def unseen(texts: list[str]) -> list[Switch]:
    """底本只从这些文字学：看没有学过的文档误报多不多。"""
    pairs, letters = np.zeros(weights.SPACE), np.zeros(2 * weights.LETTERS)
    for pair, count in weights.learn(texts):
        pairs[weights.pair_codes(np.array([ord(c) for c in pair], dtype=np.uint16))[0]] += count
        letters[ord(pair[0])] += count
    for said, count in weights.learn_quantities(texts):
        letters[weights.quantity_code(said)] += count
    weights.rare.cache_clear()
    return [
        (weights, "background", lambda: pairs),
        (weights, "background_letters", lambda: letters),
        (prints, "background_letters", lambda: letters),
    ]


def main() -> None:
    """打印。"""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else copies_score.ROOT
    truth = copies_score.gold(root)
    copies_score.ours(root)
    for name, changes in STAGES.items():
        with switched(changes):
            times = []
            for _ in range(3):
                start = time.process_time()
                found = copies_score.ours(root)
                times.append(time.process_time() - start)
        print(f"{name}：{min(times):.2f} 秒；{copies_score.scored(found, truth).line()}", flush=True)
    documents = independent()
    halves = alarms(documents[::2], documents[1::2])
    print(f"{len(documents)} 篇互不相干的文档，一半作模板：照抄误报 {halves[0]}，改写误报 {halves[1]}")
    peers = alarms(documents, [])
    print(f"{len(documents)} 篇互不相干的文档，全作同批：照抄误报 {peers[0]}，改写误报 {peers[1]}")
    learnt, held = documents[::2], documents[1::2]
    with switched(unseen([d.text for d in learnt])):
        fresh = alarms(held, [])
    print(f"底本只从一半学，另一半 {len(held)} 篇全作同批：照抄误报 {fresh[0]}，改写误报 {fresh[1]}")


if __name__ == "__main__":
    main()
