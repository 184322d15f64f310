"""反馈意见：每校一份 Word，另有一份全区通报的草稿。"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit import audit
from jiaoyan_nlp.corpus import check_corpus
from jiaoyan_nlp.errors import PathError
from jiaoyan_nlp.follow_up import follow_up as followed
from jiaoyan_nlp.reports import feedback_word as word
from jiaoyan_nlp.reports.build import build
from jiaoyan_nlp.reports.feedback_district import circular
from jiaoyan_nlp.reports.feedback_letters import letters
from jiaoyan_nlp.reports.feedback_settings import sender as usual_sender
from jiaoyan_nlp.reports.feedback_wording import lines
from jiaoyan_nlp.reports.filenames import safe
from jiaoyan_nlp.reports.results import Results
from jiaoyan_nlp.reports.saving import saved
from jiaoyan_nlp.reuse import find_copies

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.reuse import CopyReport

CIRCULAR = "通报（草稿）"
LONGEST = 60
"""文件名里的校名最多几个字。"""


def feedback(
    corpus: Corpus,
    folder: str | Path,
    copies: CopyReport | None = None,
    findings: pd.DataFrame | None = None,
    follow_up: pd.DataFrame | None = None,
    sender: str | None = None,
) -> list[Path]:
    """给每所学校写一份反馈意见（Word，公文格式），另写一份全区通报的草稿。

    反馈意见写：材料情况、值得肯定的做法、需要修改完善的地方（引原文、给建议）、计划与总结对照、与其他材料相同的文字。
    没有认出学校的文档不写反馈意见，在通报里提到。

    参数：folder 是存放的文件夹，没有就建，同名的旧文件会被换掉；copies、findings、follow_up 是手头的 find_copies、audit、
    follow_up 的结果，没有就现算；sender 是落款的单位，默认是“教研室”。
    返回：写好的文件，按学校排，最后一份是通报；一所学校也没有时是空的。
    抛出：UsageError 给的不是 Corpus；PathError 文件夹建不了、写不进去。
    版式：GB/T 9704—2012《党政机关公文格式》。
    """
    check_corpus(corpus)
    target = prepared(folder)
    copies = find_copies(corpus) if copies is None else copies
    findings = audit(corpus, copies=copies) if findings is None else findings
    promises = followed(corpus) if follow_up is None else follow_up
    view = build(Results(corpus, findings, copies, promises))
    written = letters(corpus, view)
    if not written:
        return []
    signed = {"sender": sender or usual_sender(), "today": _today(date.today())}
    pages = [(f"反馈意见_{one.school}", lines("feedback.txt", letter=one, **signed)) for one in written]
    pages.append((CIRCULAR, lines("circular.txt", news=circular(view, written), **signed)))
    names = _names([title for title, _ in pages])
    return [
        saved(target / f"{name}.docx", partial(_write, word.document(page)))
        for name, (_, page) in zip(names, pages, strict=True)
    ]


def prepared(folder: str | Path) -> Path:
    """反馈意见存放的文件夹，没有就建。抛出：PathError 上一级文件夹不存在，或者建不了。"""
    target = Path(folder)
    try:
        target.mkdir(exist_ok=True)
    except OSError as error:
        raise PathError(f"文件夹“{target}”建不了：{error}。请检查上一级文件夹在不在、有没有写权限。") from error
    return target


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _names(titles: Iterable[str]) -> list[str]:
    """能当文件名的标题；和前面的同名就添上号（Windows 不分大小写）。"""
    taken: dict[str, str] = {}
    for title in titles:
        plain = safe(title, LONGEST)
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}（{number}）"
        taken[name.casefold()] = name
    return list(taken.values())


def _today(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
