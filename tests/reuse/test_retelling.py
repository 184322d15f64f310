"""改写：句句换了说法、次序没变的找得到；谁写都差不多的一串话不算。"""

from __future__ import annotations

import pytest

from jiaoyan_nlp.reuse import find_copies
from tests.reuse.samples import OWN, PARAGRAPHS, document

SOURCE = (
    "科学组在操场东边辟出半亩菜地，每个班认领一垄。春天由学生自己挑种子，先查清楚什么时候播、隔多远种一棵。"
    "每天早上值日的两个人浇水，拿尺子量最高的那株，写进观察本。虫子咬了叶子不许打药，全班商量出办法再动手。"
    "收获那天称出斤两，卖给食堂，钱用来买下一季的种子。"
)
RETOLD = (
    "学校东侧的空地被科学老师改成了菜园，一个班管一垄。到了春季，种子由孩子们挑选，播种前要先弄清楚时令和株距。"
    "值日生两人一组，清早去浇水，用尺子给最高的一株量身高，再记到观察本上。叶子遭了虫咬，农药一律不用，得大家一起商量出对策才能动手。"
    "等到收获，过了秤卖给学校食堂，换来的钱留着买下一季种子。"
)


def test_a_paragraph_told_in_other_words_is_found_whole() -> None:
    thief = document("甲", f"{OWN[0]}\n{RETOLD}\n{OWN[1]}")
    source = document("范文", f"{OWN[2]}\n{SOURCE}\n{OWN[3]}")
    row = find_copies([thief], templates=[source]).passages.iloc[0]
    assert thief.text[row["start"] : row["end"]] == RETOLD
    assert source.text[row["source_start"] : row["source_end"]] == SOURCE
    assert row["kind"] == "paraphrase"


def test_the_same_sentences_in_no_order_are_no_paraphrase() -> None:
    other = "\n".join((OWN[2], *PARAGRAPHS[:1], OWN[3]))
    assert find_copies([document("甲", f"{OWN[0]}\n{RETOLD}")], templates=[document("范文", other)]).passages.empty


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "坚持全员参与的原则；坚持立足课堂的原则；坚持讲求实效的原则；坚持循序渐进的原则。",
            "坚持问题导向的原则；坚持分层推进的原则；坚持因地制宜的原则；坚持学用结合的原则。",
        ),
        (
            "第一条 教研组长每学期听课不少于十五节。第二条 教案提前一周写好。第三条 作业当天批完。第四条 缺席要请假。",
            "第一条 教师每两周交一次反思。第二条 备课本要有板书设计。第三条 试卷三天之内讲评。第四条 迟到扣分。",
        ),
    ],
)
def test_like_rules_are_no_paraphrase(one: str, other: str) -> None:
    report = find_copies([document("甲", f"{OWN[0]}\n{one}")], templates=[document("范文", f"{OWN[2]}\n{other}")])
    assert report.passages.empty


def test_two_identical_files_have_no_known_order() -> None:
    text = f"{OWN[0]}\n" + "\n".join(PARAGRAPHS)
    batch = [document(name, text, sha256="同一个") for name in ("甲", "乙")]
    assert set(find_copies(batch).passages["reasons"]) == {"两个文件一模一样，无法判断先后，只是按日期和文件名排的"}


def test_a_name_left_in_an_identical_file_tells_the_source() -> None:
    text = f"石榴小学教研计划\n{OWN[0]}\n石榴小学的做法：" + "\n".join(PARAGRAPHS)
    batch = [
        document("甲", text, school="石榴小学", sha256="同一个"),
        document("乙", text, school="白桦路小学", sha256="同一个"),
    ]
    passages = find_copies(batch).passages
    assert set(passages["document"]) == {"乙"}
    assert all("石榴小学" in reason for reason in passages["reasons"])
