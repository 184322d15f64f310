"""报告在真的浏览器里：不报错、不缺字、不超宽、看得清，能筛、能排、能打开一段；没有脚本也能读，能打印。"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import jiaoyan_nlp as jy
from benchmarks import browser
from tests.conftest import DISTRICT, SCHOOLS, TEMPLATES

pytestmark = pytest.mark.skipif(browser.path() is None and "CI" not in os.environ, reason="没有装 Chromium")
CHECKS = (Path(browser.__file__).parent / "checks.js").read_text(encoding="utf-8")
SIZES = (1280, 390)
SCHOOL = "云溪区枫渡口小学"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("报告") / "审核报告.html"
    corpus = jy.load(DISTRICT, schools=SCHOOLS)
    return jy.report(corpus, path, copies=jy.find_copies(corpus, templates=jy.load(TEMPLATES)))


@pytest.fixture(scope="module")
def program():
    with browser.started() as started:
        yield started


@pytest.fixture(scope="module", params=SIZES)
def tab(request, program, page):
    """打开报告的一页，全部展开；console 里说过的话记在 said。"""
    with browser.opened(program, request.param) as opened:
        opened.said = []
        opened.on("console", lambda message: opened.said.append(message.text))
        opened.on("pageerror", lambda error: opened.said.append(str(error)))
        opened.goto(page.as_uri())
        opened.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        yield opened


@pytest.fixture
def desk(program, page):
    """宽屏上刚打开的报告。"""
    with browser.opened(program, 1280) as opened:
        opened.goto(page.as_uri())
        yield opened


def column(tab, name):
    """表里一列现在的取值，看得见的行。"""
    return tab.evaluate(
        """(name) => { const heads = [...document.querySelectorAll("#table thead th")];
        const at = heads.findIndex((head) => head.textContent === name);
        return [...document.querySelectorAll("#table tbody tr")].filter((row) => !row.hidden)
          .map((row) => row.cells[at].dataset.value); }""",
        name,
    )


def test_console_is_silent(tab):
    assert tab.said == []


@pytest.mark.parametrize("check", ["missing", "faint", "wide"])
def test_every_letter_shows_is_readable_and_stays_in_the_page(tab, check):
    assert tab.evaluate(f"{CHECKS}.{check}()") == []


def test_charts_are_drawn_with_words_for_those_who_cannot_see_them(tab):
    charts = tab.query_selector_all("figure.chart svg")
    assert len(charts) >= 10
    for chart in charts:
        assert chart.bounding_box()["height"] > 80
        assert len(chart.get_attribute("aria-label")) > 8


def test_sorting_with_mouse_and_keyboard(desk):
    desk.click("#table thead th:has-text('严重') button")
    counts = [int(value) for value in column(desk, "严重")]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]
    assert desk.get_attribute("#table thead th:has-text('严重')", "aria-sort") == "descending"
    desk.focus("#table thead th:has-text('得分') button")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")
    scores = [float(value) for value in column(desk, "得分")]
    assert scores == sorted(scores)


def test_filtering_hides_rows_and_sections(desk):
    everything = len(column(desk, "学校"))
    desk.fill("#find", "枫渡")
    assert column(desk, "学校") == [SCHOOL]
    assert desk.inner_text("#found") == "符合条件的有 1 所"
    assert desk.locator("details.school:visible").count() == 1
    desk.fill("#find", "")
    desk.check("[data-only=over]")
    assert 0 < len(column(desk, "学校")) < everything
    desk.uncheck("[data-only=over]")
    desk.fill("#find", "没有这所学校")
    assert desk.is_visible("#nothing")


def test_opening_a_passage_from_the_table(desk):
    pair = desk.locator("details.school", has_text=SCHOOL).locator("figure.pair").first
    assert not pair.is_visible()
    desk.click(f"#table a:has-text('{SCHOOL}')")
    pair.wait_for(state="visible")
    pair.scroll_into_view_if_needed()
    assert pair.is_visible()
    assert "本篇" in pair.inner_text()
    assert pair.locator(".same").first.is_visible()


def test_a_link_clicked_again_opens_what_was_closed(desk):
    link = desk.locator(f"#table a:has-text('{SCHOOL}')")
    target = link.get_attribute("href")
    link.click()
    desk.wait_for_selector(f"details{target}[open]")
    desk.click(f"details{target} > summary")
    desk.wait_for_selector(f"details{target}:not([open])")
    link.click()
    desk.wait_for_selector(f"details{target}[open]")


def test_a_school_name_in_a_chart_leads_to_the_school(desk):
    link = desk.locator("#chart-score_card a", has_text="枫渡口").first
    target = link.get_attribute("href")
    link.click()
    # 跳转之后页面才收到 hashchange，慢的机器上要等一等。
    desk.wait_for_selector(f"details{target}[open]")
    assert SCHOOL in desk.inner_text(f"details{target} > summary")


def test_readable_without_script(program, page, tmp_path):
    bare = tmp_path / "无脚本.html"
    text = page.read_text(encoding="utf-8")
    bare.write_text(text[: text.rindex("<script>")] + "</body></html>", encoding="utf-8")
    with browser.opened(program, 1280) as tab:
        tab.goto(bare.as_uri())
        assert tab.is_hidden("#find")
        tab.click(f"#table a:has-text('{SCHOOL}')")
        tab.click(f"details.school:has-text('{SCHOOL}') > summary")
        tab.locator("details.school[open] figure.pair").first.wait_for(state="visible")


def test_printing_shows_what_is_folded(desk):
    import pypdfium2

    with pypdfium2.PdfDocument(desk.pdf(format="A4")) as printed:
        text = "".join(sheet.get_textpage().get_text_range() for sheet in printed)
    assert "本篇" in text
    assert "建议：" in text
    assert "找学校" not in text
