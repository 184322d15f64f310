"""整个流程：文档 → 指纹 → 候选对 → 片段 → 来源 → 各张表。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jiaoyan_nlp.reuse import frames
from jiaoyan_nlp.reuse.choosing import chosen
from jiaoyan_nlp.reuse.comparing import Comparer
from jiaoyan_nlp.reuse.mosaics import joined
from jiaoyan_nlp.reuse.origins import same_origin
from jiaoyan_nlp.reuse.passage import BATCH, OFFICIAL
from jiaoyan_nlp.reuse.provenance import settled
from jiaoyan_nlp.reuse.report import CopyReport
from jiaoyan_nlp.reuse.retelling import Reteller
from jiaoyan_nlp.reuse.rewriting import Rewriter
from jiaoyan_nlp.reuse.search import search
from jiaoyan_nlp.reuse.sharing import separated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiaoyan_nlp.engines import Engine
    from jiaoyan_nlp.reuse.digests import Weight
    from jiaoyan_nlp.reuse.passage import Member, Passage
    from jiaoyan_nlp.reuse.search import Found, Source

PANEL = 200
"""一次细比几篇。"""


def run(corpus: Source, templates: Source, earlier: Source, official: Source, engine: Engine) -> CopyReport:
    """见 find_copies。"""
    candidates = search(corpus, templates, earlier, official, engine)
    members = candidates.members
    found = passages(candidates, engine)
    copied, shared, quoted = separated(found, members)
    directed = dict(settled(p, members) for p in copied)
    reasons = dict(zip(joined(list(directed)), directed.values(), strict=True))
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


def passages(candidates: Found, engine: Engine) -> list[Passage]:
    """全部雷同片段，每一段文字只留一个来源。"""
    sources, swept = candidates.sources, candidates.swept
    batch = [n for n, m in enumerate(candidates.members) if m.part == BATCH]
    docs = batch if swept else sorted(sources)
    jobs = [
        _job(candidates.members, {d: sources.get(d, []) for d in docs[n : n + PANEL]}, swept, candidates.weight)
        for n in range(0, len(docs), PANEL)
    ]
    return [p for found in engine.map(compared, jobs, "比对") for p in found]


@dataclass(frozen=True, slots=True)
class Job:
    """一批要细比的文档：members 是编号 → 文档，sources 是编号 → 来源的编号，swept、weight 见 search.Found。"""

    members: dict[int, Member]
    sources: dict[int, list[int]]
    swept: list[int]
    weight: Weight


def _job(members: Sequence[Member], sources: dict[int, list[int]], swept: list[int], weight: Weight) -> Job:
    involved = sorted({*sources, *swept, *(s for group in sources.values() for s in group)})
    return Job({n: members[n] for n in involved}, sources, swept, weight)


def compared(job: Job) -> list[Passage]:
    """细比一批：先比相同的，余下的再看改写、缩写，最后看一串句子。返回的编号是全体里的编号。"""
    numbers = list(job.members)
    local = {n: i for i, n in enumerate(numbers)}
    members = list(job.members.values())
    documents = [m.document for m in members]
    comparer = Comparer(documents, job.weight[0])
    rewriter = Rewriter(members, comparer, job.weight[1])
    reteller = Reteller(members, comparer, [local[s] for s in job.swept])
    found: list[Passage] = []
    for doc, group in job.sources.items():
        sources = [local[s] for s in group]
        exact = chosen(comparer.passages(local[doc], sources), members)
        loose = chosen([*exact, *rewriter.passages(local[doc], sources, exact)], members)
        found += chosen([*loose, *reteller.passages(local[doc], sources, loose)], members)
    return [replace(p, doc=numbers[p.doc], source=numbers[p.source]) for p in found]
