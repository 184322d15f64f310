"""认字的错误率和用时：同一页总结，每英寸 200 点，干净的、有噪点又歪一度的、横放的。

用法：python benchmarks/readers_ocr.py
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from jiaoyan_nlp.readers import ocr, read_file  # noqa: E402
from tests.pack import scan_cases  # noqa: E402
from tests.pack.expecting import bare  # noqa: E402
from tests.pack.scoring import error_rate, found_of  # noqa: E402


def main() -> None:
    if not ocr.available():
        print('没有装认字的部分，跳过。安装：pip install "jiaoyan_nlp[ocr]"')
        return
    with tempfile.TemporaryDirectory() as folder:
        for case in scan_cases.cases():
            path = Path(folder, case.file.rpartition("/")[2])
            path.write_bytes(case.data)
            start = time.perf_counter()
            texts, notes = read_file(path, path.name)
            seconds = time.perf_counter() - start
            lines = found_of(texts[0])[0] if texts else []
            rate = error_rate("".join(lines), bare("".join(case.texts[0].lines)))
            unsure = sum(note.code == "JY502" for note in notes)
            print(
                f"{case.file:<18} 错误率 {rate:.4f}（上限 {case.ocr}） {seconds:5.1f} 秒 段落 {len(lines)}/{len(case.texts[0].lines)} JY502 {unsure} 条",
                flush=True,
            )


if __name__ == "__main__":
    main()
