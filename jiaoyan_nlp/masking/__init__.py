"""遮盖个人信息：人名和各种号码换成代号，同一个人在整批里是同一个代号。校名、地名照旧，好按学校看结果。"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from jiaoyan_nlp.masking.codes import Codes, Key
from jiaoyan_nlp.masking.finding import known
from jiaoyan_nlp.masking.rewrite import rewritten
from jiaoyan_nlp.masking.shift import Shift, changed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jiaoyan_nlp.types import Document, Facts, Note, Tagged

__all__ = ["COLUMNS", "Masked", "Shift", "masked"]

COLUMNS = ("mask", "kind", "original", "count")


@dataclass(frozen=True, slots=True)
class Masked:
    """遮盖过的一批：文档、读取的记录、标注和事实；shifts 是各篇位置的对应；rows 是代号的对照（列同 COLUMNS）。"""

    documents: tuple[Document, ...]
    notes: tuple[Note, ...]
    analyses: dict[str, tuple[Tagged, Facts]]
    shifts: dict[str, Shift]
    rows: tuple[tuple[str, str, str, int], ...]


def masked(
    documents: Sequence[Document], notes: Sequence[Note], analyses: Mapping[str, tuple[Tagged, Facts]]
) -> Masked:
    """遮盖一批文档。标注、事实不重算，只跟着改位置和文字。"""
    people, first = known(documents, {key: facts for key, (_, facts) in analyses.items()})
    codes, uses = Codes(), Counter[Key]()

    @lru_cache(maxsize=65536)
    def string(said: str, school: str = "") -> str:
        return changed(said, [(a, b, codes.code(key)) for a, b, key in people.places(said, school)])[1]

    made: list[Document] = []
    done: dict[str, tuple[Tagged, Facts]] = {}
    shifts: dict[str, Shift] = {}
    grown: dict[str, int] = defaultdict(int)
    for document in documents:
        school = document.meta.school or document.id
        places = people.places(document.text, school, first[document.id])
        uses.update(key for _, _, key in places)
        shift, text = changed(document.text, [(a, b, codes.code(key)) for a, b, key in places])
        new = rewritten(document, document.text, text, shift, partial(string, school=school))
        made.append(replace(new, offset=document.offset + grown[document.file]))
        grown[document.file] += len(text) - len(document.text)
        tagged, facts = rewritten(analyses[document.id], document.text, text, shift, partial(string, school=school))
        names = "、".join(name for _, _, (_, name) in places)
        kept = tuple((word, count) for word, count in tagged.words if word not in names)
        done[document.id] = replace(tagged, words=kept), facts
        shifts[document.id] = shift
    empty = Shift()
    told = tuple(rewritten(note, "", "", empty, string) for note in notes)
    rows = tuple((code, *key, uses[key]) for key, code in codes.given.items())
    return Masked(tuple(made), told, done, shifts, rows)
