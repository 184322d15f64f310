"""区县的设置：默认值在 data/district.toml，区县用自己的 TOML 文件改。"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiaoyan_nlp.errors import DataError, PathError
from jiaoyan_nlp.lexicon import data_file, table

SEVERITIES = ("严重", "一般", "提示")


@dataclass(frozen=True, slots=True)
class Settings:
    """审核的设置：关掉的规则、各规则的轻重、阈值。"""

    off: frozenset[str]
    severity: dict[str, str]
    thresholds: dict[str, float]


def load(path: str | Path | None = None) -> Settings:
    """默认设置，叠上区县的 TOML 文件。

    抛出：PathError 没有这个文件；DataError 写法有错、规则代码或阈值名不认识，写明是哪一项。
    """
    default = tomllib.loads(data_file("district.toml").read_text(encoding="utf-8"))
    own: dict[str, Any] = {} if path is None else _read(Path(path))
    codes = {
        row["rule"]: row["severity"] for row in table("rules.csv", "rule", "severity", "name", "message", "advice")
    }
    for name in own:
        if name not in default:
            raise DataError(f"设置文件 {path} 里的“{name}”不认识，可用的有：{'、'.join(default)}。")
    off = frozenset(own.get("off", default["off"]))
    severity = codes | own.get("severity", {})
    thresholds = default["thresholds"] | own.get("thresholds", {})
    for code in [*off, *own.get("severity", {})]:
        if code not in codes:
            raise DataError(f"设置文件 {path} 里的规则代码“{code}”不存在。")
    for code, level in severity.items():
        if level not in SEVERITIES:
            raise DataError(f"设置文件 {path} 里 {code} 的轻重“{level}”不认识，可用的有：{'、'.join(SEVERITIES)}。")
    for name, value in thresholds.items():
        if name not in default["thresholds"]:
            raise DataError(f"设置文件 {path} 里的阈值“{name}”不认识，可用的有：{'、'.join(default['thresholds'])}。")
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise DataError(f"设置文件 {path} 里的阈值“{name}”要写成数字。")
    return Settings(off, severity, thresholds)


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise PathError(f"找不到设置文件 {path}，请检查路径。")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"设置文件 {path} 的写法有错：{error}。请对照 data/district.toml 修改。") from error
