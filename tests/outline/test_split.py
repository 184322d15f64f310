from __future__ import annotations

from jiaoyan_nlp.outline import documents
from tests.conftest import extracted

BODY = (
    "教研组每两周集中一次，先听一节课，再围绕课上的一个问题谈半小时，谈完写进记录本，期末由教导处统一查看，查看的结果在例会上说明。"
    * 3
)


def starts(text: str) -> list[str]:
    return [d.text[:8] for d in documents(extracted(text))]


def test_titled_collection_drops_the_lead_in():
    text = f"校本教研计划三篇\n下面是小编为大家整理的计划，欢迎阅读。\n校本教研计划篇一\n{BODY}\n校本教研计划篇二\n{BODY}\n校本教研计划篇三\n{BODY}"
    found = documents(extracted(text))
    assert [d.text.split("\n")[0] for d in found] == ["校本教研计划篇一", "校本教研计划篇二", "校本教研计划篇三"]
    assert all(text[d.offset : d.offset + len(d.text)] == d.text for d in found)


def test_numbered_titles():
    text = f"教研工作总结1\n一、做法\n{BODY}\n教研工作总结2\n一、做法\n{BODY}"
    assert starts(text) == ["教研工作总结1\n", "教研工作总结2\n"]


def test_untitled_collection_is_cut_where_numbering_starts_over():
    part = f"一、指导思想\n{BODY}\n二、主要工作\n{BODY}\n三、保障\n{BODY}\n"
    assert starts(part + part) == ["一、指导思想\n{"[:8].replace("{", BODY[0]), "一、指导思想\n" + BODY[0]]


def test_restart_under_an_unnumbered_heading_is_no_new_document():
    text = (
        f"工作目标\n一、教师\n{BODY}\n二、学生\n{BODY}\n三、课堂\n{BODY}\n主要措施\n一、听课\n{BODY}\n二、评课\n{BODY}"
    )
    assert len(starts(text)) == 1


def test_single_document_keeps_the_whole_file():
    text = f"首页 > 范文 > 计划\n某校校本教研计划\n一、目标\n{BODY}"
    (found,) = documents(extracted(text))
    assert found.offset == 0
    assert found.text == text
    assert found.meta.title == "某校校本教研计划"
    assert text[slice(*found.furniture[0])] == "首页 > 范文 > 计划"
