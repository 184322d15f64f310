"""网页报告：内容齐全、全部转义、不联网、有据可查。"""

import base64
import hashlib
import re

import pytest
from lxml import html

from jiaoyan_nlp.errors import PathError, UsageError
from jiaoyan_nlp.reports import report
from jiaoyan_nlp.types import Note

from . import making

PAYLOADS = (
    '<script>alert("甲")</script>',
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% for x in y %}",
    "</style></script><!--",
    "=cmd|'/c calc'!A0",
)


def written(tmp_path, corpus, findings=None, copies=None) -> str:
    path = report(
        corpus,
        tmp_path / "报告.html",
        copies=making.copies() if copies is None else copies,
        findings=making.findings() if findings is None else findings,
    )
    return path.read_text(encoding="utf-8")


def text_of(page: str, query: str) -> str:
    return " ".join(" ".join(node.text_content().split()) for node in html.fromstring(page).cssselect(query))


@pytest.fixture
def page(tmp_path):
    corpus = making.corpus(notes=(Note("上报/坏.docx", "JY501", "文件损坏，读不出来。", "请重新要一份。"),))
    return written(tmp_path, corpus, making.usual(corpus), making.one_copy(corpus))


def test_overview_counts(page):
    figures = {
        node.cssselect("dt")[0].text: node.cssselect("dd")[0].text
        for node in html.fromstring(page).cssselect(".figure")
    }
    assert figures == {
        "学校": "2", "文档": "3", "严重问题": "2", "一般问题": "1", "提示": "0", "计划兑现": "50%", "相同文字较多": "1", "读不出的文件": "1",
    }  # fmt: skip


def test_a_row_for_each_school_leads_to_its_section(page):
    tree = html.fromstring(page)
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in tree.cssselect("#table tbody tr")]
    assert rows == [
        ["青禾小学", "1 篇", "1 篇", "2", "1", "0", "85", "50%", "—"],
        ["竹溪小学", "1 篇", "缺", "0", "0", "0", "100", "—", "62%"],
    ]
    ids = {node.get("id") for node in tree.cssselect("[id]")}
    assert {a.get("href")[1:] for a in tree.cssselect("a")} <= ids


def test_findings_show_their_words_in_context(page):
    assert "带动XX名青年教师上好汇报课" in text_of(page, ".excerpt")
    assert "XX" in text_of(page, ".excerpt mark")
    assert "总结里没有写存在的问题。" in text_of(page, ".rule")
    assert "建议：请如实写出不足。" in text_of(page, ".advice")


def test_personal_data_is_masked_everywhere(page):
    assert "13900000001" not in page
    assert "139＊＊＊＊＊＊＊＊" in page


def test_copied_passages_stand_side_by_side(page):
    assert "与别校 青禾小学《青禾小学2024—2025学年第一学期校本教研计划》 相同" in text_of(page, "figcaption")
    assert "换了词" in text_of(page, "figcaption")
    first, second = html.fromstring(page).cssselect(".pair .words")
    assert first.cssselect(".changed")[0].text == "群众"
    assert second.cssselect(".changed")[0].text == "集体"
    assert "这一篇的文字也见于：竹溪小学《竹溪小学校本教研计划》" in text_of(page, ".used")


def test_a_school_shows_its_sections_facts_amounts_and_promises(page):
    assert "✓ 目标" in text_of(page, ".expected")
    assert "缺 问题" in text_of(page, ".expected .lacks")
    assert "每周三下午" in text_of(page, ".more tbody th")
    assert "听课不少于15节" in text_of(page, ".more .chips")
    amounts = html.fromstring(page).cssselect("svg.meter")
    assert any("本校 15，要求 15" in one.get("aria-label") for one in amounts)
    assert "总结未提" in text_of(page, ".own .status-missing")


def test_charts_are_words_and_lines_without_inner_style(page):
    tree = html.fromstring(page)
    charts = {one.get("id"): one for one in tree.cssselect("figure.chart")}
    assert {"chart-coverage", "chart-structure", "chart-score_card", "chart-shares"} <= set(charts)
    assert "青禾小学" in charts["chart-coverage"].cssselect("svg")[0].text_content()
    titles = " ".join(node.text for node in tree.iter("title") if node.getparent().tag != "head")
    assert "青禾小学：听课，计划" in titles
    ids = [node.get("id") for node in tree.cssselect("[id]")]
    assert len(ids) == len(set(ids))
    assert tree.cssselect("svg [style], svg style, svg script, svg image") == []


def test_no_word_of_accusation(page):
    assert not re.search("抄袭|剽窃|作弊|涉嫌", page)


def test_unreadable_files_are_listed_with_advice(page):
    assert "上报/坏.docx文件损坏，读不出来。建议：请重新要一份。" in text_of(page, "#remarks li.lost")


