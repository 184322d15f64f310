"""整个流程随文档的大小线性增长：量处理器时间的增长（大几倍用时大几倍），不量快慢。"""

from __future__ import annotations

import time

import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.corpus import Corpus, analyse
from jiaoyan_nlp.outline import documents
from jiaoyan_nlp.readers.building import Source
from jiaoyan_nlp.readers.txt import read

SENTENCE = "每位教师每学期听课不少于15节，每两周集体备课一次；"
OTHER = "青竹镇的驼队在黄昏驮着陶罐渡过干涸的河床，牧羊人吹着骨笛数天上的大雁。"
TIMES = 8
SLACK = 2.5
"""大八倍，用时至多大八的这么多倍；平方的会到八倍。"""


def paragraph(size: int) -> str:
    return "校本教研计划\n" + SENTENCE * (size // len(SENTENCE)) + "备课图不少于4张，“备课图”不少于3张。"


def quoted(size: int) -> str:
    return "校本教研计划\n" + "“××”某某 备课图不少于3张、" * (size // 16) + "备课图不少于4张。"


def titles(size: int) -> str:
    return "".join(f"{n}、标题\n" for n in range(size // 6))


def weeks(size: int) -> str:
    return "".join(f"第{n}周组长：王小明，每位教师听课{n % 30}节。\n" for n in range(size // 24))


def whole(text: str) -> None:
    """读、拆、标注、事实、审核。"""
    found = documents(read(Source("上报/计划.txt", text.encode())))
    jy.audit(Corpus(found, (), {d.id: analyse(d) for d in found}))


def copied(text: str) -> None:
    """同一段文字的两篇，查重。"""
    pair = [documents(read(Source(f"上报/{n}.txt", (text + tail).encode()))) for n, tail in enumerate(("", "尾"))]
    jy.find_copies([d for found in pair for d in found])


def seconds(work, text: str) -> float:
    begun = time.process_time()
    work(text)
    return time.process_time() - begun


def growth(work, made, size: int) -> float:
    """大 TIMES 倍，用时大几倍，除以 TIMES。"""
    work(made(size // 4))  # 词表、模型先装好
    little = min(seconds(work, made(size)) for _ in range(3))
    return seconds(work, made(size * TIMES)) / max(little, 1e-3) / TIMES


@pytest.mark.parametrize("made", [paragraph, quoted, titles, weeks])
def test_reading_tagging_facts_and_audit(made):
    assert growth(whole, made, 8_000) < SLACK


@pytest.mark.parametrize(
    "made",
    [
        lambda size: OTHER * (size // len(OTHER)),
        lambda size: "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(size)),
    ],
    ids=["一句反复", "没有标点"],
)
def test_copies(made):
    assert growth(copied, made, 10_000) < SLACK
