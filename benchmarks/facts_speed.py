"""事实、审核、比较的用时，和 jieba.lcut 切同样的文字相比（标注、查重不算）。

标注先做好，事实在标注之上重抽一遍，和库里一样分到各个处理器（另加把标注送过去的时间）；审核含计划兑现；比较含特有用词和每一张表。用法：python benchmarks/facts_speed.py [篇数]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import generate
from benchmarks.main_job import timed

if TYPE_CHECKING:
    from jiaoyan_nlp.types import Document, Facts, Tagged

TABLES = (
    "coverage", "quantities", "goals", "problems", "examples", "answers", "distinctive", "structure", "trends",
)  # fmt: skip


def extracted(pair: tuple[Document, Tagged]) -> Facts:
    """一篇的事实。"""
    from jiaoyan_nlp.facts import extract

    return extract(*pair)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    import jieba

    import jiaoyan_nlp as jy
    from jiaoyan_nlp.engines.local import stream_items

    with tempfile.TemporaryDirectory() as folder:
        generate.write(Path(folder), count)
        corpus = jy.load(folder)
    corpus.table("statements")
    tagged = [(d, corpus.analysis(d.id).tagged) for d in corpus]
    _, extract = timed("事实", lambda: list(stream_items(extracted, tagged, "事实")))
    _, audit = timed("审核", lambda: jy.audit(corpus))
    compared, compare = timed("比较", lambda: jy.compare(corpus))
    _, rest = timed("比较：各张表", lambda: [getattr(compared, name) for name in TABLES])
    whole = "".join(d.text for d in corpus)
    jieba.initialize()
    _, alone = timed("jieba.lcut 单独切词", lambda: jieba.lcut(whole))
    total = extract + audit + compare + rest
    print(
        f"合计 {total:.1f} 秒，是 jieba.lcut 的 {total / alone:.2f} 倍；{len(corpus)} 篇，{len(whole) / 1e6:.1f} 百万字"
    )


if __name__ == "__main__":
    main()
