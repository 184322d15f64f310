"""恶意文字：写在校名、文件名、标题、正文里的网页标记、表格公式、模板语句、Word 域，在各种报告里都只是文字。"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile

import docx
import pandas as pd
import pytest
from lxml import etree, html
from openpyxl import load_workbook

from jiaoyan_nlp.corpus import Corpus
from jiaoyan_nlp.reports import report
from jiaoyan_nlp.reports.feedback import feedback
from jiaoyan_nlp.reports.feedback_wording import flat
from jiaoyan_nlp.types import Note

from . import making

PAYLOADS = {
    "网页": (
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</style></script><svg onload=alert(1)>",
        "<a href='javascript:alert(1)'>看</a>",
        "&lt;b&gt;粗&lt;/b&gt;&amp;",
        "--><iframe srcdoc='x'></iframe>",
    ),
    "公式": (
        '=HYPERLINK("http://a.invalid","看")',
        "=cmd|'/c calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(1+1)",
        "＝1+1",
        '=WEBSERVICE("http://a.invalid")',
    ),
    "模板": (
        "{{ 12347*7 }}",
        "{% for x in y %}",
        "{{ ''.__class__.__mro__ }}",
        "{# 藏起来 #}",
        "${12347*7}#{12347*7}",
        "h1|一、假标题",
    ),
    "Word": (
        "</w:t></w:r></w:p><w:p><w:r><w:t>",
        '<w:fldSimple w:instr="DDEAUTO c:\\windows\\calc"/>',
        '{ HYPERLINK "http://a.invalid" }{ INCLUDETEXT a }',
        "\x13 QUOTE 7 \x14 7 \x15",
        "]]><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>&e;",
        "\u202e反过来\u202c\u2028另起一行",
    ),
}
ALL = tuple(payload for some in PAYLOADS.values() for payload in some)
TEMPLATE_RESULT = "86429"


def hostile(payload: str, number: int):
    """一所学校的一篇计划：校名、文件名、题目、标题、正文里都有这句话。"""
    text = f"{payload}计划\n一、{payload}目标\n这里写{payload}好，第{number}份。\n二、{payload}措施\n每周三集体备课。\n"
    return making.document(text, f"上报/{payload}/{payload}.txt", f"{payload}小学", title=f"{payload}计划")


@pytest.fixture(scope="module")
def batch():
    """每句恶意文字一所学校，问题、雷同、对照、读取记录里也都有它。"""
    made = [hostile(payload, number) for number, payload in enumerate(ALL)]
    corpus = making.corpus(*made, notes=tuple(Note(p, "JY501", p, p) for p in ALL))
    plan = next(iter(corpus))
    rows, passages, promises = [], [], []
    for document, payload in zip(made, ALL, strict=True):
        words = f"写{payload}"
        said = {"message": payload, "advice": payload, "name": payload}
        rows += [
            making.finding(document, "JY201", "严重", words),
            making.finding(document, payload, "一般", words, **said),
            making.finding(document, "JY401", "一般", words),
            making.finding(document, "JY212", "一般", **said),
            making.finding(document, "JY403", "严重", **{**said, "document": None}),
        ]
        passages.append(
            making.passage(document, words, plan, "XX", kind=payload, relation=payload, source_file=payload)
        )
        promises.append(
            {
                "school": document.meta.school,
                "what": "quantity",
                "status": "kept",
                "planned": f"{payload}不少于3节",
                "reported": f"{payload}不少于3节",
            }
        )
    shares = {document.id: 0.9 for document in made}
    return corpus, making.findings(*rows), making.copies(passages, shares), pd.DataFrame(promises * 5)


@pytest.fixture(scope="module")
def folder(batch, tmp_path_factory):
    """三种报告都写好。"""
    corpus, findings, copies, promises = batch
    made = tmp_path_factory.mktemp("报告")
    for name in ("报告.html", "报告.xlsx"):
        report(corpus, made / name, copies=copies, findings=findings)
    feedback(corpus, made / "反馈意见", copies=copies, findings=findings, follow_up=promises)
    return made


@pytest.fixture(scope="module")
def words(folder):
    return sorted((folder / "反馈意见").glob("*.docx"))


@pytest.fixture(scope="module")
def shown(folder):
    """网页里看得见的字。"""
    tree = html.fromstring((folder / "报告.html").read_text(encoding="utf-8"))
    for hidden in tree.cssselect("script, style"):
        hidden.drop_tree()
    return "".join(tree.itertext())


@pytest.fixture(scope="module")
def values(folder):
    """Excel 里的全部文字。"""
    book = load_workbook(folder / "报告.xlsx")
    return {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


@pytest.fixture(scope="module")
def letters(words):
    return [docx.Document(path) for path in words]


def shape(page: str) -> tuple[set[str], set[str], int]:
    """网页里有哪几种标签、属性，几段脚本。"""
    tree = html.fromstring(page)
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    return {e.tag for e in elements}, {name for e in elements for name in e.attrib}, len(tree.cssselect("script"))


def test_html_has_no_element_of_theirs(folder, tmp_path):
    page = (folder / "报告.html").read_text(encoding="utf-8")
    plain = making.corpus(
        *(hostile(f"普通{n}", n) for n in range(len(ALL))), notes=(Note("坏.docx", "JY501", "坏", "换"),)
    )
    rows = [making.finding(d, "JY201", "严重", d.text[3:5]) for d in plain]
    shares = {d.id: 0.9 for d in plain}
    first, second, *_ = plain
    copies = making.copies([making.passage(second, "主要成绩", first, "主要措施")], shares)
    clean = report(plain, tmp_path / "清白.html", copies=copies, findings=making.findings(*rows))
    usual, theirs = shape(clean.read_text(encoding="utf-8")), shape(page)
    assert theirs[0] <= usual[0]
    assert theirs[1] <= usual[1]
    assert theirs[2] == usual[2]
    assert not any(name.startswith("on") for name in theirs[1])
    assert all(a.get("href").startswith("#") for a in html.fromstring(page).cssselect("a[href]"))


@pytest.mark.parametrize("payload", ALL)
def test_html_shows_the_words(shown, payload):
    assert re.sub(r"[\x00-\x08\x0e-\x1f]", "�", payload) in shown


def test_excel_has_no_formula_and_no_outside_link(folder):
    with zipfile.ZipFile(folder / "报告.xlsx") as package:
        for name in package.namelist():
            content = package.read(name)
            assert b"<f>" not in content and b"<f " not in content, name
            assert b'TargetMode="External"' not in content, name
    book = load_workbook(folder / "报告.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if re.match(r"[=+\-@＝]", cell.value))


@pytest.mark.parametrize("payload", ALL)
def test_excel_shows_the_words(values, payload):
    said = re.sub(r"[\x00-\x08\x0e-\x1f]", "�", payload)
    assert f"{said}小学" in values


def test_word_files_stay_in_their_folder(folder, words):
    assert len(words) == len(ALL) + 3  # 另有两所普通的学校和一份通报
    assert sorted(p.name for p in folder.iterdir()) == ["反馈意见", "报告.html", "报告.xlsx"]
    assert not any(re.search(r'[<>:"|?*\x00-\x1f\u202e]', path.name) for path in words)


def test_word_holds_nothing_but_text(words):
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    active = {
        f"{space}{name}" for name in ("instrText", "fldChar", "hyperlink", "object", "altChunk", "drawing", "pict")
    }
    for path in words:
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                content = package.read(name)
                assert b"<!DOCTYPE" not in content and b"<!ENTITY" not in content
                assert not name.endswith(".rels") or b'"External"' not in content
                if not name.endswith((".xml", ".rels")):
                    continue
                tags = [e for e in etree.fromstring(content).iter() if e.tag in active or e.tag == f"{space}fldSimple"]
                assert all("footer" in name and e.get(f"{space}instr") == "PAGE" for e in tags), (path.name, name)


@pytest.mark.parametrize("payload", ALL)
def test_word_shows_the_words(letters, payload):
    said = flat(payload)
    (mine,) = [one for one in letters if any(p.text == f"{flat(payload + '小学')}：" for p in one.paragraphs)]
    texts = [p.text for p in mine.paragraphs]
    assert any(p.style.name == "公文引文" and said in p.text for p in mine.paragraphs)
    assert any(p.style.name == "公文二级标题" and said in p.text for p in mine.paragraphs)
    assert not any(TEMPLATE_RESULT in text for text in texts)
    assert [p.text for p in mine.paragraphs if p.style.name == "公文一级标题"] == [
        "一、材料情况", "二、值得肯定的做法", "三、需要修改完善的地方", "四、计划与总结对照", "五、与其他材料相同的文字",
        "六、有关说明",
    ]  # fmt: skip


def test_libreoffice_reads_the_same_words(words, tmp_path):
    office = shutil.which("soffice")
    assert office, "要装 LibreOffice"
    command = [office, f"-env:UserInstallation={(tmp_path / '配置').as_uri()}", "--headless", "--convert-to"]
    command += ["txt:Text (encoded):UTF8", "--outdir", str(tmp_path), *map(str, words)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shown = "\n".join(p.read_text(encoding="utf-8-sig") for p in tmp_path.glob("*.txt"))
    for payload in ALL:
        assert flat(payload) in shown, payload
    assert TEMPLATE_RESULT not in shown and "错误" not in shown


def test_payloads_reach_the_notebook_display(batch):
    corpus, _, copies, _ = batch
    one = Corpus(list(corpus)[3:])
    for shown in (one._repr_html_(), copies._repr_html_(), next(iter(one))._repr_html_()):
        tree = html.fromstring(f"<div>{shown}</div>")
        assert tree.cssselect("script, img, svg, iframe, a, [onerror], [onload]") == []
