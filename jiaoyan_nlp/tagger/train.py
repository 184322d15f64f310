"""从标注语料训练：句段标签、栏目作用和三套细类的模型。按作者分折定阈值，报告每个标签的 F1。"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.engines.local import stream_items
from jiaoyan_nlp.errors import UsageError
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.tagger.classes import TAXONOMIES, class_features, names_of
from jiaoyan_nlp.tagger.examples import examples
from jiaoyan_nlp.tagger.features import features
from jiaoyan_nlp.tagger.labelled import pack, read_labelled
from jiaoyan_nlp.tagger.lessons import drawn_from, key, shipped
from jiaoyan_nlp.tagger.model import LinearModel, sigmoid
from jiaoyan_nlp.tagger.network import Network, encode
from jiaoyan_nlp.tagger.network_training import Task, starting_vectors, train_network
from jiaoyan_nlp.tagger.roles import role_features
from jiaoyan_nlp.tagger.statements import StatementModel, mixed
from jiaoyan_nlp.tagger.statements import load as load_statements
from jiaoyan_nlp.text import fold
from jiaoyan_nlp.types import LABELS, ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from jiaoyan_nlp.tagger.examples import Example
    from jiaoyan_nlp.tagger.features import Features
    from jiaoyan_nlp.tagger.lessons import Key, Lesson
    from jiaoyan_nlp.tagger.network import Array

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]

FOLDS = 3
FIGURES, CORPUS = "figures.json", "corpus.zip"
"""和模型放在一起的：交叉验证的分数、训练用的语料。"""
REGULARISATION = {"statements": 0.1, "roles": 0.4} | dict.fromkeys(TAXONOMIES.values(), 0.4)
"""逻辑回归的 C：按作者分折，句段的 0.1 和 0.15 只差 0.002，取约束紧的，好对付没见过的写法。"""
LEAST_SEEN = {"statements": 2, "roles": 2} | dict.fromkeys(TAXONOMIES.values(), 4)
"""记号至少见过几次才收；细类的少收些，模型小一半，分数不变。"""
MIN_DOCUMENTS = 20
SKETCHED = 3
"""sketch 的网络学几遍。"""
RESAMPLED = 40
"""定阈值时把作者重抽几遍。"""


@dataclass(frozen=True, slots=True)
class Report:
    """训练报告：各标签的交叉验证 F1 和标注条数。"""

    name: str
    scores: dict[str, float]
    counts: dict[str, int]

    def __str__(self) -> str:
        rows = [f"{name:<18}{self.scores[name]:.3f}  （{self.counts[name]} 条）" for name in self.scores]
        return "\n".join([f"{self.name}：三折交叉验证的 F1（一位作者的文档都在一折里）", *rows])


@dataclass(frozen=True, slots=True)
class Fitted:
    """训练好的一个模型、每篇文档在没见过它的作者时的概率、报告。"""

    model: LinearModel | StatementModel
    chances: list[Floats]
    report: Report


def train(folder: str | Path, target: Path) -> list[Report]:
    """训练全部模型，存到 target 文件夹：statements、roles 和三套细类各一对 .npz、.json，分数，语料。

    参数：folder 是标注语料的文件夹。返回：各模型的报告。抛出：UsageError 语料太少；DataError 格式有错。
    """
    fitted = fit(examples(read_labelled(folder)))
    save(fitted, target)
    pack(folder, target / CORPUS)
    return [f.report for f in fitted.values()]


def fit(found: Sequence[Example]) -> dict[str, Fitted]:
    """训练全部模型，名字 → 结果。抛出：UsageError 语料太少。"""
    if len(found) < MIN_DOCUMENTS:
        raise UsageError(f"标注文档只有 {len(found)} 篇，至少要 {MIN_DOCUMENTS} 篇才能训练。")
    rows = [features(e.document, e.units) for e in found]
    fitted = {"statements": _fit_statements(found, rows)}
    chances = fitted["statements"].chances
    role_rows = [role_features(e.document, e.units, c) for e, c in zip(found, chances, strict=True)]
    role_labels = [_targets([None if r is None else (r,) for r in e.roles], ROLES) for e in found]
    fitted["roles"] = _fit("roles", folds(found), role_rows, role_labels, ROLES)
    tokens = [[row.tokens for row in document] for document in rows]
    return fitted | {taxonomy: _fit_classes(label, taxonomy, found, tokens) for label, taxonomy in TAXONOMIES.items()}


def _fit_statements(found: Sequence[Example], rows: list[list[Features]]) -> Fitted:
    """训练句段标签的两个模型。参数：rows 是各篇句段的特征。"""
    parts, targets = folds(found), [_targets(e.labels, LABELS) for e in found]
    linear, ours = _cross("statements", parts, [[row.tokens for row in d] for d in rows], targets, LABELS)
    network, theirs = _cross_network([e.document.file for e in found], parts, rows, targets)
    scores = [mixed(a, b) for a, b in zip(ours, theirs, strict=True)]
    slope, shift = _calibration(scores, targets)
    chances = [sigmoid(s * slope + shift) for s in scores]
    typical = [
        [i for i, e in enumerate(found) if e.writer == row["writer"]] for row in table("typical_writers.csv", "writer")
    ]
    thresholds, report = _thresholds("statements", LABELS, chances, targets, typical)
    model = StatementModel(replace(linear, thresholds=thresholds), network).rescaled(slope, shift)
    return Fitted(model, chances, report)


def _calibration(scores: list[Floats], targets: list[list[list[bool] | None]]) -> tuple[Floats, Floats]:
    """各标签的对数几率乘几、加几，概率才等于语料里的比例（Platt 1999）。参数：scores 是没见过的作者的对数几率。

    网络照着教师的概率学，答案不是零就是一的少，给的概率偏中间。
    没有例子的标签照旧；乘数不是正的也照旧：例子太少，只在一折里有，那一折的模型没学过它，拟合出来正好颠倒。
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    held, gold = (np.vstack(part) for part in _marked(scores, targets))
    slope, shift = np.ones(held.shape[1]), np.zeros(held.shape[1])
    for k in np.flatnonzero(gold.any(axis=0)):
        fitted = LogisticRegression().fit(held[:, [k]], gold[:, k])
        if fitted.coef_[0, 0] > 0:
            slope[k], shift[k] = fitted.coef_[0, 0], fitted.intercept_[0]
    return slope, shift


