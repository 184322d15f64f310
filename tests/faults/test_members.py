"""压缩包里的每个成员都有下落：读取器一声不响地丢了的、没有解出来的，各有一条说明。"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import jiaoyan_nlp as jy
from tests.readers.rar_making import rar5
from tests.readers.test_unpacking import seven

TEXT = "青石小学2024—2025学年第一学期校本教研计划\n一、目标\n每位教师每学期听课不少于15节。\n"
READER = """
from jiaoyan_nlp.readers import reading
kept = reading._read_kind
reading._read_kind = lambda source, kind: ([], []) if "/丢" in source.file else kept(source, kind)
"""
UNPACKER = """
from jiaoyan_nlp.readers import archive, unpacking
def losing(kept):
    return lambda *given: (m for m in kept(*given) if "/丢" not in m.file)
archive.members, unpacking.members = losing(archive.members), losing(unpacking.members)
"""
SPLITTER = """
import sys
if "loky" in " ".join(sys.orig_argv):
    from jiaoyan_nlp import corpus, outline, storage
    kept = corpus._outlined
    def losing(reading, *given):
        texts = tuple(text for text in reading.texts if "/丢" not in text.file)
        return kept(storage.Reading(texts, reading.notes, reading.members), *given)
    corpus._outlined = losing
