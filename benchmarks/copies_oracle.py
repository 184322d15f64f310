"""笨办法核对：两篇之间凡有连着 20 个相同的字（归一之后，标点不算），连成片段；60 字以上的，find_copies 应当都有。

用法：python benchmarks/copies_oracle.py 文件夹
印出漏掉的（笨办法有、本库没有）和多出的（本库有、笨办法没有）；多出的要人看：换词、换序的也在里面。
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import jiaoyan_nlp as jy
from jiaoyan_nlp.reuse.report import CopyReport
from jiaoyan_nlp.text import Span, fold, merge, overlap
from jiaoyan_nlp.types import Document

RUN = 20
GAP = 40
LEAST = 60


def reused(documents: Sequence[Document]) -> dict[str, list[tuple[int, int, str]]]:
    """每篇里同别的文档相同的片段：起、止、那一篇的 id。"""
    index: dict[str, list[tuple[int, int]]] = defaultdict(list)
    places = []
    for n, document in enumerate(documents):
        folded = fold(document.text)
        at = [i for i, c in enumerate(folded) if c.isalnum()]
        places.append(at)
        letters = "".join(folded[i] for i in at)
        for i in range(len(letters) - RUN + 1):
            index[letters[i : i + RUN]].append((n, i))
    runs: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for held in index.values():
        for n, i in held:
            for other in {m for m, _ in held} - {n}:
                runs[n, other].append((places[n][i], places[n][i + RUN - 1] + 1))
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for (n, other), spans in runs.items():
        joined = [(start, end + GAP) for start, end in spans]
        kept = [(start, end - GAP) for start, end in merge(joined) if end - GAP - start >= LEAST]
        found[documents[n].id] += [(start, end, documents[other].id) for start, end in kept]
    return found


def missed(documents: Sequence[Document], report: CopyReport) -> list[tuple[str, int, int, str]]:
    """笨办法有、报告里没有的：一半以上不在 passages（两边都算）、shared、附带文字里。"""
    known: dict[str, list[Span]] = defaultdict(list)
    for row in report.passages.to_dict("records"):
        known[row["document"]].append((row["start"], row["end"]))
        known[row["source_document"]].append((row["source_start"], row["source_end"]))
    for row in report.shared.to_dict("records"):
        known[row["document"]].append((row["start"], row["end"]))
    for document in documents:
        known[document.id] += document.furniture
    return [
        (name, start, end, other)
        for name, spans in sorted(reused(documents).items())
        for start, end, other in spans
        if sum(overlap((start, end), span) for span in merge(known[name])) < 0.5 * (end - start)
    ]


def extra(documents: Sequence[Document], report: CopyReport) -> list[dict[str, object]]:
    """报告里有、笨办法没有的片段。"""
    truth = reused(documents)
    return [
        row
        for row in report.passages.to_dict("records")
        if not any(overlap((row["start"], row["end"]), (a, b)) for a, b, _ in truth[row["document"]])
    ]


def main() -> None:
    """印出不同之处。"""
    corpus = jy.load(sys.argv[1])
    documents = list(corpus)
    report = jy.find_copies(corpus)
    texts = {d.id: d.text for d in documents}
    gone, more = missed(documents, report), extra(documents, report)
    count = sum(map(len, reused(documents).values()))
    print(f"{len(documents)} 篇；笨办法 {count} 处，漏 {len(gone)}；本库 {len(report.passages)} 个片段，多 {len(more)}")
    for name, start, end, other in gone:
        print(f"漏 {name} {start}-{end} 同 {other}：{texts[name][start:end]!r}")
    for row in more:
        print(f"多 {row['kind']} {row['document']}：{row['text']!r} ← {row['source_document']}：{row['source_text']!r}")


if __name__ == "__main__":
    main()
