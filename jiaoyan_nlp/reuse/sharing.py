"""大家都有、不算谁抄谁的文字：引用上级文件的，出自给定的官方文本的，许多学校都有而找不到来源的。"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from jiaoyan_nlp.reuse.frames import shared_row
from jiaoyan_nlp.reuse.joint import joint
from jiaoyan_nlp.reuse.official import quotations
from jiaoyan_nlp.reuse.passage import BATCH, OFFICIAL
from jiaoyan_nlp.reuse.settings import setting, whole
from jiaoyan_nlp.reuse.streams import stream
from jiaoyan_nlp.text import overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiaoyan_nlp.reuse.frames import Row
    from jiaoyan_nlp.reuse.passage import Member, Passage
    from jiaoyan_nlp.text import Span

Node = tuple[int, int, int]


def separated(
    found: Sequence[Passage], members: Sequence[Member]
) -> tuple[list[Passage], list[Row], dict[int, list[Span]]]:
    """把通用文字从片段里分出来。

    返回：算抄的片段；shared 表的行；每篇文档里的通用文字（编号 → 区间）。
    """
    official = [p for p in found if members[p.source].part == OFFICIAL]
    rest = [p for p in found if members[p.source].part != OFFICIAL]
    rest, common = _common(rest, members)
    blocks: list[tuple[str, list[Node]]] = [
        *(("引用上级文件", nodes) for nodes in _quotes(members)),
        *(("出自官方文本", nodes) for nodes in _by_source(official)),
        *(("多校共有，来源不在其中", nodes) for nodes in common),
    ]
    rows, spans = [], defaultdict(list)
    for number, (reason, nodes) in enumerate(blocks, 1):
        holders = len({n[0] for n in nodes})
        for doc, start, end in sorted(nodes):
            rows.append(shared_row(number, reason, holders, members[doc].document, (start, end)))
            spans[doc].append((start, end))
    return rest, rows, dict(spans)


def _quotes(members: Sequence[Member]) -> list[list[Node]]:
    """引用上级文件的句子，字一样的归在一起。"""
    groups: dict[bytes, list[Node]] = defaultdict(list)
    for number, member in enumerate(members):
        for start, end in quotations(member.document.text):
            key = stream([member.document.text[start:end]]).codes.tobytes()
            groups[key].append((number, start, end))
    return sorted(groups.values())


def _by_source(official: Sequence[Passage]) -> list[list[Node]]:
    groups: dict[int, list[Node]] = defaultdict(list)
    for p in official:
        groups[p.source].append((p.doc, p.start, p.end))
    return sorted(groups.values())


def _common(found: Sequence[Passage], members: Sequence[Member]) -> tuple[list[Passage], list[list[Node]]]:
    """同批文档之间的片段，按来源里的同一段归在一起；学校太多的是通用文字。

    合写的几所学校只算一家：四校合写一份，各报各的，是合写，不是找不到来源。
    """
    peers: dict[int, list[Passage]] = defaultdict(list)
    for p in found:
        if members[p.source].part == BATCH and not joint(members[p.doc].document, members[p.source].document):
            peers[p.source].append(p)
    shared: set[Passage] = set()
    blocks = []
    for source, part in sorted(peers.items()):
        for group in _stacked(part):
            nodes = {(source, group[0].source_start, group[0].source_end), *((p.doc, p.start, p.end) for p in group)}
            if len({_school(members[n[0]], n[0]) for n in nodes}) >= whole("shared", "holders"):
                shared.update(group)
                blocks.append(sorted(nodes))
    rest = [p for p in found if p not in shared]
    return _absorbed(rest, blocks, members), blocks


def _absorbed(found: Sequence[Passage], blocks: list[list[Node]], members: Sequence[Member]) -> list[Passage]:
    """同批的片段，除去通用文字只剩几个字的，也归通用文字：各篇前后带的话不同，起止对不齐。"""
    known = [_grams(members[doc].document.text[start:end]) for nodes in blocks for doc, start, end in nodes[:1]]
    rest = []
    for p in found:
        grams = _grams(members[p.doc].document.text[p.start : p.end])
        left = [len(grams - block) for block in known]
        best = min(range(len(known)), key=left.__getitem__, default=None)
        apart = members[p.source].part != BATCH or joint(members[p.doc].document, members[p.source].document)
        if best is None or apart or left[best] > whole("shared", "besides"):
            rest.append(p)
        else:
            mine, theirs = (p.doc, p.start, p.end), (p.source, p.source_start, p.source_end)
            held = {node[0] for node in blocks[best]}
            blocks[best] = sorted([*blocks[best], *(node for node in (mine, theirs) if node[0] not in held)])
    return rest


def _grams(text: str) -> set[bytes]:
    """归一之后几个字连成的串。"""
    codes, size = stream([text]).codes, whole("prints", "gram")
    return {codes[i : i + size].tobytes() for i in range(len(codes) - size + 1)}


def _stacked(part: Sequence[Passage]) -> list[list[Passage]]:
    """来源里大半重合的片段归在一起。"""
    limit = setting("shared", "overlap")
    groups: list[list[Passage]] = []
    for p in sorted(part, key=lambda p: (p.source_start, p.source_end, p.doc)):
        span = (p.source_start, p.source_end)
        for group in groups:
            other = (group[0].source_start, group[0].source_end)
            if overlap(span, other) >= limit * max(span[1] - span[0], other[1] - other[0]):
                group.append(p)
                break
        else:
            groups.append([p])
    return groups


def _school(member: Member, number: int) -> str:
    return member.document.meta.school or f"#{number}"
