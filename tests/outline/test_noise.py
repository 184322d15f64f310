from __future__ import annotations

import pytest

from jiaoyan_nlp.outline.noise import furniture


def noise(text: str) -> list[str]:
    return [text[a:b] for a, b in furniture(text)]


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 工作计划 > 教研计划",
        "当前位置：范文之家>计划",
        "时间:2023-09-01 10:22:33 工作计划 我要投稿",
        "[点击下载文档](#)",
        "推荐度：",
        "将本文的Word文档下载到电脑",
        "责任编辑：管理员",
        "阅读量：1024",
        "第 3 页",
        "————————",
    ],
)
def test_site_furniture(line):
    assert noise(f"一、目标\n{line}\n让每位教师上好一节研究课。") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "学生的阅读量明显增加，全校平均每人读了十本书。",
        "各组把资料下载下来，集中学习。",
        "2、推荐三节优质课参加区里的评选。",
        "由教导处编辑成册。",
    ],
)
def test_plain_statements_stay(line):
    assert noise(f"一、成绩\n{line}") == []


def test_related_links_to_the_end():
    text = "完成总结。\n【教研计划】相关文章：\n教研计划范文11-02\n教研组工作计划09-13"
    assert noise(text) == text.split("\n")[1:]


def test_lead_in_paragraph():
    text = "计划是对一定时期工作的打算。那么怎样写计划呢？以下是小编整理的范文，欢迎阅读。\n一、目标\n上好课。"
    assert noise(text) == [text.split("\n", maxsplit=1)[0]]
