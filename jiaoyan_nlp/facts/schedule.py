"""日程：有日期或固定时段的活动；月份栏目和表格里的每一项从栏目、单元格继承时间。"""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from jiaoyan_nlp.facts.activities import mentions
from jiaoyan_nlp.facts.words import said as words
from jiaoyan_nlp.text import fold, line_spans, number, touching
from jiaoyan_nlp.types import Event

if TYPE_CHECKING:
    from jiaoyan_nlp.types import Document, Section, Statement, Tagged

_N = r"\d{1,2}|[一二三四五六七八九十元]{1,3}"
_MONTH = re.compile(rf"(?:(?P<year>20\d{{2}})年)?(?P<month>{_N})月(?:份)?(?:(?P<day>{_N})[日号])?")
_RANGE = re.compile(
    rf"(?P<a>{_N})月(?:份)?(?:(?P<ad>{_N})[日号])?\s?[-—~～至到、]+\s?(?:(?P<b>{_N})月(?:份)?)?(?:(?P<bd>{_N})[日号])?"
)
_WEEKDAY = re.compile(
    r"(?P<every>(?:每?[单双]|隔|每两)(?:周的?)?|每)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?![次个节篇])的?\s?(?P<half>上午|下午)?"
)
_OTHER = re.compile("[单双隔两]")
_LISTED = re.compile(rf"(?P<month>{_N})月(?P<days>(?:{_N})[日号](?:[、和](?:{_N})[日号])+)")
_HALF = re.compile(r"^(?P<half>上午|下午)(?:为|是)")
_CLAUSE = re.compile(r"(?:[^，,。；;！!？?、]|、(?!上午|下午))+")
_DAYS = "一二三四五六日"
_TITLE_MONTH = re.compile(rf"^(?:20\d{{2}}年)?(?:{_N})月(?:份{{1,2}})?(?:\s?[-—~～至到、]+\s?(?:{_N})月(?:份)?)?[:：]?")
_DAYS_OF = {"start": (1, 10), "mid": (11, 20), "end": (21, 31)}
"""月初、月中、月底各是哪几天。"""
_ACADEMIC_START = 8
"""学年从八月算起：第一学期的八至十二月在前一年，一二月在后一年。"""


def schedule(document: Document, tagged: Tagged) -> tuple[Event, ...]:
    """全部日程，按先后排，一项一条。"""
    folded = fold(document.text)
    months = _month_sections(tagged.sections)
    found: list[Event] = []
    inherited: set[tuple[int, int]] = set()
    for section, when in months:
        for start, end in line_spans(document.text, section.title_end, section.end):
            inside = [s for s in tagged.statements if start <= s.start < end]
            if inside:
                inherited.add((start, end))
                found.append(_event(document, inside[0].start, inside[-1].end, when))
    found += _week_titles(document, tagged.sections, folded)
    dated = touching(inherited)
    for statement in tagged.statements:
        if not dated(statement.start, statement.start + 1):
            found += _in_statement(document, statement, folded[statement.start : statement.end])
    found += _in_cells(document)
    return tuple(sorted(found, key=lambda e: (e.start, e.end, e.when)))


def _month_sections(sections: tuple[Section, ...]) -> list[tuple[Section, str]]:
    """标题是月份、教学周的栏目，和它的时间。"""
    found = []
    for section in sections:
        title = fold(section.title)
        if section.title and (when := _title_when(title)):
            found.append((section, when))
    return found


def _week_titles(document: Document, sections: tuple[Section, ...], folded: str) -> list[Event]:
    """“第3周：公开课三节。”整行被认作标题的。"""
    found = []
    for section in sections:
        week = _TERM_WEEK.match(folded, section.title_start, section.title_end) if section.title else None
        if week and section.title_end - week.end() > 2:
            found.append(_event(document, section.title_start, section.title_end, _week_when(week)))
    return found


def _title_when(title: str) -> str | None:
    if week := _TERM_WEEK.match(title):
        return _week_when(week)
    return _month_when(title) if _TITLE_MONTH.match(title) else None


