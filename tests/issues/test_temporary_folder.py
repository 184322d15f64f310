"""用户名是中文的 Windows，系统的临时文件夹带汉字；joblib 记不下这样的路径，多进程一起动就报错。"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from jiaoyan_nlp.engines import local
from tests.conftest import ROOT

RUN = """
import os
from jiaoyan_nlp.engines.local import stream_items
print(set(list(stream_items(os.path.basename, ["plan.docx"] * 20, "试"))))
"""


def test_processes_start(tmp_path):
    folder = tmp_path / "张三"
    folder.mkdir()
    environment = os.environ | {"JOBLIB_TEMP_FOLDER": str(folder), "TMPDIR": str(folder)}
    ran = subprocess.run(
        [sys.executable, "-c", RUN], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "{'plan.docx'}"


def test_one_process_when_nothing_else_is_writable(tmp_path, monkeypatch):
    folder = tmp_path / "张三"
    folder.mkdir()
    monkeypatch.setenv("JOBLIB_TEMP_FOLDER", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(local, "PLAIN_FOLDERS", ("", str(folder)))
    assert list(local.stream_items(os.path.basename, ["计划.docx"] * 20, "试")) == ["计划.docx"] * 20
