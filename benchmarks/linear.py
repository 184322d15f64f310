"""极端的文档：python benchmarks/linear.py [share]。三兆字一段、十万标题、二十万段，载入（秒）和以后各步的用时（处理器秒）；share 是规模的几分之一。"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import jiaoyan_nlp as jy

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCE = "每位教师每学期听课不少于15节，每两周集体备课一次；"


def texts(share: float) -> dict[str, str]:
    """名称 → 文字。"""
    return {
        "三兆字一段": SENTENCE * int(3_000_000 / len(SENTENCE) * share),
        "三兆字没有句号": "组织教师听课评课，" * int(333_000 * share),
        "十万标题": "".join(f"{n}、标题\n" for n in range(int(100_000 * share))),
        "二十万段": "".join(f"第{n}周每位教师听课{n % 30}节。\n" for n in range(int(200_000 * share))),
    }


def measure(text: str) -> Iterator[float]:
    """载入用多少秒；标注和事实、审核、雷同各用多少处理器秒（只有一篇，都在本进程里做）。"""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "计划.txt").write_text(text, encoding="utf-8")
        begun = time.perf_counter()
        corpus = jy.load(folder)
        assert len(corpus), corpus.notes["message"].tolist()
        yield time.perf_counter() - begun
        for step in (lambda: corpus.table("quantities"), lambda: jy.audit(corpus), lambda: jy.find_copies(corpus)):
            begun = time.process_time()
            step()
            yield time.process_time() - begun


def main() -> None:
    """一份一行。"""
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    print("| 文档 | 字数 | 载入 | 标注和事实 | 审核 | 雷同 |\n|---|---|---|---|---|---|", flush=True)
    for name, text in texts(share).items():
        print(f"| {name} | {len(text)} |", end="", flush=True)
        for seconds in measure(text):
            print(f" {seconds:.1f} |", end="", flush=True)
        print(flush=True)


if __name__ == "__main__":
    main()
