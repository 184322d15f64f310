"""结果表的行：DataFrame 只在这里变成字典，缺的格子一律当空。"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

Row = dict[str, Any]


def records(frame: pd.DataFrame) -> list[Row]:
    """表的各行，一行一个字典。"""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def by_column(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """各行按一列的取值分开，次序不变。"""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[text_of(row[column])].append(row)
    return dict(found)


def text_of(value: object) -> str:
    """格子里的字；None、NaN、NA 当空。"""
    return "" if value is None or (str(value) in ("nan", "<NA>", "NaT") and not isinstance(value, str)) else str(value)


def number_of(value: object) -> float | None:
    """格子里的数；空的返回 None。"""
    return float(str(value)) if text_of(value) else None


def joined(value: object) -> str:
    """一个或一组取值，用分号接起来。"""
    return "；".join(map(str, value)) if isinstance(value, (list, tuple)) else text_of(value)


def share_of(row: Mapping[str, Any]) -> float | None:
    """雷同结果里一篇文档的相同比例：引用上级文件的不算。"""
    return number_of(row.get("copied_share_unquoted", row.get("copied_share")))
