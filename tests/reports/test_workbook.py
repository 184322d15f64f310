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
    assert book.sheetnames[:5] == ["学校总览", "问题", "依据", "雷同", "文档"]
    assert {"记分卡", "活动覆盖", "数量比较", "栏目", "计划兑现", "兑现比例", "雷同文档对", "同源"} <= set(
        book.sheetnames
    )
    assert {"活动", "数量", "日程", "分工", "课题", "获奖", "读取记录"} <= set(book.sheetnames)
    for sheet in book:
        headings = [cell.value for cell in sheet[1]]
        assert not any(name is None or name.isascii() for name in headings)
        assert len(set(headings)) == len(headings)
        assert all(dimension.width >= 8 for dimension in sheet.column_dimensions.values())
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.bold


def test_contents(book):
    assert rows(book["学校总览"]) == [
        ("青禾小学", 1, 1, 0, 2, 1, 0, 85, 0.5, 0),
        ("竹溪小学", 1, 0, 0, 0, 0, 0, 100, None, 0.62),
    ]
    assert next(row[3:7] for row in rows(book["问题"])) == ("JY201", "占位未填", "严重", "XX")
    (copied,) = rows(book["雷同"])
    assert copied[5:9] == ("别校", "换了词", 28, 0.9)
    assert book["学校总览"]["J3"].number_format == "0%"
    assert rows(book["读取记录"]) == [("上报/坏.docx", "JY501", "读不出来。", "请重新要一份。")]
    assert len(rows(book["文档"])) == 3


def test_findings_lead_to_their_evidence_and_back(book):
    issues, evidence = book["问题"], book["依据"]
    (linked,) = [row for row in issues.iter_rows(min_row=2) if row[6].value == "XX"]
    assert linked[6].hyperlink.location == "'依据'!A2"
    assert "带动【XX】名青年教师" in evidence["E2"].value
    assert evidence["A2"].hyperlink.location == f"'问题'!A{linked[0].row}"
    assert book["学校总览"]["A2"].hyperlink.location.startswith("'问题'!A")


def test_colours_depend_on_the_values(book):
    assert {str(area.sqref) for area in book["学校总览"].conditional_formatting} >= {"E2:E3", "J2:J3"}
    assert book["问题"].conditional_formatting
    assert book["活动覆盖"].conditional_formatting


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


def test_personal_data_is_masked_in_every_sheet(book):
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not any("13900000001" in text for text in cells)


def test_fact_sheets_name_the_school_and_rows_are_tall_enough(book):
    assert [cell.value for cell in book["数量"][1]][:3] == ["学校", "标题", "文档编号"]
    assert book["数量"]["A2"].value == "青禾小学"
    assert max(row.height or 0 for row in book["雷同"].row_dimensions.values()) > 15
