"""同样的材料，同样的答案，一个字节也不差：再跑一次、换散列种子、换处理器个数、换文件次序、用不用存盘，都一样。"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.frames import TABLES
from tests.conftest import DISTRICT, ROOT, SCHOOLS
from tests.stability.answers import COPIES, answers, digests

pytestmark = pytest.mark.xdist_group("stability")  # 共用算好的结果，不分到几个进程里各算一遍

ALONE = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})"
"""只许用一个处理器：不另起进程标注。"""


@pytest.fixture(scope="module")
def expected(district):
    return digests(district)


@pytest.mark.parametrize(("seed", "before"), [("0", "pass"), ("20241", ALONE)])
def test_other_runs_seeds_and_numbers_of_workers(expected, seed, before):
    if before == ALONE and not hasattr(os, "sched_setaffinity"):
        before = "pass"  # Windows 和 macOS 上没有，就再比一次
    code = f"import runpy; {before}; runpy.run_module('tests.stability.answers', run_name='__main__')"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment, cwd=ROOT)
    found = json.loads(ran.stdout)
    assert {name for name in expected if found[name] != expected[name]} == set()


def test_with_a_store_and_opened_again(expected, tmp_path):
    store = tmp_path / "2024秋.jiaoyan"
    first = jy.load(DISTRICT, schools=SCHOOLS, store=store)
    assert digests(first) == expected
    first.save(store)
    assert digests(jy.open(store)) == expected
    assert digests(jy.load(DISTRICT, schools=SCHOOLS, store=store)) == expected


def test_the_order_of_files_changes_only_the_order_of_rows(district):
    files = sorted(path for path in DISTRICT.rglob("*") if path.is_file())
    shuffled = random.Random(5).sample(files, len(files))
    one, other = (jy.load(order, schools=SCHOOLS) for order in (files, shuffled))
    mine, theirs = answers(one), answers(other)
    sets = [*TABLES, *(f"copies.{name}" for name in COPIES), "findings", "follow_up", "score_card"]
    assert {name for name in sets if rows(mine[name]) != rows(theirs[name])} == set()


def rows(text: str) -> list[str]:
    """表的各行，不管次序；行号去掉。"""
    return sorted(line.partition(",")[2] for line in text.splitlines())
