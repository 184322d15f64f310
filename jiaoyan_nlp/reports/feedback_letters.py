"""一所学校的反馈意见写什么：取舍都照审核、雷同、对照的结果，措辞在模板里。"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jiaoyan_nlp.reports.feedback_merits import Merits, merits
from jiaoyan_nlp.reports.feedback_settings import least, limit, rules, sayings
from jiaoyan_nlp.reports.view import NO_SCHOOL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.reports.marks import Excerpt
    from jiaoyan_nlp.reports.view import Alike, Group, Issue, Overview, Paper, School

ELSEWHERE = ("alike", "origin", "silent", "short")
"""另有专节的几组规则。"""


@dataclass(frozen=True, slots=True)
class Remark:
    """一处问题：说明和原文；整篇的问题没有原文。"""

    message: str
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class Matter:
    """一类问题：叫法、轻重、共同的说明、几处原文、还有几处、建议。"""

    rule: str
    name: str
    severity: str
    count: int
    message: str
    remarks: tuple[Remark, ...]
    more: int
    advice: str


@dataclass(frozen=True, slots=True)
class Part:
    """一篇文档的各类问题；title 为空的是不归哪一篇的。"""

    title: str
    kind: str
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """一篇文档与一个来源：几段、多少字、最长的一段。"""

    source: str
    relation: str
    passages: int
    length: int
    example: str


@dataclass(frozen=True, slots=True)
class AlikePart:
    """一篇文档与其他材料相同的文字：占全文多少（0 到 1），各个来源，还有几个来源，文件属性相近的说明。"""

    title: str
    share: float
    sources: tuple[Likeness, ...]
    more: int
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promises:
    """计划与总结对照：没有看到回应的、没有做足的（原文），各还有几项没有列出。"""

    silent: tuple[str, ...]
    silent_more: int
    short: tuple[str, ...]
    short_more: int


@dataclass(frozen=True, slots=True)
class Letter:
    """一所学校的反馈意见。used 是文字也见于别校材料的（本校文档，别校）。"""

    school: str
    term: str
    papers: tuple[Paper, ...]
    merits: Merits
    parts: tuple[Part, ...]
    promises: Promises
    alike: tuple[AlikePart, ...]
    used: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """需要修改的共几处。"""
        return sum(matter.count for part in self.parts for matter in part.matters)

    @property
    def urgent(self) -> int:
        """其中建议先改的几处。"""
        return sum(m.count for part in self.parts for m in part.matters if m.severity == "严重")


def letters(corpus: Corpus, view: Overview) -> tuple[Letter, ...]:
    """各校的反馈意见。"""
    used = _used(view)
    known = [school for school in view.schools if school.known]
    return tuple(
        Letter(
            school=school.name,
            term=view.term,
            papers=school.papers,
            merits=merits(corpus, school),
            parts=_parts(school),
            promises=_promises(school),
            alike=tuple(part for paper in school.papers if (part := _alike(paper))),
            used=tuple(used.get(school.name, {})),
        )
        for school in known
    )


def _used(view: Overview) -> dict[str, dict[tuple[str, str], None]]:
    """学校 → 本校的哪一篇、也见于哪所学校。"""
    owners = {paper.anchor: (school.name, paper.title) for school in view.schools for paper in school.papers}
    found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for school in view.schools:
        for paper in school.papers:
            for a in paper.alike if (paper.share or 0) >= least("alike") else ():
                owner, title = owners.get(a.source.anchor, ("", ""))
                if owner not in ("", school.name, NO_SCHOOL) and school.known:
                    found[owner][title, school.name] = None
    return found


def _parts(school: School) -> tuple[Part, ...]:
    places = [(p.title, p.kind, p.groups) for p in school.papers] + [("", "", school.groups)]
    listed = ((title, kind, tuple(_matter(g) for g in _shown(groups))) for title, kind, groups in places)
    return tuple(Part(*one) for one in listed if one[2])


def _shown(groups: Iterable[Group]) -> list[Group]:
    elsewhere = frozenset().union(*map(rules, ELSEWHERE))
    return [group for group in groups if group.rule not in elsewhere]


def _matter(group: Group) -> Matter:
    saying = sayings().get(group.rule)
    issues = _distinct(group.issues)
    listed = issues[: limit("quotes")]
    common = saying.message if saying else ""
    remarks = tuple(Remark("" if common else i.message, i.excerpt) for i in listed)
    return Matter(
        rule=group.rule,
        name=saying.name if saying else group.name,
        severity=group.severity,
        count=len(group.issues),
        message=common,
        remarks=tuple(r for r in remarks if r.message or r.excerpt),
        more=len(issues) - len(listed),
        advice=saying.advice if saying else group.advice or group.issues[0].advice,
    )


def _distinct(issues: Iterable[Issue]) -> list[Issue]:
    """说明和上下文都一样的只写一处。"""
    found: dict[tuple[str, str], Issue] = {}
    for i in issues:
        around = f"{i.excerpt.before}{i.excerpt.words}{i.excerpt.after}" if i.excerpt else ""
        found.setdefault((i.message, around), i)
    return list(found.values())


def _promises(school: School) -> Promises:
    most = limit("promises")
    silent, short = (
        list(
            dict.fromkeys(
                i.evidence for p in school.papers for g in p.groups if g.rule in rules(place) for i in g.issues
            )
        )
        for place in ("silent", "short")
    )
    return Promises(tuple(silent[:most]), len(silent[most:]), tuple(short[:most]), len(short[most:]))


def _alike(paper: Paper) -> AlikePart | None:
    """相同的文字不多、文件属性也没有相近的，不写。"""
    origins = tuple(i.message for g in paper.groups if g.rule in rules("origin") for i in g.issues)
    share = paper.share or 0.0
    if share < least("alike"):
        return AlikePart(paper.title, 0.0, (), 0, origins) if origins else None
    groups: dict[tuple[str, str], list[Alike]] = defaultdict(list)
    for a in paper.alike:
        groups[a.source.label, a.relation].append(a)
    sources = sorted((_likeness(*key, found) for key, found in groups.items()), key=lambda one: -one.length)
    most = limit("sources")
    return AlikePart(paper.title, share, tuple(sources[:most]), len(sources[most:]), origins)


def _likeness(source: str, relation: str, found: list[Alike]) -> Likeness:
    longest = max(found, key=lambda a: a.length)
    named = source if "《" in source else f"《{source.rsplit('.', 1)[0]}》"
    return Likeness(named, relation, len(found), sum(a.length for a in found), longest.text)
