"""文档里的代码真的跑得通，生成的页面没有过时，网站建得成而且没有警告。"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "README.en.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = re.compile(r"^```python\n(.*?)^```", re.M | re.S)
"""写作 ```python notest 的不跑：训练一次要半小时上下，notebooks/06 里练一个小的。"""
RUNNING = [page for page in PAGES if CODE.search(page.read_text(encoding="utf-8"))]
GENERATED = {"make_rules": "rules.md", "make_taxonomies": "taxonomies.md"}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """教研员的文件夹：有样例语料，有一批上报的材料。"""
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    (tmp_path / "上报").symlink_to(ROOT / "corpus" / "district" / "上报")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", RUNNING, ids=lambda p: str(p.relative_to(ROOT)))
def test_examples_run(page, desk):
    names: dict[str, object] = {}
    for number, code in enumerate(CODE.findall(page.read_text(encoding="utf-8")), 1):
        exec(compile(code, f"{page.name} 第 {number} 段", "exec"), names)


@pytest.mark.parametrize("script", GENERATED)
def test_generated_page_is_current(script):
    spec = importlib.util.spec_from_file_location(script, ROOT / "docs" / f"{script}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / GENERATED[script]).read_text(encoding="utf-8") == module.page()


def test_site_builds_without_warnings(tmp_path):
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", tmp_path / "tree"]
    built = subprocess.run(
        [*command, ROOT / "docs", tmp_path / "site"], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert built.returncode == 0, built.stderr
    home = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "批量审核" in home
    assert not re.search(r'(?:src|href)="https?://(?!www\.sphinx|github\.com/pradyunsg)', home)
