"""在真的浏览器里从头走到尾：放入、等、读报告、下载、删掉；看得清、不缺字、不超宽、键盘能用。"""

from __future__ import annotations

import io
import os
import re
import zipfile

import pytest
from playwright.sync_api import expect

from benchmarks import browser
from tests.reports.test_browser import CHECKS, SIZES
from tests.serving.running import started
from tests.waiting import until

expect.set_options(timeout=60_000)  # 页面和程序都要时间：问到对为止，不只问一次

pytestmark = pytest.mark.skipif(browser.path() is None and "CI" not in os.environ, reason="没有装 Chromium")

PLAN = """{school}2024—2025学年第一学期校本教研计划

一、工作目标
带动XX名青年教师上好汇报课，每人每学期听课不少于15节。
二、主要措施
每周三下午集体备课，由教研组长主持，先把本单元的重点和难点说清楚，再逐课讨论练习怎么设计、怎么分层，最后由一位教师整理成公用的教案。
"""
SUMMARY = """青禾小学2024—2025学年第一学期校本教研总结

一、主要成绩
全体教师人均听课十六节，青年教师全部上了汇报课。
"""
HOSTILE = '<img src=x onerror=alert(1)>校本教研总结\n\n一、主要成绩\n人均听课十六节，=HYPERLINK("x")，{{ 7 * 7 }}。\n'
SCHOOLS = "school,aliases,level,place,folder\n青禾小学,青禾,小学,某区,青禾\n竹溪小学,竹溪,小学,某区,竹溪\n"


