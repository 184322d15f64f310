"""反馈意见：取舍照结果，措辞客气，版式照公文格式。"""

from __future__ import annotations

import zipfile

import docx
import pandas as pd
import pytest
from docx.shared import Mm, Pt
from lxml import etree

from jiaoyan_nlp.corpus import Corpus
from jiaoyan_nlp.errors import PathError
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.reports.feedback import feedback
from jiaoyan_nlp.reports.feedback_settings import feedback_settings, rules, sayings
from jiaoyan_nlp.reports.feedback_wording import lines, tables
from jiaoyan_nlp.types import Note

from . import making

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NO_PROMISES = pd.DataFrame(columns=["school", "what", "status", "planned", "reported"])
ACCUSING = ("抄袭", "剽窃", "照搬", "洗稿", "作弊", "涉嫌", "处理", "追究", "空话")


def written(tmp_path, corpus, findings=None, copies=None, promises=NO_PROMISES, **other):
    """写好的文件名 → 各段的（样式，文字）。"""
    paths = feedback(
        corpus,
        tmp_path / "反馈意见",
        copies=making.copies() if copies is None else copies,
        findings=making.findings() if findings is None else findings,
        follow_up=promises,
        **other,
    )
    return {p.stem: [(q.style.name.removeprefix("公文"), q.text) for q in docx.Document(p).paragraphs] for p in paths}


def said(paragraphs) -> str:
    return "\n".join(text for _, text in paragraphs)


@pytest.fixture
def usual(tmp_path):
    corpus = making.corpus()
    return written(tmp_path, corpus, making.usual(corpus), making.one_copy(corpus))


def test_a_letter_for_each_school_and_a_circular(usual):
    assert list(usual) == ["反馈意见_青禾小学", "反馈意见_竹溪小学", "通报（草稿）"]
    for name, paragraphs in usual.items():
        assert [style for style, _ in paragraphs][:2] == ["标题", "主送"], name
        assert paragraphs[-1][0] in ("日期", "附件标题"), name


def test_findings_are_quoted_with_advice_and_private_data_is_masked(usual):
    letter = usual["反馈意见_青禾小学"]
    assert ("引文", "原文：带动XX名青年教师上好汇报课，每人每学期听课不少于15节。") in letter
    assert ("三级标题", "1.有几处还没有填写（建议先改）") in letter
    assert ("正文", "建议：请填上真实的校名、姓名、日期或数字。") in letter
    assert ("三级标题", "1.没有写明不足") in letter
    assert "13900000001" not in said(letter) and "139＊＊＊＊＊＊＊＊" in said(letter)


def test_copied_text_is_told_to_both_without_blame(usual):
    mine, theirs = said(usual["反馈意见_竹溪小学"]), said(usual["反馈意见_青禾小学"])
    assert "与其他材料相同或相近的文字约占全文的62%。" in mine
    assert "与青禾小学《青禾小学2024—2025学年第一学期校本教研计划》有1段文字雷同，共约28字，例如：" in mine
    assert "只说明文字相同或相近，不说明先后和原因" in mine
    assert "的部分文字也见于竹溪小学的材料，仅供知悉，无需修改。" in theirs


def test_no_word_of_accusation(usual, tmp_path):
    for paragraphs in usual.values():
        assert not any(word in said(paragraphs) for word in ACCUSING)
    for row in table("feedback_words.csv", "rule", "name", "advice"):
        assert not any(word in "".join(row.values()) for word in ACCUSING)


def test_every_rule_that_sounds_harsh_has_its_own_words():
    own = sayings().keys() | rules("alike") | rules("origin") | rules("silent") | rules("short")
    harsh = {
        row["rule"]
        for row in table("rules.csv", "rule", "severity", "name", "message", "advice")
        if any(word in row["name"] + row["message"] + row["advice"] for word in ACCUSING)
    }
    assert harsh <= own
    assert own <= {row["rule"] for row in table("rules.csv", "rule", "severity", "name", "message", "advice")}


