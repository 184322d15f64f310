"""7z、rar 要靠机器上的解压程序；没有时说明装什么。"""

import shutil
import subprocess

from jiaoyan_nlp.readers import unpacking

from .making import docx_of, p, read_bytes


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
