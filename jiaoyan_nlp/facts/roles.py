"""分工：领导小组和职责里的“角色—人名”。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiaoyan_nlp.facts.names import TITLE, is_name, names
from jiaoyan_nlp.text import fold, line_spans, touching
from jiaoyan_nlp.types import Role

if TYPE_CHECKING:
    from jiaoyan_nlp.text import Span
    from jiaoyan_nlp.types import Document, Tagged

_ROLE = r"(?:常务)?副?组\s?长|成\s?员|组\s?员|顾\s?问|负责人|副?主任|秘书长?|联络员|主持人|牵头人|记录人|联系人|师傅|徒弟|指导(?:教师|老师)|结对(?:教师|老师)"
_LISTED = re.compile(
    rf"(?P<group>[\u4e00-\u9fff]{{2,10}}?(?:教研组|备课组|小组|年级组|组))?的?\(?(?P<role>{_ROLE})\)?\s?[:：]\s?"
)
_PEOPLE = r"[\u4e00-\u9fffxX×*、，, ]{2,60}?"
_APPOINTED = re.compile(
    rf"(?:(?:[，,。;；)）、]|^)\s?(?:由|以)?|由|以)\s?(?P<names>{_PEOPLE})(?:同志)?(?:担任|为|任|当)(?P<role>{_ROLE})"
)
_SERVED = re.compile(
    rf"(?:(?<=[，,。;；:：)）\s])|^)(?:教研|备课|年级|课题)?(?P<role>{_ROLE})(?:由|是|为|有|包括)(?P<names>{_PEOPLE})(?:等)?(?:担任|兼任|组成|[，,。；;]|$)"
)
_CHARGED = re.compile(
    rf"(?:(?:[，,。;；]|^)\s?由?|由)\s?(?:[\u4e00-\u9fff]{{0,4}}主任|副?校长)?(?P<names>[\u4e00-\u9fff]{{2,4}}?(?:{TITLE})?(?:、[\u4e00-\u9fff]{{2,4}})*)"
    r"(?:同志|具体|主要|全面|总)?(?:负责|分管|主抓|亲自抓|直接抓|具体抓|牵头)"
)
_TITLED = re.compile(
    rf"(?:(?<=[，,、。;；:：)）\s])|^)(?P<role>(?:常务)?副?组长|副?主任|秘书长?)(?P<names>[\u4e00-\u9fff]{{2,3}})(?=\({TITLE}|(?<=[\u4e00-\u9fff]{{5}})[，,、;；。])",
    re.MULTILINE,
)
"""“组长某某某（校长），副组长某某（教导主任）”：没有冒号；后面没有职务的，三个字的姓名才算。"""
_GROUP = re.compile(
    r"[\u4e00-\u9fff]{2,16}?(?:领导小组|工作小组|指导小组|研究小组|评审小组|教研组|备课组|委员会|中心组)"
)
_ANCHOR = 400
_CLEAN = re.compile(r"\s")


def roles(document: Document, tagged: Tagged) -> tuple[Role, ...]:
    """全部“角色—人名”，一名一条，按先后排。"""
    folded = fold(document.text)
    found: dict[Span, Role] = {}
    taken: list[Span] = []
    for start, end in _lines(document, tagged):
        _listed(document, folded, start, end, found, taken)
    listed = touching(taken)
    for statement in tagged.statements:
        if listed(statement.start, statement.start + 1):
            continue
        for pattern in (_APPOINTED, _SERVED, _TITLED, _CHARGED):
            for match in pattern.finditer(folded, statement.start, statement.end):
                role = _CLEAN.sub("", match.groupdict().get("role") or "负责人")
                for span in names(folded, *match.span("names")):
                    if pattern in (_CHARGED, _TITLED) and not is_name(folded[slice(*span)]):
                        continue
                    found.setdefault(span, _role(document, folded, span, role, None))
    return tuple(found[span] for span in sorted(found))


def _lines(document: Document, tagged: Tagged) -> list[Span]:
    titles = {s.title_start for s in tagged.sections if s.title_end > s.title_start and not s.run_in}
    outside = touching(document.furniture)
    return [
        (a, b) for a, b in line_spans(document.text)
        if a not in titles and not outside(a, a + 1)
    ]  # fmt: skip


def _listed(document: Document, folded: str, start: int, end: int, found: dict[Span, Role], taken: list[Span]) -> None:
    """“组长：某某  副组长：某某”一类的行；下一行若全是姓名，接着算。"""
    matches = list(_LISTED.finditer(folded, start, end))
    if matches and matches[0].start() - start <= MAX_LEAD:
        for match, after in zip(matches, [*matches[1:], None], strict=True):
            stop = after.start() if after else end
            if folded[match.start("role") - 1] == "(" and folded[match.end("role")] != ")":
                closing = folded.find(")", match.end(), stop)
                stop = stop if closing < 0 else closing
            role = _CLEAN.sub("", match["role"])
            for span in names(folded, match.end(), stop):
                found[span] = _role(document, folded, span, role, match["group"])
        taken.append((start, end))
    elif taken and found and not _TITLED.match(folded, start) and folded[taken[-1][1] : start].strip() == "":
        more = names(folded, start, end)
        last = found[max(found)]
        closed = bool(more) and (more[-1][1] >= end - 6 or folded[more[0][1]] in "(（")
        if closed and all(is_name(folded[slice(*s)]) for s in more):
            for span in more:
                found[span] = _role(document, folded, span, last.role, last.group)
            taken.append((start, end))


PAIRED = ("师傅", "徒弟", "指导教师", "指导老师", "结对教师", "结对老师")
"""结对的人不属于前面说到的小组。"""
MAX_LEAD = 12
"""角色之前最多隔这么多字（教研组名、序号），再远就是一般的话。"""


def _role(document: Document, folded: str, span: Span, role: str, group: str | None) -> Role:
    start, end = span
    if group is None and role not in PAIRED:
        before = list(_GROUP.finditer(folded, max(0, start - _ANCHOR), start))
        group = before[-1].group() if before else None
    return Role(document.id, start, end, document.text[start:end], group, role, document.text[start:end])
