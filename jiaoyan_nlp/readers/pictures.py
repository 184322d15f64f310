"""图片（png、jpg、bmp、tif，或 docx 里只有图片）：认字，再照 pdf 的办法连成段。"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from jiaoyan_nlp.errors import ReadError
from jiaoyan_nlp.readers import ocr
from jiaoyan_nlp.readers.building import Builder
from jiaoyan_nlp.readers.pdf_pages import Page, write_pages
from jiaoyan_nlp.readers.settings import note, setting, trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image

    from jiaoyan_nlp.readers.building import Source
    from jiaoyan_nlp.types import Extracted, Note


def read(source: Source) -> Extracted:
    """读一张图片（tif 可以有几页）。抛出：ReadError，没装 ocr 部分、坏了、图里没有成篇的字。"""
    if not ocr.available():
        raise trouble("picture")
    builder = Builder(source)
    write_pictures(builder, [source.data])
    if not builder.offset:
        raise trouble("photo")
    return builder.finish()


def write_pictures(builder: Builder, pictures: Sequence[bytes]) -> None:
    """认出各张图片里的字，写进 builder；一张图一页。抛出：ReadError，一张也打不开。"""
    pages: list[Page] = []
    lost = 0
    for data in pictures:
        try:
            for image in _frames(data):
                pages.append(_page(image, len(pages) + 1))
        except ReadError:
            lost += 1
    if lost == len(pictures):
        raise trouble("broken", detail="图片打不开")
    if lost:
        builder.notes.append(note(builder.source.file, "partial", detail=f"有 {lost} 张图片打不开"))
    if sum(len(part.text) for page in pages for part in page.parts) < setting("ocr", "characters"):
        return
    write_pages(builder, pages)
    builder.notes += doubts(builder)


def doubts(builder: Builder) -> list[Note]:
    """认字把握不大的，记一条 JY502。"""
    unsure = builder.unsure(setting("ocr", "sure"))
    if not unsure:
        return []
    page, words = unsure[0]
    shown = words[:20] + ("……" if len(words) > 20 else "")
    return [note(builder.source.file, "unsure", count=len(unsure), page=page or 1, words=shown)]


def _frames(data: bytes) -> Iterator[Image]:
    """图片的各帧，照拍摄方向转正；太大的缩小。抛出：ReadError。"""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "BMP", "TIFF", "GIF", "WEBP")) as picture:
            if picture.width * picture.height > setting("ocr", "pixels"):
                raise trouble("broken", detail="图片大得不正常")
            pages = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1  # 动画只看第一帧
            for number in range(min(pages, int(setting("ocr", "pages")))):
                picture.seek(number)
                frame = ImageOps.exif_transpose(picture).convert("RGB")
                frame.thumbnail((int(setting("ocr", "side")),) * 2)
                yield frame
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise trouble("broken", detail="图片打不开") from error


def _page(image: Image, number: int) -> Page:
    import numpy as np

    # rapidocr 的模型按 OpenCV 的次序（蓝绿红）
    lines, grids = ocr.recognise(np.ascontiguousarray(np.asarray(image)[:, :, ::-1]))
    return Page(number, image.width, image.height, lines, grids=grids)
