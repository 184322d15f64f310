"""文档网站的设置。make docs 建在 site/ 里，双击 site/index.html 就能看，不联网。"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

project = "jiaoyan_nlp"
language = "zh_CN"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["*.py"]
html_theme = "furo"
html_title = "jiaoyan_nlp 校本教研文档审核"
html_copy_source = False
html_show_sphinx = False
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
add_module_names = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
suppress_warnings = ["myst.header"]

# 文档字符串里另起一段的字：不空一行，网页上就会和上一句连起来
LISTED = 4
"""逐条写的参数缩进几格。"""
_PARTS = re.compile(r"(参数|返回|抛出|方法|来源|版式|用法)：")


def _paragraphs(app: Any, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:  # noqa: ANN401
    spaced: list[str] = []
    listing = False
    for line in lines:
        indent = len(line) - len(line.lstrip())
        begins = _PARTS.match(line) or (indent > 0) != listing
        listing = indent > 0
        if begins and spaced and spaced[-1]:
            spaced.append("")
        spaced.append(f"- {line.strip()}" if indent == LISTED else f"  {line.strip()}" if indent > LISTED else line)
    lines[:] = spaced


def setup(app: Any) -> None:  # noqa: ANN401
    """登记上面的处理。"""
    app.connect("autodoc-process-docstring", _paragraphs)
