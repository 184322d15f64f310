"""整个流程：文档 → 指纹 → 候选对 → 片段 → 来源 → 各张表。"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from jiaoyan_nlp.engines.local import map_items
from jiaoyan_nlp.reuse import frames
from jiaoyan_nlp.reuse.candidates import join
from jiaoyan_nlp.reuse.choosing import chosen
from jiaoyan_nlp.reuse.comparing import Comparer
from jiaoyan_nlp.reuse.nearby import Places
from jiaoyan_nlp.reuse.origins import same_origin
from jiaoyan_nlp.reuse.passage import BATCH, EARLIER, OFFICIAL, TEMPLATE, Member
from jiaoyan_nlp.reuse.prints import fingerprints
from jiaoyan_nlp.reuse.provenance import settled
from jiaoyan_nlp.reuse.report import CopyReport
from jiaoyan_nlp.reuse.rewriting import Rewriter
from jiaoyan_nlp.reuse.sharing import separated
from jiaoyan_nlp.reuse.streams import stream
from jiaoyan_nlp.reuse.units import LETTERS, SPACE
from jiaoyan_nlp.reuse.weights import counts, letter_counts, letter_weights, weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from jiaoyan_nlp.reuse.passage import Passage
    from jiaoyan_nlp.reuse.prints import Prints
    from jiaoyan_nlp.text import Span
    from jiaoyan_nlp.types import Document

CHUNK = 250
"""一次处理几篇的指纹。"""
PANEL = 200
"""一次细比几篇。"""


def run(
    corpus: Iterable[Document],
    templates: Iterable[Document],
    earlier: Iterable[Document],
    official: Iterable[Document],
) -> CopyReport:
    """见 find_copies。"""
    members = gathered(corpus, templates, earlier, official)
    found = passages(members)
    copied, shared, quoted = separated(found, members)
    reasons = dict(settled(p, members) for p in copied)
    copied = sorted(reasons, key=lambda p: (p.doc, p.start, p.source, p.source_start))
    return CopyReport(
        passages=frames.passages_frame(copied, members, reasons),
        pairs=frames.pairs_frame(copied, members),
        documents=frames.documents_frame(copied, members, quoted),
        clusters=frames.clusters_frame(copied, members),
        shared=frames.shared_frame(shared),
        same_origin=same_origin(
            [m.document for m in members if m.part == BATCH], [m.document for m in members if m.part == OFFICIAL]
        ),
    )


def gathered(
    corpus: Iterable[Document],
    templates: Iterable[Document],
    earlier: Iterable[Document],
    official: Iterable[Document],
) -> list[Member]:
    """参加比对的全部文档，更像来源的在前；次序与给的次序无关。"""
    parts = ((OFFICIAL, official), (TEMPLATE, templates), (EARLIER, earlier), (BATCH, corpus))
    return [Member(d, part) for part, documents in parts for d in sorted(documents, key=_age)]


def _age(document: Document) -> tuple[str, str, str, int]:
    """早的在前；没有日期的按文件名。"""
    return (document.meta.term or "~", document.meta.date or "~", document.file, document.offset)


def passages(members: Sequence[Member]) -> list[Passage]:
    """全部雷同片段，每一段文字只留一个来源。"""
    targets = sum(m.part != BATCH for m in members)
    sources, weight = _candidates(members, targets)
    docs = sorted(sources)
    jobs = [_job(members, {d: sources[d] for d in docs[n : n + PANEL]}, weight) for n in range(0, len(docs), PANEL)]
    return [p for found in map_items(compared, jobs, "比对", batch=1, few=2) for p in found]


@dataclass(frozen=True, slots=True)
class Job:
    """一批要细比的文档：members 是编号 → 文档，sources 是编号 → 来源的编号，weight 是字对、单字和数的份量。"""

    members: dict[int, Member]
    sources: dict[int, list[int]]
    weight: tuple[NDArray[np.float32], NDArray[np.float32]]


def _job(
    members: Sequence[Member], sources: dict[int, list[int]], weight: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> Job:
    involved = sorted({*sources, *(s for group in sources.values() for s in group)})
    return Job({n: members[n] for n in involved}, sources, weight)


def compared(job: Job) -> list[Passage]:
    """细比一批：先比相同的，余下的再看改写。返回的编号是全体里的编号。"""
    numbers = list(job.members)
    local = {n: i for i, n in enumerate(numbers)}
    members = list(job.members.values())
    documents = [m.document for m in members]
    comparer = Comparer(documents, job.weight[0])
    rewriter = Rewriter(members, comparer, *job.weight)
    found: list[Passage] = []
    for doc, group in job.sources.items():
        sources = [local[s] for s in group]
        exact = chosen(comparer.passages(local[doc], sources), members)
        found += chosen([*exact, *rewriter.passages(local[doc], sources, exact)], members)
    return [replace(p, doc=numbers[p.doc], source=numbers[p.source]) for p in found]


def digest(texts: Sequence[tuple[str, Sequence[Span]]]) -> Digest:
    """一批文字的指纹和字对、单字的次数。参数：每篇的原文和不算正文的区间。"""
    plain = [text for text, _ in texts]
    found = stream(plain, [skip for _, skip in texts])
    return Digest(fingerprints(plain, found), counts(found), letter_counts(found))


@dataclass(frozen=True, slots=True)
class Digest:
    """一批文字的指纹和字对、单字的次数。"""

    prints: Prints
    pairs: NDArray[np.float64]
    letters: NDArray[np.float64]


def _candidates(
    members: Sequence[Member], targets: int
) -> tuple[dict[int, list[int]], tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """值得细比的：编号 → 来源的编号；字对、单字和数的份量。"""
    import pandas as pd

    from jiaoyan_nlp.engines.duck import Duck

    if len(members) < 2:
        return {}, (weights(np.zeros(SPACE)), letter_weights(np.zeros(LETTERS)))
    texts = [(m.document.text, m.document.furniture) for m in members]
    chunks = [texts[n : n + CHUNK] for n in range(0, len(texts), CHUNK)]
    digests = map_items(digest, chunks, "指纹", batch=1, few=3)
    prints = [replace(d.prints, owner=d.prints.owner + n * CHUNK) for n, d in enumerate(digests)]
    seen = sum((d.pairs for d in digests), np.zeros(SPACE))
    letters = sum((d.letters for d in digests), np.zeros(LETTERS))
    base = Duck()
    try:
        frames = (pd.DataFrame({"doc": p.owner, "hash": p.hashes}) for p in prints)
        pairs = join(base, frames, len(members), targets)
    finally:
        base.close()
    places = Places(prints, len(members))
    sources: dict[int, list[int]] = defaultdict(list)
    for doc, source in zip(pairs["doc"].tolist(), pairs["source"].tolist(), strict=True):
        if places.together(doc, source):
            sources[doc].append(source)
    return dict(sources), (weights(seen), letter_weights(letters))
