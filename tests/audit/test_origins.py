"""JY211、JY212：往届的文档用 earlier= 给；同源看两校 docx 的修订号，区里的表格（official=）和很多校共有的不算。"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest

import jiaoyan_nlp as jy

OWN = [
    "本学期我校把课堂提问当作研究的切口，每位教师先录下自己的一节常态课，数一数问了多少个问题。",
    "各组把录像里的问题分成记忆、理解、追问三类，追问不足五个的教师由组长陪着重备一节。",
    "十月中旬全校交流一次，十一月上旬请进修学校的老师来看三节课，当面提出修改的意见。",
    "期末每人交一份提问清单，教导处按清单抽课，抽到的课由同组教师一起打分，结果记入业务档案。",
]
OTHER = [
    "操场边的自然角今年交给科学组管，三个年级轮流记录，记录本放在走廊里，谁都可以翻。",
    "记录本每两周收一次，科学组的教师逐条批注，挑出说得清楚的十条贴在楼道的墙上。",
    "十二月各班根据记录上一节汇报课，听课的教师只看学生怎样说出自己的根据。",
    "年底把三个年级的记录装订成册，留给明年接手的班级接着写，教师在册子后面写上自己的反思。",
]


def write(path: Path, title: str, lines: list[str], root: str = "") -> None:
    """一份 docx；root 是写进文件的初始修订号。"""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = docx.Document()
    made.core_properties.author = ""
    for line in (title, "一、工作安排", *lines):
        made.add_paragraph(line)
    made.save(path)
    if root:
        _stamp(path, root)


def _stamp(path: Path, root: str) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    settings = re.sub("<w:rsids>.*?</w:rsids>", "", parts["word/settings.xml"].decode("utf-8"), flags=re.DOTALL)
    revision = f'<w:rsids><w:rsidRoot w:val="{root}"/><w:rsid w:val="{root}"/></w:rsids></w:settings>'
    parts["word/settings.xml"] = settings.replace("</w:settings>", revision).encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def found(corpus: jy.Corpus, **more: jy.Corpus) -> set[tuple[str, str]]:
    """（规则，学校）。"""
    rows = jy.audit(corpus, copies=jy.find_copies(corpus, **more))
    return set(zip(rows["rule"], rows["school"], strict=True))


@pytest.fixture
def schools(tmp_path):
    write(tmp_path / "上报/青禾小学/计划.docx", "青禾小学2024—2025学年第一学期校本教研计划", OWN, "00A1B2C3")
    write(tmp_path / "上报/绿野小学/计划.docx", "绿野小学2024—2025学年第一学期校本教研计划", OTHER, "00A1B2C3")
    return tmp_path


def test_like_its_own_plan_of_last_year(schools):
    write(schools / "往届/青禾小学/计划.docx", "青禾小学2023—2024学年第一学期校本教研计划", OWN)
    now = jy.load(schools / "上报")
    assert ("JY211", "青禾小学") in found(now, earlier=jy.load(schools / "往届"))
    assert not {rule for rule, _ in found(now)} & {"JY211"}


def test_plan_and_summary_of_one_term_are_not_earlier(schools):
    write(schools / "上报/青禾小学/总结.docx", "青禾小学2024—2025学年第一学期校本教研总结", OWN)
    assert not {rule for rule, _ in found(jy.load(schools / "上报"))} & {"JY211"}


def test_same_first_revision_in_two_schools(schools):
    rules = found(jy.load(schools / "上报"))
    assert {("JY212", "青禾小学"), ("JY212", "绿野小学")} <= rules


def test_the_districts_own_form_does_not_count(schools):
    write(schools / "表格/计划.docx", "青山区校本教研计划（表格）", ["学校：", "负责人："], "00A1B2C3")
    rules = found(jy.load(schools / "上报"), official=jy.load(schools / "表格"))
    assert not {rule for rule, _ in rules} & {"JY212"}


def test_different_revisions_are_not_the_same_origin(schools):
    write(schools / "上报/绿野小学/计划.docx", "绿野小学2024—2025学年第一学期校本教研计划", OTHER, "00FFEE11")
    assert not {rule for rule, _ in found(jy.load(schools / "上报"))} & {"JY212"}
