"""审核的准确程度：两个样例区县里埋下的毛病（gold_flaws.csv），各印出每条规则的 P、R 和合计。

corpus/district 的规则作者看过；corpus/district2 由没有看过规则程序的人写，后来照着它改过规则，不再是没看过的；每条规则三处，另有近似而不是毛病的（near_misses.csv，
报了就是误报）和两可的（doubtful.csv，报不报都不计）。找到的一处与标的一处在同一篇、同一条规则、文字相交，就算对；
整篇的毛病只看在不在那一篇。用法：python benchmarks/audit.py [-v] [district|district2]
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import jiaoyan_nlp as jy  # noqa: E402

CORPUS = ROOT / "corpus"
DISTRICT = CORPUS / "district"
BLIND = CORPUS / "district2"
ONE = ("JY305", "JY207")
"""每篇至多报一处、指在哪里都行的规则。"""


@dataclass(frozen=True)
class Place:
    """一处毛病：学校的文件夹和文件名（没有后缀），规则，区间（整篇的是 None）。"""

    where: tuple[str, ...]
    rule: str
    span: tuple[int, int] | None
    said: str


def where(file: str) -> tuple[str, ...]:
    """学校的文件夹和文件名，去掉后缀；压缩包里的文件算在学校名下。"""
    path = PurePosixPath(file.replace("!/", "/"))
    parts = [p for p in path.parts if not p.endswith(".zip")]
    return (parts[-2], parts[-1].rsplit(".", 1)[0]) if "." in parts[-1] else (parts[-1],)


def find(text: str, quote: str) -> tuple[int, int] | None:
    """引文在文档里的区间；不计空白和表格的竖线，因为换过文件格式。"""
    kept = [n for n, c in enumerate(text) if not c.isspace() and c != "|"]
    at = "".join(text[n] for n in kept).find("".join(c for c in quote if not c.isspace() and c != "|"))
    size = sum(1 for c in quote if not c.isspace() and c != "|")
    return None if at < 0 or not size else (kept[at], kept[at + size - 1] + 1)


@dataclass(frozen=True)
class Result:
    """标的、找到的（两可的不算在内），各自有没有对上，全部的文档，报了的近似而不是毛病的。"""

    gold: list[Place]
    found: list[Place]
    hit: list[bool]
    right: list[bool]
    places: set[tuple[str, ...]]
    missed_traps: list[Place]
    traps: int


def compare(folder: Path = DISTRICT) -> Result:
    """审核样例区县，与标的对照。"""
    corpus = jy.load(folder / "上报", schools=folder / "schools.csv")
    templates = jy.load(CORPUS / "templates")
    before = folder / "往届"
    earlier = jy.load(before, schools=folder / "schools.csv") if before.is_dir() else None
    copies = jy.find_copies(corpus, templates=templates, earlier=earlier, official=jy.load(folder / "official"))
    folders = {row["school"]: row["folder"] for row in _table(folder / "schools.csv")}
    with tempfile.TemporaryDirectory() as temporary:
        config = Path(temporary) / "全列.toml"
        config.write_text("[thresholds]\nmost = 1000\n", encoding="utf-8")
        found = [_found(row, folders) for row in jy.audit(corpus, config, copies).to_dict("records")]
    texts = {where(d.file): d.text for d in corpus}
    gold, doubtful, traps = (
        [_gold(row, texts) for row in _table(folder / f"{name}.csv")]
        for name in ("gold_flaws", "doubtful", "near_misses")
    )
    hit = [any(_same(g, f) for f in found) for g in gold]
    found = [f for f in found if any(_same(g, f) for g in gold) or not any(_same(g, f) for g in doubtful)]
    right = [any(_same(g, f) for g in gold) for f in found]
    wrong = [f for f, ok in zip(found, right, strict=True) if not ok]
    fallen = [t for t in traps if any(_same(t, f) for f in wrong)]
    return Result(gold, found, hit, right, set(texts), fallen, len(traps))


def _table(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _found(row: dict[str, object], folders: dict[str, str]) -> Place:
    start, end = int(str(row["start"])), int(str(row["end"]))
    school = str(row["school"])
    place = where(str(row["file"])) if row["file"] else (folders.get(school, school),)
    return Place(place, str(row["rule"]), (start, end) if end else None, str(row["evidence"] or row["message"]))


def _gold(row: dict[str, str], texts: dict[tuple[str, ...], str]) -> Place:
    place = where(row["file"])
    span = find(texts.get(place, ""), row["quote"]) if row["quote"] else None
    return Place(place, row["rule"], span, row["quote"] or row["note"])


def _same(gold: Place, found: Place) -> bool:
    if gold.where != found.where or gold.rule != found.rule:
        return False
    if gold.span is None or found.span is None or gold.rule in ONE:
        return True
    return max(gold.span[0], found.span[0]) < min(gold.span[1], found.span[1])


def main() -> None:
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")]
    for folder in [CORPUS / name for name in wanted] or [DISTRICT, BLIND]:
        print(f"== {folder.name}")
        show(compare(folder))


def show(result: Result) -> None:
    """印出一个区县的结果。"""
    gold, found, hit, right = result.gold, result.found, result.hit, result.right
    rules: dict[str, Counter[str]] = defaultdict(Counter)
    for g, ok in zip(gold, hit, strict=True):
        rules[g.rule].update(gold=1, hit=ok)
    for f, ok in zip(found, right, strict=True):
        rules[f.rule].update(found=1, right=ok)
    for name in sorted(rules):
        c = rules[name]
        print(
            f"{name}  标 {c['gold']:>3}  报 {c['found']:>3}  {_rate('P', c['right'], c['found'])}  {_rate('R', c['hit'], c['gold'])}"
        )
    print(
        f"合计   标 {len(gold):>3}  报 {len(found):>3}  {_rate('P', sum(right), len(found))}  {_rate('R', sum(hit), len(gold))}"
    )
    flawed = {g.where for g in gold if g.rule != "JY402"}
    clean = result.places - flawed
    wrong = [f for f, ok in zip(found, right, strict=True) if not ok and f.where in clean]
    print(f"没有毛病的 {len(clean)} 篇里误报 {len(wrong)} 处，平均每篇 {len(wrong) / len(clean):.2f} 处")
    if result.traps:
        print(f"近似而不是毛病的 {result.traps} 处里误报 {len(result.missed_traps)} 处")
    if "-v" in sys.argv:
        for g, ok in zip(gold, hit, strict=True):
            if not ok:
                print(f"  漏 {g.rule} {'/'.join(g.where)}：{g.said[:60]}")
        for f, ok in zip(found, right, strict=True):
            if not ok:
                print(f"  误 {f.rule} {'/'.join(f.where)}：{f.said[:60]}")


def _rate(name: str, part: int, whole: int) -> str:
    return f"{name} {part / whole:.2f}" if whole else f"{name}   — "


if __name__ == "__main__":
    main()
