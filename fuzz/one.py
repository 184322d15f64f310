"""跑一个靶子：python -m fuzz.one 靶子 种子文件夹 [libFuzzer 的参数]。由 fuzz.run 起动。"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["jiaoyan_nlp", "zipfile", "olefile", "openpyxl", "email"]):
    from fuzz.targets import TARGETS


def main() -> None:
    """第一个参数是靶子，其余交给 libFuzzer。"""
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
