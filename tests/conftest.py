"""测试共用的小工具：自写的短文，样例区县。"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from jiaoyan_nlp.outline import documents
from jiaoyan_nlp.types import Document, Extracted

ROOT = Path(__file__).resolve().parent.parent
DISTRICT = ROOT / "corpus" / "district" / "上报"
SCHOOLS = ROOT / "corpus" / "district" / "schools.csv"
TEMPLATES = ROOT / "corpus" / "templates"
LABELLED = ROOT / "corpus" / "labelled"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="重写 tests/golden 里的文件，之后由人核对")


def extracted(text: str, file: str = "例.txt") -> Extracted:
    """把一段文字当作读进来的 txt 文件。"""
    return Extracted(file, text, (), hashlib.sha256(text.encode()).hexdigest())


def one(text: str, file: str = "例.txt") -> Document:
    """一段文字里的唯一一篇文档。"""
    found = documents(extracted(text, file))
    assert len(found) == 1
    return found[0]


@pytest.fixture(scope="session")
def district():
    """样例区县，整个测试只载入一次。"""
    import jiaoyan_nlp as jy

    return jy.load(DISTRICT, schools=SCHOOLS)
