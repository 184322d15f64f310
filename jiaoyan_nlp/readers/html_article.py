"""网页的正文在哪里：trafilatura 认出正文的字，本模块找到装着它们的容器，去掉链接堆和页面家具。"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from jiaoyan_nlp.readers.building import Place, Style
from jiaoyan_nlp.readers.settings import setting

PARAGRAPHS = {"p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "tbody"}
"""装一段字或一行格子的元素，不当作正文的容器。"""
_SENTENCE_MARK = re.compile("[。，；！？]")


@dataclass(slots=True)
class Text:
    """网页上的一行：字、在哪个元素里、表格位置、其中有几个字是链接。"""

    text: str
    node: Any
    place: Place
    style: Style
    linked: int = 0
    furniture: bool = False


def article(tree: Any, text: str, lines: list[Text], tables: list[Any]) -> list[Text]:  # noqa: ANN401
    """留下正文的行：trafilatura 认出的正文所在的容器里，不是链接堆、不是页面家具的。"""
    from trafilatura import extract

    kept = extract(text, favor_recall=True, include_comments=False, include_tables=True, include_links=False) or ""
    known = {_bare(line) for line in kept.splitlines()} - {""}
    whole = "".join(known)
    matched = [line for line in lines if not _is_furniture(line, set()) and _known(line.text, known, whole)]
    root = _container(tree, matched or [line for line in lines if not _is_furniture(line, set())])
    inside = set(root.iter())
    # 正文在排版用的表格里面的，那个表格不算表格
    real = {number: place for place, number in enumerate((n for n, t in enumerate(tables, 1) if t in inside), 1)}
    body = [_replaced(line, real) for line in lines if line.node in inside and not _is_furniture(line, known)]
    if any(line.style.level == 1 for line in body):
        return body
    heading = next((line for line in lines if line.style.level == 1 and not line.furniture), None)
    return [_replaced(heading, {}), *body] if heading is not None else body


def _replaced(line: Text, tables: dict[int, int]) -> Text:
    """表格重新编号；不在 tables 里的不算表格。"""
    number = tables.get(line.place.table or 0)
    return replace(line, place=replace(line.place, table=number) if number else Place())


def _known(text: str, known: set[str], whole: str) -> bool:
    bare = _bare(text)
    return bare in known or (len(bare) > 10 and bare in whole) or any(_bare(row) in known for row in text.split("\n"))


def _bare(text: str) -> str:
    return re.sub(r"[\s|\-•]+", "", text)


def _container(tree: Any, lines: list[Text]) -> Any:  # noqa: ANN401
    """最里层的、装得下绝大部分正文的元素；正文的分量看句子的标点，导航、版权说明里几乎没有。"""
    weights = [len(_SENTENCE_MARK.findall(line.text)) for line in lines]
    if not any(weights):
        weights = [len(line.text) for line in lines]
    held: dict[Any, int] = {}
    for line, weight in zip(lines, weights, strict=True):
        for node in (line.node, *line.node.iterancestors()):
            if node.tag in PARAGRAPHS or (node.tag in ("td", "th") and line.place.table is not None):
                continue
            held[node] = held.get(node, 0) + weight
    enough = setting("html", "main_share") * sum(weights)
    roomy = [node for node, size in held.items() if size >= enough]
    return max(roomy, key=lambda node: sum(1 for _ in node.iterancestors()), default=tree)


def _is_furniture(line: Text, known: set[str]) -> bool:
    if line.furniture:
        return True
    return line.linked > setting("html", "link_share") * len(line.text) and _bare(line.text) not in known
