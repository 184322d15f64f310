"""一批文档里要遮盖的各处：先逐篇认人，再把认出的人在全部文档里找一遍。"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaoyan_nlp.facts.names import surnames
from jiaoyan_nlp.masking import persons
from jiaoyan_nlp.masking.codes import PERSON, Key
from jiaoyan_nlp.masking.words import likely, numbers, pattern, sure
from jiaoyan_nlp.text import fold, line_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jiaoyan_nlp.text import Span
    from jiaoyan_nlp.types import Document, Facts

Place = tuple[int, int, Key]
"""要遮盖的一处：起、止、是谁。"""


@dataclass(frozen=True, slots=True)
class Known:
    """一批文档里认出的人：names 是在哪里说到都算的姓名；families 是（学校，姓）→ 那个学校这个姓的人。"""

    names: frozenset[str]
    families: dict[tuple[str, str], frozenset[str]]

    def places(self, text: str, school: str, first: Iterable[Span] = ()) -> list[Place]:
        """一段文字里的各处，按先后排，互不相交。参数：first 是已经认出的人名的区间。"""
        folded = fold(text)
        spans = [*first, *persons.found(folded), *persons.elsewhere(folded, self.names)]
        found = [(a, b, self._person(folded[a:b], school)) for a, b in spans]
        for kind, said in numbers():
            found += [(m.start(), m.end(), (kind, _bare(m.group()))) for m in said.finditer(folded)]
        return _apart(found)

    def _person(self, said: str, school: str) -> Key:
        name = "".join(said.split())
        if len(name) > 1 and name not in surnames()[1]:
            return PERSON, name
        same = self.families.get((school, name), frozenset())
        return PERSON, next(iter(same)) if len(same) == 1 else f"{name}（{school}）"


def known(documents: Sequence[Document], facts: dict[str, Facts]) -> tuple[Known, dict[str, list[Span]]]:
    """认出的人，和各篇里先认出的区间。"""
    first = {d.id: first_spans(d, facts[d.id]) for d in documents}
    names: set[str] = set()
    families: dict[tuple[str, str], set[str]] = defaultdict(set)
    for d in documents:
        folded = fold(d.text)
        strings = (d.file, d.meta.title, d.meta.author, d.origin.author, d.origin.last_editor)
        said = {"".join(folded[a:b].split()) for a, b in [*first[d.id], *persons.found(folded)]}
        for other in filter(None, strings):
            said |= {fold(other)[a:b] for a, b in persons.found(fold(other))} | (
                {fold(other)} if sure(other) else set()
            )
        for name in said:
            if len(name) > 1:
                families[d.meta.school or d.id, family(name)].add(name)
        names |= {name for name in said if len(name) > 1 and sure(name)}
    return Known(frozenset(names), {key: frozenset(found) for key, found in families.items()}), first


def family(name: str) -> str:
    """姓。

    >>> family("欧阳静"), family("孟令春")
    ('欧阳', '孟')
    """
    return name[:2] if len(name) > 2 and name[:2] in surnames()[1] else name[:1]


def first_spans(document: Document, facts: Facts) -> list[Span]:
    """分工里的人、表格里人名一栏的人、署名的人。"""
    folded = fold(document.text)
    found = [(r.start, r.end) for r in facts.roles if likely(folded[r.start : r.end])]
    columns: set[tuple[int, int]] = set()
    for cell in document.cells:
        said = fold("".join(cell.text.split()))
        if pattern("column").match(said):
            columns.add((cell.table, cell.column))
        elif (cell.table, cell.column) in columns:
            for a, b in line_spans(document.text, cell.start, cell.end):
                found += persons.people(folded, a, b)
    if document.meta.author and sure(document.meta.author):
        at = document.text.find(document.meta.author)
        found += [(at, at + len(document.meta.author))] if at >= 0 else []
    return found


def _bare(said: str) -> str:
    """号码里的空格、连接号不算。"""
    return "".join(c for c in said if c not in " -—－():：")


def _apart(found: list[Place]) -> list[Place]:
    """相交的留长的；一样长的留前面的。"""
    kept: list[Place] = []
    for place in sorted(set(found), key=lambda p: (p[0] - p[1], p[0])):
        if all(place[1] <= a or b <= place[0] for a, b, _ in kept):
            kept.append(place)
    return sorted(kept)
