"""Corpus：一批文档和它们的表。载入、筛选、取表、存盘。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp import facts, frames, outline, readers, storage, tagger
from jiaoyan_nlp.engines import chosen
from jiaoyan_nlp.engines.isolated import Limits, Lost, stream_isolated
from jiaoyan_nlp.engines.worker import here
from jiaoyan_nlp.errors import PathError, UsageError
from jiaoyan_nlp.types import Analysis, Document, Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from jiaoyan_nlp.masking import Masked, Shift
    from jiaoyan_nlp.outline import School


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
        engine: object = None,
    ) -> None:
        self._documents = tuple(documents)
        self._notes = tuple(notes)
        self.model = model
        """标注用的模型所在的文件夹；None 是随包的模型。"""
        self.engine = engine
        """标注在哪里做：同 load 的 engine。"""
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
        found = chosen(self.engine).map(partial(analyse, model=self.model), self._documents, "标注", 8)
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
        if name not in frames.TABLES:
            raise UsageError(f"没有“{name}”这张表，可用的有：{'、'.join(frames.TABLES)}。")
        cache = self.__dict__.setdefault("_tables", {})
        if name not in cache:
            cache[name] = frames.build(
                name, self._documents, self._notes, self._analyses if name in frames.DERIVED else {}
            )
        frame: pd.DataFrame = cache[name].copy()
        return frame

    def where(self, **conditions: object) -> Corpus:
        """按元数据筛选，得到新的 Corpus。

        参数：名字是 title、kind、school、level、subject、term、author、date、off_topic、file、document 之一；
        值可以是一个，也可以是一组（list、tuple、set）。抛出：UsageError 条件的名字不认识。

        例：corpus.where(kind="summary", subject="数学")
        """
        known = {*frames.META, "file", "document"}
        unknown = [name for name in conditions if name not in known]
        if unknown:
            raise UsageError(f"不能按“{unknown[0]}”筛选，可用的有：{'、'.join(sorted(known))}。")
        kept = [
            d for d in self if all(_holds(frames.document_row(d)[name], value) for name, value in conditions.items())
        ]
        files = {d.file for d in kept}
        analyses = self.__dict__.get("_analyses")
        mine = None if analyses is None else {d.id: analyses[d.id] for d in kept}
        return Corpus(kept, [n for n in self._notes if n.file in files], mine, self.model, self.engine)

    def using(self, model: str | Path) -> Corpus:
        """改用自己训练的模型（train 存下的文件夹）标注，得到新的 Corpus。抛出：PathError 没有这个文件夹。"""
        folder = Path(model)
        if not folder.is_dir():
            raise PathError(f"找不到模型的文件夹 {folder}，请检查路径，或先用 train 训练。")
        return Corpus(self._documents, self._notes, model=folder.resolve(), engine=self.engine)

    def anonymize(self) -> Anonymized:
        """遮盖个人信息，得到新的 Corpus，审核、比较、报告照常能做。

        人名、手机、电话、身份证、邮箱、账号换成代号（某甲乙、手机甲丙……），同一个人、同一个号码在整批里是同一个代号；
        文件名、作者、页眉里的也换。校名、地名、众所周知的人（陶行知、于漪）照旧。标注和事实不重算，位置跟着改。
        人名靠写法认，难免有漏，公开之前请再看一遍。

        返回：Anonymized，代号的对照在它的 names 里，位置的对应用 original、anonymized 取。
        """
        from jiaoyan_nlp.masking import masked

        found = masked(
            list(self), self._notes, {key: (each.tagged, each.facts) for key, each in self._analyses.items()}
        )
        return Anonymized(found, self.model)

    def save(self, path: str | Path) -> None:
        """存成一个 DuckDB 文件（先写临时文件再改名，写到一半断电也不伤旧文件）。抛出：PathError 文件夹不在或不可写。"""
        analyses = {key: (found.tagged, found.facts) for key, found in self._analyses.items()}
        storage.write(path, self._documents, self._notes, analyses, own=self.model is not None)


class Anonymized(Corpus):
    """遮盖过个人信息的 Corpus。代号的对照只留在内存里，save 存下的文件里没有。"""

    def __init__(self, found: Masked, model: Path | None = None) -> None:
        analyses = {key: Analysis(*each) for key, each in found.analyses.items()}
        super().__init__(found.documents, found.notes, analyses, model)
        self._masked = found

    @property
    def names(self) -> pd.DataFrame:
        """代号的对照，一行一个：mask（代号）、kind（人名、手机……）、original（原来的字）、count（用了几处）。"""
        from jiaoyan_nlp.masking import COLUMNS

        return frames.frame([dict(zip(COLUMNS, row, strict=True)) for row in self._masked.rows], COLUMNS)

    def original(self, document: str, start: int, end: int) -> tuple[int, int]:
        """遮盖过的文字里的一段在原文里是哪里；碰到代号的，算整个代号。抛出：UsageError 没有这篇文档。"""
        return self._shift(document).backward(start, end)

    def anonymized(self, document: str, start: int, end: int) -> tuple[int, int]:
        """原文里的一段在遮盖过的文字里是哪里；碰到人名、号码的，算整个。抛出：UsageError 没有这篇文档。"""
        return self._shift(document).forward(start, end)

    def _shift(self, document: str) -> Shift:
        if document not in self._masked.shifts:
            raise UsageError(f"这个 Corpus 里没有编号为 {document} 的文档。")
        return self._masked.shifts[document]


def load(
    sources: str | Path | Sequence[str | Path],
    schools: str | Path | None = None,
    store: str | Path | None = None,
    engine: object = None,
) -> Corpus:
    """载入一批文件。

    参数：sources 是文件、文件夹（含下级）、通配符、zip，或者它们的列表；schools 是 schools.csv 的路径；
    store 是存盘的文件（如 2024秋.jiaoyan）：读好一个存一个，再次载入只读新的和改过的，中途停了接着读，读完可用 jy.open 打开；
    engine 不写或 "local" 用本机，"spark" 或一个 SparkSession 用 Spark 读取和标注（文件要放在各台机器都读得到的同一路径下）。
    返回：Corpus。读不了的文件不会中断，记在 corpus.notes 里。
    抛出：PathError 什么也找不到、store 写不了；DataError schools.csv 有错、store 不是本库存的文件。
    """
    listed = outline.read_schools(schools) if schools is not None else ()
    jobs = readers.inputs(sources)
    if store is None:
        found = dict(_read_all([_Batch(tuple(group), listed) for group in readers.groups(jobs)], engine))
        return _gathered(jobs, found, engine)
    with storage.Readings(store) as readings:
        found = _resumed(jobs, listed, readings, engine)
        corpus = _gathered(jobs, found, engine)
        readings.settle(corpus._documents, corpus._notes)
    return corpus


@dataclass(frozen=True, slots=True)
class _Batch:
    """一起读的几个文件；saved 是以前读好存着的，和文件一一对应，没有就现读；keep 是现读的要交回来存。

    bad 是弄停过工作进程的文件，不再读；careful 是出过事了，这一次一个一个来。
    """

    files: tuple[tuple[Path, str], ...]
    schools: tuple[School, ...]
    saved: tuple[str, ...] = ()
    keep: bool = False
    bad: tuple[Note, ...] = ()
    careful: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """一个文件里的文档和说明；members 是压缩包里该有下落的成员；saved 是要存的读取结果。"""

    documents: tuple[Document, ...]
    notes: tuple[Note, ...]
    members: tuple[str, ...] = ()
    saved: str | None = None


def _resumed(
    jobs: Sequence[tuple[Path, str]], listed: tuple[School, ...], readings: storage.Readings, engine: object
) -> dict[str, _Found]:
    """存着的直接用，其余现读，读好一批存一批。"""
    tools = readers.tools()
    paths = {file: path for path, file in jobs}
    keys = {file: key for path, file in jobs if (key := storage.reading_key(path, tools))}
    saved = readings.known(list(keys.values()))
    old = [_Batch((job,), listed, (saved[keys[job[1]]],)) for job in jobs if keys.get(job[1]) in saved]
    new = readers.groups([job for job in jobs if keys.get(job[1]) not in saved])
    found: dict[str, _Found] = dict(_read_all(old, engine))
    for file, one in _read_all([_Batch(tuple(group), listed, keep=True) for group in new], engine):
        found[file] = one
        # 读的时候文件被改了的不存：不然改之前的内容以后会得到改之后的结果
        if one.saved and file in keys and storage.reading_key(paths[file], tools) == keys[file]:
            readings.add([(keys[file], one.saved)])
    return found


def _read_all(batches: Sequence[_Batch], engine: object) -> Iterator[tuple[str, _Found]]:
    if engine in (None, "local"):
        results = _isolated(batches)
    else:  # 各台机器的当前文件夹不同，路径要写全
        whole = [replace(b, files=tuple((path.absolute(), file) for path, file in b.files)) for b in batches]
        results = chosen(engine).map(_read_alone, whole, "读取")
    for batch, found in zip(batches, results, strict=True):
        yield from zip((file for _, file in batch.files), found, strict=True)


def _isolated(batches: Sequence[_Batch]) -> Iterator[list[_Found]]:
    limits = Limits(readers.limit("file_seconds"), readers.limit("file_memory_mb"))
    return stream_isolated(_read_batch, batches, "读取", limits, _again)


def _read_alone(batch: _Batch) -> list[_Found]:
    """在别的机器上读一批，也要隔离。"""
    return next(iter(_isolated([batch])))


def _again(batch: _Batch, lost: Lost) -> _Batch:
    """读到一半进程没了，怎么重来：中断的先小心地再试一次，还不成，或者超时、超内存，就不读弄停它的那一个。"""
    known = {note.file for note in batch.bad}
    if not batch.careful and (lost.at is None or lost.why == "died"):
        return replace(batch, careful=True)
    bad = [lost.at] if lost.at is not None and lost.at not in known else [file for _, file in batch.files]
    notes = tuple(readers.lost_note(file, lost.why, lost.detail) for file in bad if file not in known)
    return replace(batch, careful=True, bad=batch.bad + notes, saved=())


def _read_batch(batch: _Batch) -> list[_Found]:
    """读几个文件、拆成文档，在各个处理器上做。"""
    if batch.saved:
        kept = (storage.decode(storage.Reading, saved) for saved in batch.saved)
        read = [one.renamed("", file) for one, (_, file) in zip(kept, batch.files, strict=True)]
    else:
        bad = {note.file: note for note in batch.bad}
        results = readers.read_files(batch.files, bad, together=not batch.careful)
        read = [storage.Reading(tuple(texts), tuple(notes), tuple(members)) for texts, notes, members in results]
    return [_outlined(reading, file, batch) for reading, (_, file) in zip(read, batch.files, strict=True)]


def _outlined(reading: storage.Reading, file: str, batch: _Batch) -> _Found:
    """拆成文档；一篇也拆不出的记一条。"""
    documents: list[Document] = []
    notes = list(reading.notes)
    for text in reading.texts:
        here(text.file)
        found = outline.documents(text, batch.schools)
        documents += found
        if not found:
            notes.append(readers.lost_note(text.file, "no_text"))
    saved = storage.encode(reading.renamed(file, "")) if batch.keep and reading.settled else None
    return _Found(tuple(documents), tuple(notes), reading.members, saved)


def _gathered(jobs: Sequence[tuple[Path, str]], found: Mapping[str, _Found], engine: object) -> Corpus:
    documents = [d for _, file in jobs for d in found[file].documents]
    notes = [n for _, file in jobs for n in found[file].notes]
    notes += [readers.lost_note(name, "lost") for _, file in jobs for name in _silent(file, found[file])]
    notes += _identical(documents)
    about: dict[str, tuple[Note, ...]] = {}
    for one in notes:
        about[one.file] = (*about.get(one.file, ()), one)
    return Corpus([replace(d, notes=about.get(d.file, ())) for d in documents], notes, engine=engine)


def _silent(file: str, found: _Found) -> list[str]:
    """没有下落的：既没有文档，也没有说明的文件；压缩包里的每个成员也要有（套着的压缩包，看它里面的）。"""
    known = {file} if found.documents or found.notes else set()
    for name in {d.file for d in found.documents} | {n.file for n in found.notes}:
        parts = name.split("!/")
        known |= {"!/".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
    return [name for name in dict.fromkeys((file, *found.members)) if name not in known]


def check_corpus(value: object) -> None:
    """审核、比较这些函数的第一个参数。抛出：UsageError，不是 Corpus。"""
    if not isinstance(value, Corpus):
        raise UsageError(f"第一个参数要是 jy.load 得到的 Corpus，给的是 {type(value).__name__}。")


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
    notes: dict[str, Note] = {}
    for document in sorted(documents, key=lambda d: len(d.file)):  # “计划 - 副本”是副本，“计划”是原件
        other = first.setdefault(document.meta.sha256, document.file)
        if other != document.file:
            message, advice = f"与“{other}”内容完全相同。", "请核对是否交错了文件；确系重复的，删去一份。"
            notes.setdefault(document.file, Note(document.file, "JY505", message, advice))
    return list(notes.values())


def _holds(value: object, wanted: object) -> bool:
    return value in wanted if isinstance(wanted, (list, tuple, set, frozenset)) else value == wanted
