"""一个文件读成什么：认种类、交给对应的读取器；不管内容多坏，不是得到文字就是得到一条说明。"""

from __future__ import annotations

import errno
import io
import os
import zipfile
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from jiaoyan_nlp.engines.worker import here
from jiaoyan_nlp.errors import ReadError
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.readers import archive, docx, html, ocr, office, pdf, pictures, txt, unpacking, xlsx
from jiaoyan_nlp.readers.archive import Budget
from jiaoyan_nlp.readers.building import Source, check_size
from jiaoyan_nlp.readers.detecting import belies, detect, kinds, zip_kind
from jiaoyan_nlp.readers.paths import open_file
from jiaoyan_nlp.readers.settings import MB, as_note, note, setting, trouble
from jiaoyan_nlp.types import Extracted, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

READERS: dict[str, Callable[[Source], Extracted]] = {
    "txt": txt.read,
    "html": html.read,
    "mht": html.read_mht,
    "docx": docx.read,
    "pdf": pdf.read,
    "xlsx": xlsx.read,
    "doc": office.read,
    "rtf": office.read,
    "odt": office.read,
    "wordxml": office.read,
    **dict.fromkeys(("png", "jpg", "bmp", "tif", "gif", "webp"), pictures.read),
}
"""种类 → 读取器；不在这里的种类记一条 skipped。"""

ZIP_MAGIC = b"PK"
"""zip 的头两个字节；压缩包不整个读进内存。"""

WINDOWS_PATH = 260
"""Windows 上这么长的路径多半打不开，说的却是找不到文件。"""

Job = tuple[Path, str]
"""磁盘上的路径，给使用者看的路径。"""
Result = tuple[list[Extracted], list[Note]]
Checked = tuple[list[Extracted], list[Note], list[str]]
"""读出的文字，说明，压缩包里该有下落的成员。"""


def tools() -> str:
    """这台机器上装了哪些可选的部分。装了新的，以前读不了的就值得再读一次。"""
    return ",".join(
        name
        for name, present in (
            ("ocr", ocr.available()),
            ("office", office.soffice() is not None),
            *((kind, unpacking.available(kind)) for kind in unpacking.KINDS),
        )
        if present
    )


def groups(jobs: Sequence[Job]) -> list[list[Job]]:
    """分成一组一组来读：要靠 LibreOffice 转换的合成一组（看后缀猜，猜错不碍事），其余一个一组。

    >>> jobs = [(Path(name), name) for name in ("a.doc", "b.docx", "c.wps")]
    >>> [[file for _, file in group] for group in groups(jobs)]
    [['a.doc', 'c.wps'], ['b.docx']]
    """
    suffixes = {
        s for kind, reader in READERS.items() if reader is office.read for s in kinds()[kind]["suffixes"].split(";")
    }
    size = int(setting("limits", "office_batch"))
    found: list[list[Job]] = []
    together: list[Job] = []
    for job in jobs:
        if job[0].suffix[1:].lower() not in suffixes:
            found.append([job])
            continue
        if len(together) % size == 0:
            together = []
            found.append(together)
        together.append(job)
    return found


def read_files(jobs: Sequence[Job], bad: Mapping[str, Note] | None = None, together: bool = True) -> list[Checked]:
    """读一组文件，次序不变；bad 同 read_file。

    参数：together 为假就一个一个转换，出了事知道是哪一个。返回：每个文件读出的文字，说明，压缩包里成员的名单。
    """
    if len(jobs) == 1 or not together:
        return [_read_one(path, file, None, bad) for path, file in jobs]
    sources = [Source(file, _bytes(path)) for path, file in jobs]
    made = {source.file: source.converted for source in office.converted(sources)}
    return [_read_one(path, file, made[file], bad) for path, file in jobs]


def _bytes(path: Path) -> bytes:
    """文件的内容；太大的、打不开的给空的，读的时候再说明原因。"""
    try:
        with open_file(path) as stream:
            small = os.fstat(stream.fileno()).st_size <= setting("limits", "file_mb") * MB
            return stream.read() if small else b""
    except (OSError, ReadError):
        return b""


def read_file(path: Path, file: str, converted: bytes | None = None, bad: Mapping[str, Note] | None = None) -> Result:
    """读一个文件（或压缩包里的全部文件）。

    参数：path 是磁盘上的路径，file 是给使用者看的路径，两者来自 inputs；converted 是 LibreOffice 已经转好的 docx；
    bad 是以前读的时候弄停了进程的文件（压缩包里的也算）和那时的说明，不再读。
    返回：（读出的文字，说明）；每个文件至少落在其中一边。内容再坏也不抛错。压缩包里的文件叫“……/a.zip!/里面的路径”。
    """
    return _read_one(path, file, converted, bad)[:2]


def _read_one(path: Path, file: str, converted: bytes | None, bad: Mapping[str, Note] | None) -> Checked:
    here(file)
    budget = Budget.fresh(bad or {})
    if file in budget.bad:
        return [], [budget.bad[file]], []
    try:
        with open_file(path) as stream:
            texts, notes = _read_stream(stream, os.fstat(stream.fileno()).st_size, file, converted, budget)
            return texts, notes, budget.listed
    except ReadError as error:
        return [], [as_note(file, error)], []
    except OSError as error:
        return [], [_unopened(file, error)], []


