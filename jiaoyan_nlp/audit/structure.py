"""结构方面的规则：该有的栏目有没有、空栏目、篇幅、序号。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit.registry import Case, Hit, rule
from jiaoyan_nlp.audit.words import said
from jiaoyan_nlp.comparing.answers import answers
from jiaoyan_nlp.outline.lines import lines
from jiaoyan_nlp.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

FAIRLY = 0.65
LIKELY = 0.5
"""概率到这么多算比较有把握。"""
FIRST_SKIPPED = 3
"""一个栏目里的标题从“三”以上数起，说明前几项丢了；从“二”数起常是第一项没写序号。"""
MAX_EMPTY_TITLE = 20
"""比这长的“标题”多半是单独成段的一条内容，不算空栏目。"""
ORDERED = ("chinese", "chinese_bracket", "decimal", "decimal_bracket", "circled")


KINDERGARTEN = "幼儿"
"""幼儿园的计划是全园的，不是哪个学科组的。"""


@rule("JY101", "plan", "scheme")
def no_organization(case: Case) -> Iterator[Hit]:
    """没有领导小组、负责人。教研组自己的计划由组长负责，不查。"""
    group = case.document.meta.subject not in (None, KINDERGARTEN)
    if group or case.facts.roles or case.role("organization"):
        return
    if not any(said("organised").search(s.text) for s in case.labelled("organization")):
        yield Hit()


@rule("JY102", "plan")
def no_goals(case: Case) -> Iterator[Hit]:
    """没有目标。"""
    if not case.sure("goal", FAIRLY) and not case.role("goals"):
        yield Hit()


VAGUE = ("term:start", "term:mid", "term:end", "weekly", "biweekly")


@rule("JY103", "plan")
def no_schedule(case: Case) -> Iterator[Hit]:
    """没有注明日期的活动安排；学期初、期末这样的泛指、每周几的惯例不算，“第三周”算。"""
    dated = [e for e in case.facts.schedule if not e.when.startswith(VAGUE)]
    if not dated and not case.role("schedule"):
        yield Hit()


@rule("JY104", "plan", "scheme")
def no_safeguards(case: Case) -> Iterator[Hit]:
    """没有制度、考核、经费等保障。"""
    written = any(said("safeguard").search(case.folded[s.start : s.end]) for s in case.role("safeguards"))
    if not written and not any(said("safeguard").search(s.text) for s in case.labelled("measure")):
        yield Hit()


@rule("JY105", "summary")
def no_achievements(case: Case) -> Iterator[Hit]:
    """总结没有成绩。要比较有把握地说到成效、又有“获奖、提高到”一类的字样才算有，只写经过的不算。"""
    told = any(said("achieved").search(fold(s.text)) for s in case.sure("outcome", FAIRLY))
    if not told and not _named(case, "achievements", "achieved_title"):
        yield Hit()


@rule("JY106", "summary")
def no_problems(case: Case) -> Iterator[Hit]:
    """总结没有问题；说活动、成绩时顺带提到的缺欠不算。"""
    told = [s for s in case.sure("problem", LIKELY) if s.role not in ASIDE]
    firm = [s for s in case.sure("problem") if s.role not in ASIDE]
    worded = any(said("problem").search(fold(s.text)) for s in told or case.sure("problem"))
    if not firm and not worded and not case.role("problems") and not _headed(case, "problem_title"):
        yield Hit()


ASIDE = ("activities", "achievements")


@rule("JY107", "summary")
def no_improvement(case: Case) -> Iterator[Hit]:
    """总结没有改进措施、今后打算。问题有措施回应的，不论栏目叫什么名字，都算写了。"""
    forward = any(
        said("improve").search(s.text) and set(s.labels) & {"measure", "goal", "activity"}
        for s in case.tagged.statements
    )
    if forward or _named(case, "improvement", "improve_title"):
        return
    problems = [s.start for s in case.labelled("problem")]
    answered = any(s.start > problems[-1] for s in case.sure("measure")) if problems else False
    if not answered and not any(a.measure for a in answers(case.document, case.tagged)):
        yield Hit()


def _named(case: Case, role: str, words: str) -> bool:
    """有没有这样的栏目：标题写明了的，或者有“成绩：……”这样开头的一行。"""
    return any(said(words).search(fold(s.title)) for s in case.role(role)) or _headed(case, words)


def _headed(case: Case, words: str) -> bool:
    """有没有“问题：……”这样开头的一行。"""
    return bool(
        re.search(rf"^[^。，\n]{{0,6}}(?:{said(words).pattern})[^。，\n]{{0,4}}[:：]", case.folded, re.MULTILINE)
    )


@rule("JY109")
def empty_section(case: Case) -> Iterator[Hit]:
    """有标题没有内容。"""
    parents = {s.parent for s in case.tagged.sections}
    for section in case.tagged.sections:
        if not section.title or section.index in parents or section.run_in or len(section.title) > MAX_EMPTY_TITLE:
            continue
        if not case.document.text[section.title_end : section.end].strip(" \t\n\u3000。：:；;！!？?"):
            yield Hit(section.title_start, section.title_end, {"title": section.title})


@rule("JY110")
def wrong_size(case: Case) -> Iterator[Hit]:
    """过短或过长。"""
    least, most = int(case.settings.thresholds["shortest"]), int(case.settings.thresholds["longest"])
    if case.size < least:
        yield Hit(words={"size": case.size, "least": least})
    elif case.size > most:
        said = f"全文有 {case.size} 字，过长（超过 {most} 字）。"
        yield Hit(words={"size": case.size, "least": least, "message": said})


@rule("JY111")
def wrong_numbering(case: Case) -> Iterator[Hit]:
    """序号跳号、重号。只看从一数起的序列；上一级换了，下一级重新数；重了一号、后面照常数下去的，只算重号。"""
    text = case.document.text
    last: dict[str, tuple[int, int, int]] = {}
    repeated = ""
    titled = {s.title_start for s in case.tagged.sections if s.title and (not s.run_in or s.number[:1] in "(（")}
    for row in lines(text):
        if (
            row.style not in ORDERED
            or row.value is None
            or row.rank is None
            or case.outside(row.start, row.start + 1)
            or _GRADES.match(case.folded, row.start)
        ):
            continue
        for style in [s for s, (rank, _, _) in last.items() if rank > row.rank]:
            del last[style]
        before = last.get(row.style)
        last[row.style] = (row.rank, row.value, row.start)
        number = text[row.start : row.title].strip()
        hit = (row.start, row.start + len(number))
        if before is None and row.value >= FIRST_SKIPPED and row.start in titled:
            yield Hit(*hit, {"number": number, "fault": "前面缺了前几项"})
        if before is None or row.value == 1:
            continue
        if row.value == before[1]:
            repeated = row.style
            yield Hit(*hit, {"number": number, "fault": "重复"})
            continue
        elif repeated == row.style and row.value == before[1] + 2:
            repeated = ""
        elif row.value > before[1] + 1 and not _between(case.folded, before, row.start, row.style, row.value):
            yield Hit(*hit, {"number": number, "fault": "前面跳号"})
        elif row.value < before[1]:
            yield Hit(*hit, {"number": number, "fault": "倒退"})
        repeated = "" if repeated == row.style else repeated


_GRADES = re.compile(r"[一二三四五六七八九](?:、[一二三四五六七八九]){1,8}年级")
"""“七、八年级”不是序号。"""
_NUMERALS = "零一二三四五六七八九十"


def _between(folded: str, before: tuple[int, int, int], end: int, style: str, value: int) -> bool:
    """缺的那个序号其实写在行中间。"""
    missing = value - 1
    said = _NUMERALS[missing] if style.startswith("chinese") and missing <= 10 else str(missing)
    mark = {
        "chinese": f"{said}[、.]",
        "chinese_bracket": rf"\({said}\)",
        "decimal": rf"(?<!\d){said}\s?[、.,]",
        "decimal_bracket": rf"\(?{said}\)",
    }
    if style == "circled":
        return chr(0x2460 + missing - 1) in folded[before[2] : end]
    return bool(re.search(mark[style], folded[before[2] : end]))
