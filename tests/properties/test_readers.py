"""读取器对任何输入都成立的性质。"""

import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiaoyan_nlp.readers import read_file
from jiaoyan_nlp.readers.decoding import decode
from jiaoyan_nlp.readers.docx_numerals import write_number
from jiaoyan_nlp.text import number

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = st.lists(
    st.sampled_from(
        ["校本教研", "研修", "计划", "总结", "听课", "评课", "每学期", "不少于", "十五节", "教师", "反思", "目标", "，"]
    ),
    min_size=3,
    max_size=40,
).map("".join)
HEADS = st.sampled_from(
    [b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf"]
)


@quick
@given(HEADS, st.binary(max_size=400), st.sampled_from(["txt", "docx", "pdf", "html", "zip", "xlsx", "doc", ""]))
def test_every_input_ends_in_text_or_in_a_note(tmp_path, head, body, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(head + body)
    texts, notes = read_file(path, path.name)
    assert texts or notes
    for text in texts:
        assert all(0 <= block.start < block.end <= len(text.text) for block in text.blocks)
    assert all(note.file == path.name or note.file.startswith(path.name + "!/") for note in notes)
    assert all(note.message and note.advice for note in notes)


@quick
@given(WORDS, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]))
def test_encodings_are_told_apart(words, encoding):
    assert decode(words.encode(encoding)).text == words


@quick
@given(st.text(string.printable + "校本教研计划，。“”《》①", min_size=1).filter(str.strip))
def test_a_text_file_is_its_own_text(tmp_path, text):
    path = tmp_path / "a.txt"
    path.write_bytes(("\ufeff" + text).encode())
    texts, _ = read_file(path, "a.txt")
    assert not texts or texts[0].text == text.replace("\r\n", "\n").replace("\r", "\n") or text.lstrip().startswith("<")


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_numbers_read_back(value):
    assert number(write_number(value, "chineseCountingThousand")) == value
