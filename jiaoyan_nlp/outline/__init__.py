"""文字 → 文档和栏目：去杂质、拆合集、认标题、排栏目树、读元数据。"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from jiaoyan_nlp.outline.headings import headings
from jiaoyan_nlp.outline.lines import Line, lines
from jiaoyan_nlp.outline.metadata import School, metadata, read_schools
from jiaoyan_nlp.outline.noise import furniture
from jiaoyan_nlp.outline.split import piece_spans
from jiaoyan_nlp.outline.title import signature, title_lines, title_spans
from jiaoyan_nlp.outline.tree import sections
from jiaoyan_nlp.text import Span, fold, merge, overlap
from jiaoyan_nlp.types import Block, Cell, Document, Extracted

Placed = TypeVar("Placed", Line, Block, Cell)

__all__ = ["School", "documents", "read_schools"]


def documents(extracted: Extracted, schools: tuple[School, ...] = ()) -> list[Document]:
    """一个文件里的文档（合集拆成几篇），各带栏目树和元数据。"""
    noise = furniture(extracted.text)
    rows = _rows(extracted, noise)
    if not rows:
        rows, noise = _rows(extracted, []), []
    spans = piece_spans(extracted.text, rows)
    shares = zip(_shared(rows, spans), _shared(extracted.blocks, spans), _shared(extracted.cells, spans), strict=True)
    return [
        _document(replace(extracted, blocks=tuple(blocks), cells=tuple(cells)), a, b, mine, noise, schools)
        for (a, b), (mine, blocks, cells) in zip(spans, shares, strict=True)
        if extracted.text[a:b].strip()
    ]


def _shared(items: Sequence[Placed], spans: Sequence[Span]) -> list[list[Placed]]:
    """每一段区间分到的东西（看起点），只过一遍：合集有几千篇时不能一篇一篇地从头找。"""
    shares: list[list[Placed]] = [[] for _ in spans]
    starts = [start for start, _ in spans]
    for item in items:
        index = bisect_right(starts, item.start) - 1
        if index >= 0 and item.start < spans[index][1]:
            shares[index].append(item)
    return shares


def _rows(extracted: Extracted, noise: list[Span]) -> list[Line]:
    looks = {b.start: b for b in extracted.blocks}
    cells = [(b.start, b.end) for b in extracted.blocks if b.kind == "cell"]
    outside = merge(noise + cells)
    found = lines(extracted.text, looks)
    kept, at = [], 0
    for row in found:
        while at < len(outside) and outside[at][1] <= row.start:
            at += 1
        if at == len(outside) or not overlap(outside[at], (row.start, row.end)) or outside[at][0] > row.start:
            kept.append(row)
    return kept


def _document(
    extracted: Extracted, start: int, end: int, rows: list[Line], noise: list[Span], schools: tuple[School, ...]
) -> Document:
    text = extracted.text[start:end]
    text = text.rstrip("\n") if end < len(extracted.text) else text
    folded = fold(text)
    mine = [_moved(row, start) for row in rows if row.start < start + len(text)]
    titled = title_lines(folded, mine)
    titles = [(row.start, row.end) for row in mine[:titled]]
    signed = signature(folded, mine[titled:])
    body = [row for row in mine[titled:] if (row.start, row.end) not in signed]
    near = noise[bisect_left(noise, (start, 0)) : bisect_left(noise, (start + len(text), 0))]
    outside = [(a - start, b - start) for a, b in near if b <= start + len(text)]
    first = body[0].start if body else len(text.rstrip())
    return Document(
        id=hashlib.sha256(
            f"{extracted.file}\0{start}\0{extracted.sha256}".encode("utf-8", "surrogatepass")
        ).hexdigest()[:12],
        file=extracted.file,
        offset=start,
        text=text,
        blocks=tuple(
            replace(b, start=b.start - start, end=b.end - start)
            for b in extracted.blocks
            if b.start < start + len(text)
        ),
        meta=metadata(
            text, title_spans(folded, mine[:titled]), extracted.file, extracted.title, schools, extracted.sha256
        ),
        sections=sections(text, first, headings(folded, body)),
        furniture=tuple(merge(outside + titles + signed)),
        cells=tuple(_moved_cell(c, start) for c in extracted.cells if c.start < start + len(text)),
        origin=extracted.origin,
    )


def _moved(row: Line, by: int) -> Line:
    return replace(row, start=row.start - by, end=row.end - by, title=row.title - by)


def _moved_cell(cell: Cell, by: int) -> Cell:
    return replace(cell, start=cell.start - by, end=cell.end - by)
