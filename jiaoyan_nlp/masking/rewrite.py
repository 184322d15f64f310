"""文档、标注、事实里的位置和文字，跟着换过的正文改。"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from jiaoyan_nlp.masking.shift import Shift

Value = TypeVar("Value")
PAIRS = (("start", "end"), ("title_start", "title_end"))
WORDS = (
    "text", "file", "title", "author", "name", "group", "who", "activity", "participants", "topic", "last_editor",
    "company", "headers", "message", "evidence", "school",
)  # fmt: skip
"""会写着人名、号码的字段；其余的（种类、标签、指纹）照旧。"""


def rewritten(value: Value, old: str, new: str, shift: Shift, string: Callable[[str], str]) -> Value:
    """一个值（和它里面的值）改过之后的样子。

    参数：old、new 是换之前、之后的正文；string 把短的字符串里的人名、号码换成代号。
    """
    if isinstance(value, tuple):
        return tuple(rewritten(v, old, new, shift, string) for v in value)  # type: ignore[return-value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    spans = {name: getattr(value, name) for f in fields(value) if isinstance(getattr(value, name := f.name), int)}
    for first, last in PAIRS:
        if first in spans and last in spans:
            changes[first], changes[last] = shift.forward(spans[first], spans[last])
    own = old[slice(spans.get("start", 0), spans.get("end", 0))]
    for f in fields(value):
        had = getattr(value, f.name)
        if f.name == "furniture":
            changes[f.name] = tuple(shift.forward(a, b) for a, b in had)
        elif f.name == "text" and had == old:
            changes[f.name] = new
        elif f.name in WORDS and had:
            changes[f.name] = _word(had, own, new[slice(changes.get("start", 0), changes.get("end", 0))], string)
        elif isinstance(had, tuple) or is_dataclass(had):
            changes[f.name] = rewritten(had, old, new, shift, string)
    return replace(value, **changes)


def _word(had: object, own: str, mine: str, string: Callable[[str], str]) -> object:
    if isinstance(had, tuple):
        return tuple(string(str(said)) for said in had)
    return mine if had == own else string(str(had))
