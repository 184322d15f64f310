"""上传的文件名不可信：存下来的总在自己的文件夹里，不覆盖，不用设备名和看不见的字。"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jiaoyan_nlp.serving.names import place
from jiaoyan_nlp.serving.settings import limit

HOSTILE = {
    "../../etc/passwd": "etc/passwd",
    "..\\..\\windows\\计划.docx": "windows/计划.docx",
    "/etc/cron.d/x": "etc/cron.d/x",
    "C:\\上报\\计划.docx": "C＿/上报/计划.docx",
    "a/./../b/..": "a/b",
    "": "未命名",
    "...": "未命名",
    "/": "未命名",
    "con.txt": "＿con.txt",
    "青禾/NUL": "青禾/＿NUL",
    "计划\u202exslx.exe": "计划＿xslx.exe",
    "a\0b\nc.txt": "a＿b＿c.txt",
    "<img src=x onerror=alert(1)>.txt": "＿img src=x onerror=alert(1)＿.txt",
    "尾巴. . .": "尾巴",
    "青禾小学/2024秋/计划.docx": "青禾小学/2024秋/计划.docx",
}


@pytest.mark.parametrize(("name", "stored"), HOSTILE.items())
def test_only_the_usable_part_is_kept(tmp_path, name, stored):
    assert place(tmp_path, name).relative_to(tmp_path).as_posix() == stored


def test_the_same_name_does_not_replace(tmp_path):
    for stored in ("计划.docx", "计划（2）.docx", "计划（3）.docx"):
        path = place(tmp_path, "计划.docx")
        assert path.name == stored
        path.write_bytes(b"")


def test_a_folder_named_like_a_file_gets_another_name(tmp_path):
    place(tmp_path, "青禾").write_bytes(b"")
    assert place(tmp_path, "青禾/计划.txt").relative_to(tmp_path).as_posix() == "青禾（2）/计划.txt"


def test_long_and_deep_names_are_cut(tmp_path):
    path = place(tmp_path, "/".join(["很长的名字" * 60] * 40) + ".docx")
    levels = path.relative_to(tmp_path).parts
    assert len(levels) == limit("depth")
    assert max(len(level.encode()) for level in levels) <= limit("name_bytes")
    assert path.suffix == ".docx"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.text(st.characters(), max_size=30) | st.sampled_from(["..", "/", "\\", "C:", "\0"]), max_size=9).map(
        "".join
    )
)
@example("\ud800.txt")
@example("👩‍🏫" * 80)
def test_any_name_can_be_stored_inside_the_folder(name):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        path = place(root, name)
        path.write_bytes(b"x")
        assert path.resolve().is_relative_to(root)
        assert place(root, name) != path
