"""雷同和同源：只在给了雷同排查的结果时才查。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaoyan_nlp.audit.registry import Case, Hit, rule
from jiaoyan_nlp.following.terms import same_term

if TYPE_CHECKING:
    from collections.abc import Iterator


@rule("JY209")
def like_schools(case: Case) -> Iterator[Hit]:
    """与别校的文档雷同；别校那一篇其实是本校的文件原样报的，不算。"""
    source = case.batch.sources.get((case.document.id, "school"), {}).get("source_document")
    twins = case.batch.twins.get(str(source), ())
    if any(d.meta.school == case.document.meta.school and d.id != case.document.id for d in twins):
        return
    yield from _alike(case, "from_schools", "alike_schools", "school")


@rule("JY210")
def like_templates(case: Case) -> Iterator[Hit]:
    """与范文、模板雷同。"""
    yield from _alike(case, "from_templates", "alike_templates", "template")


@rule("JY211")
def like_own(case: Case) -> Iterator[Hit]:
    """与本校往届的文档雷同；同一学期的计划和总结、重交的副本不算往届。"""
    terms = case.batch.terms
    source = case.batch.sources.get((case.document.id, "own"), {}).get("source_document")
    if source in terms and same_term(terms[str(source)], terms[case.document.id]):
        return
    yield from _alike(case, "from_own", "alike_own", "own")


def _alike(case: Case, column: str, threshold: str, relation: str) -> Iterator[Hit]:
    share = float(case.batch.shares.get(case.document.id, {}).get(column) or 0.0)
    if share >= case.settings.thresholds[threshold]:
        source = case.batch.sources.get((case.document.id, relation), {})
        parts = str(source.get("source_file", "")).rsplit("/", 2)
        name = "/".join(parts[-2:] if relation == "school" else parts[-1:])
        yield Hit(words={"share": f"{share:.0%}", "source": f"（最多的是“{name}”）" if name else ""})


@rule("JY212")
def same_origin(case: Case) -> Iterator[Hit]:
    """文件的来历与别校的相同；内容完全相同的文件另有 JY505、JY209。"""
    for row in case.batch.same_origin.get(case.document.file, ()):
        if row["identical"]:
            continue
        reasons = row["reasons"]
        said = "、".join(map(str, reasons)) if isinstance(reasons, (list, tuple)) else str(reasons)
        yield Hit(words={"source": str(row["other_file"]), "reasons": said})
