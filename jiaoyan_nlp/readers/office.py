"""doc、wps、rtf、odt 等：请 LibreOffice 在后台转成 docx 再读。每次用自己的临时配置目录，有时间上限。"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.readers import docx
from jiaoyan_nlp.readers.building import Source
from jiaoyan_nlp.readers.detecting import detect, kinds
from jiaoyan_nlp.readers.settings import setting, trouble
from jiaoyan_nlp.types import Origin

if TYPE_CHECKING:
    from jiaoyan_nlp.types import Extracted

USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
SUFFIXES = {"doc": "doc", "rtf": "rtf", "odt": "odt", "wordxml": "xml"}
ENCRYPTED_FLAG = 0x01
"""FIB 第 11 字节的最低位：文档加了密码（[MS-DOC] 2.5.2）。"""


def read(source: Source) -> Extracted:
    """转成 docx 再读；来历取自原文件。抛出：ReadError，没装 LibreOffice、加密、转不了。"""
    kind = detect(source.data)
    origin = _ole_origin(source.data) if kind == "doc" else None
    converted = docx.read(Source(source.file, convert(source.data, kind, soffice())))
    # 转换时 LibreOffice 会写上自己的名字和新的修订号，那不是这份文件的来历
    kept = replace(converted.origin, application=None, rsid_root=None, rsids=())
    return replace(converted, sha256=source.sha256, origin=origin or kept)


@lru_cache(maxsize=1)
def soffice() -> str | None:
    """LibreOffice 的路径：先找 PATH，再找常见的安装位置；没有是 None。"""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in USUAL_PLACES if Path(place).is_file()), None)


def convert(data: bytes, kind: str, program: str | None) -> bytes:
    """用 LibreOffice 转成 docx。

    参数：kind 是 data/readers_kinds.csv 里的种类；program 是 LibreOffice 的路径，没装是 None。抛出：ReadError。
    """
    name = kinds()[kind]["name"]
    if program is None:
        raise trouble("office_missing", kind=name)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        given = Path(folder, f"input.{SUFFIXES[kind]}")
        given.write_bytes(data)
        _run([
            program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(given),
        ])  # fmt: skip
        made = Path(folder, "input.docx")
        if not made.is_file():
            raise trouble("office_failed", kind=name)
        return made.read_bytes()


def _run(command: list[str]) -> None:
    """执行；超时就连同它起的进程一起结束。"""
    seconds = int(setting("limits", "office_seconds"))
    process = subprocess.Popen(  # noqa: S603  # 命令是固定的，文件名是自己起的
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        raise trouble("office_timeout", seconds=seconds) from error


def _ole_origin(data: bytes) -> Origin | None:
    """复合文档自带的来历；顺便认出加密的。"""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("WordDocument"):
                head = ole.openstream("WordDocument").read(12)
                if len(head) == 12 and head[11] & ENCRYPTED_FLAG:
                    raise trouble("encrypted")
            meta = ole.get_metadata()
    except (OSError, ValueError, IndexError) as error:
        raise trouble("broken", detail="复合文档的结构不完整") from error

    def words(value: bytes | None) -> str | None:
        page = "gb18030" if meta.codepage in (None, 936) else "utf-8" if meta.codepage == 65001 else "cp1252"
        return (value.decode(page, "replace").strip("\0 ") or None) if isinstance(value, bytes) else None

    times = [t.isoformat() + "Z" if t else None for t in (meta.create_time, meta.last_saved_time)]
    return Origin(
        words(meta.author), words(meta.last_saved_by), words(meta.company), times[0], times[1],
        words(meta.creating_application), words(meta.template),
    )  # fmt: skip
