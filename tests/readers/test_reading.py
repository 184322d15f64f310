"""认种类、说明、压缩包。"""

import datetime
import io
import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.readers import archive, reading, settings
from jiaoyan_nlp.readers.detecting import kinds
from jiaoyan_nlp.types import Note

from .making import docx_of, p, photo, read_bytes, read_one, zip_of

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def codes(notes: list[Note]) -> list[str]:
    return [note.code for note in notes]


def test_content_decides_and_a_lying_suffix_is_noted(tmp_path):
    page = "<html><body><p>一、目标</p><p>听课十五节。</p></body></html>".encode()
    for name, data in (("a.doc", page), ("b.doc", docx_of(p("一、目标"))), ("c.docx", "一、目标".encode("gbk"))):
        texts, notes = read_bytes(tmp_path, name, data)
        assert texts[0].text.startswith("一、目标")
        assert codes(notes) == ["JY504"]
        assert name.rpartition(".")[2] in notes[0].message


@pytest.mark.parametrize(
    "name", ["~$计划.docx", ".DS_Store", "Thumbs.db", "desktop.ini", "._计划.docx", "__MACOSX/计划.docx"]
)
def test_junk_is_skipped(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    texts, notes = read_bytes(tmp_path, name, b"x")
    assert texts == []
    assert codes(notes) == ["skipped"]


def test_what_is_not_read_says_what_it_is_and_what_to_do(tmp_path):
    for name, data, word in (("合影.png", photo(), "图片"), ("课.mp4", b"\0\0\0\x20ftypisom" + bytes(20), "视频")):
        texts, notes = read_bytes(tmp_path, name, data)
        assert texts == []
        assert codes(notes) == ["skipped"]
        assert word in notes[0].message
        assert notes[0].advice
    assert codes(read_bytes(tmp_path, "计划.docx", photo())[1]) == ["JY504", "skipped"]
    assert codes(read_bytes(tmp_path, "坏了.png", PNG)[1]) == ["JY501"]


def test_a_missing_file_is_a_note():
    texts, notes = reading.read_file(Path("没有.txt"), "没有.txt")
    assert texts == []
    assert codes(notes) == ["JY501"]


def test_every_wording_can_be_filled():
    details = dict.fromkeys(
        [
            "detail",
            "size",
            "limit",
            "encoding",
            "count",
            "suffix",
            "kind",
            "pages",
            "seconds",
            "advice",
            "what",
            "page",
            "words",
        ],
        "甲",
    )
    for row in table("readers_notes.csv", "key"):
        error = settings.trouble(row["key"], **details)
        assert "{" not in error.message + error.advice
        assert error.message.endswith("。")


def test_every_kind_is_read_or_has_advice():
    for kind, row in kinds().items():
        assert kind == "zip" or kind in reading.READERS or row["advice"]


def test_archive_members_are_named_and_nested(tmp_path):
    inner = zip_of({"计划.txt": "一、目标".encode()})
    data = zip_of({"甲校/总结.docx": docx_of(p("二、成绩")), "乙校/内.zip": inner, "乙校/": b"", "合影.png": PNG})
    texts, notes = read_bytes(tmp_path, "全区.zip", data)
    assert [text.file for text in texts] == ["全区.zip!/乙校/内.zip!/计划.txt", "全区.zip!/甲校/总结.docx"]
    assert [note.file for note in notes] == ["全区.zip!/合影.png"]


def test_an_archive_with_another_suffix(tmp_path):
    texts, notes = read_bytes(tmp_path, "全区.docx", zip_of({"计划.txt": b"abc"}))
    assert [text.file for text in texts] == ["全区.docx!/计划.txt"]
    assert codes(notes) == ["JY504"]


def gbk_zip(name: str, data: bytes) -> bytes:
    """像 Windows 那样写文件名：GBK 字节，不标 UTF-8。"""
    place = "x" * len(name.encode("gbk"))
    return zip_of({place: data}, zipfile.ZIP_STORED).replace(place.encode(), name.encode("gbk"))


def test_gbk_member_names(tmp_path):
    for name in ("曙光小学/计划.txt", "总结.txt", "第一实验小学校本研修工作方案.txt"):
        texts, _ = read_bytes(tmp_path, "a.zip", gbk_zip(name, "一、目标".encode()))
        assert texts[0].file == f"a.zip!/{name}"


def test_backslashes_and_big5_member_names(tmp_path):
    assert read_bytes(tmp_path, "a.zip", gbk_zip("甲校\\计划.txt", b"abc"))[0][0].file == "a.zip!/甲校/计划.txt"


def test_members_that_point_outside_are_not_read(tmp_path):
    data = zip_of({"../外.txt": b"abc", "/etc/x.txt": b"abc", "C:/x.txt": b"abc", "好.txt": b"abc"})
    texts, notes = read_bytes(tmp_path, "a.zip", data)
    assert [text.file for text in texts] == ["a.zip!/好.txt"]
    assert codes(notes) == ["skipped"] * 3


def test_bombs_are_not_unpacked(tmp_path):
    texts, notes = read_bytes(tmp_path, "a.zip", zip_of({"大.txt": b"0" * (60 << 20)}))
    assert texts == []
    assert "展开" in notes[0].message
    bomb = zip_of({"[Content_Types].xml": b"wordprocessingml", "word/document.xml": b"0" * (80 << 20)})
    assert codes(read_bytes(tmp_path, "a.docx", bomb)[1]) == ["JY501"]


def test_archives_inside_archives_end(tmp_path):
    data = "一、目标".encode()
    for depth in range(6):
        data = zip_of({f"{depth}.zip" if depth else "计划.txt": data})
    texts, notes = read_bytes(tmp_path, "a.zip", data)
    assert texts == []
    assert "层" in notes[0].message


def test_too_many_members():
    stream = io.BytesIO(zip_of({f"{i}.txt": b"abc" for i in range(5)}))
    found = list(archive.members(stream, "a.zip", archive.Budget(size=1000, members=3)))
    assert [isinstance(item, Note) for item in found] == [False, False, False, True]
    assert "2 个没有读" in found[-1].message


def test_a_budget_of_bytes_is_shared_by_all_members():
    stream = io.BytesIO(zip_of({f"{i}.txt": b"abc" for i in range(5)}))
    found = list(archive.members(stream, "a.zip", archive.Budget(size=7, members=9)))
    assert [isinstance(item, Note) for item in found] == [False, False, True, True, True]


def test_encrypted_members_and_packages(tmp_path):
    data = bytearray(zip_of({"计划.txt": b"abc"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + offset
        data[place : place + 2] = struct.pack("<H", 1)
    assert codes(read_bytes(tmp_path, "a.zip", bytes(data))[1]) == ["JY503"]
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(64)
    assert codes(read_bytes(tmp_path, "a.docx", locked)[1]) == ["JY503"]


@pytest.mark.parametrize("cut", [10, 60, 400, -30])
def test_cut_packages_are_notes(tmp_path, cut):
    for name, data in (("a.docx", docx_of(p("一、目标"))), ("a.zip", zip_of({f"{i}.txt": b"abc" for i in range(9)}))):
        texts, notes = read_bytes(tmp_path, name, data[:cut])
        assert texts == []
        assert codes(notes) == ["JY501"]


def test_an_empty_archive(tmp_path):
    assert read_bytes(tmp_path, "a.zip", zip_of({"空/": b""}))[1]
    assert read_bytes(tmp_path, "a.zip", zip_of({}))[1]


def test_xlsx_cells(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["时间", "活动", "次数"])
    sheet.append([datetime.datetime(2024, 10, 18), "集体备课", 2])
    sheet.merge_cells("A3:C3")
    sheet["A3"] = "以上活动由教导处组织"
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "不看"
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    extracted = read_one(tmp_path, "安排.xlsx", stream.getvalue())
    cells = {(cell.row, cell.column): cell.text for cell in extracted.cells}
    assert cells[2, 1] == "2024-10-18"
    assert cells[2, 3] == "2"
    assert cells[3, 1] == "以上活动由教导处组织"
    assert "不看" not in extracted.text