"""
LOAD = """
import sys, jiaoyan_nlp as jy
corpus = jy.load(sys.argv[1], store=sys.argv[2] if len(sys.argv) > 2 else None)
for d in corpus: print("文档", d.file[len(sys.argv[1]) + 1:], sep="\\t")
for n in corpus.notes.itertuples(): print("说明", n.file[len(sys.argv[1]) + 1:], n.code, n.message, sep="\\t")
"""
"""后三段装进每个 Python 进程的 sitecustomize，工作进程里的读取器就真的丢东西。"""


def text(name: str) -> bytes:
    return f"{name}\n{TEXT}".encode()


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


@pytest.fixture
def folder(tmp_path):
    """三种压缩包，各套着一个 zip；每个里面有一个会丢的。"""
    folder = tmp_path / "上报"
    folder.mkdir()
    inner = zipped({"丢二.txt": text("二"), "好二.txt": text("好二")})
    members = {"好.txt": text("好"), "丢.txt": text("丢"), "内.zip": inner}
    (folder / "甲.zip").write_bytes(zipped(members))
    (folder / "乙.7z").write_bytes(seven(tmp_path, members))
    (folder / "丙.rar").write_bytes(rar5(members))
    return folder


@pytest.mark.parametrize("fault", [READER, UNPACKER, SPLITTER], ids=["读取器", "解压", "拆文档"])
def test_a_member_that_is_lost_in_silence_has_a_note(tmp_path, folder, fault):
    away = tmp_path / "away"
    away.mkdir()
    (away / "sitecustomize.py").write_text(fault, encoding="utf-8")
    for _ in range(2):  # 第二次用存着的读取结果
        done = subprocess.run(
            [sys.executable, "-c", LOAD, str(folder), str(tmp_path / "a.jiaoyan")], capture_output=True, text=True,
            encoding="utf-8", check=True, env=os.environ | {"PYTHONPATH": str(away), "PYTHONUTF8": "1"},
        )  # fmt: skip
        lines = [line.split("\t") for line in done.stdout.splitlines()]
        archives = ("甲.zip", "乙.7z", "丙.rar")
        assert {line[1] for line in lines if line[0] == "文档"} == {
            f"{one}!/{name}" for one in archives for name in ("好.txt", "内.zip!/好二.txt")
        }
        lost = {line[1]: line[3] for line in lines if line[0] == "说明" and line[2] == "JY501"}
        assert set(lost) == {f"{one}!/{name}" for one in archives for name in ("丢.txt", "内.zip!/丢二.txt")}
        assert all("没有读出文档，也没有说明缘故" in said for said in lost.values())


def test_nothing_is_said_of_archives_that_lose_nothing(folder):
    loaded = jy.load(folder)
    assert len(loaded) == 12
    assert set(loaded.notes["code"]) <= {"JY505"}


def names(loaded: jy.Corpus, folder: Path) -> tuple[set[str], dict[str, str]]:
    read = {d.file.removeprefix(f"{folder}/") for d in loaded}
    told = loaded.notes[loaded.notes["code"] != "JY505"]
    files = (file.removeprefix(f"{folder}/") for file in told["file"])
    return read, dict(zip(files, told["message"], strict=True))


def test_members_that_were_not_unpacked_have_notes(tmp_path):
    made = bytearray(rar5({"好.txt": text("好"), "../../外.txt": text("外")}))
    (tmp_path / "甲.rar").write_bytes(made)
    read, told = names(jy.load(tmp_path), tmp_path)
    assert "甲.rar!/好.txt" in read
    assert len(read | set(told)) == 2


def test_a_7z_cut_short_names_what_is_missing_or_says_so(tmp_path):
    members = {f"{number:02}.txt": os.urandom(4000).hex().encode() for number in range(30)}
    data = bytearray(seven(tmp_path, members))
    data[len(data) // 2] ^= 0xFF
    (tmp_path / "上报").mkdir()
    (tmp_path / "上报" / "坏.7z").write_bytes(data)
    read, told = names(jy.load(tmp_path / "上报"), tmp_path / "上报")
    assert told
    assert "坏.7z" in told or {f"坏.7z!/{name}" for name in members} <= read | set(told)


def test_what_may_not_be_opened_in_an_archive_is_read_all_the_same(tmp_path):
    """以普通用户解开时，标着不许打开的文件夹里的东西不能就这样不见了。"""
    from jiaoyan_nlp.readers import unpacking

    shut = tmp_path / "解出来的"
    (shut / "里").mkdir(parents=True)
    (shut / "里" / "计划.txt").write_bytes(text("里"))
    (shut / "里" / "计划.txt").chmod(0)
    (shut / "里").chmod(0)
    unpacking._open_up(shut)
    assert os.access(shut / "里" / "计划.txt", os.R_OK)
    assert list(unpacking._found(shut)) == ["里/计划.txt"]


def test_a_file_named_like_a_folder_is_read(tmp_path):
    (tmp_path / "甲.zip").write_bytes(zipped({"计划.txt/": text("一"), "空/": b""}))
    read, told = names(jy.load(tmp_path), tmp_path)
    assert read | set(told) == {"甲.zip!/计划.txt/"}


def test_a_member_that_failed_is_read_again_next_time(tmp_path):
    """一个成员上次没有读成（超时、磁盘满、损坏），整包就不能当作读好了存起来。"""
    from jiaoyan_nlp.storage import Reading
    from jiaoyan_nlp.types import Extracted, Note

    good = Extracted("甲.zip!/好.txt", "好", (), "0")
    doubt = Note("甲.zip!/好.txt", "JY501", "有一部分损坏。", "请核对。")
    photo = Note("甲.zip!/照片.jpg", "skipped", "是图片。", "不必处理。")
    failed = Note("甲.zip!/坏.doc", "JY501", "磁盘满了。", "请清理。")
    assert Reading((good,), (doubt, photo)).settled
    assert not Reading((good,), (photo, failed)).settled
    assert not Reading((), ()).settled


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_all_read_and_told_apart(tmp_path):
    with zipfile.ZipFile(tmp_path / "甲.zip", "w") as package:
        for _ in range(3):
            package.writestr("计划.txt", text("同"))
    read, _ = names(jy.load(tmp_path), tmp_path)
    assert read == {f"甲.zip!/计划{again}.txt" for again in ("", "（同名2）", "（同名3）")}
    assert len({d.id for d in jy.load(tmp_path)}) == 3
