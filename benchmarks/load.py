"""大批文件：造一万份各种格式的文件，两个处理器上载入、标注、审核、查重，看用时和内存。

用法：python benchmarks/load.py [份数，默认 10000] [每份字数，默认 1500]

格式按固定的比例轮着来（KINDS），每一百份有一份是坏的（截断的 docx）。用 os.sched_setaffinity 只许用两个处理器。
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import jiaoyan_nlp as jy  # noqa: E402
from benchmarks import generate  # noqa: E402
from benchmarks.hostile import Peak, accounted  # noqa: E402
from jiaoyan_nlp.readers import inputs  # noqa: E402
from tests.readers.making import docx_of, p, paragraphs_of, pdf_of, zip_of  # noqa: E402

KINDS = ("docx",) * 9 + ("txt",) * 4 + ("pdf",) * 3 + ("html",) * 2 + ("zip", "gb18030")
"""二十份里各种格式各几份；zip 里一份 docx，gb18030 是那种编码的 txt。"""
BROKEN = 100
PROCESSORS = 2


def docx(text: str) -> bytes:
    return docx_of(*(p(line) for line in text.split("\n")))


def html(text: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


MAKERS = {
    "docx": docx,
    "txt": str.encode,
    "gb18030": lambda text: text.encode("gb18030"),
    "pdf": lambda text: pdf_of(paragraphs_of(text.split("\n"))),
    "html": html,
    "zip": lambda text: zip_of({"上报/计划.docx": docx(text)}),
}
SUFFIX = {"gb18030": "txt"}


def build(folder: Path, count: int, size: int) -> None:
    """造 count 份文件，一百份一个文件夹。"""
    for number, text in enumerate(generate.texts(count, size)):
        kind = KINDS[number % len(KINDS)]
        content = MAKERS[kind](text)
        if number % BROKEN == 0:
            content = content[: len(content) // 2]
        path = folder / f"{number // 100:03}" / f"{number:05}.{SUFFIX.get(kind, kind)}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 1500
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:PROCESSORS])
    peak = Peak()
    peak.start()

    def timed(name, work):
        peak.most, begun = 0, time.monotonic()
        result = work()
        print(
            f"{name:<12}{time.monotonic() - begun:8.0f} 秒，全部进程的内存峰值 {peak.most / (1 << 20):6.0f} MB",
            flush=True,
        )
        return result

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        timed("造文件", lambda: build(folder, count, size))
        corpus = timed("载入", lambda: jy.load(folder))
        lost = accounted(corpus, inputs(folder))
    print(f"{count} 份文件，{len(corpus)} 篇文档，{len(corpus.notes)} 条说明，没有下落的 {len(lost)} 份")
    timed("标注和事实", lambda: corpus.table("statements"))
    copies = timed("查重", lambda: jy.find_copies(corpus))
    findings = timed("审核", lambda: jy.audit(corpus, copies=copies))
    print(f"{len(findings)} 处问题，{len(copies.passages)} 段雷同；机器的负载 {os.getloadavg()[0]:.1f}")
    peak.stopped = True


if __name__ == "__main__":
    main()
