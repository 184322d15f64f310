"""许可都在名单里；数据的清单是现在的；数据损坏了看得出来；依赖都写了上下限；不该打标签时说得出缘故。"""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement

from jiaoyan_nlp import integrity
from jiaoyan_nlp.cli import main
from release import licences, tagging
from tests.conftest import ROOT


def test_every_licence_is_allowed():
    assert licences.refused(licences.needed(), licences.allowed()) == []


def test_a_licence_that_is_not_allowed_is_named():
    (sentence,) = licences.refused([distribution("pandas")], {("", "MIT")})
    assert sentence.startswith("pandas ") and "BSD License" in sentence


def test_the_manifest_is_current(request):
    if request.config.getoption("--rewrite-golden"):
        integrity.write_manifest()
        integrity.table.cache_clear()
    assert integrity.altered() == (), "改了数据以后运行 python -m release.manifest"


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """数据的一份拷贝，可以弄坏。"""
    folder = tmp_path / "data"
    shutil.copytree(integrity.PACKAGE / "data", folder)
    monkeypatch.setattr(integrity, "data_file", lambda name: folder / name)
    return folder


def test_altered_data_is_named(copied, capsys):
    (copied / "cues.csv").write_text("坏了", encoding="utf-8")
    (copied / "models" / "roles.npz").unlink()
    (copied / "多.csv").write_text("", encoding="utf-8")
    assert {"models/roles.npz 不见了", "cues.csv 改过", "多.csv 不在清单里"} <= set(integrity.altered())
    assert main(["check"]) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1 and "请重新安装" in said


def test_core_dependencies_have_both_bounds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [Requirement(line) for line in project["dependencies"]]
    open_ended = [one.name for one in wanted if not {">=", "<"} <= {part.operator for part in one.specifier}]
    assert open_ended == []


@pytest.fixture
def repository(tmp_path):
    """能打标签的一个小仓库。"""
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n', encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# 更新日志\n\n## 1.2.0（2025-03-01）\n", encoding="utf-8")
    for command in ("init", "add .", "-c user.name=a -c user.email=a@b commit -m x"):
        subprocess.run(["git", *command.split()], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def test_a_clean_tree_can_be_tagged(repository):
    assert tagging.obstacles(repository, "1.2.0") == []


def test_what_stands_in_the_way_of_a_tag(repository):
    tagging.git(repository, "tag", "v1.2.0")
    assert [s for s in tagging.obstacles(repository, "1.2.0") if "已经有了" in s]
    (repository / "CHANGELOG.md").write_text("## 1.3.0（未发布）\n", encoding="utf-8")
    found = tagging.obstacles(repository, "1.3.0")
    assert [words for words in ("版本是 1.2.0", "年-月-日", "没提交") if not any(words in s for s in found)] == []


@pytest.mark.parametrize(("must", "said"), [(False, "没有查：连不上漏洞库"), (True, "UNAUDITED=1")])
def test_a_vulnerability_list_out_of_reach_is_said_and_stops_a_release(tmp_path, monkeypatch, must, said):
    """pip-audit 换成一个说连不上的程序：开发的环境里没有装它，也不能上网。"""
    from release import __main__ as steps

    tool = tmp_path / "pip-audit"
    tool.write_text("#!/bin/sh\necho 'requests.exceptions.ConnectionError: ...' >&2\nexit 1\n", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setattr(steps, "TOOLS", tmp_path)
    if must:
        with pytest.raises(steps.StepError, match=said):
            steps.audit(["lxml==6.0.0"], tmp_path, must)
    else:
        assert steps.audit(["lxml==6.0.0"], tmp_path, must).startswith(said)


def test_a_known_vulnerability_stops_every_check(tmp_path, monkeypatch):
    from release import __main__ as steps

    tool = tmp_path / "pip-audit"
    tool.write_text("#!/bin/sh\necho 'lxml 6.0.0 PYSEC-0'\nexit 1\n", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setattr(steps, "TOOLS", tmp_path)
    with pytest.raises(steps.StepError, match="PYSEC-0"):
        steps.audit(["lxml==6.0.0"], tmp_path, False)
