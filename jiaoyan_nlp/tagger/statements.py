"""句段标签的模型：线性模型看用了哪些词、在什么栏目，网络看词的意思和搭配，两边的对数几率按份额相加。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import data_file
from jiaoyan_nlp.tagger import model, network

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from jiaoyan_nlp.tagger.features import Features
    from jiaoyan_nlp.tagger.model import LinearModel
    from jiaoyan_nlp.tagger.network import Network

    Floats = NDArray[np.float64]

NAME, NETWORK = "statements", "statements_network.npz"
"""线性模型的名字、网络的文件名。"""
SHARE = 0.7
"""网络占的份额，线性模型占其余：没有参加训练的作者上，0.6、0.7、0.75 都比各占一半好。校准、阈值是按它定的，改了要重新训练。"""


@dataclass(frozen=True, slots=True)
class StatementModel:
    """两个模型合成的一个；标签的名字和阈值记在线性模型里。"""

    linear: LinearModel
    network: Network

    @property
    def thresholds(self) -> Floats:
        """各标签的阈值，次序同 LABELS。"""
        return self.linear.thresholds

    def probabilities(self, rows: Sequence[Features]) -> Floats:
        """每个句段各标签的概率，行数 × 标签数。"""
        return model.sigmoid(mixed(self.linear.scores([row.tokens for row in rows]), self.network.scores(rows)))

    def rescaled(self, slope: Floats, shift: Floats) -> StatementModel:
        """各标签的对数几率乘 slope、加 shift 之后的模型：折进两边的权重里，用起来不多一步。"""
        import numpy as np

        linear = replace(self.linear, weights=self.linear.weights * slope, bias=self.linear.bias * slope + shift)
        given = self.network.parameters
        out = {"out": given["out"] * slope, "out_bias": given["out_bias"] * slope + shift}
        changed = {name: array.astype(np.float32) for name, array in out.items()}
        return StatementModel(linear, replace(self.network, parameters=given | changed))

    def save(self, path: Path) -> None:
        """线性模型存在 path，网络存在它旁边。"""
        self.linear.save(path)
        self.network.save(path.with_name(NETWORK))


def mixed(linear: Floats, network: Floats) -> Floats:
    """两边的对数几率合成一个。"""
    return (1 - SHARE) * linear + SHARE * network


@lru_cache(maxsize=4)
def load(trained: Path | None = None) -> StatementModel:
    """载入句段标签的模型，一个进程只载一次。

    参数：trained 是自己训练的模型所在的文件夹，不给就用随包的。抛出：DataError 模型文件缺失或版本不符。
    """
    return StatementModel(model.load(NAME, trained), network.load((trained or data_file("models")) / NETWORK))
