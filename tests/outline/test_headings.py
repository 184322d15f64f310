from __future__ import annotations

import pytest

from tests.conftest import one

BODY = "每两周集中一次，先听一节课，再围绕课上的一个问题谈半小时，谈完写进记录本。"


def tree(text: str) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.title) for s in one(text).sections if s.title]


def test_levels_follow_nesting():
    text = f"一、抓学习\n（一）读书\n1、共读\n{BODY}\n2、自读\n{BODY}\n（二）听讲\n{BODY}\n二、抓课堂\n{BODY}"
    assert tree(text) == [
        (1, "一、", "抓学习"), (2, "（一）", "读书"), (3, "1、", "共读"), (3, "2、", "自读"), (2, "（二）", "听讲"), (1, "二、", "抓课堂"),
    ]  # fmt: skip


def test_a_level_left_out():
    assert [level for level, _, _ in tree(f"一、学习\n1.共读\n{BODY}\n2.自读\n{BODY}\n二、课堂\n{BODY}")] == [
        1,
        2,
        2,
        1,
    ]


@pytest.mark.parametrize(
    "label",
    ["一、", "一. ", "（一）", "(一)", "1、", "1.", "1．", "（1）", "1)", "①", ">>>一、", "- 1、", "第一部分 ", "壹、"],
)
def test_numbering_styles(label):
    assert tree(f"{label}课堂教学求实效\n{BODY}\n{BODY}")[0][2] == "课堂教学求实效"


def test_run_in_headings():
    document = one(f"一、研修内容\n1、读书交流。{BODY}\n2、研修目标：通过共读，让每位教师都能说出自己的理解。")
    run_in = [(s.title, s.run_in) for s in document.sections if s.level == 2]
    assert run_in == [("读书交流", True), ("研修目标", True)]


def test_second_heading_on_the_same_line():
    assert [t for _, _, t in tree(f"一、指导思想\n以课标为准。二、研修目标\n{BODY}")] == ["指导思想", "研修目标"]


def test_items_are_no_headings():
    assert [t for _, _, t in tree("一、十月安排\n1、听随堂课，记录。\n2、校内赛课;\n3、写反思；")] == ["十月安排"]


def test_a_last_item_of_one_sentence_is_content():
    text = (
        "三、不足之处\n1、听课不够。有的老师一学期只听了三四节，记录也不全，评课时说不出道理。\n"
        "2、书报太少，无钱添置。\n\n回头看这一学期，大家都出了力，下学期要接着把这几件事做细。"
    )
    assert [title for _, _, title in tree(text)] == ["不足之处", "听课不够"]
    alone = text.replace("听课不够。有的老师", "听课不够。\n有的老师")
    assert [title for _, _, title in tree(alone)] == ["不足之处", "听课不够", "书报太少，无钱添置"]


def test_a_short_first_sentence_among_full_ones_is_content():
    text = f"""一、主要措施
1、每位教师每学期听课不少于十五节，听后当天与授课教师交换意见，写好听课记录。{BODY}
2、各组每月围绕一个小问题集中研讨一次，由组内教师轮流主讲，其余教师补充。{BODY}
3、开展读书活动。{BODY}
4、青年教师每学期上一节汇报课，由师傅先听先评，再向全组开放。{BODY}"""
    assert [title for _, _, title in tree(text)] == ["主要措施"]
    topics = f"一、主要措施\n1、抓好听课。{BODY}\n2、抓好研讨。{BODY}\n3、开展读书活动。{BODY}"
    assert [title for _, _, title in tree(topics)] == ["主要措施", "抓好听课", "抓好研讨", "开展读书活动"]


def test_months_and_people():
    text = f"三、安排\n九月份：\n1、制定计划。\n2、听课。\n十月份：\n1、赛课。\n四、小组\n组长：李海岚\n成员：王一鸣\n{BODY}"
    assert [t for _, _, t in tree(text)] == ["安排", "九月份", "十月份", "小组"]


def test_parents_and_spans():
    document = one(f"一、学习\n（一）读书\n{BODY}\n二、课堂\n{BODY}")
    learning, reading, lessons = document.sections
    assert (learning.parent, reading.parent, lessons.parent) == (None, learning.index, None)
    assert document.text[learning.start : learning.end].endswith(BODY)
    assert learning.end <= lessons.start
    assert document.text[reading.title_start : reading.title_end] == "（一）读书"
