"""存盘时的意外：磁盘满、被杀、文件被截断、两个程序抢一个文件、文件夹只读。旧文件总在，说的总是一句中文。"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time

import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.errors import DataError, JiaoyanError, PathError

TEXT = "青石小学2024—2025学年第一学期校本教研计划\n一、目标\n每位教师每学期听课不少于{}节。\n二、措施\n每周三下午集体备课。\n"


def folder_of(place, count):
    folder = place / "上报"
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(TEXT.format(number + 1), encoding="utf-8")
    return folder


def script(code, *arguments, **more):
    return subprocess.run(
        [sys.executable, "-c", f"import sys, jiaoyan_nlp as jy\n{code}", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}, **more,  # 写到一半的 .pyc，Python 自己看不出来
    )  # fmt: skip


SAVE = """
corpus = jy.load(sys.argv[1])
corpus.table("statements")
print("ready", flush=True)
while True:
    corpus.save(sys.argv[2])
"""


def test_killing_a_save_leaves_the_last_corpus_whole(tmp_path):
    folder, store = folder_of(tmp_path, 12), tmp_path / "a.jiaoyan"
    jy.load(folder).save(store)
    chance = random.Random(5)
    process = subprocess.Popen(
        [sys.executable, "-c", f"import sys, jiaoyan_nlp as jy{SAVE}", str(folder), str(store)], stdout=subprocess.PIPE
    )
    process.stdout.readline()
    for turn in range(6):
        time.sleep(chance.random() * 0.4)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(jy.open(store)) == 12, turn
        if turn < 5:
            process = subprocess.Popen(
                [sys.executable, "-c", f"import sys, jiaoyan_nlp as jy{SAVE}", str(folder), str(store)],
                stdout=subprocess.PIPE,
            )
            process.stdout.readline()
    jy.open(store).save(store)
    assert [path.name for path in tmp_path.iterdir() if ".tmp" in path.name] == []


def test_the_log_of_a_killed_load_does_not_spoil_the_next_save(tmp_path):
    folder, store = folder_of(tmp_path, 40), tmp_path / "a.jiaoyan"
    code = """
from jiaoyan_nlp import storage
import os, signal
kept = storage.Readings.settle
storage.Readings.settle = lambda self, *rest: (kept(self, *rest), os.kill(os.getpid(), signal.SIGKILL))
jy.load(sys.argv[1], store=sys.argv[2])
"""
    assert script(code, folder, store).returncode == -signal.SIGKILL
    assert store.with_name("a.jiaoyan.wal").exists()
    corpus = jy.load(folder)
    corpus.save(store)
    assert not store.with_name("a.jiaoyan.wal").exists()
    assert [d.id for d in jy.open(store)] == [d.id for d in corpus]


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_truncated_file_is_a_sentence(tmp_path, share):
    folder, store = folder_of(tmp_path, 3), tmp_path / "a.jiaoyan"
    jy.load(folder).save(store)
    data = store.read_bytes()
    store.write_bytes(data[: int(len(data) * share)])
    for act in (lambda: jy.open(store), lambda: jy.load(folder, store=store)):
        try:
            act()
        except JiaoyanError as error:
            assert str(error).endswith("。")
            assert "另一个程序" not in str(error)


def test_two_programs_on_one_file(tmp_path):
    folder, store = folder_of(tmp_path, 3), tmp_path / "a.jiaoyan"
    corpus = jy.load(folder)
    corpus.save(store)
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('ok', flush=True); sys.stdin.read()",
         str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    holder.stdout.readline()
    for act in (lambda: jy.open(store), lambda: jy.load(folder, store=store), lambda: corpus.save(store)):
        with pytest.raises(PathError, match="正被另一个程序"):
            act()
    holder.communicate()
    assert len(jy.open(store)) == 3


def test_a_full_disk_is_a_sentence_and_costs_nothing_saved(tmp_path):
    folder, store = folder_of(tmp_path, 60), tmp_path / "a.jiaoyan"
    jy.load(folder).where(file=f"{folder}/000.txt").save(store)

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    code = """
corpus = jy.load(sys.argv[1])
try:
    corpus.save(sys.argv[2])
except jy.JiaoyanError as error:
    print(error)
"""
    told = script(code, folder, store, preexec_fn=small).stdout
    assert "磁盘空间不够" in told
    assert len(jy.open(store)) == 1
    assert [path.name for path in tmp_path.iterdir() if ".tmp" in path.name] == []


@pytest.mark.parametrize(
    ("act", "room"),
    [("jy.find_copies(corpus)", 4_000), ("jy.report(corpus, sys.argv[2] + '/a.html')", 40_000)],
    ids=["查重", "报告"],
)
def test_a_full_disk_while_comparing_or_reporting_is_a_sentence(tmp_path, act, room):
    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    code = f"""
corpus = jy.load(sys.argv[1])
try:
    {act}
except jy.JiaoyanError as error:
    print(error)
"""
    assert "磁盘空间不够" in script(code, folder_of(tmp_path, 4), tmp_path, preexec_fn=small).stdout
    assert [path.name for path in tmp_path.iterdir()] == ["上报"]


def test_a_folder_that_cannot_be_written(tmp_path):
    corpus = jy.load(folder_of(tmp_path, 2))
    with pytest.raises(PathError, match="没有权限"):
        corpus.save("/sys/kernel/a.jiaoyan")
    with pytest.raises(PathError, match="没有权限"):
        jy.load(tmp_path / "上报", store="/sys/kernel/a.jiaoyan")


def test_another_format_is_a_sentence(tmp_path):
    import duckdb

    store = tmp_path / "a.jiaoyan"
    jy.load(folder_of(tmp_path, 1)).save(store)
    with duckdb.connect(str(store)) as connection:
        connection.execute("update about set format = 99")
    with pytest.raises(DataError, match="版本"):
        jy.open(store)
