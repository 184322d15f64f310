"""雷同排查的质量：在 corpus/copies 上评分；每一步关掉以后差多少、省多少时间；互不相干的文档之间误报几个。

用法：python benchmarks/copies.py [文件夹]      文件夹里有 submissions、templates、gold.json，默认 corpus/copies
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import psutil

from benchmarks import copies_score
from benchmarks.copies_background import GROUPS, LABELLED, texts
from jiaoyan_nlp.engines import chosen
from jiaoyan_nlp.reuse import (
    align,
    comparing,
    mosaics,
    pipeline,
    prints,
    retelling,
    rewriting,
    search,
    sequences,
    stock,
    streams,
)
from jiaoyan_nlp.reuse.amounts import Amounts
from jiaoyan_nlp.reuse.passage import BATCH
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
    "不看改写": [
        (rewriting.Rewriter, "passages", lambda *_: []),
        (retelling.Reteller, "passages", lambda *_: []),
    ],
    "不看一串句子": [(retelling.Reteller, "passages", lambda *_: [])],
    "一串句子不扣碰巧": [(sequences, "_chance", lambda *_: 0.0)],
    "没有共同指纹的模板不看": [(retelling, "promising", lambda *_: set())],
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


def spent() -> float:
    """到现在用了多少秒处理器时间，连同子进程（还在的和已经结束的）。"""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    alive = [p.cpu_times() for p in psutil.Process().children(recursive=True)]
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(t.user + t.system for t in alive)


def independent() -> list[Document]:
    """corpus/labelled 里互不相干的文档，底本、套话表、对照的文字都没有从它们学过。"""
    groups = sorted({folder.name for folder in LABELLED.iterdir()} - set(GROUPS))
    return [Document(f"L{n}", f"L{n}.txt", 0, text, (), Metadata()) for n, text in enumerate(texts(groups))]


def alarms(documents: list[Document], templates: list[Document]) -> tuple[int, int]:
    """互不相干的文档之间，照抄的和改写的各误报几个。"""
    found = search.search(documents, templates, (), (), chosen(None))
    batch = [n for n, m in enumerate(found.members) if m.part == BATCH]
    sources = {n: found.sources.get(n, []) for n in batch}
    passages = pipeline.compared(pipeline._job(found.members, sources, found.swept, found.weight))
    return sum(not p.loose for p in passages), sum(p.loose for p in passages)


def main() -> None:
    """打印。"""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else copies_score.ROOT
    truth = copies_score.gold(root)
    copies_score.ours(root)
    for name, changes in STAGES.items():
        with switched(changes):
            times, wall = [], []
            for _ in range(3):
                start, begin = spent(), time.perf_counter()
                found = copies_score.ours(root)
                times.append(spent() - start)
                wall.append(time.perf_counter() - begin)
        used = f"处理器 {min(times):.2f} 秒，钟上 {min(wall):.2f} 秒"
        print(f"{name}：{used}；{copies_score.scored(found, truth).line()}", flush=True)
    documents = independent()
    count = len(documents)
    peers = alarms(documents, [])
    print(f"{count} 篇互不相干的文档，全作同批：照抄误报 {peers[0]}，改写误报 {peers[1]}")
    few = [alarms([*documents[:n], *documents[n + 12 :]], documents[n : n + 12]) for n in range(0, count, count // 4)]
    print(
        f"{len(few)} 次各取 12 篇作模板，其余上报：照抄误报 {sum(a for a, _ in few)}，改写误报 {sum(b for _, b in few)}"
    )
    halves = alarms(documents[::2], documents[1::2])
    print(f"一半作模板：照抄误报 {halves[0]}，改写误报 {halves[1]}")


if __name__ == "__main__":
    main()
