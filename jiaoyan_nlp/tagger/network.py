"""读句子的小网络：一个句段依次的词 → 各标签的对数几率。看的是词的意思和前后搭配，线性模型看不到的那些。

词 → 向量 → 相邻三词的卷积 → 隔词的卷积（接在前一层上）→ 每一路的最大值和平均值，连同标题的词、文种 → 两层全连接。
句子分类的卷积网络见 Kim 2014；向量的初值取自多语种句向量模型（见 benchmarks/word_vectors.py），训练时一起调。只用 numpy。
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.errors import DataError
from jiaoyan_nlp.types import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from jiaoyan_nlp.tagger.features import Features

    Array = NDArray[np.float32]
    Parameters = dict[str, Array]

FORMAT = 2
LONGEST, LONGEST_TITLE = 160, 12
"""一个句段、一个标题各看开头这么多个词。"""
BATCH = 256
"""一次算几个句段：多了不更快，只多占内存。"""
NEXT, BEYOND = 1, 2
"""两层卷积各看隔几个词的邻居。"""


@dataclass(frozen=True, slots=True)
class Encoded:
    """一个句段的编号：words、title 是词的编号，kind 是文种在 KINDS 里的序号。"""

    words: list[int]
    title: list[int]
    kind: int


@dataclass(frozen=True, slots=True)
class Batch:
    """一批句段首尾相接：每句后面空出 BEYOND 格，卷积就不会看到邻句。

    ids 长 T（空格是 0）；inside 是 T × 1，句内为 1；owner 长 T，各格归第几句；starts、sizes 长 n；
    titles 是 n × 标题词数的平均矩阵，title_ids 是这些词；kinds 长 n。
    """

    ids: NDArray[np.int64]
    inside: Array
    owner: NDArray[np.int64]
    starts: NDArray[np.int64]
    sizes: Array
    titles: Any
    title_ids: NDArray[np.int64]
    kinds: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Network:
    """训练好的网络：vocabulary 是词 → 编号（从 1 起）；parameters 是名字 → 数组，vectors 的第 0 行是零。"""

    vocabulary: dict[str, int]
    parameters: Parameters

    def scores(self, rows: Sequence[Features]) -> NDArray[np.float64]:
        """每个句段各标签的对数几率，n × K。"""
        import numpy as np

        coded = [encode(self.vocabulary, row) for row in rows]
        found = [np.zeros((0, self.parameters["out"].shape[1]))]
        for at in range(0, len(coded), BATCH):
            together = batch(coded[at : at + BATCH])
            found.append(forward(self.parameters, together)["scores"])
        return np.vstack(found)

    def save(self, path: Path) -> None:
        """存成一个 .npz：词的向量每行按最大的一维缩成 8 位整数，别的用 16 位浮点数。"""
        import numpy as np

        vectors = self.parameters["vectors"]
        scale = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-6) / 127
        arrays: dict[str, Any] = {name: array.astype(np.float16) for name, array in self.parameters.items()}
        arrays |= {"scale": scale.astype(np.float32), "vectors": np.round(vectors / scale).astype(np.int8)}
        np.savez_compressed(path, format=FORMAT, words=np.array(list(self.vocabulary)), **arrays)


def load(path: Path | Traversable) -> Network:
    """载入。抛出：DataError 文件缺失或版本不符。"""
    import numpy as np

    if not path.is_file():
        raise DataError(f"缺少模型 {path.name}，请重新安装 jiaoyan_nlp，或用 jiaoyan train 训练一个。")
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
        stored = {name: kept[name] for name in kept.files}
    if stored.pop("format") != FORMAT:
        raise DataError(f"模型 {path.name} 的格式本版读不了，请用 jiaoyan train 重新训练。")
    vocabulary = vocabulary_of(stored.pop("words").tolist())
    parameters: Parameters = {name: array.astype(np.float32) for name, array in stored.items()}
    parameters["vectors"] *= parameters.pop("scale")
    return Network(vocabulary, parameters)


def vocabulary_of(words: Sequence[str]) -> dict[str, int]:
    """词 → 编号，从 1 起。"""
    return {word: at for at, word in enumerate(words, 1)}


def encode(vocabulary: Mapping[str, int], row: Features) -> Encoded:
    """一个句段的编号；不认得的词拆成单字，字也不认得就跳过。"""
    words, title = _ids(vocabulary, row.words[:LONGEST]), _ids(vocabulary, row.title[:LONGEST_TITLE])
    return Encoded(words, title, KINDS.index(row.kind))


def _ids(vocabulary: Mapping[str, int], words: Sequence[str]) -> list[int]:
    found = []
    for word in words:
        if word in vocabulary:
            found.append(vocabulary[word])
        else:
            found += [vocabulary[c] for c in word if c in vocabulary]
    return found


def batch(rows: Sequence[Encoded]) -> Batch:
    """把一批句段接成一串。"""
    import numpy as np
    from scipy.sparse import csr_matrix

    words = [row.words or [0] for row in rows]
    sizes = np.array([len(w) for w in words])
    ends = (sizes + BEYOND).cumsum()
    starts = ends - sizes - BEYOND
    at = np.arange(sizes.sum()) + np.repeat(starts - (sizes.cumsum() - sizes), sizes)
    ids = np.zeros(ends[-1], dtype=np.int64)
    ids[at] = np.fromiter(chain.from_iterable(words), np.int64, len(at))
    inside = np.zeros((ends[-1], 1), dtype=np.float32)
    inside[at] = 1
    lengths = np.array([len(row.title) for row in rows])
    title_ids = np.fromiter(chain.from_iterable(row.title for row in rows), np.int64, int(lengths.sum()))
    line = np.repeat(np.arange(len(rows)), lengths)
    shares = (1 / np.maximum(1, lengths)).astype(np.float32)[line]
    titles = csr_matrix((shares, (line, np.arange(len(line)))), shape=(len(rows), len(line)))
    kinds = np.array([row.kind for row in rows])
    owner = np.repeat(np.arange(len(rows)), sizes + BEYOND)
    return Batch(ids, inside, owner, starts, sizes.astype(np.float32)[:, None], titles, title_ids, kinds)


def forward(p: Parameters, b: Batch, masks: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """从词算到对数几率（scores）；中间各层也交出来，训练时求导要用。

    参数：masks 是训练时随机遮住一部分的系数：words、near、pooled、hidden；预测时不遮。
    """
    import numpy as np

    kept: Mapping[str, Any] = masks or {}
    words = p["vectors"][b.ids] * (b.inside * kept["words"] if masks else b.inside)
    near = np.maximum(convolve(words, p["near"], NEXT) + p["near_bias"], 0) * b.inside
    seen = near * kept["near"] if masks else near
    far = np.maximum(convolve(seen, p["far"], BEYOND) + p["far_bias"], 0) * b.inside
    both = seen + far
    top = np.maximum.reduceat(both, b.starts, axis=0)
    mean = np.add.reduceat(both, b.starts, axis=0) / b.sizes
    said = b.titles @ p["vectors"][b.title_ids]
    title = np.maximum(said @ p["title"] + p["title_bias"], 0)
    pooled = np.concatenate([top, mean, title, p["kind"][b.kinds]], axis=1)
    pooled = pooled * kept["pooled"] if masks else pooled
    hidden = np.maximum(pooled @ p["hidden"] + p["hidden_bias"], 0)
    hidden = hidden * kept["hidden"] if masks else hidden
    scores = hidden @ p["out"] + p["out_bias"]
    layers = {"words": words, "near": near, "seen": seen, "far": far, "both": both, "top": top}
    layers |= {"said": said, "title": title, "pooled": pooled, "hidden": hidden, "scores": scores}
    return layers | {"masks": kept}


def convolve(x: Array, weights: Array, gap: int) -> Array:
    """每一格与前后各隔 gap 格的三格合成一格。参数：x 是 T × D；weights 是 3 × D × H。"""
    found: Array = x @ weights[1]
    found[gap:] += x[:-gap] @ weights[0]
    found[:-gap] += x[gap:] @ weights[2]
    return found
