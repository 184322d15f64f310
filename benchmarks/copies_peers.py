"""同别的工具比：经典 winnowing、difflib、datasketch MinHash、TF-IDF 余弦、copydetect。

用法：python benchmarks/copies_peers.py quality [名 …]   每个工具在 corpus/copies 上试遍各种设置，取 plagdet 最高的
      python benchmarks/copies_peers.py cost 名 篇数     一个工具（本库是 ours）的用时和内存，文档由 benchmarks/generate.py 造
需要 pip install "jiaoyan_nlp[bench]"。逐对比较的工具（difflib、copydetect）限时 LIMIT 秒，超时照比完的份额推算全部用时；
试设置也限时（BUDGET 秒，到时不再试下一种，印出试了几种）。秒都是处理器秒（连同子进程），机器忙不忙不相干。
每个工具都得了文档身份（模板在前）和往届同批的次序；只报文档的工具（MinHash、余弦）按整段文字给出片段。
"""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import copies_score, generate
from benchmarks.copies_scale import Meter
from benchmarks.copies_score import Pair, Side
from jiaoyan_nlp.reuse import find_copies
from jiaoyan_nlp.types import Document, Metadata

Texts = dict[str, str]
LIMIT = float(os.environ.get("LIMIT", "120"))
BUDGET = float(os.environ.get("BUDGET", "600"))
GAP = 40
"""相距不到这么多字的两截并成一个片段。"""


def pairs(names: list[str]) -> Iterator[tuple[str, str]]:
    """上报的每一篇同它前面的每一篇（抄者、来源）。"""
    for n, name in enumerate(names):
        if name.startswith("submissions/"):
            yield from ((name, other) for other in names[:n])


def pieces(doc: str, source: str, hits: Iterable[tuple[int, int, int]], least: int) -> list[Pair]:
    """相同的字串（抄者起点、来源起点、长度）连成片段，够长的才要。"""
    found: list[list[int]] = []
    for a, b, size in sorted(hits):
        last = found[-1] if found else None
        if last and a - last[1] <= GAP and -GAP <= b - last[3] <= GAP:
            last[1], last[3] = max(last[1], a + size), max(last[3], b + size)
        else:
            found.append([a, a + size, b, b + size])
    return [(Side(doc, a, b), Side(source, c, d)) for a, b, c, d in found if b - a >= least]


def winnowing(texts: Texts, k: int, window: int, most: int, least: int) -> list[Pair]:
    """Schleimer 等 2003：k 字散列，每窗取最小；most 篇以上都有的散列不要。"""
    index: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for name, text in texts.items():
        values = [hash(text[i : i + k]) for i in range(len(text) - k + 1)]
        last = -1
        for i in range(max(1, len(values) - window + 1)):
            at = min(range(i, min(i + window, len(values))), key=lambda j: (values[j], -j), default=-1)
            if at >= 0 and at != last:
                index[values[at]].append((name, at))
                last = at
    hits: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    for places in index.values():
        if 1 < len({name for name, _ in places}) <= most:
            for (source, b), (doc, a) in itertools.combinations(places, 2):
                if doc != source and doc.startswith("submissions/"):
                    hits[doc, source].append((a, b, k))
    return [p for (doc, source), found in hits.items() for p in pieces(doc, source, found, least)]


def difflib_(texts: Texts, block: int, least: int) -> list[Pair]:
    """标准库的 SequenceMatcher，逐对。"""
    found = []
    for doc, source in limited(pairs(list(texts)), len(texts)):
        found += pieces(doc, source, [hit for hit in matching(texts[doc], texts[source]) if hit[2] >= block], least)
    return found


@lru_cache(maxsize=20_000)
def matching(text: str, source: str) -> tuple[tuple[int, int, int], ...]:
    """两篇相同的字串；同设置无关，试别的设置时不再算。"""
    from difflib import SequenceMatcher

    return tuple((a, b, n) for a, b, n in SequenceMatcher(None, text, source, autojunk=False).get_matching_blocks())