def sketch(found: Sequence[Example]) -> StatementModel:
    """不分折、不校准、不做习题、少学几遍的句段模型，阈值用随包的：把关、画学习曲线要训练许多遍，这样快十倍。"""
    rows = [features(e.document, e.units) for e in found]
    targets = [_targets(e.labels, LABELS) for e in found]
    draft, matrices = _matrices("statements", [[row.tokens for row in d] for d in rows], LABELS)
    weights, bias = _regressions("statements", range(len(rows)), matrices, *_answers(targets, len(LABELS)))
    files = [e.document.file for e in found]
    [task] = _tasks(files, [0] * len(rows), (None,), rows, targets)
    linear = replace(draft, weights=weights, bias=bias, thresholds=load_statements().thresholds)
    return StatementModel(linear, Network(starting_vectors()[0], train_network(replace(task, epochs=SKETCHED))))


def folds(found: Sequence[Example]) -> list[int]:
    """每篇在第几折：一位作者的都在一折，这样定的阈值、报的分数说的才是没见过的写法。作者太少就按篇分。"""
    writers = list(dict.fromkeys(e.writer for e in found))
    if len(writers) < FOLDS:
        return [i % FOLDS for i in range(len(found))]
    part = {writer: i % FOLDS for i, writer in enumerate(writers)}
    return [part[e.writer] for e in found]


def save(fitted: Mapping[str, Fitted], target: Path) -> None:
    """把训练好的模型存到一个文件夹。"""
    target.mkdir(parents=True, exist_ok=True)
    for name, one in fitted.items():
        one.model.save(target / name)
    figures = {name: {"scores": f.report.scores, "counts": f.report.counts} for name, f in fitted.items()}
    (target / FIGURES).write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


def _fit_classes(label: str, taxonomy: str, found: Sequence[Example], rows: Sequence[list[list[str]]]) -> Fitted:
    """一套细类的模型，只用标了细类的文档里带这个标签的句段训练。"""
    marked = [i for i, example in enumerate(found) if example.classified] or list(range(len(found)))
    found, rows = [found[i] for i in marked], [rows[i] for i in marked]
    names = names_of(taxonomy, [(x or (), c) for e in found for x, c in zip(e.labels, e.classes, strict=True)])
    mine: list[list[list[str]]] = []
    targets: list[list[list[bool] | None]] = []
    for example, tokens in zip(found, rows, strict=True):
        folded = fold(example.document.text)
        inside = [i for i, labels in enumerate(example.labels) if label in (labels or ())]
        spans = [(example.units[i].start, example.units[i].end) for i in inside]
        mine.append([class_features(taxonomy, tokens[i], folded[a:b]) for i, (a, b) in zip(inside, spans, strict=True)])
        targets.append(_targets([example.classes[i] for i in inside], names))
    return _fit(taxonomy, folds(found), mine, targets, names)