def _unopened(file: str, error: OSError) -> Note:
    far = error.errno == errno.ENAMETOOLONG or (os.name == "nt" and len(str(error.filename or "")) >= WINDOWS_PATH)
    return note(file, "far") if far else note(file, "absent", detail=error.strerror or type(error).__name__)


def _read_stream(stream: BinaryIO, size: int, file: str, converted: bytes | None, budget: Budget) -> Result:
    if (what := junk(file)) is not None:
        return [], [note(file, "junk", what=what)]
    try:
        if stream.read(2) == ZIP_MAGIC and zipfile.is_zipfile(stream) and zip_kind(stream) == "zip":
            return _read_archive(Source(file, b""), "zip", archive.members(stream, file, budget), budget, 1)
        if size > setting("limits", "file_mb") * MB:
            raise trouble("too_big", size=size // MB, limit=int(setting("limits", "file_mb")))
    except ReadError as error:
        return [], [as_note(file, error)]
    stream.seek(0)
    return _read_source(Source(file, stream.read(), converted), budget, 0)


def _read_archive(source: Source, kind: str, found: Iterator[Source | Note], budget: Budget, depth: int) -> Result:
    """压缩包里的每个文件；套着的压缩包接着展开，到层数上限为止。"""
    if depth > setting("limits", "archive_depth"):
        return [], [note(source.file, "depth", limit=int(setting("limits", "archive_depth")))]
    texts: list[Extracted] = []
    notes = _suffix_notes(source, kind)
    try:
        for batch in _batches(found):
            notes += [member for member in batch if isinstance(member, Note)]
            for member in office.converted([member for member in batch if isinstance(member, Source)]):
                more, remarks = _read_source(member, budget, depth)
                texts += more
                notes += remarks
    except ReadError as error:
        notes.append(as_note(source.file, error))
    except OSError as error:
        notes.append(_unopened(source.file, error))
    return texts, notes


def _batches(found: Iterator[Source | Note]) -> Iterator[list[Source | Note]]:
    """几个几个地交出来，好一起转换；总共不太大，免得都堆在内存里。"""
    batch: list[Source | Note] = []
    size = 0
    for member in found:
        batch.append(member)
        size += len(member.data) if isinstance(member, Source) else 0
        if len(batch) >= setting("limits", "office_batch") or size > setting("limits", "batch_mb") * MB:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_source(source: Source, budget: Budget, depth: int) -> Result:
    if source.file in budget.bad:
        return [], [budget.bad[source.file]]
    here(source.file)
    if (what := junk(source.file)) is not None:
        return [], [note(source.file, "junk", what=what)]
    try:
        kind = detect(source.data)
        if kind == "zip":
            found = archive.members(io.BytesIO(source.data), source.file, budget)
            return _read_archive(source, kind, found, budget, depth + 1)
        if kind in unpacking.KINDS:
            return _read_archive(source, kind, unpacking.members(source, kind, budget), budget, depth + 1)
        return _read_kind(source, kind)
    except ReadError as error:
        return [], [as_note(source.file, error)]


def _read_kind(source: Source, kind: str) -> Result:
    name = kinds()[kind]["name"]
    remarks = _suffix_notes(source, kind)
    try:
        if kind not in READERS:
            raise trouble("unsupported", kind=name, advice=kinds()[kind]["advice"])
        extracted = READERS[kind](source)
        if not extracted.blocks:
            raise trouble("no_text")
        check_size(extracted)
    except ReadError as error:
        return [], [*remarks, as_note(source.file, error)]
    except ImportError as error:
        return [], [*remarks, note(source.file, "component", detail=error.name or str(error))]
    except MemoryError:  # 内存要不够了，由工作进程收场
        raise
    except Exception as error:  # 上报的文件千奇百怪，一份读不了不能停下整批；错误的种类留在说明里
        return [], [*remarks, note(source.file, "broken", detail=type(error).__name__)]
    return [extracted], [*remarks, *extracted.notes]


def _suffix_notes(source: Source, kind: str) -> list[Note]:
    """后缀与内容不符的提醒。"""
    if not belies(source.suffix, kind):
        return []
    key = "suffix" if kind in (*READERS, "zip", *unpacking.KINDS) else "suffix_unread"
    return [note(source.file, key, suffix=source.suffix, kind=kinds()[kind]["name"])]


def junk(file: str) -> str | None:
    """不是材料的文件（锁文件、缩略图缓存等）是什么；是材料返回 None。

    >>> junk("上报/~$一小计划.docx"), junk("上报/一小计划.docx")
    ('Word、WPS 打开文件时留下的锁文件', None)
    """
    inner = file.replace("!/", "/")
    name = inner.rsplit("/", 1)[-1]
    for row in table("readers_junk.csv", "pattern", "what"):
        if fnmatch((inner if "/" in row["pattern"] else name).lower(), row["pattern"].lower()):
            return row["what"]
    return None
