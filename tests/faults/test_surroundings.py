"""周围的意外：LibreOffice 没装、卡住、崩溃，文件打不开，时区、语言、工作文件夹变了，Windows 样子的名字，版本不对。"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path, PureWindowsPath

import psutil
import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.readers import office, read_file
from jiaoyan_nlp.readers.processes import StoppedError, run
from tests.waiting import until

RTF = rb"{\rtf1\ansi plan 2024\par}"
TEXT = "青石小学2024—2025学年第一学期校本教研计划\n一、目标\n每位教师每学期听课不少于15节。\n"
SHOW = """
import sys, jiaoyan_nlp as jy
corpus = jy.load(sys.argv[1])
for d in corpus: print(ascii((d.file[len(sys.argv[1]):], d.text, d.meta.term, d.id[:0])))
print(ascii(corpus.table("statements")["text"].tolist()))
for m in corpus.notes["message"]: print(ascii(m))
"""
HIDE = """
import importlib.util, sys
kept = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == "{name}" else kept(name, package)
sys.modules["{name}"] = None
"""
"""起动时装作没有装某个部件，工作进程里也是。"""


def program(folder: Path, name: str, body: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_libreoffice_that_hangs_is_a_note_and_leaves_nothing(tmp_path, monkeypatch):
    tools = tmp_path / "bin"
    tools.mkdir()
    program(tools, "soffice", "sleep 603 &\nsleep 603")
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    office.soffice.cache_clear()
    monkeypatch.setattr(office, "setting", lambda section, name: 1.0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    (tmp_path / "a.rtf").write_bytes(RTF)
    texts, notes = read_file(tmp_path / "a.rtf", "a.rtf")
    office.soffice.cache_clear()
    assert texts == []
    assert "LibreOffice" in notes[0].message
    assert list((tmp_path / "tmp").iterdir()) == []
    until(lambda: not [p for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == ["sleep", "603"]])


def test_libreoffice_that_crashes_or_is_missing_is_a_note(tmp_path, monkeypatch):
    tools = tmp_path / "bin"
    tools.mkdir()
    (tmp_path / "上报").mkdir()
    (tmp_path / "上报" / "a.doc").write_bytes(RTF)
    (tmp_path / "上报" / "b.txt").write_text(TEXT, encoding="utf-8")
    program(tools, "soffice", "kill -SEGV $$")
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    loaded = jy.load(tmp_path / "上报")
    assert [Path(d.file).name for d in loaded] == ["b.txt"]
    assert any("打不开" in message for message in loaded.notes["message"])
    with pytest.raises(jy.JiaoyanError, match="没有找到"):
        office.convert(RTF, "rtf", None)


def test_a_program_that_ignores_the_wish_to_end_is_ended():
    with pytest.raises(StoppedError):
        run(["sh", "-c", "trap '' TERM; sleep 604"], 0.3)
    until(lambda: not [p for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == ["sleep", "604"]])


def test_libreoffice_fetches_nothing_from_outside(tmp_path):
    import http.server
    import threading

    hits = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    secret = tmp_path / "秘密.txt"
    secret.write_text("CANARY", encoding="ascii")
    link = rb'{\field{\*\fldinst INCLUDEPICTURE "http://127.0.0.1:%d/a.png"}{\fldrslt x}}' % server.server_port
    text = rb'{\field{\*\fldinst INCLUDETEXT "%s"}{\fldrslt y}}' % os.fsencode(secret)
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1\ansi plan 2024\par " + link + text + rb"\par}")
    texts, _ = read_file(tmp_path / "a.rtf", "a.rtf")
    server.shutdown()
    assert "plan" in texts[0].text
    assert "CANARY" not in texts[0].text
    assert hits == []


def test_what_is_no_ordinary_file_is_a_note(tmp_path):
    os.mkfifo(tmp_path / "管道.txt")
    (tmp_path / "外面.txt").symlink_to("/etc/hostname")
    (tmp_path / "转圈.txt").symlink_to("转圈.txt")
    (tmp_path / "零.txt").symlink_to("/dev/zero")
    (tmp_path / "好.txt").write_text(TEXT, encoding="utf-8")
    loaded = jy.load(tmp_path, store=tmp_path.parent / "a.jiaoyan")
    assert [Path(d.file).name for d in loaded] == ["好.txt"]
    assert sorted(Path(f).name for f in loaded.notes["file"]) == ["外面.txt", "管道.txt", "转圈.txt", "零.txt"]
    assert set(loaded.notes["code"]) == {"skipped"}


@pytest.mark.parametrize(
    "change",
    [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"TZ": "Pacific/Kiritimati"}, {"LANG": "tr_TR.UTF-8"},
     {"PYTHONHASHSEED": "7"}, {"HOME": "/没有"}],
    ids=str,
)  # fmt: skip
def test_the_answer_does_not_hang_on_language_time_zone_or_home(tmp_path, change):
    folder = tmp_path / "上报"
    folder.mkdir()
    (folder / "计划.txt").write_text(TEXT, encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    outputs = [
        subprocess.run(
            [sys.executable, "-c", SHOW, str(folder)], env=os.environ | more, capture_output=True, check=True
        ).stdout
        for more in ({}, change)
    ]
    assert outputs[0] == outputs[1]
    assert b"2024-2025-1" in outputs[0]


def test_names_are_read_in_a_plain_locale_too(tmp_path):
    folder = tmp_path / "上报"
    folder.mkdir()
    (folder / "校本计划.txt").write_text(TEXT, encoding="utf-8")
    code = "import sys, jiaoyan_nlp as jy; print(ascii([d.file for d in jy.load(sys.argv[1])]))"
    plain = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    shown = subprocess.run(
        [sys.executable, "-c", code, str(folder)], env=os.environ | plain, capture_output=True, check=True, text=True
    ).stdout
    assert shown.strip() == ascii([f"{folder}/校本计划.txt"])


@pytest.mark.parametrize(
    ("hidden", "act", "command"),
    [
        ("rapidocr", "print(*jy.load(sys.argv[1]).notes['advice'])", "jiaoyan_nlp[ocr]"),
        ("uvicorn", "from jiaoyan_nlp import serving; serving.serve()", "jiaoyan_nlp[serve]"),
        ("pyspark", "jy.load(sys.argv[1], engine='spark')", "jiaoyan_nlp[spark]"),
    ],
)
def test_what_is_not_installed_is_named_with_its_command(tmp_path, hidden, act, command):
    from fuzz.seeds import plain_picture

    (tmp_path / "照片.png").write_bytes(plain_picture())
    away = tmp_path / "away"
    away.mkdir()
    (away / "sitecustomize.py").write_text(HIDE.format(name=hidden), encoding="utf-8")
    code = f"import sys, jiaoyan_nlp as jy\ntry:\n    {act}\nexcept jy.JiaoyanError as error:\n    print(error)"
    result = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "照片.png")], env=os.environ | {"PYTHONPATH": str(away)},
        capture_output=True, check=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert re.search(rf'pip install "?\'?{re.escape(command)}', result.stdout)


def test_a_clock_that_is_far_off_changes_nothing(tmp_path, monkeypatch):
    import time

    path = tmp_path / "计划.txt"
    path.write_text(TEXT, encoding="utf-8")
    before = jy.read(path)
    monkeypatch.setattr(time, "time", lambda: 0.0)
    os.utime(path, (0, 0))
    assert jy.read(path) == before


@pytest.mark.parametrize(
    "name", ["C：\\上报\\计划.txt", "CON.txt", "计划 .txt", "D：计划.txt", str(PureWindowsPath("上报", "计划.txt"))]
)
def test_names_in_the_windows_way(tmp_path, name):
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (document,) = jy.load(tmp_path)
    assert document.file == f"{tmp_path}/{name}"


def test_a_name_that_is_no_utf8_is_loaded_and_stored(tmp_path):
    folder, store = tmp_path / "上报", tmp_path / "a.jiaoyan"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xbc\xc6\xbb\xae.txt")).write_text(TEXT, encoding="utf-8")
    loaded = jy.load(folder, store=store)
    assert len(loaded) == 1
    assert [d.file for d in jy.open(store)] == [d.file for d in loaded]


def test_an_old_python_is_told_so():
    code = "import sys; sys.version_info = (3, 9, 0); import jiaoyan_nlp"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert "需要 Python 3.11" in result.stderr


def test_a_moved_working_folder_does_not_matter(tmp_path, monkeypatch):
    (tmp_path / "计划.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (document,) = jy.load("计划.txt")
    assert document.file == "计划.txt"
