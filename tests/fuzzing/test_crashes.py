"""模糊测试找到过的每一份输入，修好以后都要能读完。"""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz.seeds import seeds
from fuzz.targets import TARGETS

CRASHES = sorted((Path(__file__).resolve().parents[2] / "fuzz" / "crashes").glob("*.fixed"))


@pytest.mark.parametrize("path", CRASHES, ids=lambda path: path.name)
def test_a_crash_once_found_stays_mended(path):
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("name", sorted(set(TARGETS) - {"office", "picture"}))
def test_every_target_reads_its_seeds(name):
    for data in seeds()[name]:
        TARGETS[name](data)
