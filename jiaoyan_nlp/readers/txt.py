"""纯文本：整个文件就是文字，只把换行统一成 \\n。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jiaoyan_nlp.readers.decoding import decode
from jiaoyan_nlp.readers.settings import note, trouble
from jiaoyan_nlp.text import line_spans
from jiaoyan_nlp.types import Block, Extracted, Note

if TYPE_CHECKING:
    from jiaoyan_nlp.readers.building import Source
    from jiaoyan_nlp.readers.decoding import Decoded


def read(source: Source) -> Extracted:
    """读纯文本；每个非空行一个 Block。抛出：ReadError，不是文字或没有文字时。"""
    decoded = decode(source.data)
    if decoded is None:
        raise trouble("unknown")
    text = re.sub(r"\r\n?", "\n", decoded.text)
    spans = line_spans(text)
    if not spans:
        raise trouble("no_text")
    blocks = tuple(Block(start, end, paragraph=number) for number, (start, end) in enumerate(spans, 1))
    return Extracted(source.file, text, blocks, source.sha256, notes=tuple(decoding_notes(source.file, decoded)))


def decoding_notes(file: str, decoded: Decoded) -> list[Note]:
    """编码上要提醒的：有读不出的字节、还原过乱码。"""
    notes = []
    if decoded.lost:
        notes.append(note(file, "lossy", encoding=decoded.encoding, count=decoded.lost))
    if decoded.mojibake:
        notes.append(note(file, "mojibake", encoding=decoded.mojibake))
    return notes