def _in_statement(document: Document, statement: Statement, text: str) -> list[Event]:
    found: list[Event] = []
    last_day = ""
    for clause in _CLAUSE.finditer(text):
        said = clause.group()
        whens: list[str] = []
        if term_week := _TERM_WEEK.search(said):
            whens.append(_week_when(term_week))
        elif dated := _dated_weekday(said):
            whens.append(dated)
        elif weekly := _weekly(said):
            last_day = weekly[0].split(":")[1] if ":" in weekly[0] else ""
            whens += weekly
        elif last_day and (half := _HALF.match(said)):
            whens.append(f"weekly:{last_day}:{'AM' if half['half'] == '上午' else 'PM'}")
        elif listed := _listed_days(text, clause.start(), said):
            whens += listed
        elif (when := _month_when(said)) or ((when := _term_when(said)) and mentions(said)):
            whens.append(when)
        end = _reach(text, clause.end()) if whens and not _BARE_DATE.sub("", said).strip() else clause.end()
        found += [_event(document, statement.start + clause.start(), statement.start + end, when) for when in whens]
    return found


_TERM_WEEK = re.compile(
    rf"(?<!月)(?<!月份)(?<!月的)(?<!前)第(?P<a>{_N})(?:周)?(?:\s?[-—~～至到]+\s?第?(?P<b>{_N}))?(?<!个)周(?!年|岁|报|刊|课时)"
)
"""“第3周”“第10—12周”是教学周；“十月第二周”不是。"""
_BARE_DATE = re.compile(
    rf"(?:20\d{{2}}年)?(?:{_N})月(?:份)?(?:(?:{_N})[日号])?|\(?(?:周|星期)[一二三四五六日]\)?|[上下]午|第(?:{_N})周|[:：]"
)


def _week_when(match: re.Match[str]) -> str:
    """教学周：term:W3；几周连着的 term:W10/term:W12。"""
    first, last = (int(number(said) or 0) if said else None for said in (match["a"], match["b"]))
    return f"term:W{first}/term:W{last}" if last else f"term:W{first}"


def _dated_weekday(said: str) -> str | None:
    """“11月6日(周三)”：写明了哪一天，星期几只是注一下。"""
    match = _DATED.search(said)
    month = _month(match["month"]) if match else None
    return _iso(match["year"], month, match["day"]) if match and month else None


_DATED = re.compile(
    rf"(?:(?P<year>20\d{{2}})年)?(?P<month>{_N})月(?P<day>{_N})[日号]\s?[(,，]?(?:周|星期)[一二三四五六日]"
)


def _reach(text: str, end: int) -> int:
    """分句里只有时间的，活动在下一个分句。"""
    after = _CLAUSE.search(text, end)
    return after.end() if after and after.start() - end <= 1 and text[end : end + 1] in ",，" else end


def _listed_days(text: str, at: int, said: str) -> list[str]:
    """“10月8日、15日、22日”里的每一天。"""
    match = _LISTED.match(text, at + len(said) - len(said.lstrip()))
    month = _month(match["month"]) if match else None
    return [_iso(None, month, day) for day in re.findall(_N, match["days"])] if match and month else []


def _in_cells(document: Document) -> list[Event]:
    """活动安排表：一行里有一格是时间，其余各格里最长的是活动。"""
    rows: dict[tuple[int, int], list[tuple[int, int, str]]] = {}
    for cell in document.cells:
        rows.setdefault((cell.table, cell.row), []).append((cell.start, cell.end, fold(cell.text)))
    found = []
    for cells in rows.values():
        times = [(c, when) for c in cells if len(c[2]) <= 24 and (when := _cell_when(c[2]))]
        others = [c for c in cells if c not in [t for t, _ in times] and len(c[2]) >= 4]
        if times and others:
            start, end, _ = max(others, key=lambda c: len(c[2]))
            found.append(_event(document, start, end, times[0][1]))
    return found


def _cell_when(said: str) -> str | None:
    weekly = _weekly(said)
    week = _TERM_WEEK.search(said)
    return (_week_when(week) if week else weekly[0] if weekly else None) or _month_when(said) or _term_when(said)


def _weekly(said: str) -> list[str]:
    found = []
    for match in _WEEKDAY.finditer(said):
        day = 7 if match["day"] in "日天" else _DAYS.index(match["day"]) + 1
        every = "biweekly" if match["every"] and _OTHER.search(match["every"]) else "weekly"
        half = {"上午": ":AM", "下午": ":PM", None: ""}[match["half"]]
        found.append(f"{every}:{day}{half}")
    return found


