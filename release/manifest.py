"""照 data/ 里现有的文件重写清单：python -m release.manifest。改了词表、规则、模型以后做一次。"""

from __future__ import annotations

from jiaoyan_nlp.integrity import write_manifest

if __name__ == "__main__":
    write_manifest()