def copydetect_(texts: Texts, k: int, window: int, least: int) -> list[Pair]:
    """copydetect 的指纹和逐对比较。"""
    import io

    from copydetect import CodeFingerprint, compare_files

    prints = {
        name: CodeFingerprint(name, k, window, filter=False, fp=io.StringIO(text)) for name, text in texts.items()
    }
    found = []
    for doc, source in limited(pairs(list(texts)), len(texts)):
        _, _, (mine, theirs) = compare_files(prints[doc], prints[source])
        if len(mine) and len(mine[0]):
            # copydetect 只报两边各有哪几截，不说谁对谁：每一截对上来源里重合字数最多的一截
            for a, b in zip(*mine, strict=True):
                grams = {texts[doc][i : i + 6] for i in range(int(a), int(b) - 5)}
                best = max(
                    zip(*theirs, strict=True),
                    key=lambda s: len(grams & {texts[source][i : i + 6] for i in range(int(s[0]), int(s[1]) - 5)}),
                )
                if b - a >= least:
                    found.append((Side(doc, int(a), int(b)), Side(source, int(best[0]), int(best[1]))))
    return found


def minhash(texts: Texts, k: int, threshold: float, size: int) -> list[Pair]:
    """datasketch 的 MinHash LSH，按段（size 字一段）找相似的段。"""
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=threshold, num_perm=64)
    found = []
    for name, text in texts.items():
        for at, part in parts(text, size):
            sketch = MinHash(num_perm=64)
            sketch.update_batch([part[i : i + k].encode() for i in range(max(1, len(part) - k + 1))])
            if name.startswith("submissions/"):
                for source, b, n in lsh.query(sketch):
                    if source != name:
                        found.append((Side(name, at, at + len(part)), Side(source, b, b + n)))
            lsh.insert((name, at, len(part)), sketch)
    return found


def cosine(texts: Texts, k: int, threshold: float, size: int) -> list[Pair]:
    """scikit-learn 的字组 TF-IDF 余弦，按段找相似的段。"""
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = [(name, at, part) for name, text in texts.items() for at, part in parts(text, size)]
    matrix = TfidfVectorizer(analyzer="char", ngram_range=(k, k)).fit_transform([part for _, _, part in rows])
    found = []
    for start in limited(range(0, len(rows), 500), 0):
        near = (matrix[start : start + 500] @ matrix.T).tocoo()
        for i, j, value in zip(near.row + start, near.col, near.data, strict=True):
            doc, source = rows[i], rows[j]
            if value >= threshold and j < i and doc[0] != source[0] and doc[0].startswith("submissions/"):
                sides = [Side(name, at, at + len(part)) for name, at, part in (doc, source)]
                found.append((sides[0], sides[1]))
    return found


def parts(text: str, size: int) -> Iterator[tuple[int, str]]:
    """段落，太长的按句号切成 size 字上下。"""
    at = 0
    while at < len(text):
        stop = text.find("\n", at, at + size)
        stop = (
            stop
            if stop > 0
            else max(text.rfind("。", at, at + size) + 1, min(at + size, len(text)) * (len(text) < at + size))
        )
        stop = stop if stop > at else min(at + size, len(text))
        if stop - at >= 12:
            yield at, text[at:stop]
        at = stop + (text[stop : stop + 1] == "\n")


COMMON = (1, 2, 3, 6, 1000)
"""同一段文字至多在这么多篇里有，再多的当作通用文字不要；每个工具的每种设置都配着试。"""


def uncommon(found: list[Pair], most: int) -> list[Pair]:
    """去掉抄者那一段（一半以上）在 most 篇以上都有的。"""
    by: dict[str, list[Pair]] = defaultdict(list)
    for pair in found:
        by[pair[0].file].append(pair)
    return [p for p in found if len({o[1].file for o in by[p[0].file] if _covers(o[0], p[0])}) <= most]


def _covers(other: Side, mine: Side) -> bool:
    return 2 * (min(mine.end, other.end) - max(mine.start, other.start)) >= mine.end - mine.start


class TooLongError(Exception):
    """限时到了；share 是比完的份额。"""


