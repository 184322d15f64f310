"""模糊测试：python -m fuzz.run --minutes 30，时间在各个靶子之间平分。

崩溃的输入留在 fuzz/crashes/靶子-……，由 tests/fuzz 重放，修好了也留着；各靶子跑了多少次写在屏幕上。
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fuzz import seeds
from fuzz.targets import TARGETS

CRASHES = Path(__file__).resolve().parent / "crashes"
SLOW = {"picture": 120, "office": 120}
"""一份输入最多读多少秒，超过也算崩溃；没有写的是 USUAL 秒。认字、LibreOffice 照读文件的上限。"""
USUAL = 30
MEMORY = 2000
"""一个靶子最多占多少 MB。"""
_DONE = re.compile(r"#(\d+)\s+DONE\s+cov: (\d+)")
_ANY = re.compile(r"#(\d+)\s+\S+\s+cov: (\d+)")


def main() -> None:
    """读参数，一个靶子接一个靶子地跑；有崩溃时退出码是 1。"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30, help="总共跑多少分钟")
    parser.add_argument("targets", nargs="*", help=f"只跑这几个：{' '.join(TARGETS)}")
    given = parser.parse_args()
    chosen = given.targets or list(TARGETS)
    share = max(1, int(given.minutes * 60 / len(chosen)))
    CRASHES.mkdir(exist_ok=True)
    known = set(CRASHES.iterdir())
    print("| 靶子 | 秒 | 执行次数 | 覆盖的边 | 新的崩溃 |\n|---|---|---|---|---|", flush=True)
    for name in chosen:
        begun = time.monotonic()
        runs, edges = fuzz(name, share)
        fresh = set(CRASHES.iterdir()) - known
        known |= fresh
        print(f"| {name} | {time.monotonic() - begun:.0f} | {runs} | {edges} | {len(fresh)} |", flush=True)
    sys.exit(bool(known - {path for path in known if path.suffix == ".fixed"}))


def fuzz(name: str, seconds: int) -> tuple[int, int]:
    """一个靶子跑这么多秒，崩了换个随机数接着跑。返回：执行次数、覆盖的边。"""
    runs = edges = 0
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as place:
        corpus, scratch = Path(place, "corpus"), Path(place, "tmp")
        scratch.mkdir()
        seeds.write(name, corpus)
        while (left := int(end - time.monotonic())) > 0:
            command = [
                sys.executable, "-m", "fuzz.one", name, str(corpus), f"-max_total_time={left}", f"-timeout={SLOW.get(name, USUAL)}",
                f"-rss_limit_mb={MEMORY}", "-max_len=65536", f"-report_slow_units={SLOW.get(name, USUAL)}", f"-artifact_prefix={CRASHES}/{name}-",
            ]  # fmt: skip
            environment = os.environ | {"TMPDIR": str(scratch), "OMP_NUM_THREADS": "1"}
            result = subprocess.run(command, capture_output=True, env=environment, check=False)
            shown = result.stderr.decode("utf-8", "replace")
            found = _DONE.findall(shown) or _ANY.findall(shown)
            if found:
                runs, edges = runs + int(found[-1][0]), max(edges, int(found[-1][1]))
            if result.returncode:
                print(shown[-2500:], file=sys.stderr, flush=True)
                time.sleep(1)
    return runs, edges


if __name__ == "__main__":
    main()
