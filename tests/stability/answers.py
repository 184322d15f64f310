"""样例区县的全部答案，一样一段文字；直接运行就印出各样的 SHA-256（JSON）。报告上的日期和 Excel 的存盘时间不算。"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
import tempfile
import zipfile
from pathlib import Path

import jiaoyan_nlp as jy
from jiaoyan_nlp.frames import TABLES
from tests.conftest import DISTRICT, SCHOOLS, TEMPLATES

COPIES = ("passages", "pairs", "documents", "clusters", "shared", "same_origin")
COMPARED = ("coverage", "quantities", "goals", "problems", "examples", "answers", "structure", "trends", "distinctive")
DATE = re.compile(r"\d+ 年 \d+ 月 \d+ 日 生成")
SAVED = "docProps/core.xml"
"""Excel 文件里记存盘时间的一份。"""


def answers(corpus: jy.Corpus) -> dict[str, str]:
    """一批文档的各张表、审核、雷同、比较、对照、记分卡、两种报告。"""
    copies = jy.find_copies(corpus, templates=jy.load(TEMPLATES))
    findings = jy.audit(corpus, copies=copies)
    comparison, followed = jy.compare(corpus), jy.follow_up(corpus)
    frames = {
        **{name: corpus.table(name) for name in TABLES},
        **{f"copies.{name}": getattr(copies, name) for name in COPIES},
        **{f"compare.{name}": getattr(comparison, name) for name in COMPARED},
        "follow_up": followed,
        "findings": findings,
        "score_card": jy.score_card(findings),
    }
    found = {name: frame.to_csv() for name, frame in frames.items()}
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("html", "xlsx"):
            path = Path(folder) / f"报告.{suffix}"
            jy.report(corpus, path, copies, findings, comparison, followed)
            found[suffix] = page(path) if suffix == "html" else sheets(path.read_bytes())
    return found


def page(path: Path) -> str:
    return DATE.sub("某日 生成", path.read_text(encoding="utf-8"))


def sheets(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(f"{n} {digest(package.read(n))}" for n in package.namelist() if n != SAVED)


def digest(content: str | bytes) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def digests(corpus: jy.Corpus) -> dict[str, str]:
    return {name: digest(text) for name, text in answers(corpus).items()}


if __name__ == "__main__":
    json.dump(digests(jy.load(DISTRICT, schools=SCHOOLS)), sys.stdout)
