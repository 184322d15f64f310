"""自动编号与 LibreOffice 显示的逐条比：每种格式数到一百二十，多级、跳级、换列表、改起点、样式带编号的随机列表。

LibreOffice 与 Word 不一样的写在 DIFFERS 里：从第几个起不一样；Word 的写法见 test_docx_numbering.py。
"""

import random

import pytest

from jiaoyan_nlp.readers import read_file
from tests.readers.making import abstract, docx_of, level, num, p

from .docx_cases import paragraph
from .expecting import bare
from .scoring import found_of
from .test_pack import converted
from .texts import Item

COUNT = 120
FORMATS = (
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital",
    "japaneseCounting", "decimal", "decimalZero", "decimalFullWidth", "decimalEnclosedCircle", "upperLetter", "lowerLetter",
    "upperRoman", "lowerRoman", "ideographTraditional", "ideographZodiac", "chineseLegalSimplified", "ideographLegalTraditional",
)  # fmt: skip
DIFFERS = {
    "chineseCounting": 100, "taiwaneseCounting": 100,  # Word 一百起逐字写：一○○
    "chineseCountingThousand": 101,  # Word 用〇：一百〇一
    "japaneseCounting": 100,  # Word 省去“一”：百
    "ideographDigital": 10,  # Word 逐字写：一〇
    "decimalEnclosedCircle": 21,  # Word 的圈只到 ⑳
    "decimalFullWidth": 1,  # LibreOffice 写成半角
}  # fmt: skip
COMMON = (
    "chineseCountingThousand",
    "taiwaneseCountingThousand",
    "decimal",
    "upperLetter",
    "lowerLetter",
    "upperRoman",
    "lowerRoman",
)


def shown(folder, files):
    """各文件里 LibreOffice 显示的各段和我们读出的各段。"""
    names = []
    for name, data in files.items():
        names.append(folder / f"{name}.docx")
        names[-1].write_bytes(data)
    out = converted(folder, names, "txt:Text (encoded):UTF8")
    for path in names:
        theirs = (out / f"{path.stem}.txt").read_text(encoding="utf-8-sig").splitlines()
        (extracted,), _ = read_file(path, path.name)
        yield path.stem, [bare(line) for line in theirs if bare(line)], found_of(extracted)[0]


def test_every_format(tmp_path):
    body = [paragraph(Item("甲", 0)) for _ in range(COUNT)]
    files = {style: docx_of(*body, numbering=abstract(0, level(0, style, "%1~")) + num(1, 0)) for style in FORMATS}
    for style, theirs, ours in shown(tmp_path, files):
        first = next((n for n, pair in enumerate(zip(ours, theirs, strict=True), 1) if pair[0] != pair[1]), None)
        assert first == DIFFERS.get(style), (style, first)


def lists(seed: int) -> bytes:
    """两个多级列表、四个编号（有的改起点）、带编号的标题样式，随机穿插。"""
    chance = random.Random(seed)
    shapes = ("%1、", "（%2）", "%3.", "%4)")
    full = ("%1.", "%1.%2", "%1.%2.%3", "%1.%2.%3.%4")

    def levels(texts, styled=False):
        extra = [f'<w:pStyle w:val="g{i + 1}"/>' if styled else "" for i in range(4)]
        return [
            level(i, chance.choice(COMMON), text, chance.choice((1, 1, 1, 3)), extra[i]) for i, text in enumerate(texts)
        ]

    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{chance.randint(1, 5)}"/></w:lvlOverride>'
    numbering = abstract(0, *levels(shapes)) + abstract(1, *levels(full)) + abstract(2, *levels(shapes, styled=True))
    numbering += num(1, 0) + num(2, 0) + num(3, 0, override) + num(4, 1) + num(5, 2)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="g{n + 1}"><w:name w:val="heading {n + 1}"/><w:pPr><w:numPr>'
        f'<w:ilvl w:val="{n}"/><w:numId w:val="5"/></w:numPr><w:outlineLvl w:val="{n}"/></w:pPr></w:style>'
        for n in range(4)
    )
    body, place = [], 0
    for _ in range(60):
        place = chance.randint(0, min(place + 1, 3))
        number = chance.choice((1, 1, 2, 3, 4, 4, 5, 5, None))
        if number is None:
            body.append(p("乙"))
        elif number == 5:
            body.append(p("甲", f'<w:pStyle w:val="g{place + 1}"/>'))
        else:
            body.append(paragraph(Item("甲", place), number))
    return docx_of(*body, numbering=numbering, styles=styles)


def test_random_lists(tmp_path):
    for name, theirs, ours in shown(tmp_path, {f"{seed}": lists(seed) for seed in range(12)}):
        assert ours == theirs, name


@pytest.mark.parametrize("style", FORMATS)
def test_counting_beyond_the_end_of_a_format_is_plain(style):
    from jiaoyan_nlp.readers.docx_numerals import write_number

    assert write_number(40000, style) == "40000"
