"""雷同排查：谁抄了谁的哪一段，怎么改头换面的。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaoyan_nlp.reuse.report import CopyReport

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jiaoyan_nlp.types import Document

__all__ = ["CopyReport", "find_copies"]


def find_copies(
    corpus: Iterable[Document],
    templates: Iterable[Document] | None = None,
    earlier: Iterable[Document] | None = None,
    official: Iterable[Document] | None = None,
    engine: object = None,
) -> CopyReport:
    """找出一批文档互相之间、和模板、和往届材料雷同的片段。

    参数：
        corpus：上报的文档（Corpus 或一组 Document）。
        templates：范文、模板；earlier：往届的材料；official：上级文件的原文，照抄它不算抄。
        engine：只能是 None，用本机的 DuckDB。
    返回：CopyReport，六张表。抛出：UsageError，引擎不认识。
    """
    from jiaoyan_nlp.errors import UsageError
    from jiaoyan_nlp.reuse.pipeline import run

    if engine is not None:
        raise UsageError(f"不认识引擎 {engine!r}，请不写 engine，用本机的 DuckDB。")
    return run(corpus, templates or (), earlier or (), official or ())
