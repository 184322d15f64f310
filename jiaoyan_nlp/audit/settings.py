"""区县的设置：默认值在 data/district.toml，区县用自己的 TOML 文件改。"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.audit import dismissals
from jiaoyan_nlp.comparing import district
from jiaoyan_nlp.errors import DataError
from jiaoyan_nlp.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Collection

    from jiaoyan_nlp.audit.dismissals import Dismissal
    from jiaoyan_nlp.comparing.district import Norm

SEVERITIES = ("严重", "一般", "提示")


@dataclass(frozen=True, slots=True)
class Settings:
    """审核的设置：关掉的规则、各规则的轻重、阈值、扣分、常规要求、误报。"""

    off: frozenset[str]
    severity: dict[str, str]
    thresholds: dict[str, float]
    points: dict[str, float]
    norms: tuple[Norm, ...]
    dismissed: frozenset[Dismissal]


def load(path: str | Path | None = None) -> Settings:
    """默认设置，叠上区县的 TOML 文件。

    抛出：PathError 没有这个文件；DataError 写法有错、规则代码或阈值名不认识，写明是哪一项。
    """
    default, own = district.default(), district.own(path)
    codes = {
        row["rule"]: row["severity"] for row in table("rules.csv", "rule", "severity", "name", "message", "advice")
    }
    severity = codes | own.get("severity", {})
    off = frozenset(own.get("off", default["off"]))
    for code in [*off, *own.get("severity", {})]:
        if code not in codes:
            raise DataError(f"设置文件 {path} 里的规则代码“{code}”不存在。")
    for code, level in severity.items():
        if level not in SEVERITIES:
            raise DataError(f"设置文件 {path} 里 {code} 的轻重“{level}”不认识，可用的有：{'、'.join(SEVERITIES)}。")
    return Settings(
        off=off,
        severity=severity,
        thresholds=_numbers(path, "阈值", default["thresholds"], own.get("thresholds", {}), default["thresholds"]),
        points=_numbers(path, "扣分", default["points"], own.get("points", {}), {*SEVERITIES, *codes}),
        norms=district.norms(path),
        dismissed=_dismissed(path, own.get("dismissed", "")),
    )


def _numbers(
    path: str | Path | None, what: str, default: dict[str, float], own: dict[str, Any], known: Collection[str]
) -> dict[str, float]:
    for name, value in own.items():
        if name not in known:
            raise DataError(f"设置文件 {path} 里的{what}“{name}”不认识，可用的有：{'、'.join(known)}。")
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise DataError(f"设置文件 {path} 里的{what}“{name}”要写成数字。")
    return default | own


def _dismissed(path: str | Path | None, name: str) -> frozenset[Dismissal]:
    if not name or path is None:
        return frozenset()
    return dismissals.read(Path(path).parent / name)
