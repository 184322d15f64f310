"""给人看的结果：网页报告、Excel 报告、笔记本里的显示、中文列名。"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.errors import PathError, UsageError
from jiaoyan_nlp.reports import html, workbook
from jiaoyan_nlp.reports.build import build
from jiaoyan_nlp.reports.headings import chinese
from jiaoyan_nlp.reports.pictures import pictures
from jiaoyan_nlp.reports.results import completed
from jiaoyan_nlp.reports.saving import saved

if TYPE_CHECKING:
    import pandas as pd

    from jiaoyan_nlp.comparing.build import Comparison
    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.reports.results import Results
    from jiaoyan_nlp.reuse import CopyReport

__all__ = ["checked", "chinese", "report"]


def report(
    corpus: Corpus,
    path: str | Path,
    copies: CopyReport | None = None,
    findings: pd.DataFrame | None = None,
    comparison: Comparison | None = None,
    follow_up: pd.DataFrame | None = None,
) -> Path:
    """写一份审核报告：后缀 .html 是网页（一个文件，不联网也能看、能打印），.xlsx 是 Excel 工作簿。

    参数：path 是报告存在哪里，已有的文件会被换掉；copies、findings、comparison、follow_up 是手头的
    find_copies、audit、compare、follow_up 的结果，没有就现算。
    返回：报告的路径。抛出：UsageError 后缀不是这两种；PathError 文件夹不存在或写不进去。
    """
    target = checked(path)
    results = completed(corpus, copies, findings, comparison, follow_up)
    return saved(target, partial(_write, results))


def checked(path: str | Path) -> Path:
    """报告能不能存在这里。抛出：UsageError 后缀不认识；PathError 文件夹不存在。"""
    target = Path(path)
    if target.suffix.lower() not in (".html", ".xlsx"):
        raise UsageError(f"报告的后缀“{target.suffix}”不认识，请写成 .html（网页）或 .xlsx（Excel）。")
    if not target.parent.is_dir():
        raise PathError(f"文件夹“{target.parent}”不存在，请先建好再存报告。")
    return target


def _write(results: Results, path: Path) -> None:
    view = build(results)
    if path.suffix == ".html":
        drawn = pictures(results, {school.name: school.anchor for school in view.schools})
        path.write_text(html.render(view, drawn, date.today()), encoding="utf-8")
    else:
        workbook.write(view, results, path)
