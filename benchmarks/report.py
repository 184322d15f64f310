"""报告的用时和大小：60 所学校、各一份计划一份总结，结果都在手头时写网页和 Excel 各要多久、多大，网页在浏览器里多久能用。

用法：python benchmarks/report.py [学校数] [报告存放的文件夹]
浏览器的数要先装 Chromium 和 playwright；没有装就不量。
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import browser, generate

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
READY = """() => { const seen = performance.getEntriesByType("navigation")[0];
  return [seen.domInteractive, seen.domContentLoadedEventEnd, seen.loadEventEnd]; }"""


def district(folder: Path, schools: int) -> Path:
    """造一个区县：每校一个文件夹，计划、总结各一份；返回学校名单。"""
    rows = ["school,aliases,level,place,folder"]
    for number, text in enumerate(generate.texts(2 * schools)):
        name = f"枫林区第{number // 2 + 1}小学"
        home = folder / "上报" / name
        home.mkdir(parents=True, exist_ok=True)
        kind = "计划" if number % 2 else "总结"
        (home / f"{kind}.txt").write_text(text.replace(f"第{number}号学校", name), encoding="utf-8")
        if number % 2:
            rows.append(f"{name},,小学,枫林区,{name}")
    listed = folder / "schools.csv"
    listed.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return listed


def timed(name: str, work):
    """做一件事，印出用时和处理器时间（机器忙的时候看后一个）。"""
    start, spent = time.perf_counter(), time.process_time()
    result = work()
    print(f"{name:<14}{time.perf_counter() - start:7.2f} 秒（处理器 {time.process_time() - spent:.2f} 秒）", flush=True)
    return result


def interactive(page: Path) -> None:
    """打开三次，印出从打开到能点能筛的毫秒数，取中间的一次；再量筛选、展开各要多久。"""
    with browser.started() as program, browser.opened(program, 1280) as tab:
        times = []
        for _ in range(3):
            tab.goto(page.as_uri())
            times.append(tab.evaluate(READY))
        ready, parsed, loaded = sorted(times)[1]
        print(f"浏览器：读完 {ready:.0f} 毫秒，脚本跑完 {parsed:.0f} 毫秒，全部载入 {loaded:.0f} 毫秒（要求 1500）")
        start = time.perf_counter()
        tab.fill("#find", "第12")
        tab.wait_for_selector("#table tbody tr[hidden]", state="attached")
        print(f"筛选 {1000 * (time.perf_counter() - start):.0f} 毫秒")
        start = time.perf_counter()
        tab.click("#table tbody tr:not([hidden]) a")
        tab.wait_for_selector("details.school[open]")
        print(f"打开一校 {1000 * (time.perf_counter() - start):.0f} 毫秒")


def main() -> None:
    import jiaoyan_nlp as jy

    schools = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        home = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder)
        listed = district(Path(folder), schools)
        corpus = timed("载入", lambda: jy.load(Path(folder) / "上报", schools=listed))
        copies = timed("查重", lambda: jy.find_copies(corpus, templates=jy.load(CORPUS / "templates")))
        findings = timed("审核", lambda: jy.audit(corpus, copies=copies))
        comparison = timed("比较", lambda: jy.compare(corpus))
        timed("特有用词", lambda: comparison.distinctive)
        follow_up = timed("兑现", lambda: jy.follow_up(corpus))
        for suffix in ("html", "xlsx"):
            path = home / f"审核报告.{suffix}"
            timed(
                f"写 {suffix}",
                lambda path=path: jy.report(
                    corpus, path, copies=copies, findings=findings, comparison=comparison, follow_up=follow_up
                ),
            )
            print(
                f"{len(corpus)} 篇，{len(findings)} 处问题，{len(copies.passages)} 段相同：{path.stat().st_size / 1e6:.2f} MB"
            )
        if browser.path():
            interactive(home / "审核报告.html")


if __name__ == "__main__":
    main()
