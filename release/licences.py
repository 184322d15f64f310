"""依赖的许可对照允许的名单：python -m release.licences。不在名单里的一行一个，退出码 1。"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ALLOWED = Path(__file__).with_name("licences.csv")
PROJECT = "jiaoyan-nlp"
EXTRAS = ("dev", "ocr", "serve", "spark")


def allowed() -> set[tuple[str, str]]:
    """（包名，许可）；包名空着的，哪个包都行。"""
    with ALLOWED.open(encoding="utf-8", newline="") as stream:
        return {(row["package"], row["licence"]) for row in csv.DictReader(stream)}


def needed(path: Iterable[str] | None = None) -> list[Distribution]:
    """本项目要用到的、已经装上的全部包（连同各个可选部分，连同依赖的依赖）。参数：path 是另一个环境的 site-packages。"""
    found = distributions() if path is None else distributions(path=list(path))
    installed = {canonicalize_name(one.name): one for one in found}
    todo = [(canonicalize_name(PROJECT), frozenset(EXTRAS))]
    seen = set()
    while todo:
        name, extras = job = todo.pop()
        if job in seen or name not in installed:
            continue
        seen.add(job)
        for line in installed[name].requires or ():
            wanted = Requirement(line)
            if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                todo.append((canonicalize_name(wanted.name), frozenset(wanted.extras)))
    return [installed[name] for name in sorted({name for name, _ in seen})]


def stated(one: Distribution) -> list[list[str]]:
    """包自己写的许可：外层每一项都要满足，内层任选其一。"""
    expression = "".join(one.metadata.get_all("License-Expression") or ())
    classified = [c.split(" :: ")[-1] for c in one.metadata.get_all("Classifier") or () if c.startswith("License ::")]
    written = "".join(one.metadata.get_all("License") or ()).strip().split("\n")[0]
    if expression or not classified:
        return [re.split(r"\s+OR\s+", part.strip(" ()")) for part in re.split(r"\s+AND\s+", expression or written)]
    return [[name] for name in classified if name != "OSI Approved"]


def refused(packages: Iterable[Distribution], known: set[tuple[str, str]]) -> list[str]:
    """不在名单 known 里的，一个一句。"""
    sentences = []
    for one in packages:
        name = canonicalize_name(one.name)
        for choices in stated(one):
            if not any((owner, choice) in known for choice in choices for owner in ("", name)):
                words = " 或 ".join(choices).strip() or "没有写"
                sentences.append(f"{name} {one.version} 的许可是“{words}”，不在 {ALLOWED.name} 里，请核对后再用。")
    return sentences


def main() -> int:
    packages = needed(sys.argv[1:] or None)
    wrong = refused(packages, allowed())
    print("\n".join(wrong) or f"{len(packages)} 个包的许可都在允许的名单里。")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
