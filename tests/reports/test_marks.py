"""摘录、遮盖、逐字对照。"""

from hypothesis import given
from hypothesis import strategies as st

from jiaoyan_nlp.reports.marks import compare, excerpt, masked
from jiaoyan_nlp.reports.settings import whole

TEXTS = st.text(alphabet="听课聽評评备。，１1A\n 、'", max_size=60)


def states(runs):
    return [(run.state, run.text) for run in runs]


def test_excerpt_stays_in_its_line():
    text = "一、目标\n带动XX名教师成长。\n二、措施"
    found = excerpt(text, text.index("XX"), text.index("XX") + 2)
    assert (found.before, found.words, found.after) == ("带动", "XX", "名教师成长。")


def test_excerpt_shows_that_the_line_goes_on():
    text = "甲" * 100 + "乙" + "丙" * 100
    found = excerpt(text, 100, 101)
    around = whole("excerpt", "around")
    assert found.before == "…" + "甲" * around
    assert found.after == "丙" * around + "…"


def test_excerpt_shortens_long_words_and_ignores_whole_document_findings():
    assert len(excerpt("字" * 1000, 0, 1000).words) < 200
    assert excerpt("全文", 0, 0) is None
    assert excerpt("全文", 1, 9) is None


def test_masking_keeps_length():
    assert masked("电话13900000001。", [(2, 13)]) == "电话139＊＊＊＊＊＊＊＊。"
    assert masked("短12", [(1, 3)]) == "短12"


def test_changed_words_are_marked_on_both_sides():
    mine, theirs = compare("认真落实群众备课制度", "认真落实集体备课制度")
    assert states(mine) == [("same", "认真落实"), ("changed", "群众"), ("same", "备课制度")]
    assert states(theirs) == [("same", "认真落实"), ("changed", "集体"), ("same", "备课制度")]


def test_stray_characters_do_not_hide_what_is_equal():
    mine, theirs = compare("校'本'教'研", "校本教研")
    assert [text for state, text in states(mine) if state == "changed"] == ["'", "'", "'"]
    assert states(theirs) == [("same", "校本教研")]


def test_moved_sentences_are_told_from_changed_ones():
    mine, _ = compare(
        "先说听课的安排。再说评课的安排。后说备课的安排。", "再说评课的安排。后说备课的安排。先说听课的安排。"
    )
    assert {state for state, _ in states(mine)} == {"same", "moved"}


def test_script_and_width_are_variants_not_changes():
    mine, _ = compare("聽課２０節", "听课20节")
    assert {state for state, _ in states(mine)} == {"variant"}


def test_line_breaks_are_no_change():
    mine, _ = compare("先听课，\n再评课。", "先听课，再评课。")
    assert states(mine) == [("same", "先听课，\n再评课。")]


@given(TEXTS, TEXTS)
def test_runs_rebuild_both_texts(mine, theirs):
    left, right = compare(mine, theirs)
    assert "".join(run.text for run in left) == mine
    assert "".join(run.text for run in right) == theirs


@given(TEXTS)
def test_a_text_equals_itself(text):
    assert {run.state for run in compare(text, text)[0]} <= {"same"}
