"""不论文字怎样：区间在文内、方向唯一、与次序无关，够长的原样抄一定找到。"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jiaoyan_nlp.reuse import find_copies
from jiaoyan_nlp.reuse.streams import NUMERALS
from jiaoyan_nlp.types import Document
from tests.reuse.samples import COPIES, OWN, PARAGRAPHS, document

PIECES = [*PARAGRAPHS, *OWN, *COPIES.values()]


def letters(low: int, high: int) -> st.SearchStrategy[str]:
    """一段互不相同的字，取自一段码位。"""
    pool = [c for c in map(chr, range(low, high)) if c not in NUMERALS]
    return st.lists(st.sampled_from(pool), min_size=80, max_size=160, unique=True).map("".join)


bodies = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("\n".join)


def batch(texts: list[str]) -> list[Document]:
    return [document(f"文{n}", text) for n, text in enumerate(texts)]


@settings(max_examples=25, deadline=None)
@given(st.lists(bodies, min_size=2, max_size=5))
def test_spans_slices_and_directions(texts: list[str]) -> None:
    documents = {d.id: d for d in batch(texts)}
    passages = find_copies(documents.values()).passages
    for row in passages.itertuples():
        mine, theirs = documents[row.document], documents[row.source_document]
        assert 0 <= row.start < row.end <= len(mine.text)
        assert row.text == mine.text[row.start : row.end]
        assert row.source_text == theirs.text[row.source_start : row.source_end]
        assert mine.text[row.start : row.end] == row.text
        assert 0 <= row.similarity <= 1
    directed = set(zip(passages["document"], passages["source_document"], strict=True))
    assert not any((b, a) in directed for a, b in directed)


@settings(max_examples=15, deadline=None)
@given(st.lists(bodies, min_size=2, max_size=4), st.randoms())
def test_order_of_files_does_not_matter(texts: list[str], random: object) -> None:
    documents = batch(texts)
    shuffled = documents.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert find_copies(documents).passages.equals(find_copies(shuffled).passages)


@settings(max_examples=25, deadline=None)
@given(letters(0x6000, 0x7000), letters(0x7000, 0x8000), letters(0x8000, 0x9000), letters(0x5000, 0x6000))
def test_a_long_verbatim_run_is_always_found(a: str, b: str, c: str, run: str) -> None:
    documents = batch([f"{a}\n{run}", f"{c}\n{run}\n{b}"])
    passages = find_copies(documents).passages
    assert any(run[8:-8] in row.text for row in passages.itertuples())
