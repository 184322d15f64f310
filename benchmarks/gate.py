"""把关：在训练部分上训练，在固定的测试部分上走完整的路，逐项与上次发布的分数比。

python -m benchmarks.gate            打印每个标签、栏目作用、细类的 F1 和得失；核心标签丢了两分以上，退出码 1
python -m benchmarks.gate --release  把这次的分数定为新的基准（tests/golden/gate.json）

测试里只训练 sketch，与发布时的 sketch 比：训练全部模型要半小时，测试等不起。sketch 用随包的阈值，所以先 make train，再 --release。
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp import tagger
from jiaoyan_nlp.tagger.classes import TAXONOMIES
from jiaoyan_nlp.tagger.examples import Example, examples
from jiaoyan_nlp.tagger.features import features
from jiaoyan_nlp.tagger.labelled import LabelledDocument, read_labelled
from jiaoyan_nlp.tagger.train import fit, save, sketch
from jiaoyan_nlp.types import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
RELEASED = ROOT / "tests" / "golden" / "gate.json"
CORE = ("activity", "goal", "problem")
SIX = ("activity", "goal", "problem", "measure", "outcome", "organization")
WORST = 0.02
"""核心标签最多丢这么多。"""
PART = 5
"""按名字的散列，五分之一的文档用来考。"""

Figures = dict[str, dict[str, float]]


def in_test(name: str) -> bool:
    """这篇归测试部分：只看名字，加了别的文档也不变。"""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % PART == 0


def halves(folder: Path) -> tuple[list[LabelledDocument], list[LabelledDocument]]:
    """训练部分、测试部分。"""
    found = read_labelled(folder)
    return [d for d in found if not in_test(d.name)], [d for d in found if in_test(d.name)]


def measure(training: Iterable[LabelledDocument], test: Iterable[LabelledDocument]) -> Figures:
    """训练、标注、打分：组（标签、作用、三套细类）→ 名字 → F1。"""
    with tempfile.TemporaryDirectory() as folder:
        save(fit(examples(training)), Path(folder))
        return score(examples(test), Path(folder))


def score(test: Iterable[Example], model: Path | None) -> Figures:
    """一个模型在测试文档上的 F1。"""
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for example in test:
        tagged = tagger.tag(example.document, model)
        for statement, labels, classes in zip(tagged.statements, example.labels, example.classes, strict=True):
            if labels is None:
                continue
            _count(counts, "labels", statement.labels, labels)
            for label, taxonomy in TAXONOMIES.items():
                if label in labels and example.classified:
                    known = {name for name, _ in tagger.classes.rules(taxonomy)}
                    _count(counts, taxonomy, getattr(statement, taxonomy), [c for c in classes if c in known])
        for section, role in zip(tagged.sections, example.roles, strict=True):
            if role is not None:
                _count(counts, "roles", [section.role], [role])
    return {group: _figures(found) for group, found in counts.items()}


def measure_labels(training: Iterable[LabelledDocument], test: Iterable[LabelledDocument]) -> Figures:
    """只训练、只考句段标签，模型用 sketch：测试和学习曲线用，比 measure 快十倍，标签的分数低一两分。"""
    model = sketch(examples(training))
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for example in examples(test):
        chances = model.probabilities(features(example.document, example.units))
        for row, labels in zip(chances >= model.thresholds, example.labels, strict=True):
            if labels is not None:
                _count(counts, "labels", [x for x, chosen in zip(LABELS, row, strict=True) if chosen], labels)
    return {group: _figures(found) for group, found in counts.items()}


def _count(counts: dict[str, Counter[tuple[str, str]]], group: str, said: Iterable[str], gold: Iterable[str]) -> None:
    mine = counts.setdefault(group, Counter())
    said, gold = set(said), set(gold)
    mine.update((name, "both") for name in said & gold)
    mine.update((name, "total") for name in said)
    mine.update((name, "total") for name in gold)


def _figures(found: Counter[tuple[str, str]]) -> dict[str, float]:
    names = sorted({name for name, _ in found}, key=lambda n: (LABELS.index(n) if n in LABELS else 99, n))
    return {name: round(2 * found[name, "both"] / found[name, "total"], 4) for name in names}


def core(figures: Figures) -> float:
    """活动、目标、问题三项的平均 F1。"""
    return sum(figures["labels"][name] for name in CORE) / len(CORE)


def losses(figures: Figures, released: Figures) -> dict[str, float]:
    """丢分超过界限的核心标签 → 丢了多少。"""
    gone = {name: released["labels"][name] - figures["labels"][name] for name in CORE}
    return {name: round(loss, 4) for name, loss in gone.items() if loss > WORST}


def show(figures: Figures, released: Figures) -> None:
    """逐项打印：这次、上次、得失。"""
    for group, found in figures.items():
        print(f"{group}（平均 {sum(found.values()) / len(found):.3f}）")
        for name, value in found.items():
            before = released.get(group, {}).get(name)
            print(f"  {name:<18}{value:.3f}" + ("" if before is None else f"  {value - before:+.3f}"))
    print(f"核心三项平均 {core(figures):.3f}，六项平均 {sum(figures['labels'][n] for n in SIX) / len(SIX):.3f}")


def release(figures: Figures, training: list[LabelledDocument], test: list[LabelledDocument]) -> None:
    """记下这次的分数（figures 是 measure 的结果）和 sketch 的分数，作新的基准。"""
    RELEASED.parent.mkdir(exist_ok=True)
    record = {"documents": len(test), "figures": figures, "sketch": measure_labels(training, test)}
    RELEASED.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    training, test = halves(ROOT / "corpus" / "labelled")
    print(f"训练 {len(training)} 篇，测试 {len(test)} 篇")
    figures = measure(training, test)
    released = json.loads(RELEASED.read_text(encoding="utf-8"))["figures"] if RELEASED.is_file() else figures
    show(figures, released)
    if "--release" in sys.argv:
        release(figures, training, test)
        return 0
    found = losses(figures, released)
    for name, loss in found.items():
        print(f"不合格：{name} 比上次发布的低 {loss:.3f}，超过 {WORST}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
