"""Excel 报告：五张表、格式、公式不生效。"""

import zipfile

import openpyxl
import pytest

from jiaoyan_nlp.reports import report
from jiaoyan_nlp.types import Note

from . import making

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "＝1+1", '=HYPERLINK("http://例","点")')


def opened(tmp_path, corpus, findings, copies):
    return openpyxl.load_workbook(report(corpus, tmp_path / "报告.xlsx", copies=copies, findings=findings))


def rows(sheet):
    return list(sheet.iter_rows(min_row=2, values_only=True))


@pytest.fixture
def book(tmp_path):
    corpus = making.corpus(notes=(Note("上报/坏.docx", "JY501", "读不出来。", "请重新要一份。"),))
    return opened(tmp_path, corpus, making.usual(corpus), making.one_copy(corpus))


def test_sheets_and_their_look(book):
    assert book.sheetnames == ["学校总览", "问题", "雷同", "文档", "读取记录"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.column_dimensions["A"].width > 20
        assert sheet["A1"].font.bold


def test_contents(book):
    assert rows(book["学校总览"]) == [("青禾小学", 1, 1, 0, 2, 1, 0, 0), ("竹溪小学", 1, 0, 0, 0, 0, 0, 0.62)]
    assert next(row[3:7] for row in rows(book["问题"])) == ("JY201", "占位未填", "严重", "XX")
    (copied,) = rows(book["雷同"])
    assert copied[5:9] == ("别校", "换了词", 28, 0.9)
    assert book["学校总览"]["H3"].number_format == "0%"
    assert rows(book["读取记录"]) == [("上报/坏.docx", "JY501", "读不出来。", "请重新要一份。")]
    assert len(rows(book["文档"])) == 3


def test_personal_data_is_masked(book):
    assert "139＊＊＊＊＊＊＊＊" in [row[6] for row in rows(book["问题"])]


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_are_kept_as_text(tmp_path, formula):
    bad = making.document(f"计划\n一、目标\n{formula}好。\n", formula, formula, title=formula)
    corpus = making.corpus(bad, notes=(Note(formula, formula, formula, formula),))
    plan = next(iter(corpus))
    findings = making.findings(making.finding(bad, formula, "严重", formula.strip(), message=formula, advice=formula))
    book = opened(tmp_path, corpus, findings, making.copies([making.passage(bad, formula.strip(), plan, "XX")]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type in "sn" for cell in cells)
    exact = [cell for cell in cells if cell.value == formula]
    assert len(exact) >= 8
    assert all(cell.quotePrefix for cell in exact)
    with zipfile.ZipFile(tmp_path / "报告.xlsx") as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist())


def test_characters_that_excel_refuses(tmp_path):
    corpus = making.corpus(making.document("计划\n一、目标\n坏\x00字\ud800。\n", "坏\udcff.txt", "坏\x07校"))
    book = opened(tmp_path, corpus, making.findings(), making.copies())
    assert "坏�校" in [row[0] for row in rows(book["学校总览"])]


def test_very_long_cells_are_cut(tmp_path):
    long = making.document("计划\n一、目标\n" + "甲" * 40000 + "\n", "长.txt", "长校")
    corpus = making.corpus(long)
    copies = making.copies([making.passage(long, "甲" * 40000, long, "甲" * 40000)])
    book = opened(tmp_path, corpus, making.findings(), copies)
    assert max(len(row[2]) for row in rows(book["雷同"])) < 32767
