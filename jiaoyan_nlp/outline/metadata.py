"""文档的题目、种类、学校、学段、学科、学期、日期、作者：看题目、正文、文件名、文件夹和 schools.csv。"""

from __future__ import annotations

import csv
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from jiaoyan_nlp.errors import DataError, PathError
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.outline.topic import off_topic
from jiaoyan_nlp.text import Span, fold, number
from jiaoyan_nlp.types import Metadata

COLLECTED_TITLE = 3.0
"""合集里的题目抵得上正文里多少分的用语。"""
MOST_CUES = 6
"""同一种用语最多计几次。"""
HEAD = 400
TAIL = 120
_SCHOOL = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9]{2,16}?(?:(?:第[一二三四五六七八九十\d]{1,3})?(?:中心)?"
    r"(?:小学(?:校(?![本园内长]))?|幼儿园|中心校|联区|学区|初级中学|高级中学|实验学校|九年(?:一贯)?制学校|中学|学校|完小))"
)
_SCHOOL_NOISE = re.compile(
    r"^(?:我|本|各|该|全|某|在|于|由|与|和|对|及|关于|成为|我们|促进|推动|整个|是|校本|中|小|为)"
)
_GENERIC = {
    "中小学校",
    "中小学",
    "农村小学",
    "村小学",
    "兄弟学校",
    "实验学校",
    "完全小学",
    "中心小学",
    "农村学校",
    "薄弱学校",
    "乡镇中心校",
}
_YEARS = re.compile(r"(20\d{2})\s?(?:学年)?\s?[-—–－~～/至到]+\s?(20\d{2}|\d{2})\s?(?:学年度?)?")
_ONE_YEAR = re.compile(r"(20\d{2}|二[〇零○][〇零○一二三四五六七八九]{2})\s?(?:年|学年|届|[春秋])")
_SECOND = re.compile(r"第二学期|下学期|下半年|春季|春期|[春]学期|\d春(?:$|[^夏秋])|年春|（下）|\(下\)")
_FIRST = re.compile(r"第一学期|上学期|上半年|秋季|秋期|秋学期|\d秋|年秋|（上）|\(上\)")
_DATE = re.compile(
    r"(20\d{2}|二[〇零○][〇零○一二三四五六七八九]{2})\s?[年./-]\s?(\d{1,2}|[一二三四五六七八九十]{1,2})\s?[月./-]"
    r"(?:\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?日?)?"
)
_COLLECTED = re.compile(
    r"篇\s?[一二三四五六七八九十\d]{1,3}|(?:计划|总结|方案|体会)\s?[(（【]?[一二三四五六七八九十\d]{1,2}[)）】]?\s*$"
)
_AUTHOR = re.compile(
    r"(?:撰稿人?|执笔人?|作者|撰写人?|填报人|拟稿人?|报告人|教研组长|姓名)\s?[:：]\s?([\u4e00-\u9fff·]{2,4})(?=$|[\s，。)）])"
)


@dataclass(frozen=True, slots=True)
class School:
    """schools.csv 的一行。"""

    school: str
    aliases: tuple[str, ...]
    level: str | None
    place: str | None
    folder: str | None


def read_schools(path: str | Path) -> tuple[School, ...]:
    """读 schools.csv（列：school、aliases、level、place、folder；别名用“；”隔开）。

    抛出：PathError 文件不在；DataError 缺列、校名空，写明第几行。
    """
    path = Path(path)
    if not os.path.isfile(path):  # noqa: PTH113  # 名字太长也不抛错
        raise PathError(f"找不到学校名单 {path}，请检查路径。")
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except UnicodeDecodeError as error:
        raise DataError(f"学校名单 {path} 不是 UTF-8 编码，请在 Excel 里另存为“CSV UTF-8”。") from error
    if not rows or "school" not in rows[0]:
        raise DataError(f"学校名单 {path} 第 1 行须有 school 这一列（还可以有 aliases、level、place、folder）。")
    schools = []
    for line, row in enumerate(rows, 2):
        name = (row.get("school") or "").strip()
        if not name:
            raise DataError(f"学校名单 {path} 第 {line} 行没有校名。")
        aliases = tuple(a.strip() for a in re.split("[；;]", row.get("aliases") or "") if a.strip())
        fields = [(row.get(column) or "").strip() or None for column in ("level", "place", "folder")]
        schools.append(School(name, aliases, *fields))
    return tuple(schools)


def metadata(
    text: str, title_spans: list[Span], file: str, inner_title: str | None, schools: tuple[School, ...], sha256: str
) -> Metadata:
    """一篇文档的元数据。参数：title_spans 是题目各行的区间；inner_title 是文件自带的标题（网页的 title）。"""
    title = " ".join(text[a:b].strip() for a, b in title_spans) or None
    path = PurePosixPath(file.replace("\\", "/"))
    name = re.sub(r"\.[A-Za-z]{2,5}$", "", path.name)
    folders = [p for p in path.parts[:-1] if p not in ("/", "..", ".")]
    said = fold(" ".join(x for x in (title, name, inner_title) if x))
    listed = _listed(text, folders, name, title or "", schools)
    school = listed.school if listed else _school(text, title or "", name, folders)
    level = (listed.level if listed else None) or _first(_levels(), fold(school or "")) or _first(_levels(), said)
    return Metadata(
        title=title or inner_title,
        kind=_kind(text, title or "", name, inner_title or ""),
        school=school,
        level=level or _first(_levels(), fold(text[:HEAD])),
        subject=subject_in(fold(title or "")) or subject_in(fold(name)),
        term=_term(said, text),
        author=_author(text),
        date=_date(text),
        sha256=sha256,
        off_topic=off_topic(fold(title or name), fold(text)),
    )


