"""别处留下的：别校的校名、人名、地名，别的学年、学期、年代，繁简混杂。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit.batch import places_in
from jiaoyan_nlp.audit.registry import Case, Hit, rule
from jiaoyan_nlp.following.terms import same_term, term_name
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.outline.metadata import term_in
from jiaoyan_nlp.text import line_spans, sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jiaoyan_nlp.text import Span

_SCHOOL = re.compile(
    r"[\u4e00-\u9fff]{2,10}?(?:第[一二三四五六七八九十]{1,2})?(?:中心)?(?:小学|幼儿园|中心校|初级中学|高级中学|实验学校|中学|中心学校|完小)"
)
_GENERIC = re.compile(
    r"(?:我|本|各|该|全|某|兄弟|中心|农村|乡镇|城区|城乡|薄弱|完全|实验|附属|重点|名|优质|友好|联盟|基层|村|每所|几所|[一二三四五六七八九十两]所|市|县|区|镇|乡|街道){1,8}"
    r"(?:小学|幼儿园|中心校|初级中学|高级中学|实验学校|中学|中心学校|完小)$"
)
_LEAD = re.compile(
    r"^.*(?:[、，,。;:：\s]|和|与|同|跟|及|到|赴|在|向|从|由|对|请|为|是|至|往|去|来自|邀请|参观|联合|参加|我们|他们|教师|老师|的|了|日|号|月|有)(?=[\u4e00-\u9fff]{4})"
)
_PARTNER = re.compile(
    r"联合|联片|联盟|同课异构|手拉手|结对|对口|支教|送教|跟岗|交流|参观|观摩|学习|考察|合办|承办|主办|举办|举行|来校|来园|[来到]我[校园]|给(?:了)?我们|启发|互借|换书|指导|兄弟|友好|合作|共建|片区|区域|赛课|比赛|获|荣|奖|毕业|调入|调到|调出|曾在|原|名师|邻校|走访|帮扶|共同|一起|两校|合备|同学科|评委|专家|讲座|听课|讲学|执教|老师的课|轮岗|交换"
)
_WITH = re.compile(
    r"(?:和|与|同|跟|及|到|赴|在|向|从|由|对|请|至|往|去|来自|邀请|参观|联合|借|含|例如|比如|如|像|学|、)\s?$"
)


@rule("JY206")
def other_names(case: Case) -> Iterator[Hit]:
    """别校的校名、人名、别处的地名；一起办活动的学校不算。"""
    yield from _other_schools(case)
    yield from _other_people(case)
    yield from _other_places(case)


def _other_schools(case: Case) -> Iterator[Hit]:
    own = case.document.meta.school
    if not own or _joint(case, own):
        return
    for start, end in sentence_spans(case.document.text):
        said = case.folded[start:end]
        if not any(word in said for word in _ENDINGS):
            continue
        for match in _SCHOOL.finditer(said):
            name = _LEAD.sub("", match.group())
            at = match.end() - len(name)
            if _GENERIC.fullmatch(name) or _mine(name, own):
                continue
            stranger = bool(_OFFICE.match(said[match.end() :])) and not _WITH.search(said[:at])
            if not stranger and not _known(case, name):
                continue
            if stranger or not _together(case, name, said[:at], said[match.end() :]):
                span = (start + at, start + match.end())
                yield Hit(*span, {"words": case.document.text[slice(*span)]})


def _joint(case: Case, own: str) -> bool:
    """几所学校（学区、联盟）合写的：全文说到好几所别的学校。"""
    names = {_LEAD.sub("", m.group()) for m in _SCHOOL.finditer(case.folded)}
    return sum(1 for name in names if not _GENERIC.fullmatch(name) and not _mine(name, own)) >= SEVERAL


SEVERAL = 3
_OFFICE = re.compile(
    r"(?:将(?:继续|进一步|以|在|坚持)|财务室|教导处|教务处|校长室|总务处|政教处|教科室|党支部|全体(?:教师|师生)|校本教研领导小组)"
)
"""校名后面接着这些，说的是本校自己的事：出现的却是别的校名。"""


def _together(case: Case, name: str, before: str, after: str) -> bool:
    """说的是和这所学校一起做的事，或者全篇多次说到和它的来往。"""
    if _RULES.search(before + after):
        return False
    if _WITH.search(before) or _PARTNER.search(before + after):
        return True
    spans = [case.folded[a:b] for a, b in sentence_spans(case.folded) if name in case.folded[a:b]]
    return any(_PARTNER.search(s) and not _RULES.search(s) for s in spans)


_RULES = re.compile(r"制度|全体教师|全校教师|规定|纳入")
"""写的是本校自己的制度、要求：这时冒出别校的名字，多半是照搬留下的。"""


def _mine(name: str, own: str) -> bool:
    """是自己的校名（全称、简称、带地名的）。"""
    core = _CORE.sub("", name)
    short = _CORE.sub("", _PLACED.sub("", own))
    return name in own or own in name or core in own or (len(short) >= 2 and short in name)


_ENDINGS = ("小学", "幼儿园", "中心校", "中学", "实验学校", "中心学校", "完小")
_CORE = re.compile(r"(?:小学|幼儿园|中心校|初级中学|高级中学|实验学校|中学|中心学校|学校|完小)$")
_PLACED = re.compile(r"^(?:[\u4e00-\u9fff]{2,4}[省市])?[\u4e00-\u9fff]{2,3}[区县市](?=[\u4e00-\u9fff]{4})")


def _known(case: Case, name: str) -> bool:
    """同一批里别的学校；或者出现在文首、落款，独占一行。"""
    if name in case.batch.schools or any(name.endswith(s) or s.endswith(name) for s in case.batch.schools):
        return True
    place = case.folded.find(name)
    line = case.folded[case.folded.rfind("\n", 0, place) + 1 :].split("\n", 1)[0].strip()
    return line == name or (
        place < HEAD and bool(re.search(r"学年|学期|计划|总结|方案", line)) and line.startswith(name)
    )


HEAD = 60
"""题目在这么多字以内。"""


def _other_people(case: Case) -> Iterator[Hit]:
    own = case.document.meta.school
    if not own:
        return
    mine = {role.name for role in case.facts.roles}
    for name in case.batch.people_in(case.document.text):
        school = case.batch.people[name]
        if school == own or name in mine:
            continue
        at = case.document.text.index(name)
        sentence = next(case.folded[a:b] for a, b in sentence_spans(case.document.text) if a <= at < b)
        if not _PARTNER.search(sentence) and not any(s in case.folded for s in _names_of(case, school)):
            yield Hit(at, at + len(name), {"words": name})


def _names_of(case: Case, school: str) -> list[str]:
    return (
        [name for name, owner in case.batch.schools.items() if owner == school]
        if case.document.meta.kind != "plan"
        else []
    )


def _other_places(case: Case) -> Iterator[Hit]:
    own = case.document.meta.school or ""
    for start, end, sort, name in places_in(case.folded):
        main = case.batch.places.get(sort)
        if main and not name.endswith(main) and main not in name and name not in own:
            yield Hit(start, end, {"words": case.document.text[start:end]})


_TERM = re.compile(
    r"(?:20\d{2}\s?(?:学年)?\s?[-—–－~～/至到]+\s?(?:20)?\d{2}\s?学年度?(?:\s?第[一二]学期|[上下]学期)?|20\d{2}年?[春秋]季?学期)"
)
_ERA = re.compile(r"[“\"「]?(?P<n>十[一二三四五])五[”\"」]?(?=规划|计划|期间|时期|发展|教育|教师|课题|末|[”\"」])")
_ERAS = {"十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030}
_PAST = re.compile(
    r"上(?:一|个)?(?:学期|学年)|去年|往年|以往|曾|回顾|以来|历年|近[几两三]年|获|荣|立项|结题|课题|开始|起(?=[,，。])|前测|下(?:一)?(?:学期|学年)|今后|明年|来年|自20|从20|成立|建校|办学之初|当年|那时|最初|版\)|印发|颁布|文件|通知|期末"
)


@rule("JY207", "plan", "scheme", "summary")
def other_times(case: Case) -> Iterator[Hit]:
    """别的学年、学期，过了时的“十一五”。说从前、往后的话不算。"""
    own = case.batch.terms.get(case.document.id)
    if not own:
        return
    for start, end in sentence_spans(case.document.text):
        said = case.folded[start:end]
        for match in _TERM.finditer(said):
            found = term_in(match.group())
            if found and not same_term(found, own) and not _PAST.search(said) and not _within(own, found):
                yield Hit(start + match.start(), start + match.end(), _told(case, start, match, own))
        for match in _ERA.finditer(said):
            year = _ERAS[match["n"]]
            if year < int(own[:4]) and not _PAST.search(said):
                yield Hit(start + match.start(), start + match.end(), _told(case, start, match, own))


def _told(case: Case, start: int, match: re.Match[str], own: str) -> dict[str, object]:
    words = case.document.text[start + match.start() : start + match.end()]
    return {"words": words.strip("“”\"'"), "term": term_name(own)}


def _within(own: str, found: str) -> bool:
    """只说学年的文档，提到这一学年的一个学期不算错；规划一类跨几年的也不算。"""
    return len(own.split("-")) == 2 and found.startswith(own)


@lru_cache(maxsize=1)
def _scripts() -> tuple[frozenset[str], frozenset[str]]:
    """只在繁体里用的字、只在简体里用的字：GB2312 没有的和 Big5 没有的。"""
    pairs = [(r["traditional"], r["simplified"]) for r in table("traditional.csv", "traditional", "simplified")]
    old = frozenset(a for a, b in pairs if a != b and not _has(a, "gb2312"))
    new = frozenset(b for a, b in pairs if a != b and not _has(b, "big5"))
    return old, new


def _count(letters: str, line: str) -> int:
    return sum(map(line.count, letters))


def _has(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@rule("JY208")
def mixed_scripts(case: Case) -> Iterator[Hit]:
    """繁体、简体混在一篇里：指出用得少的那一种，连着的几行算一处。"""
    text = case.document.text
    least = case.settings.thresholds["script"]
    simplified_only = _scripts()[1]
    text = _QUOTE.sub(lambda m: m.group() if simplified_only & set(m.group()) else " " * len(m.group()), text)
    used = set(text)
    old, new = ("".join(used & letters) for letters in _scripts())
    if min(sum(map(text.count, old)), sum(map(text.count, new))) < least:
        return
    rows = [(a, b, _count(old, text[a:b]), _count(new, text[a:b])) for a, b in line_spans(text)]
    traditional, simplified = sum(r[2] for r in rows), sum(r[3] for r in rows)
    at = 2 if traditional <= simplified else 3
    total = min(traditional, simplified)
    runs: list[Span] = []
    previous = -1
    for number, row in enumerate(rows):
        if row[at] >= (1 if total >= MANY else least):
            runs = [*runs[:-1], (runs[-1][0], row[1])] if previous == number - 1 and runs else [*runs, (row[0], row[1])]
            previous = number
    for start, end in runs:
        word = "繁体" if at == 2 else "简体"
        yield Hit(start, end, {"words": case.document.text[start:end].split("\n")[0][:SHOWN], "script": word})


# 引文里全是另一种字体的，是照引；夹着本文字体的，照查。
_QUOTE = re.compile(r"[“「《][^“”「」《》\n]{1,20}[”」》]")
MANY = 4
"""全篇另一种字体的字有这么多，一行里有一个也指出来；少的可能是书名、人名。"""
SHOWN = 20
"""消息里最多写出这么多字。"""
