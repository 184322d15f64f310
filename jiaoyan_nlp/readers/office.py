"""doc、wps、rtf、odt 等：请 LibreOffice 在后台转成 docx 再读。每次用自己的临时配置目录，有时间上限。"""

from __future__ import annotations

import io
import shutil
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import is_zipfile

from jiaoyan_nlp.errors import ReadError
from jiaoyan_nlp.lexicon import data_file
from jiaoyan_nlp.readers import docx
from jiaoyan_nlp.readers.building import Source
from jiaoyan_nlp.readers.detecting import detect, kinds
from jiaoyan_nlp.readers.processes import StoppedError, run
from jiaoyan_nlp.readers.rtf import overlong, with_numbers
from jiaoyan_nlp.readers.scratch import check_room, scratch
from jiaoyan_nlp.readers.settings import setting, trouble
from jiaoyan_nlp.types import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    made = convert(source.data, kind, soffice()) if source.converted is None else source.converted
    if not made:
        raise trouble("office_failed", kind=kinds()[kind]["name"])
    converted = docx.read(Source(source.file, made))
    # 转换时 LibreOffice 会写上自己的名字和新的修订号，那不是这份文件的来历
    kept = replace(converted.origin, application=None, rsid_root=None, rsids=())
    if origin:  # 复合文档的属性里没有页眉和图片
        kept = replace(origin, headers=kept.headers, image_hashes=kept.image_hashes)
    return replace(converted, sha256=source.sha256, origin=kept)


@lru_cache(maxsize=1)
def soffice() -> str | None:
    """LibreOffice 的路径：先找 PATH，再找常见的安装位置；没有是 None。"""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in USUAL_PLACES if Path(place).is_file()), None)


def convert(data: bytes, kind: str, program: str | None) -> bytes:
    """用 LibreOffice 转成 docx；转不了的是空的。

    参数：kind 是 data/readers_kinds.csv 里的种类；program 是 LibreOffice 的路径，没装是 None。抛出：ReadError。
    """
    name = kinds()[kind]["name"]
    if program is None:
        raise trouble("office_missing", kind=name)
    if _lies(data, kind):
        raise trouble("broken", detail="写明的长度超出了文件")
    try:
        made = _converted([(data, kind)], program)[0]
    except StoppedError as error:
        raise trouble("office_timeout", seconds=int(setting("limits", "office_seconds"))) from error
    return made


def converted(sources: Sequence[Source]) -> list[Source]:
    """一次起动 LibreOffice 转换几个文件：起动约占一秒，转换一个只要百分之几秒。

    返回：同样的几个，转好的带着 docx，转不了的带着空的；不用转的原样，超时、磁盘满了没有转完的也原样（之后单个再转）。
    """
    program = soffice()
    wanted = {source: kind for source in sources if (kind := _kind(source.data)) and not _lies(source.data, kind)}
    if program is None or len(wanted) < 2:
        return list(sources)
    made: dict[Source, bytes] = {}
    with suppress(StoppedError, ReadError, OSError):
        documents = _converted([(source.data, kind) for source, kind in wanted.items()], program)
        made = dict(zip(wanted, documents, strict=True))
    return [replace(source, converted=made.get(source)) for source in sources]


def _lies(data: bytes, kind: str) -> bool:
    """LibreOffice 会一直读下去、直到被中止的文件，不交给它。"""
    return kind == "rtf" and overlong(data)


def _kind(data: bytes) -> str | None:
    try:
        kind = detect(data)
    except ReadError:
        return None
    return kind if kind in SUFFIXES else None


def _converted(given: Sequence[tuple[bytes, str]], program: str) -> list[bytes]:
    """起动一次 LibreOffice；有转不了的，它跳过去接着转，给空的。抛出：StoppedError，超时；ReadError，磁盘满了。"""
    with scratch() as folder:
        names = []
        for number, (data, kind) in enumerate(given):
            names.append(Path(folder, f"input{number}.{SUFFIXES[kind]}"))
            names[-1].write_bytes(with_numbers(data) if kind == "rtf" else data)
        profile = Path(folder, "profile")
        (profile / "user").mkdir(parents=True)
        shutil.copyfile(str(data_file("soffice.xcu")), profile / "user" / "registrymodifications.xcu")
        run(
            [
                program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
                "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), *map(str, names),
            ],
            setting("limits", "office_seconds"),
        )  # fmt: skip
        made = [_made(name.with_suffix(".docx")) for name in names]
        if not all(made):
            check_room(folder)
        return made


def _made(path: Path) -> bytes:
    """转好的 docx；没有转成、没有写完的是空的。"""
    return path.read_bytes() if path.is_file() and is_zipfile(path) else b""


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