def _targets(labels: Sequence[tuple[str, ...] | None], names: Sequence[str]) -> list[list[bool] | None]:
    return [None if row is None else [name in row for name in names] for row in labels]


def _fit(
    name: str,
    parts: Sequence[int],
    rows: list[list[list[str]]],
    targets: list[list[list[bool] | None]],
    names: Sequence[str],
) -> Fitted:
    """训练一个线性模型。参数：parts 是 folds 的结果。"""
    model, scores = _cross(name, parts, rows, targets, names)
    chances = [sigmoid(s) for s in scores]
    thresholds, report = _thresholds(name, names, chances, targets)
    return Fitted(replace(model, thresholds=thresholds), chances, report)


def _cross(
    name: str,
    parts: Sequence[int],
    rows: list[list[list[str]]],
    targets: list[list[list[bool] | None]],
    names: Sequence[str],
) -> tuple[LinearModel, list[Floats]]:
    """还没有阈值的线性模型，和每篇文档在没见过它的作者时的对数几率。"""
    import numpy as np

    draft, matrices = _matrices(name, rows, names)
    known, truth = _answers(targets, len(names))
    scores: list[Floats] = [np.zeros((len(d), len(names))) for d in rows]
    for part in range(FOLDS):
        inside = [i for i, own in enumerate(parts) if own != part]
        weights, bias = _regressions(name, inside, matrices, known, truth)
        for i in (i for i, own in enumerate(parts) if own == part):
            scores[i] = matrices[i] @ weights + bias
    weights, bias = _regressions(name, range(len(rows)), matrices, known, truth)
    return replace(draft, weights=weights, bias=bias), scores


def _matrices(name: str, rows: list[list[list[str]]], names: Sequence[str]) -> tuple[LinearModel, list[Any]]:
    """还没有权重的模型，和每篇文档的特征矩阵。"""
    draft = _vectoriser(rows, names, LEAST_SEEN[name])
    return draft, [draft.matrix(document) for document in rows]


def _cross_network(
    files: Sequence[str],
    parts: Sequence[int],
    rows: list[list[Features]],
    targets: list[list[list[bool] | None]],
) -> tuple[Network, list[Floats]]:
    """用全部文档训练的网络，和每篇文档在没见过它的作者时的对数几率。各折分到各个处理器上。"""
    left_out = (None, *range(FOLDS))
    tasks = _tasks(files, parts, left_out, rows, targets, shipped())
    vocabulary, _ = starting_vectors()
    trained = stream_items(train_network, tasks, "训练网络", batch=1, few=2)
    whole, *partial = [Network(vocabulary, parameters) for parameters in trained]
    scores = [partial[own].scores(document) for own, document in zip(parts, rows, strict=True)]
    return whole, scores


def _tasks(
    files: Sequence[str],
    parts: Sequence[int],
    left_out: Sequence[int | None],
    rows: list[list[Features]],
    targets: list[list[list[bool] | None]],
    lessons: Sequence[Lesson] = (),
) -> list[Task]:
    """每个网络学哪些：有标注的句段（习题里也有它的，照习题的概率学，比只说有没有的标注细），拼出来的习题。

    参数：left_out 是各个网络不学的那一折，None 是全学。
    """
    import numpy as np

    vocabulary, _ = starting_vectors()
    coded = [[encode(vocabulary, row) for row in document] for document in rows]
    known, truth = _answers(targets, len(LABELS))
    keys = [[key(file, row) for row in document] for file, document in zip(files, coded, strict=True)]
    ours = set(chain.from_iterable(keys))
    chances: dict[Key | None, Array] = {}
    for x in lessons:
        if x.place in ours:
            chances.setdefault(x.place, x.chances)  # 整句在前：拼出来碰巧相同的不顶替它
    spliced = [x for x in lessons if x.place not in ours]
    tasks: list[Task] = []
    for part in left_out:
        inside = [i for i, own in enumerate(parts) if own != part]
        taught = [(i, at) for i in inside for at in np.flatnonzero(known[i])]
        answers = np.array([chances.get(keys[i][at], truth[i][at]) for i, at in taught], dtype=np.float32)
        extra = drawn_from(spliced, (files[i] for i in inside))
        tasks.append(Task([coded[i][at] for i, at in taught], answers, len(tasks), extra))
    return tasks


