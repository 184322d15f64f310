"""读同一个测试包，与 markitdown、pandoc、docling 比：段落（编号、次序都对）、单元格、标题各读对几成。

用法：python benchmarks/readers_peers.py [放别家环境的文件夹，默认 .bench]
markitdown、docling 各装在那里的一个独立环境里，第一次自己装（要能上网），以后直接用；docling 只装读 docx 的部分。
pandoc 从 PATH 找。装不上的跳过。不计空白，也不计 Markdown 的记号；一段的编号不对就算整段不对。
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from jiaoyan_nlp.readers import read_file  # noqa: E402
from tests.pack.build import build, cases  # noqa: E402
from tests.pack.expecting import bare  # noqa: E402
from tests.pack.scoring import found_of  # noqa: E402

MARKITDOWN = """
import json, sys
from markitdown import MarkItDown
tool = MarkItDown()
def convert(path):
    try: return tool.convert(path).text_content
    except Exception: return ""
print(json.dumps({path: convert(path) for path in json.load(sys.stdin)}))
"""
DOCLING = """
import json, sys
from pathlib import Path
from docling.backend.msword_backend import MsWordDocumentBackend
from docling.datamodel.base_models import InputFormat
from docling.datamodel.document import InputDocument
def convert(path):
    try:
        given = InputDocument(path_or_stream=Path(path), format=InputFormat.DOCX, backend=MsWordDocumentBackend)
        document = MsWordDocumentBackend(in_doc=given, path_or_stream=Path(path)).convert()
        return document.export_to_markdown(escape_html=False, escape_underscores=False)
    except Exception: return ""
print(json.dumps({path: convert(path) for path in json.load(sys.stdin) if path.endswith(".docx")}))
"""
PEERS = {
    "markitdown": ("markitdown[docx,pdf,xlsx]", "markitdown", MARKITDOWN),
    "docling": ("docling-slim[format-docx]", "docling-slim", DOCLING),
}
"""名字 → 装什么、看哪个包的版本、在它的环境里执行什么。"""
PANDOC = {".docx": "docx", ".html": "html", ".htm": "html", ".odt": "odt", ".rtf": "rtf"}
Found = tuple[list[str], list[str], list[str]]
"""各段、各单元格、各标题。"""


def ours(path: Path) -> Found:
    texts, _ = read_file(path, path.name)
    parts: Found = ([], [], [])
    for text in texts:
        for whole, more in zip(parts, found_of(text), strict=True):
            whole += more
    return parts


def from_markdown(text: str) -> Found:
    """Markdown 里的各段、各单元格、各标题；记号和转义都去掉。"""
    lines, cells, headings = [], [], []
    for line in text.splitlines():
        if re.fullmatch(r"[\s|:+=-]*", line):
            continue
        heading = line.lstrip().startswith("#")
        row = line.strip().startswith("|") and line.strip().endswith("|")
        for part in re.split(r"(?<!\\)\||<br\s*/?>", line.strip().strip("|")) if row else [line]:
            shown = re.sub(r"^\s*(?:#+|[-*+>]|\[\^\d+\]:)\s+", "", part)
            shown = bare(re.sub(r"<[^<>]{0,200}>", "", re.sub(r"\\(.)", r"\1", shown.replace("**", ""))))
            if shown:
                lines.append(shown)
                cells += [shown] * row
                headings += [shown] * heading
    return lines, cells, headings


def environment(folder: Path, name: str) -> Path | None:
    """装着一家的独立环境里的 python；没有就装，装不上是 None。"""
    python = folder / name / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = folder / name / "installed"
    if not done.exists():
        print(f"在 {folder / name} 里装 {name}……", flush=True)
        venv.create(folder / name, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEERS[name][0]]
        if subprocess.run(command).returncode:
            return None
        done.touch()
    return python


def version(python: Path, package: str) -> str:
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([str(python), "-c", code], capture_output=True, text=True).stdout.strip()


def by_script(python: Path, script: str, paths: list[Path]) -> dict[Path, str] | None:
    """在别家的环境里一次转完。"""
    given = json.dumps([str(p) for p in paths])
    done = subprocess.run([str(python), "-c", script], input=given, capture_output=True, text=True)
    if done.returncode:
        return None
    return {Path(p): text for p, text in json.loads(done.stdout.splitlines()[-1]).items()}


def by_pandoc(paths: list[Path]) -> dict[Path, str] | None:
    if shutil.which("pandoc") is None:
        return None
    found = {}
    for path in paths:
        if kind := PANDOC.get(path.suffix):
            command = ["pandoc", "-f", kind, "-t", "gfm", "--wrap=none", str(path)]
            found[path] = subprocess.run(command, capture_output=True, text=True).stdout
    return found


def right(found: list[str], expected: list[str]) -> int:
    """次序也对的有几个。"""
    matcher = SequenceMatcher(None, found, expected, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def score(found: dict[Path, Found], expected: dict[Path, Found]) -> str:
    """各类文件读对的份数。"""
    hit, all_ = defaultdict(Counter), defaultdict(Counter)
    for path, parts in expected.items():
        group = "docx" if path.suffix == ".docx" else "pdf" if path.suffix == ".pdf" else "其他"
        for name, mine, wanted in zip(("段落", "单元格", "标题"), found.get(path, ([], [], [])), parts, strict=True):
            if path in found:
                hit[group][name] += right(mine, wanted)
                all_[group][name] += len(wanted)
    shown = []
    for group in ("docx", "pdf", "其他"):
        figures = [f"{name} {hit[group][name] / n:.3f}（{n}）" for name, n in all_[group].items() if n]
        if figures:
            shown.append(f"{group}：" + "，".join(figures))
    return "；".join(shown)


def converted(cache: Path, paths: list[Path]) -> Iterator[tuple[str, dict[Path, str] | None]]:
    """各家的名字（连同版本）和转出的 Markdown；没有装上的是 None。"""
    for name, (_, package, script) in PEERS.items():
        python = environment(cache, name)
        yield (f"{name} {version(python, package)}", by_script(python, script, paths)) if python else (name, None)
    yield "pandoc", by_pandoc(paths)


def main() -> None:
    cache = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".bench").absolute()
    with tempfile.TemporaryDirectory() as folder:
        paths = build(Path(folder))
        readable = {path: case for path, case in zip(paths, cases(), strict=True) if case.texts and case.ocr is None}
        expected = {
            path: tuple(
                [bare(line) for text in case.texts for line in getattr(text, name)]
                for name in ("lines", "cells", "headings")
            )
            for path, case in readable.items()
        }
        print(
            f"{len(paths)} 个文件，其中 {len(readable)} 个比文字（扫描件的错误率另见 readers_ocr.py）。括号里是应有几个。"
        )
        print(f"本库：{score({path: ours(path) for path in readable}, expected)}", flush=True)
        for name, texts in converted(cache, list(readable)):
            if texts is None:
                print(f"{name}：没有装上，跳过")
            else:
                print(
                    f"{name}：{score({path: from_markdown(text) for path, text in texts.items()}, expected)}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