def _month_when(said: str) -> str | None:
    """--MM、--MM-DD、YYYY-MM、YYYY-MM-DD，或 A/B。"""
    span = _RANGE.search(said)
    if span and (span["b"] or (span["ad"] and span["bd"])):
        a, b = _month(span["a"]), _month(span["b"] or span["a"])
        if a and b:
            return f"{_iso(None, a, span['ad'])}/{_iso(None, b, span['bd'])}"
    match = _MONTH.search(said)
    month = _month(match["month"]) if match else None
    if match is None or month is None or re.search(r"[个几]$", said[: match.start()]):
        return None
    return _refined(_iso(match["year"], month, match["day"]), said[match.end() :])


def _refined(when: str, after: str) -> str:
    """日期后面紧跟的：10月18日下午、10月第二周、11月底、11月15日前。"""
    match = _AFTER.match(after)
    if not match:
        return when
    if match["week"]:
        return f"{when}-W{int(number(match['week']) or 1)}"
    if match["before"]:
        return f"../{when}"
    part = "PM" if match["half"] == "下午" else "AM" if match["half"] else _PARTS[match["part"]]
    return f"{when}:{part}"


_AFTER = re.compile(
    r"(?P<half>[上下]午)|(?:份)?的?(?:第(?P<week>[一二三四五1-5])(?:个)?(?:周|星期)|(?P<part>初|上旬|中旬|底|末|下旬))|(?P<before>之前|以前|前)(?!后)"
)
_PARTS = {"初": "start", "上旬": "start", "中旬": "mid", "底": "end", "末": "end", "下旬": "end"}


def _month(said: str) -> int | None:
    value = 1 if said == "元" else number(said)
    return int(value) if value is not None and 1 <= value <= 12 else None


def _iso(year: str | None, month: int, day: str | None) -> str:
    value = number(day) if day else None
    head = f"{year or '-'}-{month:02d}"
    return head + (f"-{int(value):02d}" if value is not None and 1 <= value <= 31 else "")


def _term_when(said: str) -> str | None:
    return next((when for when, pattern in words("term") if pattern.search(said)), None)


def _event(document: Document, start: int, end: int, when: str) -> Event:
    while start < end and document.text[start].isspace():
        start += 1
    first, last = resolve(when, document.meta.term)
    text = document.text[start:end]
    return Event(document.id, start, end, text, when, text, first, last)


def resolve(when: str, term: str | None) -> tuple[str | None, str | None]:
    """把 when 推成真实日期（起、止）；推不出是 None。

    参数：term 写作 2024-2025-1。学年从八月算起。

    >>> resolve("--10", "2024-2025-1"), resolve("--03-05", "2024-2025-2"), resolve("weekly:3", "2024-2025-1")
    (('2024-10-01', '2024-10-31'), ('2025-03-05', '2025-03-05'), (None, None))
    """
    first, _, second = when.partition("/")
    if first == "..":
        last = _days(second, term)
        return (None, last[1]) if last else (None, None)
    a = _days(first, term)
    b = _days(second, term) if second else a
    return (a[0], b[1]) if a and b and a[0] <= b[1] else (None, None)


def _days(when: str, term: str | None) -> tuple[str, str] | None:
    match = re.fullmatch(r"(-|\d{4})-(\d{2})(?:-(\d{2}))?(?:-W([1-5])|:(\w+))?", when)
    if not match:
        return None
    month = int(match[2])
    if match[1] != "-":
        year = int(match[1])
    elif term:
        year = int(term[:4]) + (month < _ACADEMIC_START)
    else:
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(match[3]) if match[3] else None
    if day is not None and day > last:
        return None
    begin, end = day or 1, day or last
    if match[4]:
        begin, end = 7 * int(match[4]) - 6, min(last, 7 * int(match[4]))
    elif match[5] in _DAYS_OF:
        begin, end = _DAYS_OF[match[5]][0], min(last, _DAYS_OF[match[5]][1])
    return f"{year}-{month:02d}-{begin:02d}", f"{year}-{month:02d}-{end:02d}"
