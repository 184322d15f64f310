import pytest

from jiaoyan_nlp.readers.decoding import decode

from .making import lines, read_bytes, read_one

PLAN = "曙光小学校本研修计划\n\n　　一、指导思想\n　　以课堂为阵地，扎实开展教研活动。"
TRADITIONAL = "曙光國小校本研修計畫\n一、指導思想\n以課堂為陣地，紮實開展教研活動。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_usual_encoding(tmp_path, encoding):
    assert read_one(tmp_path, "计划.txt", PLAN.encode(encoding)).text == PLAN


@pytest.mark.parametrize("text", [TRADITIONAL, "教學計畫", "聽課評課", "研修", "數學組活動安排"])
def test_big5_even_when_short(text):
    assert decode(text.encode("big5")).text == text


@pytest.mark.parametrize(
    "text", ["计划", "联通", "听课", "校本教研总结", "一", "数学组", "語文組工作計劃", "張家灣國小"]
)
def test_gb18030_even_when_short(text):
    assert decode(text.encode("gb18030")).text == text


def test_text_is_the_decoded_file_with_newlines_made_one(tmp_path):
    data = "甲 \r\n\r\n\t乙\r丙\x0c\n".encode("gbk")
    extracted = read_one(tmp_path, "a.txt", data)
    assert extracted.text == "甲 \n\n\t乙\n丙\x0c\n"
    assert lines(extracted) == ["甲", "乙", "丙"]


@pytest.mark.parametrize("right", ["gbk", "utf-8"])
def test_mojibake_is_undone_with_a_note(tmp_path, right):
    spoiled = PLAN.encode(right).decode("latin-1").encode("utf-8")
    texts, notes = read_bytes(tmp_path, "a.txt", spoiled)
    assert texts[0].text == PLAN
    assert [note.code for note in notes] == ["JY504"]


def test_western_text_is_not_taken_for_mojibake():
    for text in ("Ça va déjà très bien", "Ελληνικά κείμενα", "Bjørn Ångström"):
        assert decode(text.encode()).text == text


def test_a_cut_file_is_read_with_a_note(tmp_path):
    texts, notes = read_bytes(tmp_path, "a.txt", PLAN.encode()[:-1])
    assert texts[0].text.startswith("曙光小学校本研修计划")
    assert [note.code for note in notes] == ["JY501"]


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\0" * 64, bytes(range(256)) * 4])
def test_no_text_gives_a_note(tmp_path, data):
    texts, notes = read_bytes(tmp_path, "a.txt", data)
    assert texts == []
    assert [note.code for note in notes] == ["JY501"]
    assert notes[0].advice


def test_a_stray_nul_does_no_harm(tmp_path):
    assert read_one(tmp_path, "a.txt", b"abc" + "教研组活动计划\0总结".encode()).text == "abc教研组活动计划\0总结"
