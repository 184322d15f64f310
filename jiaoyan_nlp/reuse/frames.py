"""片段 → 各张结果表。"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from jiaoyan_nlp.reuse.joint import joint
from jiaoyan_nlp.reuse.kinds import kind
from jiaoyan_nlp.reuse.passage import BATCH, TEMPLATE
from jiaoyan_nlp.reuse.report import CLUSTERS, DOCUMENTS, PAIRS, PASSAGES, SHARED
from jiaoyan_nlp.reuse.settings import whole
from jiaoyan_nlp.text import merge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from jiaoyan_nlp.reuse.passage import Member, Passage
    from jiaoyan_nlp.text import Span
    from jiaoyan_nlp.types import Document

Row = dict[str, object]


def relation(passage: Passage, members: Sequence[Member]) -> str:
    """同谁相同：template 模板，own 本校的，partner 同伙伴学校合写的（不算抄），school 别校的。"""
    source = members[passage.source]
    if source.part == TEMPLATE:
        return "template"
    mine, theirs = members[passage.doc].document, source.document
    if mine.file == theirs.file and source.part == BATCH:
        return "own"
    if mine.meta.school and mine.meta.school == theirs.meta.school:
        return "own"
    return "partner" if joint(mine, theirs) else "school"


def passages_frame(
    found: Sequence[Passage], members: Sequence[Member], reasons: Mapping[Passage, str] | None = None
) -> pd.DataFrame:
    """passages 表。"""
    rows = [_passage_row(p, members, (reasons or {}).get(p, "")) for p in found]
    _mark_mosaics(rows)
    return _frame(rows, PASSAGES)


def _mark_mosaics(rows: Sequence[Row]) -> None:
    """几个短片段前后相接、来源不同，是拼贴。"""
    gap, longest = whole("kinds", "mosaic_gap"), whole("kinds", "mosaic_length")
    short = [row for row in rows if len(str(row["text"])) <= longest and row["kind"] not in ("paraphrase", "condense")]
    for a, b in pairwise(short):
        near = a["document"] == b["document"] and int(str(b["start"])) - int(str(a["end"])) <= gap
        if near and a["source_document"] != b["source_document"]:
            a["kind"] = b["kind"] = "mosaic"


def _passage_row(p: Passage, members: Sequence[Member], reason: str) -> Row:
    mine, theirs = members[p.doc].document, members[p.source].document
    text, source = mine.text[p.start : p.end], theirs.text[p.source_start : p.source_end]
    return {
        "document": mine.id, "file": mine.file, "start": p.start, "end": p.end,
        "file_start": mine.offset + p.start, "file_end": mine.offset + p.end,
        "source_document": theirs.id, "source_file": theirs.file,
        "source_start": p.source_start, "source_end": p.source_end,
        "source_file_start": theirs.offset + p.source_start, "source_file_end": theirs.offset + p.source_end,
        "kind": kind(p, text, source), "similarity": round(min(1.0, p.share), 3), "text": text, "source_text": source,
        "relation": relation(p, members), "evidence": round(p.evidence, 1), "reasons": reason,
    }  # fmt: skip


def pairs_frame(found: Sequence[Passage], members: Sequence[Member]) -> pd.DataFrame:
    """pairs 表：一行一对文档，片段多少个、共多少字、占抄者全文多少。"""
    groups: dict[tuple[int, int], list[Passage]] = defaultdict(list)
    for p in found:
        groups[p.doc, p.source].append(p)
    rows: list[Row] = []
    for (doc, source), part in groups.items():
        copied = _covered([span for p in part for span in p.own])
        rows.append({
            "document": members[doc].document.id, "file": members[doc].document.file,
            "source_document": members[source].document.id, "source_file": members[source].document.file,
            "relation": relation(part[0], members), "passages": len(part), "copied": copied,
            "copied_share": round(copied / _length(members[doc].document), 4),
            "similarity": round(sum(p.share * p.length for p in part) / sum(p.length for p in part), 3),
        })  # fmt: skip
    rows.sort(key=lambda row: (-float(str(row["copied_share"])), str(row["file"])))
    return _frame(rows, PAIRS)


def documents_frame(
    found: Sequence[Passage], members: Sequence[Member], quoted: Mapping[int, list[Span]]
) -> pd.DataFrame:
    """documents 表：每篇上报文档的雷同比例，总的、扣去引文的、来自模板、别校、本校、同伙伴学校合写的，最大的一个来源，来源几个。"""
    groups: dict[int, list[Passage]] = defaultdict(list)
    for p in found:
        groups[p.doc].append(p)
    rows: list[Row] = []
    for number, member in enumerate(members):
        if member.part != BATCH:
            continue
        document, part = member.document, groups[number]
        by: dict[str, list[Span]] = defaultdict(list)
        sources: dict[int, list[Span]] = defaultdict(list)
        for p in part:
            by[relation(p, members)] += p.own
            sources[p.source] += p.own
        whole = [span for p in part for span in p.own]
        length, copied = _length(document), _covered(whole)
        largest = max(sources, key=lambda s: (_covered(sources[s]), -s), default=None)
        with_quotes = _covered(whole + list(quoted.get(number, [])))
        rows.append({
            "document": document.id, "file": document.file, "school": document.meta.school, "length": length,
            "copied_share": round(with_quotes / length, 4), "copied_share_unquoted": round(copied / length, 4),
            "from_templates": round(_covered(by["template"]) / length, 4),
            "from_schools": round(_covered(by["school"]) / length, 4),
            "from_own": round(_covered(by["own"]) / length, 4),
            "from_partners": round(_covered(by["partner"]) / length, 4),
            "largest_source": members[largest].document.id if largest is not None else None,
            "largest_share": round(_covered(sources[largest]) / length, 4) if largest is not None else 0.0,
            "sources": len(sources),
        })  # fmt: skip
    rows.sort(key=lambda row: (-float(str(row["copied_share_unquoted"])), str(row["file"])))
    return _frame(rows, DOCUMENTS)


def clusters_frame(found: Sequence[Passage], members: Sequence[Member]) -> pd.DataFrame:
    """clusters 表：由抄袭连起来的文档，每篇的父本是它抄得最多的那篇。"""
    parent: dict[int, int] = {}
    share: dict[int, float] = {}
    amounts: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for p in found:
        amounts[p.doc, p.source] += p.own
    for (doc, source), spans in sorted(amounts.items()):
        amount = _covered(spans) / _length(members[doc].document)
        if amount > share.get(doc, 0.0):
            parent[doc], share[doc] = source, amount
    roots = {doc: _root(doc, parent) for doc in {*parent, *parent.values()}}
    numbers = {root: n for n, root in enumerate(sorted(set(roots.values())), 1)}
    rows: list[Row] = [
        {
            "cluster": numbers[roots[doc]], "document": members[doc].document.id, "file": members[doc].document.file,
            "school": members[doc].document.meta.school, "part": members[doc].part,
            "parent": members[parent[doc]].document.id if doc in parent else None,
            "copied_share": round(share.get(doc, 0.0), 4),
        }
        for doc in sorted(roots, key=lambda d: (numbers[roots[d]], d))
    ]  # fmt: skip
    return _frame(rows, CLUSTERS)


def _root(doc: int, parent: Mapping[int, int]) -> int:
    seen = {doc}
    while doc in parent and parent[doc] not in seen:
        doc = parent[doc]
        seen.add(doc)
    return doc


def shared_row(block: int, reason: str, holders: int, document: Document, span: Span) -> Row:
    """shared 表的一行：一段通用文字在一篇文档里的位置。"""
    start, end = span
    return {
        "block": block, "reason": reason, "holders": holders, "document": document.id, "file": document.file,
        "start": start, "end": end, "file_start": document.offset + start, "file_end": document.offset + end,
        "text": document.text[start:end],
    }  # fmt: skip


def shared_frame(rows: Sequence[Row]) -> pd.DataFrame:
    """shared 表。"""
    return _frame(rows, SHARED)


def _covered(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in merge(list(spans)))


def _length(document: Document) -> int:
    """正文的字数（导航、标题、落款不算）。"""
    return max(1, len(document.text) - _covered(document.furniture))


def _frame(rows: Sequence[Row], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))
