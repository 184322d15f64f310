"""读文件的快慢：pdf 与只用 pypdfium2 取字比，docx 与只用 python-docx 取段落比；一千个各式文件用两个核的用时和内存。

用法：python benchmarks/readers_speed.py [文件数]
"""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import generate  # noqa: E402
from jiaoyan_nlp.readers import docx, pdf  # noqa: E402
from jiaoyan_nlp.readers.building import Source  # noqa: E402
from tests.pack.docx_cases import COMMON, paragraph, plan_docx  # noqa: E402
from tests.pack.other_cases import gbk_zip, saved_by_word, workbook  # noqa: E402
from tests.pack.texts import Item  # noqa: E402
from tests.readers.making import abstract, docx_of, level, num, paragraphs_of, pdf_of  # noqa: E402


def seconds(work, runs: int = 5) -> float:
    """做一件事的用时（秒）的中位数，先做一次热身。"""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def long_docx(text: str) -> bytes:
    """一篇三千字、有编号的 docx。"""
    numbering = abstract(0, *(level(i, *one) for i, one in enumerate(COMMON))) + num(1, 0)
    return docx_of(
        *(paragraph(Item(line, 0 if n % 2 else None)) for n, line in enumerate(text.split("\n"))), numbering=numbering
    )


def compare_pdf(texts: list[str]) -> None:
    import pypdfium2

    data = pdf_of(paragraphs_of([line for text in texts for line in text.split("\n")]), header="竹溪小学")
    pages = len(pypdfium2.PdfDocument(data))

    def bare() -> None:
        document = pypdfium2.PdfDocument(data)
        for page in document:
            page.get_textpage().get_text_range()

    ours, theirs = seconds(lambda: pdf.read(Source("a.pdf", data))), seconds(bare)
    print(
        f"pdf（{pages} 页）：本库每秒 {pages / ours:.0f} 页，只用 pypdfium2 每秒 {pages / theirs:.0f} 页，用时是它的 {ours / theirs:.2f} 倍"
    )


def compare_docx(texts: list[str]) -> None:
    from docx import Document

    files = [long_docx(text) for text in texts]
    ours = seconds(lambda: [docx.read(Source("a.docx", data)) for data in files])
    theirs = seconds(lambda: [[p.text for p in Document(io.BytesIO(data)).paragraphs] for data in files])
    count = len(files)
    print(
        f"docx（{count} 份）：本库每秒 {count / ours:.0f} 份，只用 python-docx 每秒 {count / theirs:.0f} 份，用时是它的 {ours / theirs:.2f} 倍"
    )


class Peak:
    """一段时间里本进程和它的子进程合计占用的内存的峰值，每 0.2 秒看一次。"""

    def __enter__(self) -> Peak:
        self.megabytes = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        own = psutil.Process()
        while not self._done.wait(0.2):
            total = 0
            for process in (own, *own.children(recursive=True)):
                with suppress(psutil.Error):
                    total += process.memory_info().rss
            self.megabytes = max(self.megabytes, total / (1 << 20))


def write_mixed(folder: Path, texts: list[str]) -> None:
    """各式文件：txt、docx、pdf、html、xlsx、zip 轮着来。"""
    for number, text in enumerate(texts):
        lines = text.split("\n")
        kind = number % 10
        name, data = (
            (".docx", long_docx(text)) if kind < 4
            else (".pdf", pdf_of(paragraphs_of(lines), header=f"学校{number}")) if kind < 6
            else (".txt", text.encode("gb18030")) if kind < 8
            else (".htm", saved_by_word().replace("</div>", f"<p>{text}</p></div>").encode("gb18030")) if kind < 9
            else (".zip", gbk_zip({"校/总结.txt": text.encode("gbk", "replace"), "校/表.xlsx": workbook(), "校/计划.docx": plan_docx(COMMON)}))
        )  # fmt: skip
        (folder / f"学校{number:05}{name}").write_bytes(data)


def mixed(texts: list[str]) -> None:
    import jiaoyan_nlp as jy
    from jiaoyan_nlp.engines.local import workers

    with tempfile.TemporaryDirectory() as folder:
        write_mixed(Path(folder), texts)
        store = Path(folder).with_suffix(".jiaoyan")
        for name in ("第一次", "第二次（都存着）"):
            start = time.perf_counter()
            with Peak() as peak:
                corpus = jy.load(folder, store=store)
            print(
                f"{len(texts)} 个文件，{workers()} 个核，{name}：{time.perf_counter() - start:.1f} 秒，{len(corpus)} 篇，"
                f"{len(corpus.notes)} 条记录，内存峰值 {peak.megabytes:.0f} MB（主进程和全部子进程合计）",
                flush=True,
            )
        store.unlink()


def office() -> None:
    """LibreOffice 一次起动转一个和转十六个。"""
    from jiaoyan_nlp.readers.office import converted, read, soffice

    if soffice() is None:
        print("没有装 LibreOffice，跳过")
        return
    rtf = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}\f0 \'bd\'cc\'d1\'d0\'bc\'c6\'bb\'ae\par}"
    sources = [Source(f"{n}.rtf", rtf) for n in range(16)]
    one = seconds(lambda: read(sources[0]), 3)
    many = seconds(lambda: [read(source) for source in converted(sources)], 3) / len(sources)
    print(f"LibreOffice 转换：单个 {one:.2f} 秒，十六个一起每个 {many:.2f} 秒")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    texts = generate.texts(count)
    compare_pdf(texts[:20])
    compare_docx(texts[:20])
    office()
    mixed(texts)


if __name__ == "__main__":
    main()
