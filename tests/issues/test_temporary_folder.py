"""用户名是中文的 Windows，系统的临时文件夹带汉字；joblib 记不下这样的路径，多进程一起动就报错。"""

from __future__ import annotations

import os
import tempfile

import pytest

from jiaoyan_nlp.engines import local


@pytest.fixture
def chinese_folder(tmp_path, monkeypatch):
    folder = tmp_path / "张三"
    folder.mkdir()
    monkeypatch.setenv("JOBLIB_TEMP_FOLDER", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_processes_start(chinese_folder):
    assert set(local.map_items(os.path.basename, ["计划.docx"] * 20, "试")) == {"计划.docx"}


def test_one_process_when_nothing_else_is_writable(chinese_folder, monkeypatch):
    monkeypatch.setattr(local, "PLAIN_FOLDERS", ("", str(chinese_folder)))
    assert local.map_items(os.path.basename, ["计划.docx"] * 20, "试") == ["计划.docx"] * 20
