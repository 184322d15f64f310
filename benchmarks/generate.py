"""造一批测速用的文档：按 corpus/ 里的词接词生成新句（二元链），每五篇里有一篇抄另一篇三百字。同样的种子得同样的文档。"""

from __future__ import annotations

import itertools
import random
from pathlib import Path

from jiaoyan_nlp.tagger.labelled import read_labelled
from jiaoyan_nlp.tagger.words import words

ROOT = Path(__file__).resolve().parent.parent
COPY_EVERY = 5
COPIED = 300


def chain() -> tuple[list[str], dict[str, list[str]], list[str]]:
    """句首的词、词后面接的词、栏目标题。"""
    starts: list[str] = []
    after: dict[str, list[str]] = {}
    titles: list[str] = []
    for document in read_labelled(ROOT / "corpus" / "labelled"):
        for unit in document.units:
            said = document.text[unit.start : unit.end]
            if unit.heading:
                titles.append(said.lstrip("一二三四五六七八九十（）()、.0123456789 "))
            elif unit.labels:
                cut = words(said)
                starts.append(cut[0])
                for a, b in itertools.pairwise(cut):
                    after.setdefault(a, []).append(b)
    return starts, after, titles


def sentence(rng: random.Random, starts: list[str], after: dict[str, list[str]]) -> str:
    """一句：接到句号或六十个词为止。"""
    word = rng.choice(starts)
    said = [word]
    while word not in "。；！" and len(said) < 60 and word in after:
        word = rng.choice(after[word])
        said.append(word)
    return "".join(said).rstrip("。；！，、") + "。"


def texts(count: int, size: int = 3000, seed: int = 7) -> list[str]:
    """count 篇各约 size 字的文档，有题目、有栏目。"""
    rng = random.Random(seed)
    starts, after, titles = chain()
    made: list[str] = []
    for number in range(count):
        parts = [f"第{number}号学校2024—2025学年第一学期校本教研工作{'计划' if number % 2 else '总结'}"]
        for numeral in "一二三四五六七八":
            parts.append(f"{numeral}、{rng.choice(titles)[:20]}")
            body = ""
            while len(body) < size // 8:
                body += sentence(rng, starts, after)
            parts.append(body)
        text = "\n".join(parts)[:size]
        if number % COPY_EVERY == COPY_EVERY - 1:
            source = made[rng.randrange(len(made))]
            at = rng.randrange(200, max(201, len(source) - COPIED))
            text = text[: size - COPIED] + "\n" + source[at : at + COPIED]
        made.append(text)
    return made


def write(folder: Path, count: int, size: int = 3000) -> None:
    """写成 folder 里的 .txt 文件。"""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts(count, size)):
        (folder / f"学校{number:05d}.txt").write_text(text, encoding="utf-8")
