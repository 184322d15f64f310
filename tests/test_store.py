"""存着的读取结果：第二次只读改过的；读到一半被杀，接着读；存盘不丢。"""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import duckdb
import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.errors import DataError, PathError

TEXT = "竹溪小学2024—2025学年第一学期校本教研计划\n一、目标\n每位教师每学期听课不少于{}节。\n二、措施\n每周三下午集体备课。\n"


def folder_of(tmp_path, count):
    folder = tmp_path / "上报"
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(TEXT.format(number + 1), encoding="utf-8")
    return folder


def stored(store) -> dict[str, str]:
    with duckdb.connect(str(store), read_only=True) as connection:
        return dict(connection.execute("select key, reading from readings").fetchall())


def texts(corpus):
    return {document.file: document.text for document in corpus}


def same(one, other):
    assert texts(one) == texts(other)
    assert one.notes.equals(other.notes)
    assert [d.id for d in one] == [d.id for d in other]


def test_a_second_load_reads_only_what_changed(tmp_path):
    folder, store = folder_of(tmp_path, 12), tmp_path / "2024秋.jiaoyan"
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    (folder / "课.mp4").write_bytes(b"\0\0\0\x20ftypisom" + bytes(20))
    same(jy.load(folder, store=store), jy.load(folder))
    assert len(stored(store)) == 13  # 坏文件不存，下次再试
    # 存着的结果做个记号，看得出第二次用的是它
    with duckdb.connect(str(store)) as connection:
        connection.execute("update readings set reading = replace(reading, '集体备课', '集体背课')")
    (folder / "003.txt").write_text(TEXT.format("三十"), encoding="utf-8")
    (folder / "005.txt").rename(folder / "一所学校.txt")
    (folder / "006.txt").unlink()
    second = texts(jy.load(folder, store=store))
    fresh = [file for file, text in second.items() if "集体备课" in text]
    assert fresh == [f"{folder}/003.txt", f"{folder}/一所学校.txt"]
    assert len(second) == 11


def test_a_moved_folder_is_not_read_again_and_archives_are_kept_whole(tmp_path):
    import zipfile

    folder, store = tmp_path / "一", tmp_path / "a.jiaoyan"
    folder.mkdir()
    with zipfile.ZipFile(folder / "上报.zip", "w") as package:
        package.writestr("甲/计划.txt", TEXT.format(5))
        package.writestr("甲/~$计划.docx", "锁")
    jy.load(folder, store=store)
    before = stored(store)
    folder.rename(tmp_path / "二")
    again = jy.load(tmp_path / "二", store=store)
    assert stored(store) == before
    same(again, jy.load(tmp_path / "二"))
    assert next(iter(again)).file.endswith("二/上报.zip!/甲/计划.txt")


def test_the_store_opens_as_a_corpus_and_saving_keeps_the_readings(tmp_path):
    folder, store = folder_of(tmp_path, 3), tmp_path / "a.jiaoyan"
    corpus = jy.load(folder, store=store)
    same(jy.open(store), corpus)
    corpus.save(store)
    assert len(stored(store)) == 3
    jy.load(folder, store=store)
    opened = jy.open(store)
    assert opened.table("statements").equals(corpus.table("statements"))
    with duckdb.connect(str(store), read_only=True) as connection:
        assert connection.execute("select count(tagged) from documents").fetchone() == (3,)


def test_a_killed_run_goes_on_where_it_stopped(tmp_path):
    folder, store = folder_of(tmp_path, 400), tmp_path / "a.jiaoyan"
    code = "import sys, jiaoyan_nlp as jy; jy.load(sys.argv[1], store=sys.argv[2])"
    process = subprocess.Popen([sys.executable, "-c", code, str(folder), str(store)], start_new_session=True)
    while process.poll() is None and not grown(store):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = stored(store)
    assert 0 < len(kept) <= 400
    same(jy.load(folder, store=store), jy.load(folder))
    assert kept.items() <= stored(store).items()
    assert len(stored(store)) == 400


def grown(store) -> bool:
    """开始存了：日志里已经有几个结果。"""
    log = store.with_name(store.name + ".wal")
    return log.exists() and log.stat().st_size > 40_000


def test_what_cannot_be_a_store(tmp_path):
    folder = folder_of(tmp_path, 1)
    wrong = tmp_path / "不是.jiaoyan"
    wrong.write_text("随便写的", encoding="utf-8")
    with pytest.raises(DataError):
        jy.load(folder, store=wrong)
    assert wrong.read_text(encoding="utf-8") == "随便写的"
    with pytest.raises(PathError):
        jy.load(folder, store=tmp_path / "没有" / "a.jiaoyan")
    other = tmp_path / "别的.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("create table t (x integer)")
    with pytest.raises(DataError):
        jy.load(folder, store=other)
