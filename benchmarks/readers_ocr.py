"""认字的错误率和用时：几页不同的文字，每英寸 200 点，干净的、有噪点又歪一度的（左右各半）；另有测试包里的各种扫描件和有表的页。

用法：python benchmarks/readers_ocr.py [页数，默认 5]
错误率是改成一样最少要动的字数除以应有的字数，不计空白。
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pypdfium2  # noqa: E402

from benchmarks import generate  # noqa: E402
from jiaoyan_nlp.readers import ocr, read_file  # noqa: E402
from tests.pack import scan_cases  # noqa: E402
from tests.pack.expecting import bare  # noqa: E402
from tests.pack.scoring import error_rate, found_of  # noqa: E402
from tests.readers.making import paragraphs_of, pdf_of  # noqa: E402


def pages(count: int) -> list[tuple[bytes, str]]:
    """各页的图（200 点）和页上的字，一页是一篇的头一页。"""
    found = []
    for text in generate.texts(count):
        document = pypdfium2.PdfDocument(pdf_of(paragraphs_of(text.split("\n"))))
        words = bare(document[0].get_textpage().get_text_range())
        found.append((document[0].render(scale=200 / 72).to_pil().convert("RGB"), words))
    return found


def read(folder: Path, name: str, data: bytes) -> tuple[str, float]:
    """认出的字（不计空白）和用时（秒）。"""
    path = folder / name
    path.write_bytes(data)
    start = time.perf_counter()
    texts, _ = read_file(path, name)
    seconds = time.perf_counter() - start
    return "".join(found_of(texts[0])[0]) if texts else "", seconds


def compare_pages(folder: Path, count: int) -> None:
    images = pages(count)
    for title, limit, spoilt in (
        ("干净", scan_cases.CLEAN, lambda image, _: image),
        ("噪点、歪 1°", scan_cases.ROUGH, lambda image, n: scan_cases.rough(image, 1.0 if n % 2 else -1.0, seed=n)),
    ):
        rates, sizes, spent = [], [], 0.0
        for number, (image, words) in enumerate(images):
            found, seconds = read(folder, f"{number}.png", scan_cases.as_bytes(spoilt(image, number), "PNG"))
            rates.append(error_rate(found, words))
            sizes.append(len(words))
            spent += seconds
        whole = sum(rate * size for rate, size in zip(rates, sizes, strict=True)) / sum(sizes)
        print(
            f"{title}：{count} 页 {sum(sizes)} 字，错误率 {whole:.4f}（上限 {limit}），最差一页 {max(rates):.4f}，"
            f"平均每页 {spent / count:.1f} 秒",
            flush=True,
        )


def compare_cases(folder: Path) -> None:
    for case in scan_cases.cases():
        found, seconds = read(folder, case.file.rpartition("/")[2], case.data)
        rate = error_rate(found, bare("".join(case.texts[0].lines)))
        print(f"{case.file}：错误率 {rate:.4f}（上限 {case.ocr}），{seconds:.1f} 秒", flush=True)


def main() -> None:
    if not ocr.available():
        print('没有装认字的部分，跳过。安装：pip install "jiaoyan_nlp[ocr]"')
        return
    with tempfile.TemporaryDirectory() as folder:
        compare_pages(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 5)
        compare_cases(Path(folder))


if __name__ == "__main__":
    main()
