"""收集本包用到的全部正则（代码里的、词表里拼出来的），给每一条造出会拖慢它的输入。"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Known = tuple[str | bytes, int]


class SlowError(Exception):
    """一次匹配用时过长。"""


HARVEST = """
import importlib, json, pkgutil, re, sys, tempfile
from pathlib import Path

found = {}
compiled = re._compile

def recording(pattern, flags):
    frame = sys._getframe(2)
    if frame.f_globals.get("__name__", "").startswith("jiaoyan_nlp") and isinstance(pattern, str):
        found[pattern, int(flags)] = frame.f_globals["__name__"]
    return compiled(pattern, flags)

re._compile = recording
import jiaoyan_nlp
for module in pkgutil.walk_packages(jiaoyan_nlp.__path__, "jiaoyan_nlp."):
    if module.name.rpartition(".")[2] != "__main__":
        importlib.import_module(module.name)
from jiaoyan_nlp.engines import local
local.workers = lambda: 1
import jiaoyan_nlp as jy
root = Path(sys.argv[1])
corpus = jy.load(root / "corpus" / "district" / "上报", schools=root / "corpus" / "district" / "schools.csv")
copies = jy.find_copies(corpus)
jy.audit(corpus, copies=copies)
jy.compare(corpus, by="school")
jy.follow_up(corpus)
with tempfile.TemporaryDirectory() as folder:
    jy.report(corpus, Path(folder, "a.html"), copies=copies)
    jy.report(corpus, Path(folder, "a.xlsx"), copies=copies)
print(json.dumps([[pattern, flags, where] for (pattern, flags), where in found.items()]))
"""


def harvest() -> list[tuple[str, int, str]]:
    """（正则，标志，在哪个模块）：引入全部模块，再把样例区县从头到尾做一遍，途中编译过的都记下。"""
    run = subprocess.run(
        [sys.executable, "-c", HARVEST, str(ROOT)], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return [(pattern, flags, where) for pattern, flags, where in json.loads(run.stdout.splitlines()[-1])]


def atoms(pattern: str, flags: int) -> list[str]:
    """正则里出现的字：每个字符类一个代表，连着的字面字一串。"""
    parsed = re._parser.parse(pattern, flags)
    found: dict[str, None] = {}
    _collect(parsed, found)
    return list(found)


def _collect(parsed: object, found: dict[str, None]) -> None:
    literal = ""
    for kind, value in parsed:
        name = str(kind)
        if name == "LITERAL":
            literal += chr(value)
            continue
        if literal:
            found.setdefault(literal)
            literal = ""
        if name == "IN":
            found.setdefault(_member(value))
        elif name in ("ANY", "NOT_LITERAL"):
            found.setdefault("甲")
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _collect(value[2], found)
        elif name == "SUBPATTERN":
            _collect(value[3], found)
        elif name in ("ASSERT", "ASSERT_NOT"):
            _collect(value[1], found)
        elif name == "ATOMIC_GROUP":
            _collect(value, found)
        elif name == "BRANCH":
            for branch in value[1]:
                _collect(branch, found)
    if literal:
        found.setdefault(literal)


def _member(choices: list[tuple[object, object]]) -> str:
    """字符类里的一个字；反选的给一个不在里面的。"""
    if str(choices[0][0]) == "NEGATE":
        return "甲"
    name, value = str(choices[0][0]), choices[0][1]
    if name == "LITERAL":
        return chr(value)
    if name == "RANGE":
        return chr(value[0])
    return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}.get(str(value), "甲")


def attacks(pattern: str, flags: int, most: int = 8) -> list[str]:
    """会反复的单元：每个字、每两个字；字太多的只取头几个和单个的。"""
    single = atoms(pattern, flags)
    few = single[:most]
    units = dict.fromkeys([*single[:40], *("".join(pair) for pair in product(few, few))])
    return [unit for unit in units if unit]


def seconds(rule: re.Pattern[str], text: str, limit: float) -> float:
    """找遍全文用的处理器时间（秒）；超过 limit 抛 SlowError。"""

    def stop(*_: object) -> None:
        raise SlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        begun = time.thread_time()
        for _ in rule.finditer(text):
            pass
        return time.thread_time() - begun
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def growth(rule: re.Pattern[str], unit: str, small: int = 500, times: int = 8, tail: str = "\0") -> float:
    """输入大 times 倍，用时大几倍（除以 times，1 是线性）；小得量不出的算 0。"""
    texts = [(unit * (size // len(unit) + 1))[:size] + tail for size in (small, small * times)]
    try:
        large = seconds(rule, texts[1], 1.0)
        if large < 0.004:
            return 0.0
        large = min(large, seconds(rule, texts[1], 1.0))
        little = min(seconds(rule, texts[0], 1.0) for _ in range(3))
    except SlowError:
        return float("inf")
    return large / max(little, 1e-6) / times
