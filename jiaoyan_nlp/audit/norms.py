"""数量是不是低于区县的要求，前后是不是矛盾。要求写在 data/district.toml 的 norms 里。"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit.registry import Case, Hit, rule
from jiaoyan_nlp.audit.words import said
from jiaoyan_nlp.facts.rates import is_general, is_part, per_term
from jiaoyan_nlp.text import NUMERAL, number, touching

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jiaoyan_nlp.types import Quantity

_BOUND = re.compile(r"不得?少于|不得?低于|至少|最少|不得?超过|至多|最多|以上|以下|以内")
_SORT = re.compile(r"(公开|汇报|示范|研讨|研究|展示|观摩|过关|达标|优质|教研|实验|见面|合格|推门)课")


@rule("JY303", "plan", "scheme")
def below_norm(case: Case) -> Iterator[Hit]:
    """对全体教师的要求低于区县的常规。同一项有几种说法时，够一种就算够。"""
    for norm in case.settings.norms:
        stated = [
            q
            for q in _norms(case)
            if q.activity == norm.activity and q.unit == norm.unit and q.period and not _product(case, q)
        ]
        rates = [(r, q) for q in stated if (r := per_term(q)) is not None]
        needed = per_term(norm)
        if rates and needed is not None and max(r for r, _ in rates) < needed:
            _, q = max(rates, key=lambda x: x[0])
            words: dict[str, object] = {
                "activity": norm.activity,
                "own": case.document.text[q.start : q.end],
                "norm": norm.said,
            }
            yield Hit(q.start, q.end, words)


@rule("JY309", "plan", "scheme", "summary", "regulation")
def contradictory(case: Case) -> Iterator[Hit]:
    """“不少于16—32节”；同一项要求，这里写的和那里写的不一样。"""
    for q in case.facts.quantities:
        near = case.folded[max(0, q.start - NEAR) : q.end + 2].rsplit("\n", 1)[-1]
        if q.comparator == "range" and (_BOUND.search(case.folded[q.start : q.end + 2]) or _BOUND.search(near[-NEAR:])):
            said = case.document.text[q.start : q.end]
            yield Hit(q.start, q.end, {"message": f"“{said}”既写了界限，又写了范围，不知道以哪个数为准。"})
    groups: dict[tuple[str, ...], list[Quantity]] = defaultdict(list)
    for q in _norms(case):
        if q.comparator in (">=", "=") and q.period and q.low is not None:
            sort = _SORT.search(case.folded[q.start : q.end])
            groups[q.activity, q.unit, q.period, sort.group() if sort else ""].append(q)
    for group in groups.values():
        yield from _clashes(case, group)
    yield from _restated(case)


def _restated(case: Case) -> Iterator[Hit]:
    """“备课图不少于4张”“备课图不少于3张”：不是认得的活动，说的也是同一样东西。"""
    known = touching((q.start, q.end) for q in case.facts.quantities)
    groups: dict[tuple[str, str], list[re.Match[str]]] = defaultdict(list)
    for m in _STATED.finditer(case.folded):
        far = max(0, m.start() - REACH)
        clause = max(far, *(case.folded.rfind(mark, far, m.start()) + 1 for mark in ",;。\n("))
        if is_part(case.folded[clause : m.end()]) or known(*m.span()):
            continue
        groups[m["what"][-SAME:], m["unit"]].append(m)
    for (what, _), group in groups.items():
        if len(what) == SAME and len({number(m["n"]) for m in group}) > 1:
            unlike = next(o for o in group if o["n"] != group[0]["n"])
            for m in group:
                other = unlike if m["n"] == group[0]["n"] else group[0]
                text = case.document.text
                words: dict[str, object] = {"own": text[slice(*m.span())], "other": text[slice(*other.span())]}
                yield Hit(*m.span(), words)


_STATED = re.compile(
    rf"(?P<what>[\u4e00-\u9fff]{{2,6}}?)(?:不得?少于|不得?低于|至少)(?:为|要|有)?(?P<n>\d{{1,4}}|[{NUMERAL}]{{1,4}})(?P<unit>[\u4e00-\u9fff])"
)
SAME = 3
"""名称的末三个字相同，算同一样东西。"""


def _product(case: Case, q: Quantity) -> bool:
    """数的是“集体备课发言”“听课笔记”，不是活动本身。"""
    return bool(said("product").search(case.folded, q.start, q.end))


NEAR = 10
"""界限的说法离数字最多这么多字。"""


def _clashes(case: Case, group: Sequence[Quantity]) -> Iterator[Hit]:
    firm = [q for q in group if q.comparator == ">="] or group
    first, text = firm[0], case.document.text
    if len({q.low for q in firm}) < 2 or "\n" not in text[first.start : firm[-1].start]:  # 在同一行的是分别说的
        return
    unlike = next(o for o in firm if o.low != first.low)
    for q in firm:
        other = unlike if q.low == first.low else first
        words: dict[str, object] = {"own": text[q.start : q.end], "other": text[other.start : other.end]}
        yield Hit(q.start, q.end, words)


def _norms(case: Case) -> list[Quantity]:
    """对全体教师的要求：说一部分人的、“其中”几节的、每次几节的都不算。"""
    return [q for q in case.facts.quantities if q.kind == "norm" and is_general(q, case.folded) and not _cited(case, q)]


REACH = 400
"""说是引用的话，只在同一句的前面这么多字里找。"""


def _cited(case: Case, q: Quantity) -> bool:
    """引的是上级的要求，不是本校自己的。"""
    far = max(0, q.start - REACH)
    start = max(far, *(case.folded.rfind(mark, far, q.start) + 1 for mark in "。\n"))
    return bool(_ABOVE.search(case.folded, start, q.start))


_ABOVE = re.compile(
    r"[区县市省](?:里|级)?(?:教体局|教育局|教育体育局|教委|教研室)?.{0,6}(?:通知|文件|规定|要求|意见|写明)"
)
