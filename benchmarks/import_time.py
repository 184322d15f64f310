"""import jiaoyan_nlp 比 import pandas 多用多少时间：各起五次新进程，取中位数。"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time


def median(code: str, runs: int = 5) -> float:
    """执行一段代码的用时（秒）的中位数，含解释器启动。"""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    both, pandas, bare = median("import pandas, jiaoyan_nlp"), median("import pandas"), median("pass")
    print(
        f"解释器 {bare:.3f} 秒；import pandas {pandas:.3f} 秒；再 import jiaoyan_nlp {both:.3f} 秒，多 {both - pandas:+.3f} 秒"
    )
