"""Corpus：一批文档和它们的表。载入、筛选、取表、存盘。"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp import facts, outline, readers, storage, tagger
from jiaoyan_nlp.engines.local import map_items, stream_items
from jiaoyan_nlp.errors import PathError, UsageError
from jiaoyan_nlp.types import (
    Activity,
    Award,
    Cell,
    Document,
    Event,
    Facts,
    Note,
    Origin,
    Packed,
    Quantity,
    Role,
    Section,
    Statement,
    Tagged,
    Topic,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from jiaoyan_nlp.outline import School

META = ("title", "kind", "school", "level", "subject", "term", "author", "date", "sha256", "off_topic")
DOCUMENT_COLUMNS = ("document", "file", "offset", "length", *META)
FACTS = {
    "activities": Activity, "quantities": Quantity, "schedule": Event, "roles": Role, "topics": Topic, "awards": Award,
    "packed": Packed,
}  # fmt: skip
TABLES = ("documents", "sections", "statements", *FACTS, "cells", "origins", "notes")
"""全部表名。"""
HIDDEN = ("labels", "probabilities")
CLASSES = ("goal_classes", "problem_classes", "activity_types")


@dataclass(frozen=True, slots=True)
class Analysis:
    """一篇文档的标注和事实。"""

    tagged: Tagged
    facts: Facts


def analyse(document: Document, model: Path | None = None) -> Analysis:
    """标注一篇文档并抽取事实。参数：model 是自己训练的模型所在的文件夹。"""
    tagged = tagger.tag(document, model)
    return Analysis(tagged, facts.extract(document, tagged))


class Corpus:
    """一批文档。可以遍历（得到 Document）、求长度、按条件筛选、取表、存盘。

    表在第一次取用时才算，算过就留着；筛选出来的 Corpus 沿用已算好的结果。
    """

    def __init__(
        self,
        documents: Sequence[Document],
        notes: Sequence[Note] = (),
        analyses: Mapping[str, Analysis] | None = None,
        model: Path | None = None,
    ) -> None:
        self._documents = tuple(documents)
        self._notes = tuple(notes)
        self.model = model
        """标注用的模型所在的文件夹；None 是随包的模型。"""
        if analyses is not None:
            self.__dict__["_analyses"] = dict(analyses)

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def __repr__(self) -> str:
        return f"Corpus（{len(self)} 篇文档，{len(self._notes)} 条记录）"

    def _repr_html_(self) -> str:
        from importlib import import_module

        html: str = import_module("jiaoyan_nlp.reports.display").corpus_html(self)
        return html

    @property
    def notes(self) -> pd.DataFrame:
        """载入时的记录：file、code、message、advice，一行一条。"""
        return self.table("notes")

    @cached_property
    def _analyses(self) -> dict[str, Analysis]:
        found = map_items(partial(analyse, model=self.model), self._documents, "标注")
        return {document.id: analysis for document, analysis in zip(self._documents, found, strict=True)}

    def analysis(self, document: str) -> Analysis:
        """一篇文档的标注和事实。参数：document 是文档的 id。抛出：UsageError 没有这篇。"""
        if document not in self._analyses:
            raise UsageError(f"这个 Corpus 里没有编号为 {document} 的文档。")
        return self._analyses[document]

    def table(self, name: str) -> pd.DataFrame:
        """取一张表（pandas DataFrame），列名固定。

        参数：name 是 documents、sections、statements、activities、quantities、schedule、roles、topics、awards、packed、
        cells、origins、notes 之一。抛出：UsageError 没有这张表。
        """
        if name not in TABLES:
            raise UsageError(f"没有“{name}”这张表，可用的有：{'、'.join(TABLES)}。")
        cache = self.__dict__.setdefault("_tables", {})
        if name not in cache:
            cache[name] = self._build(name)
        frame: pd.DataFrame = cache[name].copy()
        return frame

    def _build(self, name: str) -> pd.DataFrame:
        if name == "documents":
            return _frame([_document_row(d) for d in self], DOCUMENT_COLUMNS)
        if name == "notes":
            return _rows(self._notes, Note)
        if name == "origins":
            columns = ("file", *(f.name for f in fields(Origin)))
            by_file = {d.file: d.origin for d in self}
            return _frame([{"file": file, **_record(origin)} for file, origin in by_file.items()], columns)
        if name == "cells":
            columns = ("document", *(f.name for f in fields(Cell)))
            return _frame([{"document": d.id, **_record(c)} for d in self for c in d.cells], columns)
        if name == "sections":
            columns = (
                "document",
                "section",
                "parent",
                "level",
                "number",
                "title",
                "role",
                "start",
                "end",
                "title_start",
                "title_end",
            )
            frame = _frame([_section_row(d, s) for d in self for s in self.analysis(d.id).tagged.sections], columns)
            return frame.astype({"parent": "Int64"})
        if name == "statements":
            return _statements([s for d in self for s in self.analysis(d.id).tagged.statements])
        rows = [row for d in self for row in getattr(self.analysis(d.id).facts, name)]
        return _rows(rows, FACTS[name])

    def where(self, **conditions: object) -> Corpus:
        """按元数据筛选，得到新的 Corpus。

        参数：名字是 title、kind、school、level、subject、term、author、date、off_topic、file、document 之一；
        值可以是一个，也可以是一组（list、tuple、set）。抛出：UsageError 条件的名字不认识。

        例：corpus.where(kind="summary", subject="数学")
        """
        known = {*META, "file", "document"}
        unknown = [name for name in conditions if name not in known]
        if unknown:
            raise UsageError(f"不能按“{unknown[0]}”筛选，可用的有：{'、'.join(sorted(known))}。")
        kept = [d for d in self if all(_holds(_document_row(d)[name], value) for name, value in conditions.items())]
        files = {d.file for d in kept}
        analyses = self.__dict__.get("_analyses")
        mine = None if analyses is None else {d.id: analyses[d.id] for d in kept}
        return Corpus(kept, [n for n in self._notes if n.file in files], mine, self.model)

    def using(self, model: str | Path) -> Corpus:
        """改用自己训练的模型（train 存下的文件夹）标注，得到新的 Corpus。抛出：PathError 没有这个文件夹。"""
        folder = Path(model)
        if not folder.is_dir():
            raise PathError(f"找不到模型的文件夹 {folder}，请检查路径，或先用 train 训练。")
        return Corpus(self._documents, self._notes, model=folder.resolve())

    def save(self, path: str | Path) -> None:
        """存成一个 DuckDB 文件（先写临时文件再改名，写到一半断电也不伤旧文件）。抛出：PathError 文件夹不在或不可写。"""
        analyses = {key: (found.tagged, found.facts) for key, found in self._analyses.items()}
        storage.write(path, self._documents, self._notes, analyses)


def load(
    sources: str | Path | Sequence[str | Path], schools: str | Path | None = None, store: str | Path | None = None
) -> Corpus:
    """载入一批文件。

    参数：sources 是文件、文件夹（含下级）、通配符、zip，或者它们的列表；schools 是 schools.csv 的路径；
    store 是存盘的文件（如 2024秋.jiaoyan）：读好一个存一个，再次载入只读新的和改过的，中途停了接着读，读完可用 jy.open 打开。
    返回：Corpus。读不了的文件不会中断，记在 corpus.notes 里。
    抛出：PathError 什么也找不到、store 写不了；DataError schools.csv 有错、store 不是本库存的文件。
    """
    listed = outline.read_schools(schools) if schools is not None else ()
    jobs = readers.inputs(sources)
    if store is None:
        found = dict(_read_all([_Batch(tuple(group), listed) for group in readers.groups(jobs)]))
        return _gathered(jobs, found)
    with storage.Readings(store) as readings:
        found = _resumed(jobs, listed, readings)
        corpus = _gathered(jobs, found)
        readings.settle(corpus._documents, corpus._notes)
    return corpus


@dataclass(frozen=True, slots=True)
class _Batch:
    """一起读的几个文件；saved 是以前读好存着的，和文件一一对应，没有就现读；keep 是现读的要交回来存。"""

    files: tuple[tuple[Path, str], ...]
    schools: tuple[School, ...]
    saved: tuple[str, ...] = ()
    keep: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """一个文件里的文档和说明；saved 是要存的读取结果。"""

    documents: tuple[Document, ...]
    notes: tuple[Note, ...]
    saved: str | None = None


def _resumed(
    jobs: Sequence[tuple[Path, str]], listed: tuple[School, ...], readings: storage.Readings
) -> dict[str, _Found]:
    """存着的直接用，其余现读，读好一批存一批。"""
    tools = readers.tools()
    keys = {file: key for path, file in jobs if (key := storage.reading_key(path, tools))}
    saved = readings.known(list(keys.values()))
    old = [_Batch((job,), listed, (saved[keys[job[1]]],)) for job in jobs if keys.get(job[1]) in saved]
    new = readers.groups([job for job in jobs if keys.get(job[1]) not in saved])
    found: dict[str, _Found] = dict(_read_all(old))
    for file, one in _read_all([_Batch(tuple(group), listed, keep=True) for group in new]):
        found[file] = one
        if one.saved and file in keys:
            readings.add([(keys[file], one.saved)])
    return found


def _read_all(batches: Sequence[_Batch]) -> Iterator[tuple[str, _Found]]:
    for batch, found in zip(batches, stream_items(_read_batch, batches, "读取", batch=4), strict=True):
        yield from zip((file for _, file in batch.files), found, strict=True)


def _read_batch(batch: _Batch) -> list[_Found]:
    """读几个文件、拆成文档，在各个处理器上做。"""
    if batch.saved:
        kept = (storage.decode(storage.Reading, saved) for saved in batch.saved)
        read = [one.renamed("", file) for one, (_, file) in zip(kept, batch.files, strict=True)]
    else:
        read = [storage.Reading(tuple(texts), tuple(notes)) for texts, notes in readers.read_files(batch.files)]
    found = []
    for reading, (_, file) in zip(read, batch.files, strict=True):
        documents = tuple(d for text in reading.texts for d in outline.documents(text, batch.schools))
        saved = storage.encode(reading.renamed(file, "")) if batch.keep and reading.settled else None
        found.append(_Found(documents, reading.notes, saved))
    return found


def _gathered(jobs: Sequence[tuple[Path, str]], found: Mapping[str, _Found]) -> Corpus:
    documents = [d for _, file in jobs for d in found[file].documents]
    notes = [n for _, file in jobs for n in found[file].notes]
    return Corpus(documents, [*notes, *_identical(documents)])


def read(path: str | Path) -> list[Document]:
    """读一个文件，返回里面的文档（合集有几篇就是几篇）。抛出：PathError 没有这个文件；ReadError 读不出来，写明原因和办法。"""
    from jiaoyan_nlp.errors import ReadError

    corpus = load(path)
    if not len(corpus) and len(corpus.notes):
        note = corpus.notes.iloc[0]
        raise ReadError(note["code"], note["message"], note["advice"])
    return list(corpus)


def open_corpus(path: str | Path) -> Corpus:
    """打开 Corpus.save 存下的文件。抛出：PathError 没有这个文件；DataError 不是本库存的或已损坏。"""
    documents, notes, analyses = storage.read(path)
    done = {key: Analysis(*found) for key, found in analyses.items()}
    return Corpus(documents, notes, done if len(done) == len(documents) else None)


def _identical(documents: Sequence[Document]) -> list[Note]:
    """内容完全相同的文件：都留下，另记一条。"""
    first: dict[str, str] = {}
    notes: list[Note] = []
    for document in documents:
        other = first.setdefault(document.meta.sha256, document.file)
        if other != document.file and not any(n.file == document.file for n in notes):
            message = f"与“{other}”内容完全相同。"
            notes.append(Note(document.file, "JY505", message, "请核对是否交错了文件；确系重复的，删去一份。"))
    return notes


def _holds(value: object, wanted: object) -> bool:
    return value in wanted if isinstance(wanted, (list, tuple, set, frozenset)) else value == wanted


def _record(value: object) -> dict[str, object]:
    return {f.name: getattr(value, f.name) for f in fields(value)}  # type: ignore[arg-type]


def _document_row(document: Document) -> dict[str, object]:
    return {
        "document": document.id, "file": document.file, "offset": document.offset, "length": len(document.text),
        **_record(document.meta),
    }  # fmt: skip


def _section_row(document: Document, section: Section) -> dict[str, object]:
    row = _record(section)
    row["section"] = row.pop("index")
    return {"document": document.id, **row}


def _statements(found: Sequence[Statement]) -> pd.DataFrame:
    """句段表：标签展成七列真假，概率展成七列 p_。"""
    from jiaoyan_nlp.types import LABELS

    plain = [f.name for f in fields(Statement) if f.name not in HIDDEN]
    rows = [
        {name: getattr(s, name) for name in plain[:6]}
        | {label: label in s.labels for label in LABELS}
        | {f"p_{label}": p for label, p in zip(LABELS, s.probabilities, strict=True)}
        | {name: list(getattr(s, name)) for name in CLASSES}
        for s in found
    ]
    columns = [*plain[:6], *LABELS, *(f"p_{label}" for label in LABELS), *CLASSES]
    frame = _frame(rows, columns)
    return frame.astype(dict.fromkeys(LABELS, bool)) if len(frame) else frame


def _rows(rows: Sequence[object], kind: type) -> pd.DataFrame:
    return _frame([_record(r) for r in rows], [f.name for f in fields(kind)])


def _frame(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))
