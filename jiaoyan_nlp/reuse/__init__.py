"""雷同排查：谁抄了谁的哪一段，怎么改头换面的。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaoyan_nlp.reuse.report import CopyReport

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from jiaoyan_nlp.types import Document

__all__ = ["CopyReport", "find_copies", "save_index"]


def find_copies(
    corpus: Iterable[Document],
    templates: Iterable[Document] | str | Path | None = None,
    earlier: Iterable[Document] | str | Path | None = None,
    official: Iterable[Document] | str | Path | None = None,
    engine: object = None,
) -> CopyReport:
    """找出一批文档互相之间、和模板、和往届材料雷同的片段。

    参数：
        corpus：上报的文档（Corpus 或一组 Document）。
        templates：范文、模板；earlier：往届的材料；official：上级文件的原文，照抄它不算抄。三样都可以是一组文档，
            也可以是 Corpus.save 或 save_index 存下的文件；save_index 存的带着指纹，只比这一批，不必从头算。
        engine：不写或 "local" 用本机（多进程和 DuckDB）；"spark" 或一个 SparkSession 用 Spark，结果一样。
    返回：CopyReport，六张表。
    抛出：UsageError，引擎不认识，或没有装 Spark；PathError、DataError，存下的文件打不开。
    """
    from jiaoyan_nlp.engines import chosen
    from jiaoyan_nlp.reuse.pipeline import run

    return run(corpus, templates or (), earlier or (), official or (), chosen(engine))


def save_index(corpus: Iterable[Document], path: str | Path) -> None:
    """把范文或往届的材料连同指纹存成一个文件，交给 find_copies 的 templates= 或 earlier=。

    参数：corpus 是 Corpus 或一组 Document；path 是存盘的文件（如 范文库.jiaoyan，jy.open 也打得开）。
    抛出：PathError，文件夹不在或不可写。

    例：jy.save_index(jy.load("范文"), "范文库.jiaoyan")
    """
    from jiaoyan_nlp.reuse.archive import save
    from jiaoyan_nlp.reuse.search import aged

    save(aged(corpus), path)
