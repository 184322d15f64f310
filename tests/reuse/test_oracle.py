"""笨办法（连着 20 个相同的字连成 60 字以上）找得到的，find_copies 一处不能漏。"""

from __future__ import annotations

from pathlib import Path

import jiaoyan_nlp as jy
from benchmarks.copies_oracle import LEAST, missed, reused
from benchmarks.copies_score import files, gold

COPIES = Path(__file__).resolve().parents[2] / "corpus" / "copies"


def test_nothing_that_brute_force_finds_is_missed() -> None:
    corpus, templates = jy.load(COPIES / "submissions"), jy.load(COPIES / "templates")
    documents = [*corpus, *templates]
    assert len(reused(documents)) > 30
    stock = {
        text for case in gold()["boilerplate"] for text in (files()[str(case["doc"])][case["start"] : case["end"]],)
    }
    texts = {d.id: d.text for d in documents}
    left = [texts[name][a:b] for name, a, b, _ in missed(documents, jy.find_copies(corpus, templates=templates))]
    for said in stock:
        left = [text.replace(said.rstrip("。"), "") for text in left]
    assert [text for text in left if len(text) >= LEAST] == []
