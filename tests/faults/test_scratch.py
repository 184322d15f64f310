"""读取器的临时文件夹写不下、不能写、被清理掉：一个文件一句中文，其余照读，不留下东西。"""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.engines.worker import Worker
from tests.readers.test_unpacking import seven

TEXT = "青石小学2024—2025学年第一学期校本教研计划\n一、目标\n每位教师每学期听课不少于15节。\n"
RTF = rb"{\rtf1\ansi plan %d\par}"
LOAD = """
import sys, jiaoyan_nlp as jy
corpus = jy.load(sys.argv[1])
for d in corpus: print("文档", d.file[len(sys.argv[1]) + 1:], len(d.text), sep="\\t")
for n in corpus.notes.itertuples(): print("说明", n.file[len(sys.argv[1]) + 1:], n.message, n.advice, sep="\\t")
"""


def loaded(folder: Path, place: Path, kilobytes: int) -> tuple[dict[str, int], dict[str, str]]:
    """写不出大于 kilobytes 的文件时载入：文档有几个字，说明说了什么。"""

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes << 10, kilobytes << 10))

    place.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(folder)], capture_output=True, text=True, encoding="utf-8", check=True,
        preexec_fn=small,
        env={"TMPDIR": str(place), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert list(place.iterdir()) == []
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    read = {line[1]: int(line[2]) for line in lines if line[0] == "文档"}
    told = {line[1]: line[2] + line[3] for line in lines if line[0] == "说明" and "完全相同" not in line[2]}
    return read, told


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "上报"
    folder.mkdir()
    (folder / "好.txt").write_text(TEXT, encoding="utf-8")
    for number in range(2):
        (folder / f"{number}.rtf").write_bytes(RTF % number)
    with zipfile.ZipFile(folder / "包.zip", "w") as package:
        package.writestr("内.rtf", RTF % 9)
        package.writestr("内.txt", TEXT)
    lines = "".join(f"第{number}周，听课{number}节。\n" for number in range(20_000))
    (folder / "大.7z").write_bytes(seven(tmp_path, {"大.txt": (TEXT + lines).encode(), "小.txt": TEXT.encode()}))
    return folder


def test_a_full_disk_costs_only_what_needs_room(tmp_path, folder):
    read, told = loaded(folder, tmp_path / "tmp", 16)
    assert set(read) == {"好.txt", "包.zip!/内.txt"}
    assert set(told) == {"0.rtf", "1.rtf", "包.zip!/内.rtf", "大.7z"}
    for said in told.values():
        assert f"临时文件夹（{tmp_path / 'tmp'}），那里磁盘满了" in said and "请清理那个磁盘" in said


def test_a_disk_that_fills_up_while_unpacking_reads_no_half_of_a_file(tmp_path, folder):
    packed = (folder / "大.7z").stat().st_size
    read, told = loaded(folder, tmp_path / "tmp", 400)
    assert packed < 300 << 10
    assert set(read) == {"好.txt", "0.rtf", "1.rtf", "包.zip!/内.txt", "包.zip!/内.rtf"}
    assert set(told) == {"大.7z"} and "磁盘满了" in told["大.7z"]


def test_a_temporary_folder_that_cannot_be_used_is_a_sentence(folder, monkeypatch):
    from jiaoyan_nlp.engines import isolated

    monkeypatch.setattr(tempfile, "tempdir", "/sys/kernel")
    kept = list(isolated._idle())
    isolated._idle().clear()
    with pytest.raises(jy.JiaoyanError, match="临时文件夹（环境变量 TMPDIR"):
        jy.load(folder)
    isolated._idle().extend(kept)


def test_a_temporary_folder_cleared_away_is_made_again(tmp_path, monkeypatch):
    worker = Worker(300)
    Path(worker.folder).rmdir()
    assert not worker.fit()
    worker.give(tempfile.mkdtemp, None)
    while worker.hear()[0] == "here":
        pass
    worker.give(tempfile.mkdtemp, None)
    kind, made = worker.hear()
    worker.kill()
    assert kind == "done" and made.startswith(worker.folder)
    assert not Path(worker.folder).exists()


def test_the_join_a_killed_run_left_is_swept():
    from jiaoyan_nlp.engines.duck import PREFIX, Duck

    gone = subprocess.Popen(["true"])
    gone.wait()
    left = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{gone.pid}-"))
    (left / "join.duckdb").touch()
    Duck()
    assert not left.exists()
