"""标题、校名、别人给的名字，变成哪个系统都能用的文件名。"""

from __future__ import annotations

import re

UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff<>:"/\\|?*%\ufeff]')
"""路径分隔、控制字符、看不见的和改变书写方向的字符。"""
RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
"""Windows 留作设备名的。"""


def safe(name: str, longest: int | None = None) -> str:
    """能当文件名的写法，不能用的字换成“＿”；longest 是最多几个字。可能是空的。

    >>> safe("计划:<一>.docx"), safe("nul.txt"), safe(" 总结. ")
    ('计划＿＿一＿.docx', '＿nul.txt', '总结')
    """
    plain = UNSAFE.sub("＿", name)[:longest].strip().rstrip(". ")
    return f"＿{plain}" if RESERVED.match(plain) else plain
