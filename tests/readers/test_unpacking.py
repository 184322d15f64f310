"""7z、rar 要靠机器上的解压程序；没有时说明装什么。"""

import os
import shutil
import subprocess
import sys

import pytest

from jiaoyan_nlp.readers import unpacking

from .making import docx_of, p, read_bytes
from .rar_making import rar4, rar5


def seven(folder, members: dict[str, bytes]) -> bytes:
    """用 bsdtar 打成 7z。"""
    program = shutil.which("bsdtar")
    assert program, "这项测试要装 libarchive-tools"
    inside = folder / "inside"
    for name, data in members.items():
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_bytes(data)
    subprocess.run([program, "--format", "7zip", "-cf", str(folder / "a.7z"), "-C", str(inside), "."], check=True)
    return (folder / "a.7z").read_bytes()


def test_members_of_a_7z(tmp_path):
    data = seven(
        tmp_path, {"竹溪小学/计划.docx": docx_of(p("一、目标")), "总结.txt": "一、做法".encode("gbk"), "~$a.docx": b"x"}
    )
    texts, notes = read_bytes(tmp_path, "上报.7z", data)
    assert {text.file: text.text for text in texts} == {
        "上报.7z!/总结.txt": "一、做法",
        "上报.7z!/竹溪小学/计划.docx": "一、目标",
    }
    assert [note.code for note in notes] == ["skipped"]


def test_spoiled_7z(tmp_path):
    data = seven(tmp_path, {"a.txt": b"abc" * 1000})
    texts, notes = read_bytes(tmp_path, "b.7z", data[:80])
    assert texts == []
    assert [note.code for note in notes] == ["JY501"]


def test_every_unpacker_has_its_places():
    from jiaoyan_nlp.lexicon import table

    for row in table("readers_unpackers.csv", "program", "kinds", "arguments"):
        assert "{archive}" in row["arguments"]
        assert "{folder}" in row["arguments"]
        assert set(row["kinds"].split(";")) <= set(unpacking.KINDS)


MEMBERS = {"竹溪小学/计划.docx": docx_of(p("一、目标")), "总结.txt": "一、做法".encode("gbk"), "~$a.docx": b"x"}


@pytest.mark.parametrize("made", [rar4(MEMBERS), rar5(MEMBERS)], ids=["rar4", "rar5"])
def test_members_of_a_rar(tmp_path, made):
    assert unpacking.available("rar"), "这项测试要装 libarchive-tools"
    texts, notes = read_bytes(tmp_path, "上报.rar", made)
    assert {text.file: text.text for text in texts} == {
        "上报.rar!/总结.txt": "一、做法",
        "上报.rar!/竹溪小学/计划.docx": "一、目标",
    }
    assert [note.code for note in notes] == ["skipped"]


@pytest.mark.parametrize("program", ["bsdtar", "7z", "7zz", "unar", "unrar"])
def test_each_unpacker_at_hand_reads_both_kinds_of_rar(tmp_path, program):
    """PATH 里只有这一个解压程序，语言设成 C；机器上没有的程序，说明怎么办。"""
    found = shutil.which(program)
    (tmp_path / "bin").mkdir()
    if found:
        (tmp_path / "bin" / program).symlink_to(found)
    code = (
        "import sys; from pathlib import Path; from jiaoyan_nlp.readers import read_file\n"
        "for name in sys.argv[1:]:\n"
        "    texts, notes = read_file(Path(name), name)\n"
        "    print(len(texts), notes[0].advice)"
    )
    for name, made in (("a.rar", rar4(MEMBERS)), ("b.rar", rar5(MEMBERS))):
        (tmp_path / name).write_bytes(made)
    environment = {**os.environ, "PATH": str(tmp_path / "bin"), "LC_ALL": "C", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", code, "a.rar", "b.rar"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    for said in done.stdout.decode().splitlines():
        assert said.startswith("2 ") if found else "7-Zip" in said


def test_spoiled_rar(tmp_path):
    for made in (rar4(MEMBERS)[:60], rar5(MEMBERS)[:60]):
        texts, notes = read_bytes(tmp_path, "坏.rar", made)
        assert texts == []
        assert [note.code for note in notes] == ["JY501"]


def test_a_rar_member_that_points_outside_is_not_written_there(tmp_path):
    read_bytes(tmp_path, "a.rar", rar5({"../../外.txt": b"abc", "好.txt": b"abc"}))
    assert not list(tmp_path.parent.glob("外.txt"))
