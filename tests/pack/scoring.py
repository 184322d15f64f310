"""拿读出来的与应当读出的比。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .expecting import bare

if TYPE_CHECKING:
    from jiaoyan_nlp.types import Extracted


def found_of(extracted: Extracted) -> tuple[list[str], list[str], list[str]]:
    """读出的各段、在单元格里的各段、有标题级别的各段，都不计空白。"""
    shown = [(bare(extracted.text[block.start : block.end]), block) for block in extracted.blocks]
    return (
        [text for text, _ in shown],
        [text for text, block in shown if block.table is not None],
        [text for text, block in shown if block.level is not None],
    )


def error_rate(found: str, expected: str) -> float:
    """字的错误率：改成一样最少要动几个字，除以应有的字数。"""
    before = list(range(len(expected) + 1))
    for row, one in enumerate(found, 1):
        current = [row]
        for column, other in enumerate(expected, 1):
            current.append(min(before[column] + 1, current[-1] + 1, before[column - 1] + (one != other)))
        before = current
    return before[-1] / max(len(expected), 1)
