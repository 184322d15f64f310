from __future__ import annotations

from jiaoyan_nlp.text import fold, line_spans, merge, number, overlap, sentence_spans


def test_sentence_ends_take_closing_quotes_along():
    text = "他说：“下周磨课。”大家同意！（见附件。）完"
    assert [text[a:b] for a, b in sentence_spans(text)] == ["他说：“下周磨课。”", "大家同意！", "（见附件。）", "完"]


def test_line_spans_skip_blank_lines():
    text = "  一、目标\n\n 二、措施 "
    assert [text[a:b] for a, b in line_spans(text)] == ["一、目标", "二、措施"]


def test_fold_is_length_keeping():
    assert fold("資訊　ＡＢ（１）") == "资讯 ab(1)"


def test_numbers():
    cases = {
        "十": 10,
        "二十": 20,
        "三百零五": 305,
        "两": 2,
        "１６": 16,
        "一千二百": 1200,
        "三万": 30000,
        "二〇二四": 2024,
    }
    assert {said: number(said) for said in cases} == cases
    assert number("若干") is None
    assert number("") is None


def test_spans():
    assert overlap((0, 5), (3, 9)) == 2
    assert merge([(3, 5), (0, 4), (7, 7)]) == [(0, 5)]
