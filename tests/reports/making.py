"""自造的小语料、审核结果和雷同结果；文字里可以夹带网页标记、公式和模板语句。"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pandas as pd

from jiaoyan_nlp.corpus import Corpus
from jiaoyan_nlp.outline import documents
from jiaoyan_nlp.reuse import CopyReport
from jiaoyan_nlp.reuse.report import CLUSTERS, DOCUMENTS, PAIRS, PASSAGES, SAME_ORIGIN, SHARED
from jiaoyan_nlp.types import Document, Extracted, Note

PLAN = """青禾小学2024—2025学年第一学期校本教研计划

一、工作目标
带动XX名青年教师上好汇报课，每人每学期听课不少于15节。
二、主要措施
每周三下午集体备课，由教研组长主持，先说重点，再说难点。
联系电话13900000001，有事请打。
"""
SUMMARY = """青禾小学2024—2025学年第一学期校本教研总结

一、主要成绩
全体教师人均听课十六节，青年教师全部上了汇报课。
"""
OTHER = """竹溪小学校本教研计划

一、主要措施
每周三下午群众备课，由教研组长主持，先说难点，再说重点。
"""
SHARED_WORDS = "各校要把教研活动做实。"


def document(text: str, file: str, school: str | None, **meta: str) -> Document:
    """一篇文档，学校等元数据直接写上。"""
    (made,) = documents(Extracted(file, text, (), hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()))
    return replace(made, meta=replace(made.meta, school=school, **meta))


def corpus(*extra: Document, notes: tuple[Note, ...] = ()) -> Corpus:
    """两所学校、三篇文档，外加给定的几篇。"""
    return Corpus(
        [
            document(PLAN, "上报/青禾/计划.txt", "青禾小学"),
            document(SUMMARY, "上报/青禾/总结.txt", "青禾小学"),
            document(OTHER, "上报/竹溪/计划.txt", "竹溪小学"),
            *extra,
        ],
        notes,
    )


def finding(made: Document, rule: str, severity: str, words: str = "", **other: object) -> dict[str, object]:
    """审核结果的一行；words 是问题所在的字，空的是整篇的问题。"""
    start = made.text.index(words) if words else 0
    row = {
        "document": made.id, "rule": rule, "severity": severity, "start": start, "end": start + len(words),
        "evidence": words, "message": f"{words}有问题。", "advice": "请修改。", "name": rule,
        "file": made.file, "school": made.meta.school, "points": 5.0,
    }  # fmt: skip
    return row | other


def findings(*rows: dict[str, object]) -> pd.DataFrame:
    """审核结果。"""
    columns = [
        "document",
        "rule",
        "severity",
        "start",
        "end",
        "evidence",
        "message",
        "advice",
        "name",
        "file",
        "school",
        "points",
    ]
    return pd.DataFrame(list(rows), columns=columns)


def usual(made: Corpus) -> pd.DataFrame:
    """三处问题：一处严重、一处个人信息、一处整篇的。"""
    plan, summary, _ = list(made)[:3]
    return findings(
        finding(plan, "JY201", "严重", "XX"),
        finding(plan, "JY601", "严重", "13900000001", message="“139…01”是个人的手机号码。"),
        finding(summary, "JY106", "一般", message="总结里没有写存在的问题。", advice="请如实写出不足。"),
    )


def passage(mine: Document, words: str, source: Document, source_words: str, **other: object) -> dict[str, object]:
    """雷同结果的一行。"""
    start, source_start = mine.text.index(words), source.text.index(source_words)
    row: dict[str, object] = {
        "document": mine.id, "file": mine.file, "start": start, "end": start + len(words),
        "file_start": start, "file_end": start + len(words),
        "source_document": source.id, "source_file": source.file, "source_start": source_start,
        "source_end": source_start + len(source_words), "source_file_start": source_start,
        "source_file_end": source_start + len(source_words), "kind": "synonym", "similarity": 0.9,
        "text": words, "source_text": source_words, "relation": "school", "evidence": 20.0, "reasons": "",
    }  # fmt: skip
    return row | other


def copies(
    passages: list[dict[str, object]] = (),
    shares: dict[str, float] | None = None,
    shared: list[dict[str, object]] = (),
    origins: list[dict[str, object]] = (),
) -> CopyReport:
    """雷同结果；shares 是文档编号 → 相同比例。"""
    rows = [
        {
            "document": key,
            "file": f"{key}.txt",
            "copied_share": value,
            "copied_share_unquoted": value,
            "from_schools": value,
        }
        for key, value in (shares or {}).items()
    ]
    return CopyReport(
        passages=pd.DataFrame(list(passages), columns=list(PASSAGES)),
        pairs=pd.DataFrame(columns=list(PAIRS)),
        documents=pd.DataFrame(rows, columns=list(DOCUMENTS)),
        clusters=pd.DataFrame(columns=list(CLUSTERS)),
        shared=pd.DataFrame(list(shared), columns=list(SHARED)),
        same_origin=pd.DataFrame(list(origins), columns=list(SAME_ORIGIN)),
    )


def one_copy(made: Corpus) -> CopyReport:
    """竹溪小学的计划有一段与青禾小学的计划相同。"""
    plan, _, other = list(made)[:3]
    mine = "每周三下午群众备课，由教研组长主持，先说难点，再说重点。"
    theirs = "每周三下午集体备课，由教研组长主持，先说重点，再说难点。"
    return copies([passage(other, mine, plan, theirs)], {other.id: 0.62, plan.id: 0.0})
