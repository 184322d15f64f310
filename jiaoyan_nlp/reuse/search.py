"""全部文档 → 值得细比的文档对：排好先后，算指纹，连接；存着指纹的库只取用得着的。"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.reuse import archive
from jiaoyan_nlp.reuse.candidates import PRINTS, join
from jiaoyan_nlp.reuse.digests import chunks, digest, weighed
from jiaoyan_nlp.reuse.passage import BATCH, EARLIER, OFFICIAL, TEMPLATE, Member
from jiaoyan_nlp.reuse.settings import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from jiaoyan_nlp.engines import Base, Engine
    from jiaoyan_nlp.reuse.archive import Archive
    from jiaoyan_nlp.reuse.digests import Tally, Weight
    from jiaoyan_nlp.types import Document

    Source = Iterable[Document] | str | Path


@dataclass(frozen=True, slots=True)
class Shelf:
    """一种身份的文档，从 first 起编号；content 早的在前。"""

    part: str
    first: int
    content: list[Document] | Archive


@dataclass(frozen=True, slots=True)
class Found:
    """members：要用到的文档，更像来源的在前；sources：编号 → 值得细比的来源的编号；weight：字对、单字和数的份量。

    swept：每篇都要同它比改写的模板的编号：改写的和原文常常没有一处指纹相同。
    """

    members: list[Member]
    sources: dict[int, list[int]]
    swept: list[int]
    weight: Weight


def search(corpus: Source, templates: Source, earlier: Source, official: Source, engine: Engine) -> Found:
    """找出值得细比的文档对。次序与给的次序无关。"""
    shelves = _shelves(((OFFICIAL, official), (TEMPLATE, templates), (EARLIER, earlier), (BATCH, corpus)))
    batch = shelves[-1]
    count = batch.first + len(batch.content)
    with engine.base() as base:
        tally = _digested(shelves, base)
        pairs = join(base, count, batch.first)
    members, numbers = _members(shelves, pairs)
    sources: dict[int, list[int]] = defaultdict(list)
    for doc, source in zip(pairs["doc"].tolist(), pairs["source"].tolist(), strict=True):
        sources[numbers[doc]].append(numbers[source])
    swept = [n for n, m in enumerate(members) if m.part == TEMPLATE] if _few(shelves[1]) else []
    return Found(members, dict(sources), swept, weighed(tally))


def _few(shelf: Shelf) -> bool:
    """模板不多，篇篇都比得过来；存着指纹的库不在此列：用到哪篇才读哪篇。"""
    return isinstance(shelf.content, list) and len(shelf.content) <= whole("sequence", "sweep")


def _shelves(parts: Iterable[tuple[str, Source]]) -> list[Shelf]:
    found: list[Shelf] = []
    first = 0
    for part, source in parts:
        content = _content(source, part)
        found.append(Shelf(part, first, content))
        first += len(content)
    return found


def _content(source: Source, part: str) -> list[Document] | Archive:
    if isinstance(source, str | Path):
        from jiaoyan_nlp.corpus import open_corpus

        kept = archive.opened(source) if part in (TEMPLATE, EARLIER) else None
        if kept is not None:
            return kept
        source = open_corpus(source)
    return aged(source)


def aged(documents: Iterable[Document]) -> list[Document]:
    """早的在前；没有日期的按文件名。"""
    return sorted(documents, key=lambda d: (d.meta.term or "~", d.meta.date or "~", d.file, d.offset))


def _digested(shelves: Sequence[Shelf], base: Base) -> Tally:
    """填好 prints 表，返回字对和单字的次数。库里的指纹只取别处也有的：只有库里有的，同这一批无关。"""
    given = [chunk for s in shelves if isinstance(s.content, list) for chunk in chunks(s.content, s.first)]
    tally = base.fill("prints", PRINTS, digest, given, "指纹")
    kept = [(s.first, s.content) for s in shelves if not isinstance(s.content, list)]
    if kept:
        hashes = base.get("SELECT DISTINCT hash FROM prints")
        for first, content in kept:
            base.put("prints", PRINTS, [content.prints(hashes, first)])
            tally = tally + content.tally
    return tally


def _members(shelves: Sequence[Shelf], pairs: pd.DataFrame) -> tuple[list[Member], dict[int, int]]:
    """要用到的文档和它们的新编号：给出的全要，库里的只要值得细比的；先后不变。"""
    wanted = sorted(set(pairs["source"].tolist()))
    members: list[Member] = []
    numbers: dict[int, int] = {}
    for shelf in shelves:
        last = shelf.first + len(shelf.content)
        if isinstance(shelf.content, list):
            mine, documents = list(range(shelf.first, last)), shelf.content
        else:
            mine = [n for n in wanted if shelf.first <= n < last]
            documents = shelf.content.fetch([n - shelf.first for n in mine])
        numbers.update(zip(mine, range(len(members), len(members) + len(mine)), strict=True))
        members += [Member(d, shelf.part) for d in documents]
    return members, numbers
