"""rtf 里存着的编号（listtext、pntext）写进正文；照 Word、LibreOffice、写字板的样子现写。"""

import pytest

from jiaoyan_nlp.readers.office import soffice
from jiaoyan_nlp.readers.rtf import with_numbers

from .making import lines, read_one

HEAD = rb"{\rtf1\ansi\ansicpg936\deff0\uc2{\fonttbl{\f0\fcharset134 SimSun;}{\f3\fcharset2 Symbol;}}"
LISTS = (
    rb"{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc39\leveljc0\levelfollow0\levelstartat1"
    rb"{\leveltext\'02\'00\'a1\'a2;}{\levelnumbers\'01;}}\listid5}}"
    rb"{\*\listoverridetable{\listoverride\listid5\listoverridecount0\ls1}}"
)


def item(number: bytes, text: str) -> bytes:
    return rb"\pard\plain{\listtext\pard\plain\f0 " + number + rb"\tab}\ls1\ilvl0 " + escaped(text) + rb"\par "


def escaped(text: str) -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in text.encode("gbk"))


@pytest.mark.parametrize(
    "numbers",
    [
        (rb"\'d2\'bb\'a1\'a2", rb"\'b6\'fe\'a1\'a2"),  # Word：GBK 字节
        (rb"\uc1\u19968\'3f\u12289\'3f", rb"\uc1\u20108\'3f\u12289\'3f"),  # LibreOffice
        (rb"\uc2\u19968\'d2\'bb\u12289\'a1\'a2", rb"\uc2\u20108\'b6\'fe\u12289\'a1\'a2"),  # Unicode 带两个字节的替身
        (rb"\u19968\'d2\'bb\u12289\'a1\'a2", rb"\u20108\'b6\'fe\u12289\'a1\'a2"),  # 替身有几个字节写在文件头
        (rb"\loch\af0\dbch\af0\hich\f0 \'d2\'bb\'a1\'a2", rb"\hich\f0 \'b6\'fe\'a1\'a2"),
    ],
)
def test_numbers_that_were_stored(tmp_path, numbers):
    assert soffice(), "这项测试要装 LibreOffice"
    data = HEAD + LISTS + b"".join(item(n, t) for n, t in zip(numbers, ("目标", "措施"), strict=True)) + b"}"
    assert lines(read_one(tmp_path, "a.rtf", data)) == ["一、目标", "二、措施"]


def test_bullets_and_old_lists(tmp_path):
    assert soffice(), "这项测试要装 LibreOffice"
    bullet = item(rb"\f3\'b7", "听课") + item(rb"\f3\u-3913\'3f\'3f", "评课")
    old = rb"\pard{\pntext\f0 1.\tab}{\*\pn\pnlvlbody\pnf0\pnindent0\pnstart1\pndec{\pntxta.}}" + escaped("说课")
    data = HEAD + LISTS + bullet + old + rb"\par }"
    assert lines(read_one(tmp_path, "a.rtf", data)) == ["• 听课", "• 评课", "1. 说课"]


def test_a_file_without_stored_numbers_is_left_alone():
    data = HEAD + LISTS + rb"\pard\ls1\ilvl0 a\par}"
    assert with_numbers(data) == data


def test_spoiled_groups_end():
    data = HEAD + rb"{\listtext " + b"{" * 9000 + b"}"
    assert with_numbers(data).count(b"{") == data.count(b"{")
