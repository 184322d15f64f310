"""用区县自己的标注重新训练：项目的语料加上区县的，报告每个标签的得失。"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.errors import UsageError
from jiaoyan_nlp.lexicon import data_file
from jiaoyan_nlp.tagger import statements
from jiaoyan_nlp.tagger.examples import Example, examples
from jiaoyan_nlp.tagger.features import features
from jiaoyan_nlp.tagger.labelled import read_labelled
from jiaoyan_nlp.tagger.segment import units
from jiaoyan_nlp.tagger.train import CORPUS, FIGURES, fit, save
from jiaoyan_nlp.types import LABELS

if TYPE_CHECKING:
    import pandas as pd

    from jiaoyan_nlp.labels.exchange import Labels

LEAST = 2
"""至少标几篇文档：一篇用来考，其余用来学。"""


def train(labels: Labels, target: str | Path = "模型") -> pd.DataFrame:
    """用项目的语料加区县自己的标注重新训练，存到 target 文件夹；用法：corpus.using("模型")。

    参数：labels 是 import_labels 的结果，至少涉及两篇文档。
    返回：DataFrame，一个标签一行：label、statements（区县标了几句、其中有这个标签的）、
    before、after、gain（区县的句段上，原来的模型、新模型的 F1 和得失；新模型考的都是它没学过的文档）、
    project_before、project_after、project_gain（项目语料上交叉验证的 F1）。区县没标到的标签，前三项空着。
    抛出：UsageError 标得太少；DataError 随包的语料缺失。
    """
    import pandas as pd

    if len(labels.documents) < LEAST:
        raise UsageError(f"只标了 {len(labels.documents)} 篇文档里的句段，至少要 {LEAST} 篇才看得出得失，请再标一些。")
    folder = Path(str(data_file("models")))
    theirs = read(labels)
    mine = [*examples(read_labelled(folder / CORPUS)), *theirs]
    fitted = fit(mine)
    save(fitted, Path(target))
    (Path(target) / CORPUS).write_bytes((folder / CORPUS).read_bytes())
    project = json.loads((folder / FIGURES).read_text(encoding="utf-8"))["statements"]["scores"]
    new, old = fitted["statements"], statements.load()
    held = new.chances[len(mine) - len(theirs) :]
    released = [old.probabilities(features(e.document, e.units)) for e in theirs]
    rows = []
    for k, label in enumerate(LABELS):
        truth = [(i, j, label in x) for i, e in enumerate(theirs) for j, x in enumerate(e.labels) if x is not None]
        before = _score([(released[i][j, k] >= old.thresholds[k], t) for i, j, t in truth])
        after = _score([(held[i][j, k] >= new.model.thresholds[k], t) for i, j, t in truth])
        now = new.report.scores[label]
        count = sum(t for _, _, t in truth)
        rows.append((label, count, before, after, project[label], now))
    frame = pd.DataFrame(rows, columns=["label", "statements", "before", "after", "project_before", "project_after"])
    frame.insert(4, "gain", frame["after"] - frame["before"])
    return frame.assign(project_gain=frame["project_after"] - frame["project_before"])


def read(labels: Labels) -> list[Example]:
    """区县的标注变成训练用的样子：没标的句段不学也不考；一篇算一位作者。"""
    given = {(g.document, g.start): g for g in labels.given}
    found = []
    for document in labels.documents:
        mine = units(document)
        here = [given.get((document.id, unit.start)) for unit in mine]
        found.append(
            Example(
                document.id,
                document,
                mine,
                [None if g is None else g.labels for g in here],
                [() if g is None else g.classes for g in here],
                [None] * len(document.sections),
            )
        )
    return found


def _score(pairs: list[tuple[bool, bool]]) -> float | None:
    """F1；没有一句该标也没有一句标上的，不算。"""
    both = sum(chosen and truth for chosen, truth in pairs)
    total = sum(chosen for chosen, _ in pairs) + sum(truth for _, truth in pairs)
    return 2 * both / total if total else None
