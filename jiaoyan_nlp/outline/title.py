"""文档标题和落款：哪几行是题目，末尾哪几行是校名和日期。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiaoyan_nlp.outline.lines import Line
    from jiaoyan_nlp.text import Span

MAX_TITLE = 50
MAX_TITLE_LINES = 3
MAX_SIGNATURE = 36
MAX_SIGNATURE_LINES = 5
MAX_STYLED_LINES = 6
_DOCUMENT_NUMBER = re.compile(r"[〔\[(（【]20\d{2}[〕\])）】]\s?第?\s?[\dxX×]{1,4}\s?号")
"""公文的发文字号；在它上面的是发文机关标志（红头），不是题目。"""
_KIND = re.compile(
    r"(?:计划|总结|方案|制度|办法|细则|规定|条例|报告|汇报|小结|体会|案例|实录|纪实|要点|规划|设想|意见|章程|反思|心得|随笔|"
    r"简报|材料|安排|职责|记录|故事|打算)(?:[(（【\[].{0,24}[)）】\]])?\s?(?:篇?[一二三四五六七八九十\d]{0,3}篇?)?[:：]?$"
)
_SUBTITLE = re.compile(r"^[(（\[—\-–].{2,40}[)）\]]?$|^(?:作者|撰稿|执笔|撰写人|单位|学校|时间|日期)[:：].{0,30}$")
_SIGNATURE = re.compile(
    r"^(?:[^。；！？，]{2,30}(?:小学|中学|学校|幼儿园|中心校|学区|联区|完小|教导处|教务处|教研组|备课组|教科室|研究室|园|处|组|室|校)(?:[^。；！？，]{0,10}(?:组|班|室|处))?"
    r"|[xX×*_某]{2,}.{0,12}(?:小学|中学|学校|幼儿园|校|组))$"
)
_DATE_AT_END = re.compile(
    r"[(（]?[\d二〇○零一三四五六七八九十xX×_*]{2,6}[年./-][\d一二三四五六七八九十xX×_*]{1,3}"
    r"(?:[月./-](?:[\d一二三四五六七八九十xX×_*]{1,3}日?)?)?[)）]?$"
)
_CREDIT = re.compile(r"[(（]?(?:执笔|撰稿|撰写|供稿|作者|审核|摄影|记录|报告人|总结人)人?[:：].{2,24}$")
_PUNCTUATED = re.compile(r"[。；！？;!?]")


def title_lines(folded: str, rows: Sequence[Line]) -> int:
    """题目占开头几行（含副题、署名行）；没有题目是 0。文件自带题目的样式就照样式，没有再看文字。"""
    if styled := _styled(folded, rows):
        return styled
    count = 0
    kinds = 0
    for row in rows[:MAX_TITLE_LINES]:
        words = folded[row.start : row.end].strip()
        if row.rank is not None and not (
            count == 0 and _KIND.search(words) and row.value is not None and row.value > 20
        ):
            break
        if len(words) > MAX_TITLE or _PUNCTUATED.search(words.rstrip("!！?？")) or words.endswith((":", "：")):
            break
        if _KIND.search(words):
            kinds += 1
        elif not (
            _SUBTITLE.match(words) or (kinds and _signed(re.sub(r"\s", "", words))) or (count == 0 and kinds == 0)
        ):
            break
        count += 1
    if kinds:
        return count
    return 1 if count and _bare_title(folded, rows) else 0


def _styled(folded: str, rows: Sequence[Line]) -> int:
    """用了题目样式的行，连同夹在中间、接在后面居中的行（发文字号、副题、署名）。"""
    count = titled = 0
    for row in rows[:MAX_STYLED_LINES]:
        is_title = row.look is not None and row.look.kind == "title"
        centered = row.look is not None and row.look.centered and row.rank is None
        if not (is_title or centered) or len(folded[row.start : row.end]) > MAX_TITLE:
            break
        count += 1
        titled += is_title
    return count if titled else 0


def title_spans(folded: str, rows: Sequence[Line]) -> list[Span]:
    """题目各行里真是题目的：红头、发文字号不算；有题目样式的，只要有样式的。

    参数：rows 是 title_lines 数出的几行。
    """
    numbered = next((i for i, row in enumerate(rows) if _DOCUMENT_NUMBER.search(folded[row.start : row.end])), None)
    kept = rows if numbered is None or numbered + 1 == len(rows) else rows[numbered + 1 :]
    styled = [row for row in kept if row.look is not None and row.look.kind == "title"]
    return [(row.start, row.end) for row in styled or kept]


def _bare_title(folded: str, rows: Sequence[Line]) -> bool:
    """题目里没有“计划”“总结”一类的词：首行短、无标点、下面是正文或标题。"""
    words = folded[rows[0].start : rows[0].end].strip()
    return len(rows) > 1 and 4 <= len(words) <= 30 and not re.search(r"[，,、：:]", words)


def signature(folded: str, rows: Sequence[Line]) -> list[Span]:
    """末尾的落款行：校名、日期，或文件里靠右的短行。"""
    found: list[Span] = []
    for row in reversed(rows[-MAX_SIGNATURE_LINES:]):
        words = re.sub(r"\s", "", folded[row.start : row.end])
        placed = row.look is not None and row.look.right and row.rank is None
        if not _signed(words) and not (
            placed and len(words) <= MAX_SIGNATURE and not _PUNCTUATED.search(words.rstrip("。"))
        ):
            break
        found.append((row.start, row.end))
    return found[::-1]


def _signed(words: str) -> bool:
    """校名、日期、“执笔：某某”，或者校名接着日期。"""
    if len(words) > MAX_SIGNATURE:
        return False
    undated = _DATE_AT_END.sub("", words)
    return not undated or bool(_SIGNATURE.match(undated) or _CREDIT.search(undated))
