"""主要工作的用时和内存：载入、标注、审核、查重一千篇三千字的文档；旁边是 jieba.lcut 单独切同样文字的用时。

用法：python benchmarks/main_job.py [篇数]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import generate


def timed(name: str, work):
    """做一件事，印出用时，返回（结果，秒）。"""
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    print(f"{name:<24}{seconds:8.1f} 秒", flush=True)
    return result, seconds


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    import jieba
    from joblib.externals.loky import get_reusable_executor

    import jiaoyan_nlp as jy

    with tempfile.TemporaryDirectory() as folder:
        generate.write(Path(folder), count)
        corpus, load = timed(f"载入 {count} 篇", lambda: jy.load(folder))
        statements, tag = timed("标注和事实", lambda: corpus.table("statements"))
        findings, audit = timed("审核", lambda: jy.audit(corpus))
        copies, reuse = timed("查重", lambda: jy.find_copies(corpus))
    whole = "".join(d.text for d in corpus)
    jieba.initialize()
    _, alone = timed("jieba.lcut 单独切词", lambda: jieba.lcut(whole))
    total = load + tag + audit + reuse
    get_reusable_executor().shutdown(wait=True)  # 子进程结束了，系统才报得出它们的内存峰值
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"合计 {total:.1f} 秒，是 jieba.lcut 的 {total / alone:.2f} 倍；{len(whole) / 1e6:.1f} 百万字")
    print(f"内存峰值：主进程 {peak:.0f} MB，最大的子进程 {child:.0f} MB")
    print(f"{len(statements)} 个句段，{len(findings)} 处问题，{len(copies.passages)} 处雷同")


if __name__ == "__main__":
    main()
