"""文件来历：修订号、作者、图片、PDF 标识；区里的表样、许多文件都有的不算；改了文字也看得出。"""

from __future__ import annotations

import pytest

from jiaoyan_nlp.reuse import find_copies
from jiaoyan_nlp.reuse.origins import same_origin
from jiaoyan_nlp.types import Document, Origin
from tests.reuse.samples import OWN, document

ENOUGH = {
    "pdf_id": Origin(pdf_id="7f3a"),
    "rsid_root": Origin(rsid_root="00AB12CD"),
    "rsids": Origin(rsids=("00A1", "00A2", "00A3")),
    "image_hashes": Origin(image_hashes=("c0ffee",)),
    "author": Origin(author="田野", last_editor="田野"),
}
TOO_LITTLE = {
    "author": Origin(author="田野"),
    "last_editor": Origin(last_editor="田野"),
    "rsids": Origin(rsids=("00A1", "00A2")),
    "software": Origin(application="WPS", template="Normal.dotm", company="南屏县", created="2024-09-01"),
}


def two(origin: Origin) -> list[Document]:
    """两所学校的文件，文字毫不相干，来历一样。"""
    return [document(name, text, origin=origin) for name, text in zip("甲乙", OWN, strict=False)]


@pytest.mark.parametrize("name", ENOUGH)
def test_each_trace_is_found_though_the_text_differs(name: str) -> None:
    report = find_copies(two(ENOUGH[name]))
    assert report.passages.empty
    row = report.same_origin.iloc[0]
    assert {row["file"], row["other_file"]} == {"上报/甲.txt", "上报/乙.txt"}
    assert row["score"] >= 0.6
    assert row["reasons"]


@pytest.mark.parametrize("name", TOO_LITTLE)
def test_one_weak_trace_is_not_enough(name: str) -> None:
    assert same_origin(two(TOO_LITTLE[name]), []).empty


def test_weak_traces_add_up() -> None:
    row = same_origin(two(Origin(author="田野", rsids=("00A1", "00A2"))), []).iloc[0]
    assert row["reasons"].count("；") == 1


@pytest.mark.parametrize("name", ENOUGH)
def test_the_traces_of_an_official_form_do_not_count(name: str) -> None:
    form = document("表样", "表", origin=ENOUGH[name])
    assert same_origin(two(ENOUGH[name]), [form]).empty


def test_a_form_s_traces_do_not_hide_others() -> None:
    origin = Origin(rsid_root="00AB12CD", pdf_id="7f3a")
    form = document("表样", "表", origin=Origin(rsid_root="00AB12CD"))
    assert list(same_origin(two(origin), [form])["score"]) == [1.0]


@pytest.mark.parametrize(("files", "found"), [(5, True), (6, False)])
def test_what_many_files_share_does_not_count(files: int, found: bool) -> None:
    docs = [document(f"学校{n}", OWN[0], origin=Origin(rsid_root="00AB12CD")) for n in range(files)]
    assert (not same_origin(docs, []).empty) is found


def test_one_school_s_own_files_are_not_listed() -> None:
    docs = [document(n, OWN[0], school="石榴小学", origin=Origin(pdf_id="7f3a")) for n in "甲乙"]
    assert same_origin(docs, []).empty


def test_pairs_stand_by_score() -> None:
    docs = [*two(Origin(pdf_id="7f3a", rsid_root="AA")), document("丙", OWN[2], origin=Origin(rsid_root="AA"))]
    assert list(same_origin(docs, [])["score"]) == [1.6, 0.6, 0.6]
