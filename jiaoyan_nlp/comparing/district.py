"""区县的设置文件怎样读，和里面的常规要求。默认值在 data/district.toml。"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from jiaoyan_nlp.errors import DataError, PathError
from jiaoyan_nlp.facts.rates import PER_TERM
from jiaoyan_nlp.lexicon import data_file


@dataclass(frozen=True, slots=True)
class Norm:
    """区县的一项常规要求：每 period 至少 least 个 unit 的 activity。"""

    activity: str
    least: float
    unit: str
    period: str

    @property
    def low(self) -> float:
        """同数量表的 low，换算时用。"""
        return self.least

    @property
    def high(self) -> None:
        """只有下限。"""
        return None

    @property
    def said(self) -> str:
        """写给人看的说法：每学期听课不少于15节。"""
        return f"每{self.period}{self.activity}不少于{self.least:g}{self.unit}"


def default() -> dict[str, Any]:
    """默认的设置。"""
    return tomllib.loads(data_file("district.toml").read_text(encoding="utf-8"))


def own(path: str | Path | None) -> dict[str, Any]:
    """区县自己的设置文件，没有就是空的。抛出：PathError 没有这个文件；DataError 写法有错、有不认识的项。"""
    if path is None:
        return {}
    if not Path(path).is_file():
        raise PathError(f"找不到设置文件 {path}，请检查路径。")
    try:
        read = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"设置文件 {path} 的写法有错：{error}。请对照 data/district.toml 修改。") from error
    known = default()
    for name in read:
        if name not in known:
            raise DataError(f"设置文件 {path} 里的“{name}”不认识，可用的有：{'、'.join(known)}。")
    return read


def norms(path: str | Path | None = None) -> tuple[Norm, ...]:
    """区县的常规要求。抛出：PathError、DataError，同 own；一项写得不全的写明是哪里。"""
    rows = own(path).get("norms", default()["norms"])
    if not isinstance(rows, list):
        raise DataError(f"设置文件 {path} 里的 norms 要写成 [[norms]]，一项一段。")
    return tuple(_norm(path, row) for row in rows)


def _norm(path: str | Path | None, row: object) -> Norm:
    names = {f.name for f in fields(Norm)}
    if not isinstance(row, dict) or set(row) != names:
        raise DataError(f"设置文件 {path} 里的 norms 每一项都要写 {'、'.join(sorted(names))}。")
    if row["period"] not in PER_TERM:
        raise DataError(f"设置文件 {path} 里 norms 的周期“{row['period']}”不认识，可用的有：{'、'.join(PER_TERM)}。")
    if isinstance(row["least"], bool) or not isinstance(row["least"], (int, float)):
        raise DataError(f"设置文件 {path} 里 norms 的 least 要写成数字。")
    return Norm(**row)
