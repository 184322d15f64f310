"""网页报告：一个文件，样式和脚本都在里面，不联网也能看；用户的文字一律转义。"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jiaoyan_nlp.lexicon import data_file
from jiaoyan_nlp.reports.headings import word
from jiaoyan_nlp.reports.marks import without
from jiaoyan_nlp.reports.settings import whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import jinja2

    from jiaoyan_nlp.reports.pictures import Picture
    from jiaoyan_nlp.reports.view import Overview

LEVELS = {"严重": "severe", "一般": "medium", "提示": "light"}
"""轻重 → 样式的名字。"""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Figure:
    """总览里的一个数。"""

    name: str
    value: int | str
    note: str
    tone: str = ""


def render(view: Overview, pictures: Sequence[Picture], today: date) -> str:
    """把报告的内容写成网页。参数：pictures 是各张图；today 是印在报告上的日期。返回：整个网页的文字。"""
    from markupsafe import Markup

    style, script = (data_file(f"templates/{name}").read_text(encoding="utf-8") for name in ("report.css", "report.js"))
    page = (
        environment()
        .get_template("report.html")
        .render(
            view=view,
            pictures=pictures,
            sections={picture.section for picture in pictures},
            today=f"{today.year} 年 {today.month} 月 {today.day} 日",
            lead=_lead(view),
            figures=_figures(view),
            levels=LEVELS,
            longest=whole("copies", "longest"),
            style=Markup(style),  # noqa: S704  # 这两样是本库自己的文件，不是用户的文字
            script=Markup(script),  # noqa: S704
            drawn={p.name: Markup(p.svg) for p in pictures},  # noqa: S704  # 图里的文字由 lxml 转义过
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )
    return clean(without(page, view.secrets))


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """模板环境：自动转义，用到没有的名字就报错。"""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: data_file(f"templates/{name}").read_text(encoding="utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    made.globals.update(percent=percent, word=word)
    return made


def percent(share: float | None) -> str:
    """百分数，没有值或为零写“—”。

    >>> percent(0.317), percent(0.004), percent(None)
    ('32%', '不到 1%', '—')
    """
    if not share:
        return "—"
    return "不到 1%" if share < 0.01 else f"{share:.0%}"


def clean(page: str) -> str:
    """控制字符和残缺的代理字符换成“�”，网页才能存成 UTF-8。"""
    return _CONTROL.sub("�", page)


def _hash(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"sha256-{digest}"


def _lead(view: Overview) -> str:
    """开头的一两句话。"""
    kinds = f"{view.size} 所学校的 {len(view.papers)} 篇文档"
    total = sum(view.counts.values())
    found = f"发现 {total} 处问题，其中严重的 {view.counts['严重']} 处" if total else "没有发现问题"
    over = f"有 {view.over} 篇，与其他文档或范文相同的文字占到 {view.limit:.0%} 以上" if view.over else ""
    lost = f"有 {view.lost} 个文件没有读出来，见文末的读取记录" if view.lost else ""
    return "；".join(filter(None, [f"这一批共 {kinds}，{found}", over, lost])) + "。"


def _figures(view: Overview) -> list[Figure]:
    plans, summaries = (sum(getattr(s, kind) for s in view.schools) for kind in ("plans", "summaries"))
    return [
        Figure("学校", view.size, f"{sum(s.lacking for s in view.schools)} 所材料不全"),
        Figure("文档", len(view.papers), f"计划 {plans}，总结 {summaries}"),
        Figure("严重问题", view.counts["严重"], "应当修改", "severe"),
        Figure("一般问题", view.counts["一般"], "建议修改", "medium"),
        Figure("提示", view.counts["提示"], "供参考"),
        Figure("计划兑现", percent(view.rate), "各校平均" if view.rate is not None else "没有可对照的"),
        Figure("相同文字较多", view.over, f"达到 {view.limit:.0%} 的文档", "over"),
        Figure("读不出的文件", view.lost, "见读取记录" if view.lost else "全部读出", "severe" if view.lost else ""),
    ]
