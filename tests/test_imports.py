"""模块只能引用它左边的模块；引入包时不做事。"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "jiaoyan_nlp"
LAYERS = [
    {"types", "errors", "text", "lexicon", "database", "engines"},
    {"readers"},
    {"outline"},
    {"tagger"},
    {"facts"},
    {"masking"},
    {"integrity"},
    {"storage", "frames"},
    {"corpus"},
    {"following"},
    {"comparing"},
    {"labels", "compare", "follow_up", "reuse"},
    {"audit"},
    {"reports"},
    {"serving"},
    {"cli", "__init__", "__main__"},
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
FREE = {"types", "errors", "text", "lexicon", "database", "engines"}


def imports(path: Path) -> set[str]:
    """这个文件引用的本包模块（顶层名），只在类型检查时用的不算。"""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("jiaoyan_nlp"):
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {a.name for a in node.names}
        if isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("jiaoyan_nlp.")}
    return found


def test_imports_point_left():
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        assert name in RANK, f"{name} 没有排进层次"
        wrong += [
            f"{path.relative_to(PACKAGE)} → {other}"
            for other in imports(path) - {name}
            if other in RANK and (RANK[other] > RANK[name] or (RANK[other] == RANK[name] and other not in FREE))
        ]
    assert wrong == []


def test_modules_are_not_too_long():
    assert [p.name for p in PACKAGE.rglob("*.py") if len(p.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_importing_loads_nothing_heavy():
    heavy = (
        "pandas",
        "numpy",
        "sklearn",
        "jieba",
        "duckdb",
        "docx",
        "pdfplumber",
        "pypdfium2",
        "trafilatura",
        "joblib",
        "matplotlib",
    )
    code = f"import sys, jiaoyan_nlp; print([m for m in {heavy!r} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