def test_merits_come_from_the_results(tmp_path):
    good = making.document(
        "青山小学2024—2025学年第一学期校本教研总结\n一、活动\n开展听课、评课、集体备课、示范课、师徒结对、课题研究和读书活动。\n",
        "青山.txt", "青山小学", kind="summary",
    )  # fmt: skip
    row = {
        "school": "青山小学",
        "what": "quantity",
        "status": "kept",
        "planned": "听课不少于15节",
        "reported": "人均听课不少于15节",
    }
    corpus = Corpus([good])
    shares = making.copies(shares={good.id: 0.0})
    promises = pd.DataFrame([row] * 5)
    letter = said(written(tmp_path, corpus, copies=shares, promises=promises)["反馈意见_青山小学"])
    assert (
        "计划里有数量、有日期的事项5项，总结报告做到了5项。例如计划写“听课不少于15节”，总结写“人均听课不少于15节”"
        in letter
    )
    assert "总结有成绩、有不足、有改进打算" in letter
    assert "立足本校" in letter
    lacking = making.findings(making.finding(good, "JY106", "一般"))
    few = pd.DataFrame([row] * 2 + [row | {"status": "missing"}] * 3)
    letter = said(
        written(tmp_path, corpus, lacking, copies=making.copies(shares={good.id: 0.4}), promises=few)[
            "反馈意见_青山小学"
        ]
    )
    assert not any(words in letter for words in ("说到做到", "总结有成绩", "立足本校"))


def test_follow_up_section_comes_from_the_findings(tmp_path):
    corpus = making.corpus()
    plan, summary, _ = corpus
    findings = making.findings(
        making.finding(plan, "JY401", "一般", "听课不少于15节"),
        making.finding(summary, "JY402", "提示", "人均听课十六节"),
    )
    letter = written(tmp_path, corpus, findings)["反馈意见_青禾小学"]
    assert ("引文", "计划：“听课不少于15节”") in letter and ("引文", "总结：“人均听课十六节”") in letter
    assert not any(text.startswith("三、需要修改") for _, text in letter)


def test_many_places_are_cut_with_a_word(tmp_path):
    long = making.document("计划\n一、目标\n" + "".join(f"第{n}组XX人。\n" for n in range(9)), "长.txt", "长校")
    rows = [making.finding(long, "JY201", "严重", start=at, end=at + 2, evidence="XX") for at in _all(long.text, "XX")]
    letter = said(written(tmp_path, Corpus([long]), making.findings(*rows))["反馈意见_长校"])
    assert letter.count("原文：") == 3
    assert "有几处还没有填写（9处）" in letter and "另有6处同类的情况，请一并检查。" in letter


def _all(text: str, words: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(words, at)]


def test_circular_praises_by_name_and_reports_faults_by_number(usual):
    circular = said(usual["通报（草稿）"])
    assert "共收到2所学校报送的材料3份，其中计划（含方案）2份，总结1份。有1所学校的材料还不齐全" in circular
    assert "有几处还没有填写\n涉及1所学校，共1处。" in circular
    faults = circular[circular.index("需要共同改进的问题") : circular.index("下一步工作")]
    assert "青禾" not in faults and "竹溪" not in faults


def test_circular_has_a_table_of_what_came(tmp_path):
    corpus = making.corpus(notes=(Note("上报/坏.docx", "JY501", "读不出来。", "请重新要一份。"),))
    paths = feedback(corpus, tmp_path, making.copies(), making.findings(), NO_PROMISES)
    word = docx.Document(paths[-1])
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert rows == [["学校", "计划", "总结", "其他"], ["青禾小学", "1", "1", "—"], ["竹溪小学", "1", "未收到", "—"]]
    assert "请有关学校重新报送：“坏.docx”。" in said([("", p.text) for p in word.paragraphs])


def test_a_school_without_documents_gets_a_letter_too(tmp_path):
    corpus = making.corpus()
    row = making.finding(
        next(iter(corpus)), "JY403", "严重", document=None, school="远山小学", message="远山小学没有交总结。"
    )
    letter = said(written(tmp_path, corpus, making.findings(row))["反馈意见_远山小学"])
    assert "现将你校2024—2025学年第一学期校本教研材料的报送情况反馈如下。" in letter
    assert "（一）材料报送\n1.材料还不齐全（建议先改）\n远山小学没有交总结。" in letter
    assert "材料情况" not in letter


def test_documents_without_school_are_only_in_the_circular(tmp_path):
    corpus = making.corpus(making.document("教研计划\n一、目标\n上好课。", "散.txt", None))
    found = written(tmp_path, corpus)
    assert len(found) == 3
    assert "另有1份材料没有写明学校" in said(found["通报（草稿）"])


