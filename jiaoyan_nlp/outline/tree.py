"""把标题排成栏目树：级别按嵌套定，不看编号样式。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaoyan_nlp.types import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiaoyan_nlp.outline.headings import Heading

MAX_LEVEL = 9
PLAIN_RANK = 1.5
"""没有序号的标题通常在“一、”之下、“（一）”之上。"""
MONTH_RANK = 2.5
"""月份标题通常在“（一）”之下。"""


def sections(text: str, start: int, found: Sequence[Heading]) -> tuple[Section, ...]:
    """栏目树，按先后排。第一个标题之前有文字时，先有 level 0 的一节。

    参数：start 是正文的起点（文档标题之后）；found 是标题，按先后排。
    """
    levels = _levels(found)
    end = len(text.rstrip())
    rows: list[Section] = []
    first = found[0].start if found else end
    if text[start:first].strip() or not found:
        rows.append(Section(0, None, 0, "", "", "other", start, max(start, first), start, start))
    shift = len(rows)
    for index, (heading, level) in enumerate(zip(found, levels, strict=True)):
        stop = next(
            (h.start for h, at in zip(found[index + 1 :], levels[index + 1 :], strict=True) if at <= level), end
        )
        above = next((i for i in range(index - 1, -1, -1) if levels[i] < level), None)
        rows.append(
            Section(
                index=index + shift,
                parent=None if above is None else above + shift,
                level=level,
                number=text[heading.line.start : heading.line.title].strip(),
                title=text[heading.line.title : heading.end].strip(),
                role="other",
                start=heading.start,
                end=_trimmed(text, heading.start, stop),
                title_start=heading.start,
                title_end=heading.end,
                run_in=heading.run_in,
            )
        )
    return tuple(rows)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _levels(found: Sequence[Heading]) -> list[int]:
    """每个标题的级别。同一样式回到原来的级别；新样式按通常的高下插进去。"""
    stack: list[tuple[str, float]] = []
    levels = []
    for heading in found:
        style, rank = _style(heading)
        known = next((i for i, (other, _) in enumerate(stack) if other == style), None)
        if known is not None and not _fresh_under_plain(stack, known, heading):
            del stack[known + 1 :]
        else:
            while stack and stack[-1][1] >= rank and not _opens_list(stack, heading):
                stack.pop()
            stack.append((style, rank))
        del stack[MAX_LEVEL:]
        levels.append(len(stack))
    return levels


def _style(heading: Heading) -> tuple[str, float]:
    line = heading.line
    if line.hint is not None:
        return f"hint{line.hint}", line.hint - 0.5
    if heading.month:
        return "month", MONTH_RANK
    if line.style is None or line.rank is None:
        return "plain", PLAIN_RANK
    return line.style.removesuffix("_space"), float(line.rank)


def _opens_list(stack: list[tuple[str, float]], heading: Heading) -> bool:
    """没有序号的标题（如“主要工作：”）下面从一数起的“一、”是它的下级。"""
    return stack[-1][0] == "plain" and heading.line.value == 1 and heading.line.rank is not None


def _fresh_under_plain(stack: list[tuple[str, float]], known: int, heading: Heading) -> bool:
    """同样式又从 1 数起，而栈顶是比它低的另一级没有序号的标题：是那一级的下级。"""
    return heading.line.value == 1 and known < len(stack) - 1 and stack[-1][0] == "plain" and stack[known][0] != "plain"
