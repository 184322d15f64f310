"""训练读句子的小网络：反向求导、Adam、随机遮盖。语料小、网络小，一颗处理器十几分钟训练一个，不必带上几百兆的深度学习库。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.lexicon import data_file
from jiaoyan_nlp.tagger.network import BEYOND, NEXT, Batch, Encoded, batch, forward, vocabulary_of
from jiaoyan_nlp.types import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from jiaoyan_nlp.tagger.lessons import Lesson
    from jiaoyan_nlp.tagger.network import Array, Parameters

CHANNELS, TITLE, KIND, HIDDEN = 224, 48, 16, 192
"""各层的宽度。"""
EPOCHS, SIZE = 8, 64
"""全部句段学几遍，一步看几个句段。"""
RATE, WARM, DECAY, CLIP = 2e-3, 0.15, 0.02, 2.0
"""步长的顶点、升到顶点用掉的份额、权重衰减、梯度的上限。"""
VECTOR_RATE = 0.3
"""词的向量的步长打几折：初值已经有意思，不要学丢了。"""
FIRST, SECOND, TINY = 0.9, 0.999, 1e-8
"""Adam 的三个常数（Kingma、Ba 2015）。"""
DROPPED = {"word": 0.1, "words": 0.2, "near": 0.2, "pooled": 0.3, "hidden": 0.2}
"""各层随机遮住几成；word 是整个词。"""
UNTITLED, UNKIND = 0.5, 0.3
"""训练时几成句段看不到标题、看不到文种：各校的标题千差万别，不能靠它。"""
UNKNOWN = KINDS.index("other")
JOINED, MOST = 0.5, 3
"""每一遍把几成相邻的两个句段接成一句再学一次（同一栏目；合起来最多几个标签）：真实材料爱把几件事说在一句里。"""
LIKELY = 0.5
"""概率过半的算有这个标签。"""
SPREAD = 3.0
"""词的向量起初多长。"""
RARE = -2.0
"""各标签起初的对数几率：大多数句段没有。"""


@dataclass(frozen=True, slots=True)
class Task:
    """训练一个网络要的：各句段的编号、n × K 的答案（0 到 1）、随机种子、一起学的习题、学几遍。"""

    rows: list[Encoded]
    truth: Array
    seed: int
    lessons: Sequence[Lesson] = ()
    epochs: int = EPOCHS


def starting_vectors() -> tuple[dict[str, int], Array]:
    """随包的词表和向量的初值（第 0 行是零）。"""
    import numpy as np

    with data_file("word_vectors.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
        words, vectors = kept["words"].tolist(), kept["vectors"].astype(np.float32)
    vectors *= SPREAD / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1)
    return vocabulary_of(words), np.vstack([np.zeros_like(vectors[:1]), vectors])


def train_network(task: Task) -> Parameters:
    """训练一个网络，返回它的参数；同样的句段、同样的种子，学出来一样。"""
    import numpy as np

    rng = np.random.default_rng(task.seed)
    p = start(rng, starting_vectors()[1], task.truth.shape[1])
    adam = Adam({k: (np.zeros_like(v), np.zeros_like(v)) for k, v in p.items()})
    pairs = _neighbours(task)
    done = 0
    for epoch in range(task.epochs):
        rows, truth = _this_round(rng, task, pairs)
        batches = _shuffled(rng, rows)
        for at, inside in enumerate(batches):
            done += 1
            b = batch([_hidden(rng, rows[i]) for i in inside])
            layers = forward(p, b, _masks(rng, b, p))
            error = _sigmoid(layers["scores"]) - truth[inside]
            slopes = backward(p, b, layers, (error / len(inside)).astype(np.float32))
            adam.step(p, slopes, done, RATE * _pace((epoch + (at + 1) / len(batches)) / task.epochs))
    return p


def start(rng: np.random.Generator, vectors: Array, labels: int) -> Parameters:
    """各层的初值。"""
    import numpy as np

    def normal(*shape: int) -> Array:
        return np.asarray(rng.standard_normal(shape) / np.sqrt(np.prod(shape[:-1])), dtype=np.float32)

    wide = 2 * CHANNELS + TITLE + KIND
    made: Parameters = {
        "vectors": vectors.copy(),
        "near": normal(3, vectors.shape[1], CHANNELS),
        "far": normal(3, CHANNELS, CHANNELS),
        "title": normal(vectors.shape[1], TITLE),
        "kind": (rng.standard_normal((len(KINDS), KIND)) / 2).astype(np.float32),
        "hidden": normal(wide, HIDDEN),
        "out": normal(HIDDEN, labels) / np.float32(2),
    }
    biases = {f"{k}_bias": np.zeros(made[k].shape[-1], np.float32) for k in ("near", "far", "title", "hidden")}
    return made | biases | {"out_bias": np.full(labels, RARE, np.float32)}


@dataclass(frozen=True, slots=True)
class Slopes:
    """损失对各参数的导数；词的向量只有这一批用到的几行：rows 是行号，vectors 是各行的导数。"""

    parameters: Parameters
    rows: NDArray[np.int64]
    vectors: Array


def backward(p: Parameters, b: Batch, layers: dict[str, Any], error: Array) -> Slopes:
    """反向求导。参数：layers 是 forward 的结果（遮盖的系数在里面）；error 是损失对 scores 的导数，n × K。"""
    import numpy as np

    masks = layers["masks"]
    d: Parameters = {"out": layers["hidden"].T @ error, "out_bias": error.sum(axis=0)}
    at_hidden = (error @ p["out"].T) * masks.get("hidden", 1) * (layers["hidden"] > 0)
    d |= {"hidden": layers["pooled"].T @ at_hidden, "hidden_bias": at_hidden.sum(axis=0)}
    at_pooled = (at_hidden @ p["hidden"].T) * masks.get("pooled", 1)
    width = p["far"].shape[2]
    top, mean, title, kind = np.split(at_pooled, [width, 2 * width, 2 * width + p["title"].shape[1]], axis=1)
    at_title = title * (layers["title"] > 0)
    d |= {"title": layers["said"].T @ at_title, "title_bias": at_title.sum(axis=0), "kind": np.zeros_like(p["kind"])}
    np.add.at(d["kind"], b.kinds, kind)
    highest = layers["both"] == layers["top"][b.owner]
    at_both = highest * top[b.owner] + (mean / b.sizes)[b.owner]
    at_far = at_both * (layers["far"] > 0)
    back, d["far"] = _convolved(layers["seen"], p["far"], at_far, BEYOND)
    at_near = (at_both + back) * masks.get("near", 1) * (layers["near"] > 0)
    back, d["near"] = _convolved(layers["words"], p["near"], at_near, NEXT)
    d |= {"far_bias": at_far.sum(axis=0), "near_bias": at_near.sum(axis=0)}
    at_words = back * b.inside * masks.get("words", 1)
    rows, vectors = _gathered(b, at_words, b.titles.T @ (at_title @ p["title"].T))
    return Slopes(d, rows, vectors)


def _convolved(x: Array, weights: Array, error: Array, gap: int) -> tuple[Array, Array]:
    """convolve 的导数：对 x 的、对 weights 的。"""
    import numpy as np

    slope = np.stack([x[:-gap].T @ error[gap:], x.T @ error, x[gap:].T @ error[:-gap]])
    back = error @ weights[1].T
    back[:-gap] += error[gap:] @ weights[0].T
    back[gap:] += error[:-gap] @ weights[2].T
    return back, slope


def _gathered(b: Batch, at_words: Array, at_titles: Array) -> tuple[NDArray[np.int64], Array]:
    """同一个词各处的导数加在一起：用到的行号和各行的导数，不含空格那一行。"""
    import numpy as np
    from scipy.sparse import csr_matrix

    rows, place = np.unique(np.concatenate([b.ids, b.title_ids]), return_inverse=True)
    ones = np.ones(len(place), dtype=np.float32)
    total = csr_matrix((ones, (place, np.arange(len(place)))), shape=(len(rows), len(place)))
    found = total @ np.vstack([at_words, at_titles])
    return rows[rows > 0], found[rows > 0]


@dataclass(frozen=True, slots=True)
class Adam:
    """各参数的两个滑动平均；词的向量只更新用到的行。"""

    means: dict[str, tuple[Array, Array]]

    def step(self, p: Parameters, slopes: Slopes, done: int, rate: float) -> None:
        """走一步，就地改 p。参数：done 是第几步，从 1 起；rate 是步长。"""
        import numpy as np

        norm = np.sqrt(sum(float((g * g).sum()) for g in slopes.parameters.values()))
        clipped = np.float32(min(1.0, CLIP / max(norm, TINY)))
        for name, slope in slopes.parameters.items():
            weight = 0.0 if name.endswith("_bias") else DECAY
            p[name] -= np.float32(rate) * (self._ahead(name, slope * clipped, done, ...) + np.float32(weight) * p[name])
        ahead = self._ahead("vectors", slopes.vectors, done, slopes.rows)
        p["vectors"][slopes.rows] -= np.float32(rate * VECTOR_RATE) * ahead

    def _ahead(self, name: str, slope: Array, done: int, rows: Any) -> Array:  # noqa: ANN401
        import numpy as np

        mean, square = self.means[name]
        mean[rows] = FIRST * mean[rows] + (1 - FIRST) * slope
        square[rows] = SECOND * square[rows] + (1 - SECOND) * slope * slope
        first, second = mean[rows] / (1 - FIRST**done), square[rows] / (1 - SECOND**done)
        return np.asarray(first / (np.sqrt(second) + TINY), dtype=np.float32)


def _neighbours(task: Task) -> NDArray[np.int64]:
    """可以和下一句接成一句的句段的序号：栏目标题和文种相同，标签合起来不太多。（两篇交界处碰巧相同的也接，不多。）"""
    import numpy as np

    rows, truth = task.rows, task.truth
    return np.array(
        [
            i
            for i in range(len(rows) - 1)
            if rows[i].title == rows[i + 1].title
            and rows[i].kind == rows[i + 1].kind
            and (np.maximum(truth[i], truth[i + 1]) > LIKELY).sum() <= MOST
        ],
        dtype=np.int64,
    )


def _this_round(rng: np.random.Generator, task: Task, pairs: NDArray[np.int64]) -> tuple[list[Encoded], Array]:
    """这一遍要学的：全部句段、随机接成的长句、习题；答案是 0 到 1。"""
    import numpy as np

    chosen = rng.permutation(pairs)[: int(JOINED * len(pairs))]
    longer = [replace(task.rows[i], words=task.rows[i].words + task.rows[i + 1].words) for i in chosen]
    both = np.maximum(task.truth[chosen], task.truth[chosen + 1])
    truth = np.vstack([task.truth, both, *(x.chances for x in task.lessons)])
    return [*task.rows, *longer, *(x.row for x in task.lessons)], truth.astype(np.float32)


def _shuffled(rng: np.random.Generator, rows: Sequence[Encoded]) -> list[NDArray[np.int64]]:
    """一遍里的各批：长短相近的在一批，批的先后打乱。"""
    import numpy as np

    lengths = np.array([len(row.words) for row in rows]) + rng.random(len(rows)) * 8
    parts = np.array_split(np.argsort(lengths), max(1, len(rows) // SIZE))
    return [parts[at] for at in rng.permutation(len(parts))]


def _hidden(rng: np.random.Generator, row: Encoded) -> Encoded:
    """随机遮住标题和文种。"""
    untitled, unkind = rng.random() < UNTITLED, rng.random() < UNKIND
    return replace(row, title=[] if untitled else row.title, kind=UNKNOWN if unkind else row.kind)


def _masks(rng: np.random.Generator, b: Batch, p: Parameters) -> dict[str, Array]:
    """随机遮盖的系数：遮住的是 0，留下的按比例放大。"""
    import numpy as np

    def mask(name: str, *shape: int) -> Array:
        kept = rng.random(shape, dtype=np.float32) >= DROPPED[name]
        return kept.astype(np.float32) / np.float32(1 - DROPPED[name])

    cells, sentences = len(b.ids), len(b.starts)
    whole = rng.random((cells, 1), dtype=np.float32) >= DROPPED["word"]
    return {
        "words": whole * mask("words", cells, p["vectors"].shape[1]),
        "near": mask("near", cells, p["near"].shape[2]),
        "pooled": mask("pooled", sentences, p["hidden"].shape[0]),
        "hidden": mask("hidden", sentences, p["hidden"].shape[1]),
    }


def _pace(done: float) -> float:
    """步长占顶点的几成：先直线升，再按余弦降。参数：done 是走完的份额，0 到 1。"""
    from math import cos, pi

    return done / WARM if done < WARM else (1 + cos(pi * (done - WARM) / (1 - WARM))) / 2


def _sigmoid(x: Array) -> Array:
    import numpy as np

    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)
