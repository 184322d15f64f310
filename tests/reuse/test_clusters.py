"""clusters 表是一棵树：父本是抄得最多的那篇，几代都连到同一个祖本。"""

from __future__ import annotations

from jiaoyan_nlp.reuse import find_copies
from tests.reuse.samples import OWN, PARAGRAPHS, TEMPLATE, document


def test_several_generations_go_back_to_one_ancestor() -> None:
    texts = {
        "一": "\n".join(PARAGRAPHS),
        "二": "\n".join([*PARAGRAPHS[:3], OWN[0]]),
        "三": "\n".join([*PARAGRAPHS[:2], OWN[0], OWN[1]]),
    }
    dates = {"一": "2024-09-01", "二": "2024-09-08", "三": "2024-09-15"}
    docs = [document(name, text, date=dates[name], term="2024-2025-1") for name, text in texts.items()]
    rows = find_copies(docs).clusters.set_index("document")
    assert rows["cluster"].nunique() == 1
    assert rows["parent"].isna().sum() == 1
    assert rows.loc["二", "parent"] == "一"
    for name in "二三":
        seen = [name]
        while isinstance(parent := rows.loc[seen[-1], "parent"], str):
            assert parent not in seen
            seen.append(parent)
        assert seen[-1] == "一"


def test_a_template_is_the_root_and_keeps_its_part() -> None:
    docs = [document(n, f"{OWN[i]}\n{PARAGRAPHS[i]}") for i, n in enumerate("甲乙丙")]
    rows = find_copies(docs, templates=[document("范文", TEMPLATE)]).clusters.set_index("document")
    assert rows.loc["范文", "part"] == "template"
    assert rows.loc["范文", "copied_share"] == 0
    assert set(rows.loc[["甲", "乙", "丙"], "parent"]) == {"范文"}
    assert set(rows.loc[["甲", "乙", "丙"], "part"]) == {"batch"}


def test_unrelated_families_stay_apart_and_loners_stay_out() -> None:
    docs = [
        document("甲", f"{PARAGRAPHS[0]}\n{OWN[0]}"),
        document("乙", PARAGRAPHS[0]),
        document("丙", f"{PARAGRAPHS[3]}\n{OWN[1]}"),
        document("丁", PARAGRAPHS[3]),
        document("戊", OWN[2]),
    ]
    rows = find_copies(docs).clusters.set_index("document")
    assert "戊" not in rows.index
    assert rows.loc["甲", "cluster"] == rows.loc["乙", "cluster"]
    assert rows.loc["丙", "cluster"] == rows.loc["丁", "cluster"]
    assert rows["cluster"].nunique() == 2
