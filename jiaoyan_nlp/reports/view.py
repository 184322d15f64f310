"""报告要显示的内容：从语料、审核结果、雷同结果汇成一棵只读的树，网页和表格都照着它写。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiaoyan_nlp.reports.marks import Excerpt, Run
    from jiaoyan_nlp.reports.particulars import Amount, Facts, Promise

NO_SCHOOL = "（没有认出学校）"
PLANS = ("plan", "scheme")
SUMMARIES = ("summary",)


@dataclass(frozen=True, slots=True)
class Issue:
    """一处问题。"""

    rule: str
    name: str
    severity: str
    evidence: str
    excerpt: Excerpt | None
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Group:
    """同一条规则的各处问题；advice 是它们共同的建议，各处不同时为空。"""

    rule: str
    name: str
    severity: str
    advice: str
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """一段文字在哪里：文档的叫法、文件、网页里的锚（不在这一批里的为空）。"""

    label: str
    file: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Alike:
    """一段相同的文字：本篇的字和来源的字，逐字标出相同与改动。"""

    mine: Place
    source: Place
    kind: str
    relation: str
    reasons: str
    similarity: float | None
    length: int
    text: str
    source_text: str
    runs: tuple[Run, ...]
    source_runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """栏目树的一行：层级（1 起）、序号连标题、作用。"""

    level: int
    title: str
    role: str


@dataclass(frozen=True, slots=True)
class Paper:
    """一篇文档。expected 是这种文档一般有的栏目（名称，有没有）；share 是与他处相同的字占正文的比例（0 到 1，引文不算），
    没有查时为 None；shares 分来源写。
    """

    id: str
    anchor: str
    title: str
    kind: str
    file: str
    details: tuple[str, ...]
    outline: tuple[Outline, ...]
    expected: tuple[tuple[str, bool], ...]
    facts: Facts
    groups: tuple[Group, ...]
    share: float | None
    shares: tuple[tuple[str, float], ...]
    alike: tuple[Alike, ...]
    more_alike: int
    used_by: tuple[Place, ...]

    @property
    def issues(self) -> tuple[Issue, ...]:
        """各处问题，不分规则。"""
        return tuple(issue for group in self.groups for issue in group.issues)


@dataclass(frozen=True, slots=True)
class School:
    """一所学校：文档、各级问题数、最高的相同文字比例；groups 是不归哪一篇的问题。

    score 是记分卡的得分（0 到 100），rate 是计划兑现的比例（0 到 1），没有的是 None。
    """

    name: str
    anchor: str
    papers: tuple[Paper, ...]
    groups: tuple[Group, ...]
    plans: int
    summaries: int
    others: int
    counts: dict[str, int]
    share: float | None
    score: float | None
    rate: float | None
    amounts: tuple[Amount, ...]
    promises: tuple[Promise, ...]
    words: tuple[str, ...]

    @property
    def total(self) -> int:
        """问题总数。"""
        return sum(self.counts.values())

    @property
    def known(self) -> bool:
        """是一所学校，不是“没有认出学校”的那一堆文档。"""
        return self.name != NO_SCHOOL

    @property
    def lacking(self) -> bool:
        """缺计划或总结。"""
        return self.known and not (self.plans and self.summaries)


@dataclass(frozen=True, slots=True)
class Shared:
    """各校通用的一段文字：为什么不算相同，哪些文档用到它。"""

    text: str
    reason: str
    holders: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SameOrigin:
    """文件信息相近的一对文件。"""

    file: str
    other_file: str
    score: float | None
    reasons: str


@dataclass(frozen=True, slots=True)
class Remark:
    """一条读取记录；lost 表示这个文件没有读出文档。"""

    file: str
    code: str
    message: str
    advice: str
    lost: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """整份报告。term 是多数文档的学期；limit 是提醒的界线（0 到 1）；secrets 是个人信息 → 遮盖后的写法。"""

    term: str
    schools: tuple[School, ...]
    counts: dict[str, int]
    limit: float
    shared: tuple[Shared, ...]
    origins: tuple[SameOrigin, ...]
    remarks: tuple[Remark, ...]
    secrets: dict[str, str]

    @property
    def rate(self) -> float | None:
        """各校计划兑现的平均比例。"""
        known = [school.rate for school in self.schools if school.rate is not None]
        return sum(known) / len(known) if known else None

    @property
    def papers(self) -> tuple[Paper, ...]:
        """全部文档。"""
        return tuple(paper for school in self.schools for paper in school.papers)

    @property
    def size(self) -> int:
        """有几所学校。"""
        return sum(school.known for school in self.schools)

    @property
    def over(self) -> int:
        """相同文字超过界线的文档有几篇。"""
        return sum((paper.share or 0) >= self.limit for paper in self.papers)

    @property
    def lost(self) -> int:
        """没有读出来的文件有几个。"""
        return len({remark.file for remark in self.remarks if remark.lost})
