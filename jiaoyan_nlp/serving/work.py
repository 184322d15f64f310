"""处理一批材料的进程：python -m jiaoyan_nlp.serving.work 文件夹。

进度和结果一行一个 JSON 写到标准输出；标准输入断了（页面程序没了），连同自己起的进程一起结束。
"""

from __future__ import annotations

import errno
import json
import os
import sys
import threading
import time
import traceback
import zipfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.engines.progress import watching
from jiaoyan_nlp.engines.worker import kin
from jiaoyan_nlp.errors import JiaoyanError
from jiaoyan_nlp.serving import places
from jiaoyan_nlp.serving.settings import limit, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd
    import psutil

    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.reuse import CopyReport

PAUSE = 0.2
"""隔多少秒才再报一次进度。"""
TRACKER = "resource_tracker"
"""joblib 收拾信号量的进程，命令行里有这个词；杀了它，信号量就没人收拾。"""
FULL = (errno.ENOSPC, errno.EDQUOT)


def main() -> None:
    """进程的入口。"""
    folder = Path(sys.argv[1])
    tell = _detached()
    try:
        os.chdir(folder / places.MATERIALS)  # 报告里的文件名从放进来的那一级写起
        Work(folder, tell).run()
    except JiaoyanError as error:
        tell({"failed": str(error).replace(os.path.join(os.pardir, ""), "")})  # noqa: PTH118
    except MemoryError:
        tell({"failed": str(refusal("memory"))})
    except OSError as error:
        traceback.print_exc()
        tell({"failed": str(refusal("disk") if error.errno in FULL else refusal("failed", detail=error.strerror))})
    except Exception as error:  # 程序自己的错：细节留在运行 jiaoyan serve 的窗口里
        traceback.print_exc()
        tell({"failed": str(refusal("failed", detail=type(error).__name__))})


def end(pid: int) -> list[psutil.Process]:
    """结束一个进程和它起的全部进程，只留下收拾信号量的。返回：留下的，它们自己会结束。"""
    import psutil

    left = []
    for one in reversed(kin(pid)):
        with suppress(psutil.Error):
            if any(TRACKER in part for part in one.cmdline()):
                left.append(one)
            else:
                one.kill()
    return left


class Work:
    """一批材料从读取到写报告。"""

    def __init__(self, folder: Path, tell: Callable[[dict[str, object]], None]) -> None:
        self._folder = folder
        self._tell = tell
        self._step = ""
        self._names: set[str] = set()
        self._told = 0.0

    def run(self) -> None:
        """依次做各步。抛出：RefusalError 一篇也没有读出；其余同各个函数。"""
        from jiaoyan_nlp.audit import audit
        from jiaoyan_nlp.corpus import load
        from jiaoyan_nlp.reuse import find_copies

        with self._doing("read"):
            listed = Path(os.pardir, places.SCHOOLS)
            corpus = load(sorted(os.listdir()), schools=listed if listed.is_file() else None)  # noqa: PTH208
            self._readable(corpus)
        with self._doing("tag"):
            self._say(f"{len(corpus.table('statements'))} 句")
        with self._doing("copies"):
            copies = find_copies(corpus, templates=self._templates())
            self._say(f"{len(copies.passages)} 段相同的文字，涉及 {copies.passages['document'].nunique()} 篇")
        with self._doing("audit"):
            findings = audit(corpus, copies=copies)
            severe = int((findings["severity"] == "严重").sum())
            self._say(f"{len(findings)} 处问题，其中严重的 {severe} 处")
        with self._doing("report"):
            self._write(corpus, copies, findings)
        schools = corpus.table("documents")["school"].nunique()
        self._tell(
            {"finished": f"{schools} 所学校的 {len(corpus)} 篇文档，{len(findings)} 处问题，其中严重的 {severe} 处。"}
        )

    def _readable(self, corpus: Corpus) -> None:
        notes = corpus.notes[corpus.notes["code"] != "skipped"]
        lost = set(notes["file"]) - {document.file for document in corpus}
        if not len(corpus):
            rows = corpus.notes.head(limit("notes")).itertuples(index=False)
            self._tell({"notes": [f"{row.file}：{row.message}{row.advice}" for row in rows]})
            raise refusal("unreadable")
        self._say(f"{len(corpus)} 篇文档" + (f"，{len(lost)} 个文件没有读出" if lost else ""))

    def _templates(self) -> Corpus | None:
        from jiaoyan_nlp.corpus import load

        os.chdir(self._folder / places.TEMPLATES)
        names = sorted(os.listdir())  # noqa: PTH208
        return load(names) if names else None

    def _write(self, corpus: Corpus, copies: CopyReport, findings: pd.DataFrame) -> None:
        from jiaoyan_nlp.compare import compare
        from jiaoyan_nlp.follow_up import follow_up
        from jiaoyan_nlp.reports import report
        from jiaoyan_nlp.reports.feedback import feedback

        folder = self._folder / places.RESULTS
        promises, comparison = follow_up(corpus), compare(corpus)
        for done, name in enumerate((places.HTML, places.EXCEL)):
            self._progress("", done, 3, "")
            report(corpus, folder / name, copies, findings, comparison, promises)
        self._progress("", 2, 3, "")
        _pack(feedback(corpus, self._folder / places.LETTERS, copies, findings, promises), folder / places.WORD)
        self._say("已写好")

    @contextmanager
    def _doing(self, step: str) -> Iterator[None]:
        self._step, self._told = step, 0.0
        self._names.clear()
        self._tell({"step": step})
        with watching(self._progress):
            yield

    def _say(self, said: str) -> None:
        self._tell({"step": self._step, "said": said})

    def _progress(self, title: str, done: int, total: int, name: str) -> None:
        """进度；说的是文件名时，数一数读到第几个。"""
        if name:
            self._names.add(name)
        now = time.monotonic()
        if now < self._told + PAUSE and (name or done < total):
            return
        self._told = now
        count = {"read": len(self._names), "name": name} if name else {"done": done, "total": total}
        self._tell({"step": self._step, **count})


def _pack(files: list[Path], path: Path) -> None:
    """打成一个压缩包；一份也没有就不打。"""
    if not files:
        return
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for file in files:
            package.write(file, file.name)


def _detached() -> Callable[[dict[str, object]], None]:
    """标准输入输出另外留一份给自己，原来的换成空设备，免得被起的程序用了。返回：报进度的函数。"""
    given, taken = os.dup(0), os.dup(1)
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    output = os.fdopen(taken, "w", encoding="utf-8")
    threading.Thread(target=_until_closed, args=(given,), daemon=True).start()

    def tell(news: dict[str, object]) -> None:
        output.write(json.dumps(news, ensure_ascii=False) + "\n")
        output.flush()

    return tell


def _until_closed(given: int) -> None:
    while os.read(given, 1):
        pass
    end(os.getpid())


if __name__ == "__main__":
    main()