def test_page_and_letters_follow_the_standard(tmp_path):
    path = feedback(making.corpus(), tmp_path, making.copies(), making.findings(), NO_PROMISES)[0]
    word = docx.Document(path)
    section = word.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(m / Mm(1)) for m in margins] == [37, 35, 28, 26]
    body, title = word.styles["公文正文"], word.styles["公文标题"]
    assert body.font.size == Pt(16) and title.font.size == Pt(22)
    assert body.paragraph_format.line_spacing == Pt(28.95) and body.paragraph_format.first_line_indent == Pt(32)
    assert body.element.rPr.rFonts.get(f"{W}eastAsia") == "仿宋_GB2312"
    assert title.element.rPr.rFonts.get(f"{W}eastAsia") == "方正小标宋简体"
    assert word.settings.odd_and_even_pages_header_footer
    assert [p.text for p in section.footer.paragraphs] != [""]
    with zipfile.ZipFile(path) as package:
        fonts = etree.fromstring(package.read("word/fontTable.xml"))
    others = {f.get(f"{W}name"): f.find(f"{W}altName") for f in fonts}
    assert all(others[name].get(f"{W}val") for name in feedback_settings()["fonts"])


def test_headings_are_numbered_and_in_the_outline(usual, tmp_path):
    path = tmp_path / "反馈意见" / "反馈意见_青禾小学.docx"
    word = docx.Document(path)
    heads = [p.text for p in word.paragraphs if p.style.name == "公文一级标题"]
    assert [text.split("、")[0] for text in heads] == list("一二三四五六")[: len(heads)]
    assert [word.styles[f"公文{n}级标题"].element.pPr.find(f"{W}outlineLvl").get(f"{W}val") for n in "一二三"] == [
        "0",
        "1",
        "2",
    ]


def test_numbers_start_over_below_a_new_heading():
    written_lines = lines("circular.txt", **_circular())
    assert [line.text for line in written_lines if line.style == "h1"] == ["一、总体情况", "二、下一步工作"]
    assert [len(part) for part in tables(written_lines) if part[0].style == "head"] == [1]


def _circular() -> dict[str, object]:
    from jiaoyan_nlp.reports.build import build
    from jiaoyan_nlp.reports.feedback_district import circular
    from jiaoyan_nlp.reports.results import Results

    view = build(Results(Corpus([]), making.findings(), making.copies(), NO_PROMISES))
    return {"news": circular(view, ()), "sender": "教研室", "today": "2024年9月1日"}


def test_sender_can_be_named(tmp_path):
    letter = written(tmp_path, making.corpus(), sender="云溪区教研室")["反馈意见_青禾小学"]
    assert letter[-2] == ("署名", "云溪区教研室")


def test_file_names_are_safe_and_distinct(tmp_path):
    names = ["../../外面/小学", "../../外面\\小学", "校" * 300, "CON", "校. "]
    corpus = Corpus(
        [making.document(f"计划{n}\n一、目标\n上好课。\n", f"{n}.txt", name) for n, name in enumerate(names)]
    )
    found = written(tmp_path, corpus)
    assert len(found) == len(names) + 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["反馈意见"]
    assert "反馈意见_..＿..＿外面＿小学（2）" in found
    assert all(len(name.encode()) < 240 for name in found)


def test_nothing_to_say_to_nobody(tmp_path):
    assert feedback(Corpus([]), tmp_path, making.copies(), making.findings(), NO_PROMISES) == []
    assert list(tmp_path.iterdir()) == []


def test_wrong_folders(tmp_path):
    with pytest.raises(PathError, match="上一级文件夹"):
        feedback(making.corpus(), tmp_path / "没有" / "反馈意见")
    (tmp_path / "占用").write_text("", encoding="utf-8")
    with pytest.raises(PathError, match="占用"):
        feedback(making.corpus(), tmp_path / "占用")


def test_the_sample_district(tmp_path, district):
    paths = feedback(district, tmp_path / "反馈意见")
    assert len(paths) == 13 and all(p.is_file() for p in paths)
    letters = {p.stem: said([("", q.text) for q in docx.Document(p).paragraphs]) for p in paths}
    assert "没有需要逐处修改的地方" in letters["反馈意见_云溪区清潭初级中学"]
    assert "云溪区双井坡初级中学的材料，仅供知悉" in letters["反馈意见_云溪区清潭初级中学"]
    assert not any(word in text for text in letters.values() for word in ACCUSING if word not in ("处理",))
