"""读文件：任何路径 → 文字、段落、表格和来历。用法只有两步：inputs 列出文件，read_file 读一个文件。"""

from jiaoyan_nlp.readers.paths import inputs
from jiaoyan_nlp.readers.reading import read_file

__all__ = ["inputs", "read_file"]