def subject_in(folded: str) -> str | None:
    """归一后的文字里说到的学科，没有是 None。"""
    return _first(_subjects(), folded)


@lru_cache(maxsize=1)
def _subjects() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["subject"], re.compile(r["words"])) for r in table("subjects.csv", "subject", "words"))


@lru_cache(maxsize=1)
def _levels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["level"], re.compile(r["pattern"])) for r in table("levels.csv", "level", "pattern"))


def _first(rules: tuple[tuple[str, re.Pattern[str]], ...], said: str) -> str | None:
    return next((name for name, pattern in rules if pattern.search(said)), None)


def _listed(text: str, folders: list[str], name: str, title: str, schools: tuple[School, ...]) -> School | None:
    """名单里的学校：先看文件夹，再看题目、文件名，最后看正文里说得最多的。"""
    for school in schools:
        if school.folder and (school.folder in folders or school.folder in "/".join(folders)):
            return school
    for place in (*reversed(folders), title, name):
        best = max((s for s in schools), key=lambda s: _named(place, s), default=None)
        if best and _named(place, best):
            return best
    counts = [(sum(text.count(n) for n in (s.school, *s.aliases)), s) for s in schools]
    top = max(counts, key=lambda c: c[0], default=(0, None))
    return top[1] if top[0] >= 1 else None


def _named(place: str, school: School) -> int:
    return max((len(n) for n in (school.school, *school.aliases) if n in place), default=0)


def _school(text: str, title: str, name: str, folders: list[str]) -> str | None:
    for place in (title, name, *reversed(folders)):
        if found := _school_in(place):
            return found
    for place in (text[-TAIL:], text[:HEAD]):
        for line in place.split("\n"):
            introduced = _INTRODUCED.match(line.strip())
            said = introduced.group() if introduced else line if _SIGNED.fullmatch(line.strip()) else ""
            if found := _school_in(said):
                return found
    return None


_SIGNED = re.compile(r"[^，。；：,;:]{1,24}")
_INTRODUCED = re.compile(
    r"[\u4e00-\u9fff]{2,10}?(?:小学|幼儿园|中学|学校)(?=坐落|位于|现有|共有|有[\d一二三四五六七八九十]|辖|创办|始建|是一所)"
)
"""正文里的“促进学校……”不是校名：只认落款那样独占一行的，和“某某小学坐落在……”。"""


def _school_in(place: str) -> str | None:
    for match in _SCHOOL.finditer(place):
        found = re.sub(r"^(?:20\d{2}|学年度?|第[一二]学期|[年度秋春季期])+", "", match.group())
        found = re.split(r"(?:为使|为了|关于|我们|以及|年|月|日)", found)[-1]
        if len(found) >= 4 and found not in _GENERIC and not _SCHOOL_NOISE.match(found):
            return found
    return None


def _kind(text: str, title: str, name: str, inner_title: str) -> str:
    """种类：题目说的最算数；合集里的题目（篇一、总结1）常与内容不符，就同正文的用语一起掂量。"""
    scores: dict[str, float] = {}
    for said in (title, name, inner_title):
        if kind := _named_kind(said):
            if not _COLLECTED.search(said):
                return kind
            scores[kind] = COLLECTED_TITLE
            break
    folded = fold(text)
    for row in table("kind_cues.csv", "kind", "pattern", "weight"):
        count = len(re.findall(row["pattern"], folded))
        scores[row["kind"]] = scores.get(row["kind"], 0.0) + float(row["weight"]) * min(count, MOST_CUES)
    best = max(scores, key=lambda k: scores[k])
    return best if scores[best] >= 1 else "other"


def _named_kind(said: str) -> str | None:
    """题目里最后说到的种类。"""
    hits = [
        (said.rfind(row["word"]) + len(row["word"]), len(row["word"]), row["kind"])
        for row in table("kinds.csv", "kind", "word")
        if row["word"] in said
    ]
    return max(hits)[2] if hits else None


def _term(said: str, text: str) -> str | None:
    """学期，写作 2024-2025-1；只说学年写作 2024-2025。先看题目和文件名，再看文首。"""
    for place in (said, fold(text[:HEAD]), fold(text[-TAIL:])):
        if found := term_in(place):
            return found
    return None


def term_in(said: str) -> str | None:
    """一句话里说到的学期（2024-2025-1）或学年（2024-2025），没有是 None。"""
    half = "2" if _SECOND.search(said) else "1" if _FIRST.search(said) else ""
    years = _YEARS.search(said)
    if years:
        start = int(years[1])
        end = int(years[2]) if len(years[2]) == 4 else 2000 + int(years[2])
        if end == start + 1:
            return f"{start}-{end}" + (f"-{half}" if half else "")
    one = _ONE_YEAR.search(said)
    year = number(one[1]) if one else None
    if year and half:
        start = int(year) - 1 if half == "2" else int(year)
        return f"{start}-{start + 1}-{half}"
    return None


def _date(text: str) -> str | None:
    """落款的日期（文末），没有再看题目下面。"""
    for place in (text[-TAIL:], text[:TAIL]):
        found = list(_DATE.finditer(place))
        if found and (iso := _iso(found[-1])):
            return iso
    return None


def _iso(match: re.Match[str]) -> str | None:
    year, month = number(match[1]), number(match[2])
    day = number(match[3]) if match[3] else None
    if year is None or month is None or not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return f"{int(year)}-{int(month):02d}" + (f"-{int(day):02d}" if day is not None else "")


def _author(text: str) -> str | None:
    match = _AUTHOR.search(text[:HEAD]) or _AUTHOR.search(text[-TAIL:])
    return match[1] if match else None
