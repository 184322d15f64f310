"""雷同排查的规模：五千篇从文字到片段，二十万篇的指纹和连接，用时随篇数怎么长，Spark 和本机是否一样，带存着的指纹库要多久。

用法：python benchmarks/copies_scale.py 项目 …，项目是
    passages [篇数]             从文字到片段的用时和内存（默认 5000）
    join [篇数]                 指纹和连接的用时和内存（默认 200000），文字随造随用，不留在内存里
    curve 图.png [篇数 …]       指纹、连接、细比合计的用时随篇数的曲线和斜率（默认 5000 20000 50000 200000）
    spark [篇数]                Spark（local[2]）和本机的片段是否一样（默认 5000）
    archive [篇数 …]            带存着的指纹库查 120 篇的用时（默认 1000 10000）
文档按 corpus/ 里的词接词生成（二元链），每篇三千字，每五篇有一篇抄同一区（250 篇）里另一篇的三百字；同样的种子得同样的文档。
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import threading
import time
from functools import lru_cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks import generate
from jiaoyan_nlp.engines.duck import Duck
from jiaoyan_nlp.engines.local import Local
from jiaoyan_nlp.reuse import candidates, find_copies, pipeline, save_index, search
from jiaoyan_nlp.reuse.digests import SIZE, Chunk, digest, weighed
from jiaoyan_nlp.reuse.passage import BATCH, Member
from jiaoyan_nlp.types import Document, Metadata

LENGTH = 3000
TABLES = ("passages", "pairs", "documents", "clusters", "shared", "same_origin")


@lru_cache(maxsize=1)
def chain() -> tuple[np.ndarray, ...]:
    """二元链的数组：词、每词后面有几个、从哪里起、接什么、是不是句末、句首的词。"""
    starts, after, _ = generate.chain()
    words = sorted({*starts, *after, *(w for following in after.values() for w in following)})
    place = {word: n for n, word in enumerate(words)}
    counts = np.array([len(after.get(word, ())) for word in words])
    begins = np.cumsum(counts) - counts
    nexts = np.array([place[w] for word in words for w in after.get(word, ())])
    ends = np.array([word in "。；！" for word in words]) | (counts == 0)
    return np.array(words, dtype=object), counts, begins, nexts, ends, np.array([place[w] for w in starts])


def texts(number: int) -> list[str]:
    """第 number 区的 250 篇文字。"""
    words, counts, begins, nexts, ends, starts = chain()
    rng = np.random.default_rng([7, number])
    steps = np.empty((LENGTH * 3 // 4, SIZE), dtype=np.int64)
    now = rng.choice(starts, SIZE)
    for step in steps:
        step[:] = now
        draw = rng.random(SIZE)
        following = nexts[np.minimum(begins[now] + (draw * counts[now]).astype(int), len(nexts) - 1)]
        now = np.where(ends[now], starts[(draw * len(starts)).astype(int)], following)
    made = ["".join(words[steps[:, n]])[:LENGTH] for n in range(SIZE)]
    for n in range(generate.COPY_EVERY - 1, SIZE, generate.COPY_EVERY):
        source, at = made[rng.integers(n)], int(rng.integers(200, LENGTH - 2 * generate.COPIED))
        made[n] = made[n][: LENGTH - generate.COPIED - 1] + "\n" + source[at : at + generate.COPIED]
    return made


def documents(count: int) -> list[Document]:
    """count 篇文档，每篇一所学校。"""
    made = [text for part in Local().map(texts, range(-(-count // SIZE)), "造文档") for text in part][:count]
    return [
        Document(f"d{n}", f"学校{n:06d}.txt", 0, text, (), Metadata(school=f"第{n}小学")) for n, text in enumerate(made)
    ]


class Meter:
    """一段工作的用时、处理器时间和内存峰值（本进程连同子进程，每 0.2 秒看一次实际独占的内存）。"""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> Meter:
        self.peak, self._over = 0.0, threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()
        self._start, self._cpu = time.perf_counter(), busy()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds, self.cpu = time.perf_counter() - self._start, busy() - self._cpu
        self._over.set()
        self._watcher.join()
        print(
            f"{self.name}：{self.seconds:.1f} 秒（处理器 {self.cpu:.1f} 秒），内存峰值 {self.peak:.0f} MB；"
            f"此时机器的负载 {os.getloadavg()[0]:.1f}",
            flush=True,
        )

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            self.peak = max(self.peak, sum(map(private, family())) / 1024)


def family() -> list[int]:
    """本进程和它的子子孙孙。"""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(") ", 1)[1].split()[1])
            except OSError:
                continue
    found = [os.getpid()]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def private(pid: int) -> int:
    """一个进程的内存（KB；共用的按份摊）。"""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)


def busy() -> float:
    """本进程和子进程至今用了多少秒处理器（别人占着机器时，用时不准，这个准）。"""
    ticks = os.sysconf("SC_CLK_TCK")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = used.ru_utime + used.ru_stime
    for pid in family():
        try:
            parts = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
        except OSError:
            continue
        total += (int(parts[11]) + int(parts[12])) / ticks
    return total


def passages(count: int = 5000) -> None:
    """从文字到片段。"""
    batch = documents(count)
    find_copies(batch[:600])  # 工作进程先起好，词表先读好
    with Meter(f"{count} 篇，从文字到片段"):
        report = find_copies(batch)
    print(f"    {len(report.passages)} 处雷同，{len(report.shared)} 处通用文字")


def chunk(number: int) -> Chunk:
    """一区的文字。"""
    return Chunk(number * SIZE, tuple(texts(number)), ((),) * SIZE)


def made_digest(number: int):
    """一区的指纹；文字当场造，不留。"""
    return digest(chunk(number))


def join(count: int = 200_000) -> float:
    """指纹和连接；造文字的用时另测一次扣去。返回造好文字之后的秒数（处理器时间）。"""
    texts(0)  # 链先建好
    start = time.process_time()
    for number in range(4):
        texts(number)
    making = (time.process_time() - start) / 4 * count / SIZE
    with Meter(f"{count} 篇，指纹和连接（含造文字约 {making:.0f} 秒处理器）") as whole, Duck() as base:
        tally = base.fill("prints", candidates.PRINTS, made_digest, range(count // SIZE), "指纹")
        middle, cpu = time.perf_counter(), busy()
        pairs = candidates.join(base, count, 0)
        print(
            f"    其中连接 {time.perf_counter() - middle:.1f} 秒（处理器 {busy() - cpu:.1f} 秒），{len(pairs)} 对值得细比"
        )
    weight = weighed(tally)
    docs = sorted(set(pairs["doc"]))
    part = docs[: len(docs) // 10] if count > 20_000 else docs
    return whole.cpu - making + aligned(pairs, part, weight) * len(docs) / max(1, len(part))


def aligned(pairs, docs: list[int], weight) -> float:
    """细比：只造用得着的文档。篇数多时细比一成，按比例推算。"""
    kept = pairs[pairs["doc"].isin(docs)]
    needed = sorted({*kept["doc"], *kept["source"]})
    regions: dict[int, list[int]] = {}
    for number in needed:
        regions.setdefault(number // SIZE, []).append(number)
    members: list[Member] = []
    for region, numbers in regions.items():
        made = texts(region)
        members += [
            Member(Document(f"d{n}", f"学校{n:06d}.txt", 0, made[n % SIZE], (), Metadata(school=f"第{n}小学")), BATCH)
            for n in numbers
        ]
    place = {n: i for i, n in enumerate(needed)}
    sources: dict[int, list[int]] = {}
    for doc, source in zip(kept["doc"], kept["source"], strict=True):
        sources.setdefault(place[doc], []).append(place[source])
    with Meter(f"    细比其中 {len(docs)} 篇") as meter:
        found = pipeline.passages(search.Found(members, sources, (), weight), Local())
    print(f"    {len(found)} 个片段")
    return meter.cpu


def curve(path: str, *counts: int) -> None:
    """用时（处理器秒）随篇数的曲线，双对数，印出斜率。"""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    sizes = list(counts) or [5000, 20_000, 50_000, 200_000]
    find_copies(documents(600))  # 工作进程先起好，词表先读好
    seconds = [join(size) for size in sizes]
    slope = float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])
    for size, used in zip(sizes, seconds, strict=True):
        print(f"{size:>8} 篇  {used:8.1f} 处理器秒  每千篇 {used / size * 1000:.2f}")
    print(f"斜率 {slope:.3f}")
    figure, axes = plt.subplots(figsize=(6, 4))
    axes.loglog(sizes, seconds, "o-")
    axes.set(xlabel="documents", ylabel="CPU seconds", title=f"fingerprints + join + alignment, slope {slope:.2f}")
    axes.grid(visible=True, which="both", alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def spark(count: int = 5000) -> None:
    """Spark（local[2]）和本机一样不一样。"""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    batch = documents(count)
    with Meter(f"{count} 篇，本机"):
        mine = find_copies(batch)
    maker = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = maker.config("spark.driver.host", "127.0.0.1").config("spark.driver.memory", "3g").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    with Meter(f"{count} 篇，Spark local[2]"):
        theirs = find_copies(batch, engine=session)
    session.stop()
    same = {name: getattr(mine, name).equals(getattr(theirs, name)) for name in TABLES}
    print(f"    {len(mine.passages)} 处雷同；各表一样：{same}")
    if not all(same.values()):
        sys.exit("Spark 和本机的结果不一样")


def archive(*counts: int) -> None:
    """带存着的指纹库查 120 篇，和从头算比。"""
    for count in counts or (1000, 10_000):
        everything = documents(count + 120)
        old, batch = everything[:count], everything[count:]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "往届.jiaoyan"
            with Meter(f"{count} 篇往届，存库"):
                save_index(old, path)
            print(f"    {path.stat().st_size / 1e6:.0f} MB")
            with Meter(f"{count} 篇往届，带库查 120 篇"):
                quick = find_copies(batch, earlier=path)
            with Meter(f"{count} 篇往届，从头算查 120 篇"):
                slow = find_copies(batch, earlier=old)
        if not quick.passages.equals(slow.passages):
            sys.exit("带库和不带库的结果不一样")


def main() -> None:
    jobs = {work.__name__: work for work in (passages, join, curve, spark, archive)}
    if len(sys.argv) < 2 or sys.argv[1] not in jobs:
        sys.exit(__doc__)
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)  # 工作进程也要找得到 benchmarks
    jobs[sys.argv[1]](*(int(value) if value.isdigit() else value for value in sys.argv[2:]))


if __name__ == "__main__":
    from benchmarks.copies_scale import main as work  # 工作进程按名字引入这里的函数

    work()
