"""测试包里的每个文件都读得对：各段、编号、单元格、标题、说明。"""

import re
import subprocess

import pytest

from jiaoyan_nlp.readers import read_file
from jiaoyan_nlp.readers.office import soffice
from tests.readers.making import docx_of, p

from .build import build, cases
from .docx_cases import CELLS, COMMON, plan_docx, plan_text, schedule
from .expecting import bare
from .scoring import error_rate, found_of
from .texts import PLAN, SUMMARY

CASES = {case.file: case for case in cases()}


def test_the_pack_is_big_enough_and_written_by_its_generator(tmp_path):
    assert len(build(tmp_path)) == len(CASES) >= 40


@pytest.mark.parametrize("file", [file for file, case in CASES.items() if case.ocr is None])
def test_what_is_read(tmp_path, file):
    case = CASES[file]
    path = tmp_path / case.file.rpartition("/")[2]
    path.write_bytes(case.data)
    texts, notes = read_file(path, path.name)
    assert [text.file.partition("!/")[2] for text in texts] == [text.inner for text in case.texts]
    for extracted, expected in zip(texts, case.texts, strict=True):
        lines, cells, headings = found_of(extracted)
        assert lines == [bare(line) for line in expected.lines]
        assert cells == [bare(cell) for cell in expected.cells]
        if expected.headings:
            assert headings == [bare(heading) for heading in expected.headings]
    assert [note.code for note in notes] == list(case.notes)


@pytest.mark.parametrize("file", [file for file, case in CASES.items() if case.ocr is not None])
def test_scans_are_read_with_few_errors(tmp_path, file):
    case = CASES[file]
    path = tmp_path / case.file.rpartition("/")[2]
    path.write_bytes(case.data)
    texts, _ = read_file(path, path.name)
    lines, _, _ = found_of(texts[0])
    assert error_rate("".join(lines), bare("".join(case.texts[0].lines))) <= case.ocr
    assert all(block.confidence is not None and block.page for block in texts[0].blocks)


def converted(folder, names, target):
    """LibreOffice 转成的文件。"""
    program = soffice()
    assert program, "这几项测试要装 LibreOffice"
    profile = (folder / "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(folder / "out"),
    ]
    subprocess.run([*command, *map(str, names)], check=True, capture_output=True, timeout=300)
    return folder / "out"


def test_the_same_lines_as_libreoffice_shows(tmp_path):
    chosen = [case for case in CASES.values() if case.oracle]
    names = []
    for index, case in enumerate(chosen):
        names.append(tmp_path / f"{index}.docx")
        names[-1].write_bytes(case.data)
    out = converted(tmp_path, names, "txt:Text (encoded):UTF8")
    assert len(chosen) >= 10
    for index, case in enumerate(chosen):
        shown = (out / f"{index}.txt").read_text(encoding="utf-8-sig").splitlines()
        assert [bare(line) for line in shown if bare(line)] == [bare(line) for line in case.texts[0].lines], case.file


def test_the_same_cells_and_headings_as_libreoffice_shows(tmp_path):
    """LibreOffice 写成 html：td 的字就是各格，h1–h6 的字就是标题（自动编号它写不进去，比字）。"""
    from lxml import html

    names = ["版式/合并单元格.docx", "版式/计划和安排表.docx"]
    for index, name in enumerate(names):
        (tmp_path / f"{index}.docx").write_bytes(CASES[name].data)
    out = converted(tmp_path, [tmp_path / f"{index}.docx" for index in range(len(names))], "html")
    for index, name in enumerate(names):
        tree = html.fromstring((out / f"{index}.html").read_bytes())
        expected = CASES[name].texts[0]
        shown = (bare(cell.text_content()) for cell in tree.iter("td", "th"))
        assert [text for text in shown if text] == [bare(cell) for cell in expected.cells]
        headings = [bare(node.text_content()) for node in tree.iter("h1", "h2", "h3")]
        assert len(headings) == len(expected.headings)
        assert all(bare(ours).endswith(theirs) for ours, theirs in zip(expected.headings, headings, strict=True))


@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf", "pdf"])
def test_the_content_is_equal_across_formats(tmp_path, suffix):
    given = tmp_path / "计划.docx"
    given.write_bytes(plan_docx(COMMON, "tab", with_table=True))
    made = converted(tmp_path, [given], suffix) / f"计划.{suffix}"
    expected = plan_text(COMMON, with_table=True)
    names = [made.name, "计划.wps"] if suffix == "doc" else [made.name]  # wps 就是改了后缀的 doc
    for name in names:
        texts, notes = read_file(made, name)
        lines, cells, _ = found_of(texts[0])
        assert lines == [bare(line) for line in expected.lines]
        assert cells == [bare(cell) for cell in expected.cells]
        assert notes == []


def test_html_of_libreoffice_has_no_chinese_numbers_and_all_the_rest(tmp_path):
    """LibreOffice 写 html 只写 <ol>，“一、”“（一）”的样子不在文件里，哪个软件打开都是 1. 2. 3.；字、表、次序都在。"""
    given = tmp_path / "计划.docx"
    given.write_bytes(plan_docx(COMMON, "tab", with_table=True))
    made = converted(tmp_path, [given], "html") / "计划.html"
    assert "<ol" in made.read_text(encoding="utf-8").lower()
    assert "一、" not in made.read_text(encoding="utf-8")
    texts, notes = read_file(made, made.name)
    lines, cells, _ = found_of(texts[0])
    items = [item.text for item in PLAN]
    assert [re.sub(r"^\d+\.", "", line) for line in lines] == [
        bare(line) for line in (*items[:-2], *CELLS, *items[-2:])
    ]
    assert cells == [bare(cell) for cell in CELLS]
    assert notes == []


@pytest.mark.parametrize("suffix", ["rtf", "html", "doc", "odt", "pdf", "txt"])
def test_the_summary_is_equal_across_formats(tmp_path, suffix):
    given = tmp_path / "总结.docx"
    given.write_bytes(docx_of(*(p(text) for text in SUMMARY), schedule(), p("（完）")))
    made = converted(tmp_path, [given], "txt:Text (encoded):UTF8" if suffix == "txt" else suffix) / f"总结.{suffix}"
    texts, notes = read_file(made, made.name)
    lines, cells, _ = found_of(texts[0])
    assert lines == [bare(line) for line in (*SUMMARY, *CELLS, "（完）")]
    assert suffix == "txt" or cells == [bare(cell) for cell in CELLS]
    assert notes == []
