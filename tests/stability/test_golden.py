"""样例区县从头到尾的结果：问题、雷同、记分卡。变了要由人看过：pytest tests/stability --rewrite-golden，再看 git diff。"""

from __future__ import annotations

import pytest

import jiaoyan_nlp as jy
from tests.conftest import DISTRICT, ROOT, TEMPLATES

pytestmark = pytest.mark.xdist_group("stability")  # 共用算好的结果，不分到几个进程里各算一遍

GOLDEN = ROOT / "tests" / "golden"
SHOWN = 60
"""引文最多几个字。"""


@pytest.fixture(scope="module")
def results(district):
    copies = jy.find_copies(district, templates=jy.load(TEMPLATES))
    findings = jy.audit(district, copies=copies)
    return {
        "district_findings.txt": findings_text(findings),
        "district_copies.txt": copies_text(copies),
        "district_scores.txt": scores_text(jy.score_card(findings)),
    }


@pytest.mark.parametrize("name", ["district_findings.txt", "district_copies.txt", "district_scores.txt"])
def test_end_to_end(results, name, request):
    path = GOLDEN / name
    if request.config.getoption("--rewrite-golden"):
        path.write_text(results[name], encoding="utf-8", newline="\n")
    assert results[name] == path.read_text(encoding="utf-8")


def findings_text(findings) -> str:
    lines: list[str] = []
    for file, group in findings.groupby("file", sort=False):
        lines += ["", f"【{short(file)}】"]
        for row in group.to_dict("records"):
            place = "整篇" if row["start"] == row["end"] else f"{row['start']}–{row['end']}"
            lines.append(
                f"{row['rule']} {row['name']}（{row['severity']}，{place}）：{row['message']}｜{quoted(row['evidence'])}"
            )
    return "\n".join(lines).lstrip() + "\n"


def copies_text(copies) -> str:
    lines = [
        f"{short(row['file'])} {row['start']}–{row['end']} 抄 {short(row['source_file'])} "
        f"{row['source_start']}–{row['source_end']}（{row['kind']}，{row['similarity']:.2f}）｜{quoted(row['text'])}"
        for row in copies.passages.to_dict("records")
    ]
    return "\n".join(lines) + "\n"


def scores_text(card) -> str:
    return (
        "\n".join("　".join(f"{name}={value}" for name, value in row.items()) for row in card.to_dict("records")) + "\n"
    )


def short(file: str) -> str:
    for folder in (DISTRICT, TEMPLATES):
        file = file.removeprefix(f"{folder}/")
    return file


def quoted(text: str) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= SHOWN else line[:SHOWN] + "……"
