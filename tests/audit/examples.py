"""各条规则的例子：corpus/rules/examples.toml 写的改法，做成文档，审核。"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from typing import Any

import jiaoyan_nlp as jy
from jiaoyan_nlp.outline import documents
from jiaoyan_nlp.types import Document, Note
from tests.conftest import ROOT, extracted

FOLDER = ROOT / "corpus" / "rules"
CASES = ("fires", "silent")
Example = dict[str, Any]


@cache
def examples() -> dict[str, dict[str, Example]]:
    """规则 → 该报的、不该报的。"""
    return tomllib.loads((FOLDER / "examples.toml").read_text(encoding="utf-8"))


@cache
def base(name: str) -> str:
    """计划、总结两篇底稿。"""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def text(example: Example) -> str:
    """一篇例子的全文。"""
    said: str = example.get("text") or base(example["base"])
    said = "\n".join(line for line in said.split("\n") if not any(part in line for part in example.get("without", ())))
    for before, after in example.get("replace", ()):
        assert before in said, before
        said = said.replace(before, after)
    return said + example.get("append", "")


def made(example: Example, file: str) -> list[Document]:
    """一篇例子做成的文档。"""
    return documents(extracted(text(example), file))


def found(example: Example) -> set[str]:
    """审核一个例子（和它一起的文档），报了哪些规则；一起审核的文档也算。"""
    mine = made(example, f"{example.get('base', '计划')}.txt")
    parts: dict[str, list[Document]] = {"corpus": list(mine), "templates": [], "earlier": []}
    for other in example.get("others", ()):
        parts[other.get("part", "corpus")] += made(other, other["file"])
    notes = [Note("例.docx", code, "这个文件有问题。", "请核对。") for code in example.get("notes", ())]
    corpus = jy.Corpus(parts["corpus"], notes)
    copies = None
    if example.get("copies"):
        copies = jy.find_copies(corpus, templates=jy.Corpus(parts["templates"]), earlier=jy.Corpus(parts["earlier"]))
    if copies is not None and "same_origin" in example:
        copies = replace(copies, same_origin=_origins(example["same_origin"]))
    return set(jy.audit(corpus, copies=copies)["rule"])


def _origins(rows: list[list[str]]) -> Any:
    import pandas as pd

    return pd.DataFrame([(a, b, 1.0, why) for a, b, why in rows], columns=["file", "other_file", "score", "reasons"])
