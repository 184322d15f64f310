import pytest

from jiaoyan_nlp.readers.docx_numerals import symbol, write_number

from .making import abstract, docx_of, level, lines, num, numbered, p, read_one

CHINESE = abstract(
    0,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3.", suffix="tab"),
    level(3, "decimalEnclosedCircle", "%4"),
)


def shown(tmp_path, *body, numbering, styles=""):
    return lines(read_one(tmp_path, "a.docx", docx_of(*body, numbering=numbering, styles=styles)))


def test_levels_count_and_restart(tmp_path):
    places = [0, 1, 1, 2, 2, 3, 1, 2, 0, 1]
    body = [numbered("甲", 1, place) for place in places]
    assert shown(tmp_path, *body, numbering=CHINESE + num(1, 0)) == [
        "一、甲", "（一）甲", "（二）甲", "1. 甲", "2. 甲", "①甲", "（三）甲", "1. 甲", "二、甲", "（一）甲",
    ]  # fmt: skip


def test_two_numbers_of_one_list_go_on_unless_told_to_restart(tmp_path):
    restart = num(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    body = [numbered("甲", number) for number in (1, 2, 3, 3, 1)]
    assert shown(tmp_path, *body, numbering=CHINESE + num(1, 0) + num(2, 0) + restart) == [
        "一、甲", "二、甲", "一、甲", "二、甲", "三、甲",
    ]  # fmt: skip


def test_text_of_several_levels_and_legal_numbers(tmp_path):
    plain = abstract(0, level(0, "upperRoman", "%1", suffix="space"), level(1, "decimal", "%1.%2", suffix="space"))
    legal = abstract(1, level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", extra="<w:isLgl/>"))
    body = [numbered("甲", number, place) for number in (1, 2) for place in (0, 0, 1)]
    assert shown(tmp_path, *body, numbering=plain + legal + num(1, 0) + num(2, 1)) == [
        "I 甲", "II 甲", "II.1 甲", "I甲", "II甲", "2.1甲",
    ]  # fmt: skip


def test_levels_that_never_restart_or_restart_late(tmp_path):
    lists = abstract(
        0,
        level(0, "decimal", "%1."),
        level(1, "decimal", "(%2)", extra='<w:lvlRestart w:val="0"/>'),
        level(2, "lowerLetter", "%3)", extra='<w:lvlRestart w:val="1"/>'),
    )
    body = [numbered("", 1, place) for place in (0, 1, 2, 1, 2, 0, 1, 2)]
    assert shown(tmp_path, *body, numbering=lists + num(1, 0)) == ["1.", "(1)", "a)", "(2)", "b)", "2.", "(3)", "a)"]


def test_a_level_that_was_passed_over_counts_as_its_first(tmp_path):
    lists = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"))
    body = [numbered("", 1, place) for place in (1, 1, 0, 1)]
    assert shown(tmp_path, *body, numbering=lists + num(1, 0)) == ["1.1", "1.2", "2", "2.1"]


def test_numbers_that_come_with_styles(tmp_path):
    linked = abstract(
        0,
        level(0, "chineseCounting", "%1、", extra='<w:pStyle w:val="s1"/>'),
        level(1, "decimal", "%2、", extra='<w:pStyle w:val="s2"/>'),
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{i}"><w:name w:val="s{i}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for i in (1, 2)
    )
    off = '<w:pStyle w:val="s1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = [p("甲", f'<w:pStyle w:val="s{i}"/>') for i in (1, 2, 2, 1)] + [p("甲", off)]
    assert shown(tmp_path, *body, numbering=linked + num(1, 0), styles=styles) == [
        "一、甲",
        "1、甲",
        "2、甲",
        "二、甲",
        "甲",
    ]


def test_list_styles(tmp_path):
    borrowed = abstract(0, extra='<w:numStyleLink w:val="ls"/>') + abstract(1, level(0, "decimal", "第%1条"))
    styles = (
        '<w:style w:type="numbering" w:styleId="ls"><w:name w:val="ls"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = borrowed + num(1, 0) + num(2, 1)
    assert shown(tmp_path, numbered("", 1), numbered("", 1), numbering=numbering, styles=styles) == ["第1条", "第2条"]


def test_deleted_and_unknown_numbers(tmp_path):
    body = [numbered("甲", 9), numbered("乙", 1, 7), numbered("丙", 1)]
    assert shown(tmp_path, *body, numbering=CHINESE + num(1, 0)) == ["甲", "乙", "一、丙"]


def test_bullets():
    assert symbol("\uf06c", "wingdings") == "●"
    assert symbol("l", "wingdings") == "●"
    assert symbol("\uf0b7", "symbol") == "•"
    assert symbol("\uf123", "没有的字体") == "•"
    assert symbol("-", "宋体") == "-"


@pytest.mark.parametrize(
    ("style", "values"),
    [
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九"}),
        ("chineseCountingThousand", {12: "十二", 101: "一百〇一", 110: "一百一十", 1001: "一千〇一"}),
        ("taiwaneseCountingThousand", {12: "十二", 21: "二十一"}),
        ("japaneseCounting", {10: "十", 11: "十一", 101: "百一", 20: "二十"}),
        ("ideographDigital", {1: "一", 10: "一〇"}),
        ("chineseLegalSimplified", {1: "壹", 12: "壹拾贰"}),
        ("ideographTraditional", {1: "甲", 10: "癸"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA"}),
        ("lowerRoman", {4: "iv", 9: "ix", 14: "xiv", 1990: "mcmxc"}),
        ("none", {3: ""}),
        ("没有的格式", {3: "3"}),
    ],
)
def test_formats(style, values):
    assert {value: write_number(value, style) for value in values} == values