def _answers(targets: list[list[list[bool] | None]], labels: int) -> tuple[list[Booleans], list[Booleans]]:
    """每篇文档：各句段有没有标注；标注（没有的全是否）。"""
    import numpy as np

    known = [np.array([t is not None for t in document], dtype=bool) for document in targets]
    truth = [np.array([t or [False] * labels for t in d], dtype=bool).reshape(-1, labels) for d in targets]
    return known, truth


def _marked(held: list[Floats], targets: list[list[list[bool] | None]]) -> tuple[list[Floats], list[Booleans]]:
    """每篇里有标注的句段：模型给的数（概率或对数几率）、标注。"""
    known, truth = _answers(targets, held[0].shape[1])
    pairs = list(zip(held, truth, known, strict=True))
    return [h[k] for h, _, k in pairs], [t[k] for _, t, k in pairs]


def _thresholds(
    title: str,
    names: Sequence[str],
    chances: list[Floats],
    targets: list[list[list[bool] | None]],
    typical: Sequence[Sequence[int]] = (),
) -> tuple[Floats, Report]:
    """按没见过的作者的概率定阈值，写报告。

    参数：typical 是定阈值用的各位作者（最像真实材料的）各篇的序号，空的就用全部。
    F1 随阈值变得很平，单看哪一点最高全凭碰巧：把作者有放回地抽 RESAMPLED 遍，各定一次，取平均（Breiman 1996）。
    """
    import numpy as np

    held, gold = _marked(chances, targets)
    groups = [group for group in typical if group] or [range(len(gold))]
    seen = [np.vstack([gold[i] for i in group]) for group in groups]
    said = [np.vstack([held[i] for i in group]) for group in groups]
    rng = np.random.default_rng(0)
    tried = []
    for _ in range(RESAMPLED if len(groups) > 1 else 1):
        picked = rng.choice(len(groups), len(groups))
        truths, scored = np.vstack([seen[i] for i in picked]), np.vstack([said[i] for i in picked])
        tried.append([_threshold(scored[:, k], truths[:, k]) for k in range(len(names))])
    thresholds: Floats = np.round(np.array(tried).mean(axis=0), 2)
    every, chosen = np.vstack(gold), np.vstack(held) >= thresholds
    scores = {n: _f1(chosen[:, k], every[:, k]) for k, n in enumerate(names)}
    return thresholds, Report(title, scores, {n: int(every[:, k].sum()) for k, n in enumerate(names)})


def _vectoriser(rows: list[list[list[str]]], names: Sequence[str], least: int) -> LinearModel:
    """只有记号表和 idf 的空模型：至少见过 least 次的记号，按字典序编号，好让结果与次序无关。"""
    import numpy as np

    counts: dict[str, int] = {}
    total = 0
    for document in rows:
        for row in document:
            total += 1
            for token in set(row):
                counts[token] = counts.get(token, 0) + 1
    tokens = sorted(token for token, count in counts.items() if count >= least)
    idf = np.array([np.log((1 + total) / (1 + counts[token])) + 1 for token in tokens])
    empty = np.zeros((len(tokens), len(names)))
    return LinearModel(tuple(names), {t: i for i, t in enumerate(tokens)}, idf, empty, empty[:0], empty[:0])


def _regressions(
    name: str, inside: Sequence[int], matrices: list[Any], known: list[Booleans], truth: list[Booleans]
) -> tuple[Floats, Floats]:
    import numpy as np
    from scipy.sparse import vstack
    from sklearn.linear_model import LogisticRegression

    x = vstack([matrices[i][known[i]] for i in inside])
    y = np.vstack([truth[i][known[i]] for i in inside])
    weights = np.zeros((x.shape[1], y.shape[1]))
    bias = np.full(y.shape[1], -20.0)
    for k in range(y.shape[1]):
        if not y[:, k].any():
            continue
        fitted = LogisticRegression(C=REGULARISATION[name], solver="liblinear", random_state=0).fit(x, y[:, k])
        weights[:, k], bias[k] = fitted.coef_[0], fitted.intercept_[0]
    return weights, bias


def _threshold(chances: Floats, truth: Booleans) -> float:
    """F1 最高的阈值。"""
    import numpy as np

    tried = np.round(np.arange(0.1, 0.7, 0.02), 2)
    return float(max(tried, key=lambda least: (_f1(chances >= least, truth), least)))


def _f1(chosen: Booleans, truth: Booleans) -> float:
    return float(2 * (chosen & truth).sum() / max(1, chosen.sum() + truth.sum()))
