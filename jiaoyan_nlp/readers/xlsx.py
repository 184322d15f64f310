"""Excel 表格：活动安排一类的表，一格一段，各工作表接着排。"""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING

from jiaoyan_nlp.readers.building import Builder, Place
from jiaoyan_nlp.readers.docx_package import Package
from jiaoyan_nlp.readers.settings import setting, trouble

if TYPE_CHECKING:
    from jiaoyan_nlp.readers.building import Source
    from jiaoyan_nlp.types import Extracted


def read(source: Source) -> Extracted:
    """读 xlsx；日期写成 2024-09-01。隐藏的工作表不读。抛出：ReadError，坏了、没有字。"""
    from openpyxl import load_workbook

    package = Package.open(source.data)
    for name in package.names:
        if name.endswith(".xml"):
            package.check(name)
    builder = Builder(source)
    try:
        book = load_workbook(io.BytesIO(source.data), read_only=True, data_only=True, keep_links=False)
    except (KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile) as error:
        raise trouble("broken", detail="工作簿的结构不完整") from error
    limit = int(setting("limits", "table_rows"))
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        builder.tables += 1
        sheet.reset_dimensions()
        for row_number, row in enumerate(sheet.iter_rows(max_row=limit), 1):
            for column, cell in enumerate(row, 1):
                if cell.value is None or not (text := written(cell.value)).strip():
                    continue
                place = Place(table=builder.tables, row=row_number, column=column)
                start = builder.offset
                builder.paragraph(text, place)
                builder.cell(place, start)
    book.close()
    return builder.finish(package.origin())


def written(value: object) -> str:
    """单元格的值写成字，同 Excel 里看到的：整数不带 .0，午夜的日期不带时刻，真假是 TRUE、FALSE。

    >>> import datetime
    >>> written(15.0), written(datetime.datetime(2024, 9, 1)), written("每周三")
    ('15', '2024-09-01', '每周三')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    return str(value)