def packed():
    """两所学校三份材料、一份不怀好意的、一份读不了的，打成一个压缩包。"""
    files = {
        "青禾/计划.txt": PLAN.format(school="青禾小学"),
        "青禾/总结.txt": SUMMARY,
        "竹溪/计划.txt": PLAN.format(school="竹溪小学").replace("不少于15节", "不少于12节"),
        "竹溪/总结.txt": HOSTILE,
        "竹溪/照片.docx": "\0\1\2\3",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    return made.getvalue()


def given(name, content):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with started(tmp_path_factory.mktemp("页面")) as running:
        yield running


@pytest.fixture(scope="module")
def program():
    with browser.started() as opened:
        yield opened


class Visitor:
    """一个浏览器，可以开宽窄不同的几页；console 里说过的话、向外面要的东西都记着。"""

    def __init__(self, context, address):
        self.context, self.address = context, address
        self.said, self.outside = [], []

    def page(self, width=1280, path=""):
        tab = self.context.new_page()
        tab.set_viewport_size({"width": width, "height": 900})
        tab.on("console", lambda message: self.said.append(message.text))
        tab.on("pageerror", lambda error: self.said.append(str(error)))
        tab.on(
            "request",
            lambda one: self.outside.append(one.url) if one.url[:5] == "http:" and self.host not in one.url else 0,
        )
        tab.goto(f"http://{self.host}{path}" if path else self.address)
        return tab

    @property
    def host(self):
        return self.address.split("/")[2]


@pytest.fixture
def visitor(program, desk):
    context = program.new_context(accept_downloads=True)
    made = Visitor(context, desk.address)
    yield made
    context.pages[-1].evaluate("fetch('/batch', { method: 'DELETE' })")
    context.close()
    assert made.said == []
    assert made.outside == []


def problems(tab):
    return [found for check in ("missing", "faint", "wide") for found in tab.evaluate(f"{CHECKS}.{check}()")]


def test_from_dropping_the_files_to_taking_the_results_away(visitor, desk, tmp_path):
    for width in SIZES:
        tab = visitor.page(width)
        tab.wait_for_selector("#fill:visible")
        tab.set_input_files("#files", [given("上报.zip", packed()), given("../逃走.txt", SUMMARY.encode())])
        tab.evaluate("document.getElementById('optional').open = true")
        assert problems(tab) == []
    tab = visitor.page()
    tab.wait_for_selector("#fill:visible")
    expect(tab.locator("#start")).to_be_disabled()
    tab.set_input_files("#files", given("上报.zip", packed()))
    tab.click("#optional summary")
    tab.set_input_files("#schools", given("schools.csv", SCHOOLS.encode()))
    tab.set_input_files("#templates", given("范文.txt", PLAN.format(school="").encode()))
    expect(tab.locator("#tally")).to_contain_text("已放入 1 个文件")
    tab.focus("#start")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#work:visible")
    tab.wait_for_selector("[aria-current=step] progress:visible")
    narrow = visitor.page(SIZES[1], "/")  # 另开一页，接着看同一批
    narrow.wait_for_selector("#work:visible")
    assert problems(narrow) == []
    tab.wait_for_selector("#done:visible, #alert:visible", timeout=60_000)
    expect(tab.locator("#alert")).to_have_text("")
    tab.bring_to_front()
    expect(tab.locator("#sum")).to_contain_text("2 所学校的 4 篇文档")
    expect(tab.locator("#live")).to_contain_text("审核完成")
    assert problems(tab) == []
    until(lambda: all(name.partition("/结果/")[1] for name in desk.files()))  # 材料用完就删，只剩结果

    report = tab.frame_locator("#report")
    expect(report.locator("h1")).to_have_text("校本教研材料审核报告")
    report.locator("#find").fill("竹溪")
    expect(report.locator("#table tbody tr:visible")).to_have_count(1)
    report.locator("#table tbody a:visible").click()
    report.locator("details.school[open] figure.pair").first.wait_for()
    expect(report.locator("details.school[open]")).to_contain_text("范文")

    book, letters, web = (download(tab, kind, tmp_path) for kind in ("xlsx", "word", "html"))
    check_book(book)
    check_letters(letters)
    assert web.name == "审核报告.html"
    assert "<img src=x" not in web.read_text(encoding="utf-8")

    narrow.bring_to_front()
    narrow.wait_for_selector("#done:visible")
    assert problems(narrow) == []
    narrow.focus("#again")
    narrow.keyboard.press("Enter")
    narrow.wait_for_selector("#fill:visible")
    until(lambda: desk.files() == [])


def download(tab, kind, folder):
    with tab.expect_download() as started_one:
        tab.click(f"[data-kind={kind}] a")
    path = folder / started_one.value.suggested_filename
    started_one.value.save_as(path)
    return path


def check_book(path):
    from openpyxl import load_workbook

    assert path.name == "审核报告.xlsx"
    book = load_workbook(path)
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "青禾小学" in cells
    assert "竹溪小学" in cells
    assert not any(
        cell.data_type == "f" and 'HYPERLINK("x' in str(cell.value) for sheet in book for row in sheet for cell in row
    )


def check_letters(path):
    from docx import Document

    assert path.name == "反馈意见.zip"
    with zipfile.ZipFile(path) as package:
        assert sorted(package.namelist()) == ["反馈意见_竹溪小学.docx", "反馈意见_青禾小学.docx", "通报（草稿）.docx"]
        letter = Document(io.BytesIO(package.read("反馈意见_青禾小学.docx")))
    assert "青禾小学" in "".join(paragraph.text for paragraph in letter.paragraphs)


def test_a_report_cannot_reach_the_page_around_it(visitor, desk):
    tab = visitor.page()
    tab.wait_for_selector("#fill:visible")
    assert tab.get_attribute("#report", "sandbox") == "allow-scripts"


def test_unreadable_files_are_named_with_the_reason(visitor, desk):
    tab = visitor.page()
    tab.set_input_files("#files", given("照片<b>.docx", b"\0\1\2\3"))
    tab.click("#start")
    tab.wait_for_selector("#alert:visible", timeout=60_000)
    expect(tab.locator("#trouble")).to_have_text("放进来的文件里没有读出一篇文档。")
    expect(tab.locator("#notes")).to_contain_text("照片")
    until(lambda: desk.files() == [])
    assert problems(tab) == []


def test_a_bad_list_of_schools_is_explained(visitor, desk):
    tab = visitor.page()
    tab.set_input_files("#files", given("计划.txt", SUMMARY.encode()))
    tab.click("#optional summary")
    tab.set_input_files("#schools", given("名单.csv", "校名\n青禾小学\n".encode()))
    tab.click("#start")
    tab.wait_for_selector("#alert:visible", timeout=60_000)
    expect(tab.locator("#trouble")).to_contain_text("学校名单 学校名单.csv 第 1 行须有 school 这一列")
    expect(tab.locator("#start")).to_be_enabled()  # 放进来的还在，换一份名单就能再来


def test_files_can_be_taken_out_again_and_dropped_in(visitor, desk):
    tab = visitor.page()
    tab.set_input_files("#files", [given("甲.txt", b"1"), given("乙.txt", b"2")])
    tab.click("button[aria-label='拿掉 甲.txt']")
    expect(tab.locator("#listed")).to_have_text(re.compile(r"^\s*乙\.txt\s*1\s*KB\s*拿掉\s*$"))
    tab.click("#clear")
    expect(tab.locator("#start")).to_be_disabled()
    tab.evaluate(
        """() => { const data = new DataTransfer(); data.items.add(new File(["x"], "丙.txt"));
        document.getElementById("drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })); }"""
    )
    tab.wait_for_selector("#listed li")
    expect(tab.locator("#listed")).to_contain_text("丙.txt")


def test_cancelling_leaves_nothing(visitor, desk):
    tab = visitor.page()
    tab.set_input_files("#files", given("计划.txt", SUMMARY.encode()))
    tab.click("#start")
    tab.wait_for_selector("[aria-current=step]")
    tab.click("#cancel")
    tab.wait_for_selector("#fill:visible")
    until(lambda: desk.files() == [])


def test_a_stopped_program_is_noticed(program, tmp_path):
    with started(tmp_path) as short:
        context = program.new_context()
        tab = context.new_page()
        tab.goto(short.address)
        tab.set_input_files("#files", given("计划.txt", SUMMARY.encode()))
        short.stop()
        tab.click("#start")
        tab.wait_for_selector("#alert:visible")
        expect(tab.locator("#trouble")).to_contain_text("连不上页面程序")
        context.close()
