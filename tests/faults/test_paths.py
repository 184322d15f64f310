"""路径的意外：太深的文件夹、特别长的名字、载入时消失和改动的文件，各是一条说明，不停下整批。"""

from __future__ import annotations

import os
import shutil
import socket

import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp import storage

TEXT = "青石小学2024—2025学年第一学期校本教研计划\n一、目标\n每位教师每学期听课不少于15节。\n"


@pytest.fixture
def deep(tmp_path):
    """套得太深、系统说不出路径的文件夹，里面有一个文件；用完逐层删掉。"""
    folder = tmp_path / "上报"
    folder.mkdir()
    (folder / "好.txt").write_text(TEXT, encoding="utf-8")
    level = os.open(folder, os.O_RDONLY)
    for _ in range(24):
        os.mkdir("夹" * 80, dir_fd=level)
        inner = os.open("夹" * 80, os.O_RDONLY, dir_fd=level)
        os.close(level)
        level = inner
    os.close(os.open("计划.txt", os.O_WRONLY | os.O_CREAT, dir_fd=level))
    os.close(level)
    yield folder
    shutil.rmtree(folder)  # rmtree 不用全路径，删得掉


def test_a_folder_too_deep_is_a_note(deep):
    loaded = jy.load(deep)
    assert [d.file for d in loaded] == [f"{deep}/好.txt"]
    assert list(loaded.notes["message"]) == ["文件夹套得太深、名字太长，系统打不开这个路径。"]


def test_a_path_that_is_too_long_is_a_sentence(tmp_path):
    with pytest.raises(jy.JiaoyanError):
        jy.load(tmp_path / ("长" * 300))
    with pytest.raises(jy.JiaoyanError):
        jy.open(tmp_path / ("长" * 300))
    (tmp_path / "好.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(jy.JiaoyanError):
        jy.load(tmp_path, store=tmp_path / ("长" * 300))
    with pytest.raises(jy.JiaoyanError):
        jy.load(tmp_path).save(tmp_path / ("长" * 300))


def test_a_socket_and_an_empty_file_are_notes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # 套接字的路径最多一百来个字节
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("套接字.txt")
    (tmp_path / "空.txt").touch()
    assert sorted(jy.load(tmp_path).notes["code"]) == ["JY501", "skipped"]


def test_a_file_changed_while_it_is_read_is_not_stored_under_its_old_content(tmp_path, monkeypatch):
    """先算指纹、后读内容，中间被改了：以后改回去，得到的还是它自己的内容。"""
    folder, store = tmp_path / "上报", tmp_path / "a.jiaoyan"
    folder.mkdir()
    plan = folder / "计划.txt"
    plan.write_text(TEXT, encoding="utf-8")
    kept = storage.reading_key

    def changed(path, tools):
        key = kept(path, tools)
        plan.write_text(TEXT.replace("15", "16"), encoding="utf-8")
        return key

    monkeypatch.setattr(storage, "reading_key", changed)
    (document,) = jy.load(folder, store=store)
    assert "16" in document.text
    monkeypatch.undo()
    plan.write_text(TEXT, encoding="utf-8")
    (document,) = jy.load(folder, store=store)
    assert "15" in document.text


@pytest.mark.parametrize("sources", [None, 3, [None], b"a"])
def test_what_is_no_path_is_a_sentence(sources):
    with pytest.raises(jy.JiaoyanError, match="请给文件、文件夹"):
        jy.load(sources)


def test_a_folder_in_place_of_a_store_is_a_sentence(tmp_path):
    (tmp_path / "好.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(jy.JiaoyanError, match="请换一个名字"):
        jy.load(tmp_path / "好.txt", store=tmp_path)
    with pytest.raises(jy.JiaoyanError, match="请换一个文件名"):
        jy.load(tmp_path / "好.txt").save(tmp_path)
