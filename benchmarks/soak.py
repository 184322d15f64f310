"""长跑：一个进程里反复载入、审核、查重、写报告，看内存长不长。

用法：python benchmarks/soak.py [分钟，默认 60] [图，默认 docs/images/soak.png]

印出每一轮以后本进程、连同子进程占的内存（RSS）；末了印出后四分之三各轮的斜率（最小二乘），画成图。头四分之一是热身，不算。
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import jiaoyan_nlp as jy  # noqa: E402
from benchmarks.hostile import family_bytes  # noqa: E402

DISTRICT = ROOT / "corpus" / "district"
WARM = 0.25
"""热身占几成：词表、模型、字体第一次用到才载入。"""
MB = 1 << 20

Measured = tuple[float, float, float]
"""第几分钟、本进程几 MB、连同子进程几 MB。"""


def once(folder: Path) -> None:
    """教研员的一遍：载入、审核、查重、写两种报告。"""
    corpus = jy.load(DISTRICT / "上报", schools=DISTRICT / "schools.csv")
    copies = jy.find_copies(corpus, templates=jy.load(ROOT / "corpus" / "templates"))
    findings = jy.audit(corpus, copies=copies)
    for name in ("报告.html", "报告.xlsx"):
        jy.report(corpus, folder / name, copies=copies, findings=findings)


def measure(minutes: float) -> list[Measured]:
    """一轮一轮地做到时间用完。"""
    begun, own, found = time.monotonic(), psutil.Process(), []
    with tempfile.TemporaryDirectory() as folder:
        while (spent := (time.monotonic() - begun) / 60) < minutes or len(found) < 2:
            once(Path(folder))
            found.append((spent, own.memory_info().rss / MB, family_bytes() / MB))
            print(
                f"第 {len(found)} 轮，{spent:.1f} 分钟：本进程 {found[-1][1]:.0f} MB，连同子进程 {found[-1][2]:.0f} MB",
                flush=True,
            )
    return found


def slope(values: list[float]) -> float:
    """每一轮长多少 MB。"""
    return float(np.polyfit(range(len(values)), values, 1)[0])


def draw(found: list[Measured], path: Path) -> None:
    """内存随时间的图。"""
    from matplotlib import rc_context

    from jiaoyan_nlp.reports.drawing import Chart, style

    with rc_context(style()):
        chart = Chart(9, 4, "长跑时的内存")
        axes = chart.add_subplot()
        minutes, own, family = zip(*found, strict=True)
        axes.plot(minutes, own, label="本进程")
        axes.plot(minutes, family, label="连同子进程")
        axes.set(
            xlabel="分钟", ylabel="RSS（MB）", ylim=(0, None), title=f"反复载入、审核、查重、写报告 {len(found)} 轮"
        )
        axes.legend()
        chart.savefig(path, dpi=100)


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "images" / "soak.png"
    found = measure(minutes)
    draw(found, path)
    steady = found[int(len(found) * WARM) :]
    for name, place in (("本进程", 1), ("连同子进程", 2)):
        values = [one[place] for one in steady]
        print(
            f"{name}：{values[0]:.0f} → {values[-1]:.0f} MB，最大 {max(values):.0f} MB，斜率每轮 {slope(values):+.3f} MB（{len(values)} 轮）"
        )
    print(f"图：{path}")


if __name__ == "__main__":
    main()
