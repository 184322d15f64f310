"""读文件：任何路径 → 文字、段落、表格和来历。

用法：inputs 列出文件，groups 分成组，read_files 读一组；只读一个用 read_file。
"""

from jiaoyan_nlp.readers.paths import inputs, open_file
from jiaoyan_nlp.readers.reading import groups, read_file, read_files, tools
from jiaoyan_nlp.readers.settings import limit, lost_note

__all__ = ["groups", "inputs", "limit", "lost_note", "open_file", "read_file", "read_files", "tools"]
