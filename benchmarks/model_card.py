"""模型卡：在测试部分上的各项 F1、校准（期望校准误差和可靠性表）、繁简之差、标注速度，写到 docs/model_card.md。"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from threadpoolctl import threadpool_limits

from benchmarks.gate import CORE, SIX, halves, score
from jiaoyan_nlp import tagger
from jiaoyan_nlp.labels.words import label_word
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.reports.headings import word
from jiaoyan_nlp.tagger.examples import examples
from jiaoyan_nlp.tagger.labelled import LabelledDocument
from jiaoyan_nlp.tagger.train import fit, save
from jiaoyan_nlp.tagger.words import tokenizer
from jiaoyan_nlp.types import LABELS

ROOT = Path(__file__).resolve().parent.parent
BINS = 10
ROUNDS = 3
GROUPS = {
    "labels": "句段标签",
    "roles": "栏目作用",
    "activity_types": "活动类型",
    "goal_classes": "目标类",
    "problem_classes": "问题类",
}
NOTE = """# 模型卡

由 `python -m benchmarks.model_card` 写成，请不要手改。

- 模型：两个合成一个，对数几率加权相加。一个占三成，是每个标签一个逻辑回归，记号是词、字、提示语、栏目标题、前后句、文档种类；
  一个占七成，是读词序的小网络（词的向量、两层卷积，`tagger/network.py`）。`jy.explain` 逐个词、逐条线索给出份量。
- 词的向量的初值取自 multilingual-e5-small（MIT 许可，`python -m benchmarks.word_vectors`），随语料一起调；运行时不用装它。
- 网络照着“习题”的概率学（训练部分的三万三千个句段和拼接成的八万句）：两个微调的 multilingual-e5-small 打的，它们只学过训练部分（`python -m benchmarks.lessons`）。
- 语料：`corpus/labelled`，全部由本项目编写；这里的分数是在八成文档上训练、在另外两成（按文件名的散列固定）上走完整的路得来的，随包的模型用全部文档训练。
- 适用：中小学、幼儿园的教研计划、方案、总结、制度、案例。不适用：评价教师个人；别的文体的分数没有量过。
- 概率是否可信，看下面的校准；对数几率按没见过的作者校准过（按语料的比例，语料里的问题比真实材料多），每个标签的阈值按交叉验证的 F1 定。
"""


def main() -> None:
    training, test = halves(ROOT / "corpus" / "labelled")
    held = examples(test)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save(fit(examples(training)), folder)
        figures = score(held, folder)
        turned = score(examples(_traditional(d) for d in test), folder)
        lines = [NOTE, f"训练 {len(training)} 篇，测试 {len(test)} 篇。", ""]
        for group, title in GROUPS.items():
            found = figures[group]
            lines += [f"## {title}：F1 平均 {sum(found.values()) / len(found):.3f}", "", "| 名称 | F1 |", "|---|---|"]
            lines += [f"| {_said(group, name)} | {value:.3f} |" for name, value in found.items()] + [""]
        for title, found in (("简体", figures["labels"]), ("同样的文档转成繁体", turned["labels"])):
            three, six = (sum(found[x] for x in names) / len(names) for names in (CORE, SIX))
            lines.append(f"- {title}：活动、目标、问题平均 {three:.3f}，六项平均 {six:.3f}")
        lines += ["", *_calibration(held, folder), *_speed(held)]
    target = ROOT / "docs" / "model_card.md"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def _traditional(document: LabelledDocument) -> LabelledDocument:
    """转成繁体，一字换一字，起止不变。"""
    rows = table("traditional.csv", "traditional", "simplified")
    turned = {ord(row["simplified"]): row["traditional"] for row in reversed(rows)}
    return replace(document, text=document.text.translate(turned))


def _calibration(held, folder: Path) -> list[str]:
    """期望校准误差（按 0.1 一档），和各档的平均概率、实际比例。"""
    pairs: dict[str, list[tuple[float, bool]]] = {label: [] for label in LABELS}
    for example in held:
        for statement, gold in zip(tagger.tag(example.document, folder).statements, example.labels, strict=True):
            for label, chance in zip(LABELS, statement.probabilities, strict=True):
                if gold is not None:
                    pairs[label].append((chance, label in gold))
    lines = ["## 校准", "", "| 标签 | 期望校准误差 | " + " | ".join(f"{b / BINS:.1f}–" for b in range(BINS)) + " |"]
    lines.append("|---|---|" + "---|" * BINS)
    for label, found in pairs.items():
        bins = [[p for p in found if min(BINS - 1, int(p[0] * BINS)) == b] for b in range(BINS)]
        said = [(sum(c for c, _ in b) / len(b), sum(t for _, t in b) / len(b), len(b)) if b else None for b in bins]
        error = sum(abs(s[0] - s[1]) * s[2] for s in said if s) / len(found)
        cells = " | ".join(f"{s[0]:.2f}→{s[1]:.2f}" if s else "" for s in said)
        lines.append(f"| {label_word(label)} | {error:.3f} | {cells} |")
    return [*lines, "", "各格是“平均概率→实际比例”。", ""]


def _said(group: str, name: str) -> str:
    return label_word(name) if group == "labels" else word("role", name) if group == "roles" else name


def _speed(held) -> list[str]:
    """单核：标注全部测试文档的处理器时间，与 jieba.lcut 切同样的文字比；各取几轮里最快的。"""
    documents = [e.document for e in held]
    cut = tokenizer().lcut
    tagger.tag(documents[0])
    cut("热身")
    with threadpool_limits(1):
        tagging = min(_timed(lambda: [tagger.tag(d) for d in documents]) for _ in range(ROUNDS))
        cutting = min(_timed(lambda: [cut(d.text) for d in documents]) for _ in range(ROUNDS))
    statements = sum(len(e.units) for e in held)
    return [
        "## 速度",
        "",
        f"单核每秒 {statements / tagging:.0f} 个句段，用时是 jieba.lcut 切同样文字的 {tagging / cutting:.1f} 倍。",
    ]


def _timed(run) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    main()