def limited(items: Iterable, documents: int) -> Iterator:  # type: ignore[type-arg]
    """到 LIMIT 秒就停。"""
    begun = time.process_time()
    whole = documents * (documents - 1) / 2 if documents else len(items)  # type: ignore[arg-type]
    for n, item in enumerate(items):
        if time.process_time() - begun > LIMIT:
            raise TooLongError(f"{LIMIT:.0f} 秒比完 {n / whole:.2%}，照此全部要 {LIMIT * whole / max(1, n):,.0f} 秒")
        yield item


PEERS: dict[str, tuple[Callable[..., list[Pair]], dict[str, tuple[float, ...]]]] = {
    "winnowing": (winnowing, {"k": (4, 5, 6), "window": (4, 8), "most": (2, 3, 6), "least": (30, 45, 70)}),
    "difflib": (difflib_, {"block": (3, 5, 8), "least": (20, 35, 60)}),
    "copydetect": (copydetect_, {"k": (5, 6, 8), "window": (1, 4), "least": (12, 20)}),
    "minhash": (minhash, {"k": (2, 3), "threshold": (0.2, 0.3, 0.5), "size": (120, 250, 500)}),
    "cosine": (cosine, {"k": (2, 3), "threshold": (0.15, 0.25, 0.4, 0.55), "size": (120, 250, 500)}),
}


def quality(names: list[str]) -> None:
    """各工具最好的设置和得分；names 空着是全部。"""
    truth, texts = copies_score.gold(), copies_score.files()
    ordered = dict(sorted(texts.items(), key=lambda item: (not item[0].startswith("templates/"), item[0])))
    print("本库（默认设置）", copies_score.scored(copies_score.ours(), truth).line(), flush=True)
    for name in names or list(PEERS):
        tool, grid = PEERS[name]
        tried = []
        settings = [dict(zip(grid, values, strict=True)) for values in itertools.product(*grid.values())]
        begun = time.process_time()
        for setting in settings:
            if time.process_time() - begun > BUDGET:
                break
            try:
                found = tool(ordered, **setting)
            except TooLongError as limit:
                print(f"    {name} {setting} {limit}", flush=True)
                break
            scores = {most: copies_score.scored(uncommon(found, most), truth) for most in COMMON}
            tried += [(score.plagdet, f"{setting} 至多 {most} 个来源", score.line()) for most, score in scores.items()]
            said = " ".join(f"{score.plagdet:.3f}" for score in scores.values())
            print(f"    {name} {setting} 至多 {COMMON} 个来源 plagdet {said}", flush=True)
        _, best, line = max(tried, default=(0.0, "没有", ""))
        print(
            f"{name}（{len(settings) * len(COMMON)} 种试了 {len(tried)} 种，{time.process_time() - begun:.0f} 秒，最好的是 {best}）{line}",
            flush=True,
        )


TUNED: dict[str, dict[str, float]] = {
    "winnowing": {"k": 4, "window": 4, "most": 3, "least": 45},
    "difflib": {"block": 5, "least": 35},
    "copydetect": {"k": 5, "window": 1, "least": 20},
    "minhash": {"k": 3, "threshold": 0.2, "size": 500},
    "cosine": {"k": 2, "threshold": 0.25, "size": 500},
}
"""在 corpus/copies 上最好的设置（quality 印出来的）。"""


def cost(name: str, count: int) -> None:
    """一个工具的用时和内存峰值（连同子进程）。"""
    texts = {f"submissions/{n:05d}": text for n, text in enumerate(generate.texts(count))}
    with Meter(f"{name} {count} 篇"):
        try:
            if name == "ours":
                found = len(find_copies([Document(n, n, 0, t, (), Metadata()) for n, t in texts.items()]).passages)
            else:
                found = len(PEERS[name][0](texts, **TUNED[name]))
            print(f"    {found} 个片段")
        except TooLongError as limit:
            print(f"    {limit}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["cost"]:
        cost(sys.argv[2], int(sys.argv[3]))
    else:
        quality(sys.argv[2:])
