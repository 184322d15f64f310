"""线性模型：记号 → 各标签的概率。训练用 scikit-learn，存成数组和 JSON，预测只用 numpy 和 scipy。"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.errors import DataError
from jiaoyan_nlp.lexicon import data_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FORMAT = 2


@dataclass(frozen=True, slots=True)
class LinearModel:
    """一个逻辑回归模型。

    names 是各类的名字；vocabulary 是记号 → 列号；idf 长 V；weights 是 V × K；bias、thresholds 长 K。
    """

    names: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: Floats
    weights: Floats
    bias: Floats
    thresholds: Floats

    def matrix(self, rows: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401
        """记号的 TF-IDF 矩阵（每行二值、按 idf 加权、除以长度的平方根），行数 × V 的 CSR。参数：rows 每行的记号不重复。"""
        import numpy as np
        from scipy.sparse import csr_matrix

        sizes = np.fromiter(map(len, rows), np.int64, len(rows))
        found = map(self.vocabulary.get, chain.from_iterable(rows), repeat(-1))
        at = np.fromiter(found, np.int32, int(sizes.sum()))
        known = at >= 0
        row, at = np.repeat(np.arange(len(rows)), sizes)[known], at[known]
        values = self.idf[at]
        # 长度全归一，长句里的每个词就太轻：一个长句常常有好几个标签，各靠其中几个词。
        norms = np.bincount(row, values**2, len(rows)) ** 0.25
        starts = np.concatenate([[0], np.bincount(row, minlength=len(rows)).cumsum()])
        return csr_matrix((values / norms[row], at, starts), shape=(len(rows), len(self.idf)))

    def scores(self, rows: Sequence[Sequence[str]]) -> Floats:
        """每行各类的对数几率（各类互不相干），行数 × K。"""
        import numpy as np

        return np.asarray(self.matrix(rows) @ self.weights + self.bias) if rows else np.zeros((0, len(self.names)))

    def probabilities(self, rows: Sequence[Sequence[str]]) -> Floats:
        """每行各类的概率，行数 × K。"""
        return sigmoid(self.scores(rows))

    def save(self, path: Path) -> None:
        """存成 path.npz（数组）和 path.json（名字和记号）。"""
        import numpy as np

        np.savez_compressed(
            path.with_suffix(".npz"),
            idf=self.idf.astype(np.float32),
            weights=self.weights.astype(np.float32),
            bias=self.bias,
            thresholds=self.thresholds,
        )
        tokens = sorted(self.vocabulary, key=lambda t: self.vocabulary[t])
        record = {"format": FORMAT, "names": self.names, "tokens": tokens}
        path.with_suffix(".json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def sigmoid(scores: Floats) -> Floats:
    """对数几率 → 概率。"""
    import numpy as np

    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30))))


@lru_cache(maxsize=16)
def load(name: str, trained: Path | None = None) -> LinearModel:
    """载入一个模型，一个进程只载一次。

    参数：trained 是自己训练的模型所在的文件夹，不给就用 data/models/ 里的。抛出：DataError 模型文件缺失或版本不符。
    """
    import numpy as np

    folder = trained or data_file("models")
    arrays, names = folder / f"{name}.npz", folder / f"{name}.json"
    if not (arrays.is_file() and names.is_file()):
        raise DataError(f"缺少模型 {name}，请重新安装 jiaoyan_nlp，或用 jiaoyan train 训练一个。")
    record = json.loads(names.read_text(encoding="utf-8"))
    if record.get("format") != FORMAT:
        raise DataError(f"模型 {name} 的格式是 {record.get('format')}，本版要 {FORMAT}，请用 jiaoyan train 重新训练。")
    with arrays.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        parts = {key: stored[key].astype(np.float64) for key in ("idf", "weights", "bias", "thresholds")}
    vocabulary = {token: column for column, token in enumerate(record["tokens"])}
    return LinearModel(tuple(record["names"]), vocabulary, **parts)
