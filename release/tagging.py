"""能不能打标签：工作区干净、版本号一致、更新日志写了日期、标签还没有。打标签只在本机，不推送。"""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import jiaoyan_nlp

ROOT = Path(__file__).resolve().parent.parent


def obstacles(root: Path, version: str) -> list[str]:
    """现在不能打标签的缘故，一个一句；空的就能打。"""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = []
    if project["version"] != version:
        found.append(f"pyproject.toml 的版本是 {project['version']}，包里的是 {version}，请改成一样。")
    log = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## {re.escape(version)}（\d{{4}}-\d{{2}}-\d{{2}}）$", log, re.M):
        found.append(f"CHANGELOG.md 里没有“## {version}（年-月-日）”这一节，请写好这一版改了什么和日期。")
    if git(root, "status", "--porcelain"):
        found.append("工作区有没提交的改动，请先提交。")
    if git(root, "tag", "--list", f"v{version}"):
        found.append(f"标签 v{version} 已经有了，请改版本号。")
    return found


def git(root: Path, *arguments: str) -> str:
    """一条 git 命令的输出。"""
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout.strip()


def tag() -> str:
    """打上附注标签，返回标签名。"""
    name = f"v{jiaoyan_nlp.__version__}"
    git(ROOT, "tag", "-a", name, "-m", f"jiaoyan_nlp {jiaoyan_nlp.__version__}")
    return name