def test_shared_text_and_same_origin_stand_apart(tmp_path):
    corpus = making.corpus()
    plan, _, other = corpus
    block = {"block": 1, "reason": "引用上级文件", "holders": 2, "start": 0, "end": 4, "file": "", "text": ""}
    copies = making.copies(
        shared=[
            block | {"document": plan.id},
            block | {"document": other.id},
            block | {"document": "别处", "block": 2},
        ],
        origins=[{"file": "甲.docx", "other_file": "乙.docx", "score": 0.8, "reasons": ["作者相同", "修订号相同"]}],
    )
    page = written(tmp_path, corpus, copies=copies)
    assert "青禾小学 引用上级文件 · 2 篇" in text_of(page, "#shared summary")
    assert "甲.docx 乙.docx 作者相同；修订号相同" in text_of(page, "#origins td")


def test_a_school_without_documents_and_documents_without_school(tmp_path):
    corpus = making.corpus(making.document("教研计划\n一、目标\n上好课。", "散.txt", None))
    row = making.finding(next(iter(corpus)), "JY403", "严重", document=None, school="远山小学", message="没有交计划。")
    page = written(tmp_path, corpus, making.findings(row))
    names = [node.text for node in html.fromstring(page).cssselect("#schools h3")]
    assert names == ["青禾小学", "竹溪小学", "远山小学", "（没有认出学校）"]
    assert "没有交计划。" in text_of(page, "#schools .rule")
    assert "这一批共 3 所学校的 4 篇文档" in page
    lacking = [row.cssselect("th a")[0].text for row in html.fromstring(page).cssselect("tr[data-lacking]")]
    assert lacking == ["竹溪小学", "远山小学"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text(tmp_path, payload):
    bad = making.document(
        f"计划{payload}\n一、目标{payload}\n这里写{payload}好。\n",
        f"上报/{payload}.txt",
        f"学校{payload}",
        title=f"计划{payload}",
    )
    corpus = making.corpus(bad, notes=(Note(payload, "JY501", payload, payload),))
    plan = next(iter(corpus))
    words = f"写{payload}"
    findings = making.findings(
        making.finding(bad, payload, "严重", words, message=payload, advice=payload, name=payload)
    )
    copies = making.copies([making.passage(bad, words, plan, "XX", kind=payload, relation=payload)], {bad.id: 0.9})
    page = written(tmp_path, corpus, findings, copies)
    tree = html.fromstring(page)
    assert len(tree.cssselect("script")) == 1
    assert tree.cssselect("img, iframe, object, link, [onerror], [onclick], [style]") == []
    assert {a.get("href")[0] for a in tree.cssselect("a")} == {"#"}
    assert payload in [node.text_content() for node in tree.cssselect("#schools h3")][-1]
    assert payload in text_of(page, ".excerpt mark")
    assert "7*7" in page or "49" not in text_of(page, "h4")


def test_control_characters_and_broken_surrogates_do_not_stop_the_report(tmp_path):
    corpus = making.corpus(making.document("计划\n一、目标\n坏\x00字\x1b\ud800。\n", "坏\udcff.txt", "坏\x07校"))
    page = written(tmp_path, corpus)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", page)
    assert "坏�校" in page


def test_nothing_is_fetched_from_anywhere(page):
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?(?!#)(?:https?:|//|data:|file:)", page)
    assert "@import" not in page


def test_policy_allows_only_our_own_style_and_script(page):
    policy = html.fromstring(page).cssselect("meta[http-equiv]")[0].get("content")
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        content = re.search(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL).group(1)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_long_passages_and_many_passages_are_cut_with_a_word(tmp_path):
    long = making.document("计划\n一、目标\n" + "甲乙丙丁" * 1000 + "\n", "长.txt", "长校")
    corpus = making.corpus(long)
    rows = [making.passage(long, "甲乙丙丁" * 900, long, "甲乙丙丁" * 900)]
    rows += [making.passage(long, "甲乙丙丁", long, "甲乙丙丁") for _ in range(60)]
    page = written(tmp_path, corpus, copies=making.copies(rows, {long.id: 1.0}))
    assert "以下略，共 3600 字" in page
    assert "另有 21 段较短的没有列出" in page


def test_an_empty_batch_still_gives_a_report(tmp_path):
    from jiaoyan_nlp.corpus import Corpus

    assert "0 所学校的 0 篇文档" in written(tmp_path, Corpus([]))


def test_wrong_paths(tmp_path):
    corpus = making.corpus()
    with pytest.raises(UsageError, match=r"\.pdf"):
        report(corpus, tmp_path / "报告.pdf")
    with pytest.raises(PathError, match="没有的文件夹"):
        report(corpus, tmp_path / "没有的文件夹" / "报告.html")
    folder = tmp_path / "占用.html"
    folder.mkdir()
    with pytest.raises(PathError, match="占用"):
        report(corpus, folder, copies=making.copies(), findings=making.findings())
    assert [path.name for path in tmp_path.iterdir()] == ["占用.html"]


def test_results_are_computed_when_not_at_hand(tmp_path):
    page = report(making.corpus(), tmp_path / "报告.html").read_text(encoding="utf-8")
    assert "青禾小学" in page


def test_the_sample_district(tmp_path, district):
    page = report(district, tmp_path / "报告.html").read_text(encoding="utf-8")
    assert len(html.fromstring(page).cssselect("#table tbody tr")) == district.table("documents")["school"].nunique()
