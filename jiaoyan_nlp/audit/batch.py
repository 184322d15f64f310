"""一批文档合起来才看得出的东西：各篇的学期、各校的名称和人名、计划的兑现、雷同的比例。各算一次，各条规则共用。"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.facts.names import is_name
from jiaoyan_nlp.following.run import follow, pairs
from jiaoyan_nlp.following.terms import own_terms
from jiaoyan_nlp.text import fold

if TYPE_CHECKING:
    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.reuse import CopyReport
    from jiaoyan_nlp.types import Document

Row = dict[str, Any]
_PLACE = re.compile(
    r"(?P<name>(?:(?![月日请被由到在的我本各和与按照邀旬集据来向受经上下对为是了级全单把将给让从据以及区县市省每同该此])[\u4e00-\u9fff]){2,3})(?P<sort>[区县市])(?=教育局|教体局|教育体育局|教委|教研室|教师进修|教师发展中心)"
)
_PREFIX = re.compile(r"^(?:[\u4e00-\u9fff]{2,4}[省市])?[\u4e00-\u9fff]{2,4}[区县市]")
_SAID = re.compile(r"[了的是在由为有我他们各校组xX×*＊_]|某某")
NAME = 3
"""两个字的姓名容易和词语相混，不拿来认人。"""


@dataclass(frozen=True)
class Batch:
    """一批文档和雷同排查的结果（没有查过是 None）。"""

    corpus: Corpus
    copies: CopyReport | None = None

    @cached_property
    def terms(self) -> dict[str, str | None]:
        """每篇文档的学期。"""
        return own_terms(self.corpus)

    @cached_property
    def schools(self) -> dict[str, str]:
        """各校的名称（全称和去掉区县的）→ 学校。"""
        found: dict[str, str] = {}
        for school in sorted({d.meta.school for d in self.corpus if d.meta.school}):
            found[school] = school
            short = _PREFIX.sub("", school)
            if len(short) >= NAME:
                found.setdefault(short, school)
        return found

    @cached_property
    def named(self) -> frozenset[str]:
        """校名写在题目或文件路径里的学校：只在正文里认出的，不好断定它缺交什么。"""
        found = set()
        for d in self.corpus:
            school = d.meta.school or ""
            if school and any(
                _short in f"{d.meta.title or ''} {d.file}" for _short in (school, _PREFIX.sub("", school))
            ):
                found.add(school)
        return frozenset(found)

    @cached_property
    def people(self) -> dict[str, str]:
        """只在一所学校的分工里出现的三字姓名 → 学校。"""
        owners: dict[str, set[str]] = defaultdict(set)
        for d in self.corpus:
            for role in self.corpus.analysis(d.id).facts.roles:
                if d.meta.school and len(role.name) >= NAME and is_name(role.name) and not _SAID.search(role.name):
                    owners[role.name].add(d.meta.school)
        return {name: next(iter(schools)) for name, schools in owners.items() if len(schools) == 1}

    def people_in(self, text: str) -> list[str]:
        """这段文字里说到的、people 里的人，按先后排。"""
        if not self.people:
            return []
        first = self._first.finditer(text)
        said = (text[m.start() : m.start() + size] for m in first for size in (NAME, NAME + 1))
        return list(dict.fromkeys(name for name in said if name in self.people))

    @cached_property
    def _first(self) -> re.Pattern[str]:
        return re.compile(f"[{''.join(sorted({name[0] for name in self.people}))}]")

    @cached_property
    def places(self) -> dict[str, str]:
        """这一批说得最多的区县、市的名称，各占一半以上才算：{"区": "云溪"}。"""
        said: dict[str, Counter[str]] = {"区": Counter(), "市": Counter()}
        for d in self.corpus:
            for sort, name in {(_sort(m["sort"]), m["name"]) for m in _PLACE.finditer(fold(d.text))}:
                said[sort][name] += 1
        found = {}
        for sort, votes in said.items():
            name, count = max(votes.items(), key=lambda v: v[1], default=("", 0))
            if count > 1 and count * 2 > sum(votes.values()):
                found[sort] = name
        return found

    @cached_property
    def repeated(self) -> frozenset[str]:
        """一所学校里原样再交一次的文档（短的文件名当作原件）：问题在原件上已经列过。"""
        first: dict[tuple[str, str, int], str] = {}
        ordered = sorted(self.corpus, key=lambda d: len(d.file))
        return frozenset(
            d.id
            for d in ordered
            if d.meta.school and first.setdefault((d.meta.school, d.meta.sha256, d.offset), d.id) != d.id
        )

    @cached_property
    def twins(self) -> dict[str, tuple[Document, ...]]:
        """文档 → 内容和它一模一样的各篇（有它自己）。"""
        same: dict[tuple[str, int], list[Document]] = defaultdict(list)
        for d in self.corpus:
            same[d.meta.sha256, d.offset].append(d)
        return {d.id: tuple(group) for group in same.values() for d in group}

    @cached_property
    def followed(self) -> list[Row]:
        """计划兑现的各行。"""
        return _rows(follow(self.corpus))

    @cached_property
    def paired(self) -> dict[str, tuple[Document, ...]]:
        """计划 → 可以对照的总结。学科组的计划只有全校的总结可对的，不在内：全校的总结不必逐项说到。"""
        return {
            plan.id: summaries
            for plans, summaries in pairs(self.corpus)
            for plan in plans
            if plan.meta.subject == summaries[0].meta.subject
        }

    @cached_property
    def shares(self) -> dict[str, Row]:
        """每篇的雷同比例。"""
        return {} if self.copies is None else _by(self.copies.documents, "document")

    @cached_property
    def sources(self) -> dict[tuple[str, str], Row]:
        """（文档，来源的种类）→ 抄得最多的那一处来源。"""
        found: dict[tuple[str, str], Row] = {}
        for row in [] if self.copies is None else _rows(self.copies.pairs):
            key = (str(row["document"]), str(row["relation"]))
            if key not in found or row["copied_share"] > found[key]["copied_share"]:
                found[key] = row
        return found

    @cached_property
    def same_origin(self) -> dict[str, list[Row]]:
        """文件 → 和它来历相同的别的学校的文件。"""
        owners = {d.file: d.meta.school for d in self.corpus}
        digests = {d.file: d.meta.sha256 for d in self.corpus}
        found: dict[str, list[Row]] = defaultdict(list)
        for row in [] if self.copies is None else _rows(self.copies.same_origin):
            one, other = str(row["file"]), str(row["other_file"])
            if owners.get(one) and owners.get(one) == owners.get(other):
                continue
            identical = one in digests and digests[one] == digests.get(other)
            for mine, theirs in ((one, other), (other, one)):
                found[mine].append({"other_file": theirs, "reasons": row["reasons"], "identical": identical})
        return found


def places_in(folded: str) -> list[tuple[int, int, str, str]]:
    """说到的教育部门的地名：起、止、区或市、名称。"""
    return [(m.start(), m.end(), _sort(m["sort"]), m["name"]) for m in _PLACE.finditer(folded)]


def _sort(said: str) -> str:
    return "市" if said == "市" else "区"


def _by(frame: pd.DataFrame, column: str) -> dict[str, Row]:
    return {str(row[column]): row for row in _rows(frame)}


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
