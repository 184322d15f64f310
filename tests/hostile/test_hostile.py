"""有害文件包：每个文件不是文档就是说明，平常的都读得出来，外面的东西没有碰，不留下进程和临时文件。"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.readers import inputs

from .build import ORDINARY, build, ordinary

pytestmark = pytest.mark.xdist_group("hostile")  # 整包只载入一次

WRITES = re.compile(r'(?:open|openat|creat)\([^"\n]*"([^"\n]+)"[^)\n]*O_(?:WRONLY|RDWR|CREAT)[^)\n]*\)\s+= \d')
"""strace 里为了写而打开、并且打开了的文件。"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("包") / "pack"
    build(folder)
    return folder


@pytest.fixture(scope="module")
def loaded(pack):
    return jy.load(pack)


def snapshot(folder: Path) -> dict[str, tuple[int, int, int]]:
    found = {}
    for path in sorted(folder.rglob("*")):
        state = path.lstat()
        found[str(path)] = (state.st_size, state.st_mtime_ns, state.st_mode)
    return found


def test_the_pack_is_large_enough(pack):
    assert len(inputs(pack)) >= 70


def test_every_file_ends_as_document_or_note(pack, loaded):
    known = {name.partition("!/")[0] for name in [*(d.file for d in loaded), *loaded.notes["file"]]}
    assert [file for _, file in inputs(pack) if file not in known] == []
    assert all(message.endswith("。") for message in [*loaded.notes["message"], *loaded.notes["advice"]])


def test_the_ordinary_files_are_read(loaded):
    read = {d.file.split(f"/{ORDINARY}/")[1].partition("!/")[0] for d in loaded if f"/{ORDINARY}/" in d.file}
    assert read == set(ordinary())


def test_names_are_kept_and_odd_names_are_read(loaded):
    assert sum("/怪名字/" in d.file for d in loaded) == 10


def test_nothing_secret_gets_in(loaded):
    host = Path("/etc/hostname").read_text(encoding="utf-8").strip()
    passwd = Path("/etc/passwd").read_text(encoding="utf-8").splitlines()[0]
    for document in loaded:
        assert passwd not in document.text
        assert not host or document.text.strip() != host


def test_loading_changes_nothing_and_leaves_nothing(pack):
    before = snapshot(pack)
    place = Path(tempfile.mkdtemp())
    code = "import sys, jiaoyan_nlp as jy; print(len(jy.load(sys.argv[1])))"
    chosen = pack / "有害"
    part = place / "部分"
    part.mkdir()
    for name in (
        "越界.zip",
        "链接.zip",
        "嵌入对象.rtf",
        "外部实体.docx",
        "脚本和启动.pdf",
        "假7z.7z",
        "宏.docm",
        "腌菜.txt",
    ):
        (part / name).write_bytes((chosen / name).read_bytes())
    (place / "tmp").mkdir()
    command = ["strace", "-f", "-qq", "-e", "trace=open,openat,creat,connect,unlink,rename", "-o", str(place / "trace")]
    environment = {
        "PATH": "/usr/bin:/bin",
        "TMPDIR": str(place / "tmp"),
        "HOME": str(place),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    subprocess.run(
        [*command, sys.executable, "-c", code, str(part)], check=True, capture_output=True, env=environment,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    trace = (place / "trace").read_text(encoding="utf-8", errors="replace")
    allowed = (
        str(place / "tmp"),
        "/dev/",
        "/proc/",
        "/tmp/OSL_PIPE",
        "/tmp/lu",
        "/usr/lib/libreoffice/",
        str(place / ".cache"),
        str(place / ".config"),
    )
    assert (
        sorted({path for path in WRITES.findall(trace) if path.startswith("/") and not path.startswith(allowed)}) == []
    )
    assert not re.search(r"connect\([^)]*AF_INET6?, [^)]*(?<!127\.0\.0\.1)\"\)", trace)
    assert list((place / "tmp").iterdir()) == []
    assert snapshot(pack) == before


def test_no_process_is_left(loaded):
    assert len(loaded)
    names = [process.name() for process in psutil.Process().children(recursive=True)]
    assert not [name for name in names if name.startswith(("soffice", "oosplash", "7z", "bsdtar"))]
