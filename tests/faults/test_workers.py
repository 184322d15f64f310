"""工作进程崩溃、卡住、吃光内存、被杀：只丢那一个文件，记一条；不留下进程和临时文件。"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp import corpus
from jiaoyan_nlp.engines import worker
from jiaoyan_nlp.engines.isolated import Limits, Lost, stream_isolated
from jiaoyan_nlp.engines.worker import PREFIX, here
from tests.waiting import until

LIMITS = Limits(seconds=6, memory_mb=300)


@dataclass(frozen=True)
class Job:
    name: str
    do: str = "good"


def work(job: Job) -> str:
    here(job.name)
    if job.do == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if job.do == "exit":
        os._exit(3)
    if job.do == "hang":
        time.sleep(600)
    if job.do == "child":
        os.spawnvp(os.P_WAIT, "sleep", ["sleep", "601"])
    if job.do == "memory":
        return str(len([bytearray(20 << 20) for _ in range(200)]))
    if job.do == "bug":
        raise KeyError("错")
    if job.do == "rubbish":
        Path(tempfile.gettempdir(), "垃圾").write_text("x", encoding="utf-8")
    if job.do == "network":
        import socket

        socket.create_connection(("127.0.0.1", 9))
    return job.name


def again(job: Job, lost: Lost) -> Job:
    return Job(f"{lost.why}:{lost.at}")


def run(*jobs: Job) -> list[str]:
    return list(stream_isolated(work, jobs, "试", LIMITS, again))


@pytest.mark.parametrize(
    ("do", "why"),
    [("crash", "died"), ("exit", "died"), ("hang", "timeout"), ("child", "timeout"), ("memory", "memory"),
     ("bug", "error"), ("network", "error")],
)  # fmt: skip
def test_one_is_lost_and_the_rest_is_done(do, why):
    jobs = [Job(str(n), do if n == 3 else "good") for n in range(8)]
    assert run(*jobs) == ["0", "1", "2", f"{why}:3", "4", "5", "6", "7"]
    if do == "child":
        until(lambda: not [p for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == ["sleep", "601"]])


def test_temporary_files_are_emptied_after_each_piece():
    run(*[Job(str(n), "rubbish") for n in range(4)])
    folders = [p for p in Path(tempfile.gettempdir()).glob(f"{PREFIX}{os.getpid()}-*") if p.is_dir()]
    assert folders
    until(lambda: not any(list(p.iterdir()) for p in folders))


def test_what_a_killed_run_left_is_swept(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # 同时跑的测试也会清系统的临时文件夹
    gone = psutil.Popen(["true"])
    gone.wait()
    left = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{gone.pid}-"))
    (left / "profile").mkdir()
    stray = psutil.Popen([sys.executable, "-c", "import time; time.sleep(602)", str(left)])
    until(lambda: str(left) in stray.cmdline())  # 刚起的进程，命令行要过一会儿才看得见
    worker.sweep()
    assert not left.exists()
    assert stray.wait(60) != 0


def test_a_killed_reader_costs_at_most_one_note(tmp_path):
    for number in range(120):
        (tmp_path / f"{number:03}.txt").write_text(
            f"青石小学校本教研计划\n一、目标\n每人听课{number}节。\n", encoding="utf-8"
        )
    killed = []
    loading = psutil.Popen(
        [
            os.sys.executable,
            "-c",
            "import sys, jiaoyan_nlp as jy; c = jy.load(sys.argv[1]); print(len(c), len(c.notes))",
            str(tmp_path),
        ],
        stdout=-1,
        text=True,
    )
    while loading.poll() is None and not killed:
        for child in loading.children(recursive=True):
            try:
                if (
                    "loky" in " ".join(child.cmdline())
                    and "resource_tracker" not in " ".join(child.cmdline())
                    and child.cpu_times().user > 0.3
                ):
                    child.kill()
                    killed.append(child.pid)
                    break
            except psutil.Error:
                continue
        time.sleep(0.02)
    documents, notes = map(int, loading.communicate()[0].split())
    assert documents + notes == 120
    assert notes <= 1


def test_an_archive_loses_only_the_member_that_kills(tmp_path):
    files = ((tmp_path / "甲.zip", "甲.zip"),)
    batch = corpus._Batch(files, ())
    first = corpus._again(batch, Lost("甲.zip!/坏.docx", "died", "-11"))
    assert first.careful
    assert not first.bad
    second = corpus._again(first, Lost("甲.zip!/坏.docx", "died", "-11"))
    assert [note.file for note in second.bad] == ["甲.zip!/坏.docx"]
    third = corpus._again(second, Lost("甲.zip!/坏.docx", "died", "-11"))
    assert [note.file for note in third.bad] == ["甲.zip!/坏.docx", "甲.zip"]
    import zipfile

    with zipfile.ZipFile(tmp_path / "甲.zip", "w") as package:
        package.writestr("坏.docx", "坏")
        package.writestr("好.txt", "青石小学校本教研计划\n一、目标\n")
    (found,) = corpus._read_batch(second)
    assert [d.file for d in found.documents] == ["甲.zip!/好.txt"]
    assert [n.file for n in found.notes] == ["甲.zip!/坏.docx"]


def test_a_file_over_the_limits_is_a_note(tmp_path):
    (tmp_path / "多.txt").write_text("一\n" * 500_000, encoding="utf-8")
    (tmp_path / "好.txt").write_text("青石小学校本教研计划\n一、目标\n", encoding="utf-8")
    loaded = jy.load(tmp_path)
    assert [Path(d.file).name for d in loaded] == ["好.txt"]
    assert "上限" in loaded.notes["message"][0]
