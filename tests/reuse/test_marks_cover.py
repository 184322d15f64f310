"""逐字对照的标记：接起来就是原文，标作相同的字两边一样。"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoyan_nlp.reports.marks import Run, compare
from jiaoyan_nlp.reuse import find_copies
from jiaoyan_nlp.text import fold
from tests.reuse.samples import COPIES, TEMPLATE, copier, document

TEXT = st.text(alphabet="教研听聽课課评20２０节。，\n 'A", max_size=60)


def check(mine: str, theirs: str) -> None:
    """两边的标记都盖住全文，相同的字（归一之后）按次序一样。"""
    left, right = compare(mine, theirs)
    assert "".join(run.text for run in left) == mine
    assert "".join(run.text for run in right) == theirs
    assert kept(left) == kept(right)


def kept(runs: tuple[Run, ...]) -> str:
    """标作相同、只是字形不同的字，归一；换行不算。"""
    return fold("".join(run.text for run in runs if run.state in ("same", "variant"))).replace("\n", "")


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT)
def test_marks_cover_the_text_and_equal_runs_are_equal(mine: str, theirs: str) -> None:
    check(mine, theirs)


def test_marks_of_every_disguise_hold() -> None:
    docs = [copier(name, text) for name, text in zip("甲乙丙丁戊", COPIES.values(), strict=True)]
    passages = find_copies(docs, templates=[document("范文", TEMPLATE)]).passages
    assert len(passages) >= len(COPIES)
    for row in passages.to_dict("records"):
        check(row["text"], row["source_text"])
