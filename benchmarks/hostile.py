"""有害文件包：python benchmarks/hostile.py。载入整个包，量用时、全部进程的内存峰值，看有没有丢文件、留下进程和临时文件。"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import jiaoyan_nlp as jy  # noqa: E402
from jiaoyan_nlp.readers import inputs  # noqa: E402
from tests.hostile.build import ORDINARY, build  # noqa: E402


class Peak(threading.Thread):
    """每 50 毫秒看一次本进程连同子进程占多少内存。"""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self.stopped = 0, False

    def run(self) -> None:
        while not self.stopped:
            self.most = max(self.most, family_bytes())
            time.sleep(0.05)


def family_bytes() -> int:
    """本进程和全部子孙进程的 RSS 之和。"""
    own = psutil.Process()
    total = 0
    for process in (own, *own.children(recursive=True)):
        try:
            total += process.memory_info().rss
        except psutil.Error:
            continue
    return total


def accounted(corpus: jy.Corpus, jobs: list[tuple[Path, str]]) -> list[str]:
    """哪个输入既不在文档里，也不在说明里。"""
    known = {name.partition("!/")[0] for name in [*(d.file for d in corpus), *corpus.notes["file"]]}
    return [file for _, file in jobs if file not in known]


def main() -> None:
    """造包、载入、写出各项数字。"""
    with tempfile.TemporaryDirectory() as place:
        pack = Path(place, "pack")
        build(pack)
        before = set(Path(tempfile.gettempdir()).iterdir())
        peak = Peak()
        peak.start()
        begun = time.monotonic()
        corpus = jy.load(pack)
        seconds = time.monotonic() - begun
        peak.stopped = True
        jobs = inputs(pack)
        read = {d.file for d in corpus if f"/{ORDINARY}/" in d.file}
        print(f"输入 {len(jobs)} 个文件；文档 {len(corpus)} 篇，说明 {len(corpus.notes)} 条；用时 {seconds:.0f} 秒")
        print(f"全部进程的内存峰值 {peak.most / (1 << 20):.0f} MB")
        print(
            f"没有下落的文件 {len(accounted(corpus, jobs))} 个；平常的文件读出 {len(read)} 个：{sorted(Path(f).name for f in read)}"
        )
        left = [
            p.name
            for p in set(Path(tempfile.gettempdir()).iterdir()) - before
            if not p.name.startswith("jiaoyan-work-")
        ]
        print(f"临时文件夹里多出（工作进程自己的除外）：{left}")
        for (code, message), count in Counter(
            zip(corpus.notes["code"], corpus.notes["message"], strict=True)
        ).most_common(60):
            print(f"  {count:5} {code} {message[:90]}")


if __name__ == "__main__":
    main()
