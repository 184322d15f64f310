"""看着像、其实不是毛病的：引号里说到的字样、重交的副本、学区合写的计划、少了才好的数。"""

from __future__ import annotations

import jiaoyan_nlp as jy
from tests.conftest import one

TITLE = "青禾小学2024—2025学年第一学期校本教研"


def rules(*lines: str, kind: str = "计划", file: str = "青禾小学/计划.txt") -> set[str]:
    return set(jy.audit(jy.Corpus([one("\n".join([TITLE + kind, *lines]), file)]))["rule"])


def test_words_in_quotes_are_mentioned_not_left_over():
    assert not {"JY201", "JY202"} & rules("文末写着“点击下载”的材料一律退回，姓名栏写“XX”的也退回。")
    assert {"JY202"} <= rules("浏览次数：1203　转载请注明出处")
    assert {"JY201"} <= rules("评选优秀教研组X个。")


def test_a_copy_handed_in_twice_is_audited_once(tmp_path):
    folder = tmp_path / "青禾小学"
    folder.mkdir()
    for name in ("计划.txt", "计划 - 副本.txt"):
        (folder / name).write_text(f"{TITLE}计划\n一、目标\n每人每学期听课XX节。", encoding="utf-8")
    found = jy.audit(jy.load(tmp_path))
    assert list(found.loc[found["rule"] == "JY505", "file"]) == [(folder / "计划 - 副本.txt").as_posix()]
    assert set(found.loc[found["rule"] == "JY201", "file"]) == {(folder / "计划.txt").as_posix()}


def test_less_is_better_for_some_figures():
    short = "不合格的听课本由期初的七成降到一成，低于原定的两成。"
    assert "JY402" not in rules("一、成效", short, kind="总结", file="青禾小学/总结.txt")
    assert "JY402" in rules("一、成效", "公开课计划9节，实际上了8节。", kind="总结", file="青禾小学/总结.txt")


def test_the_list_under_the_last_heading_is_no_second_document():
    body = "\n".join(
        f"{n}、第{n}项工作\n这一项做了很多事，" + "各组都写出了自己的做法和数字。" * 12 for n in "一二三四五"
    )
    (document,) = [
        one(f"{TITLE}总结\n{body}\n六、寒假以后\n一，继续做交换读。\n二，学情图由各科轮值。\n三，案例写完。")
    ]
    assert "学情图" in document.text


def test_what_was_done_is_no_achievement():
    done = ["一、集体备课", "每周二下午备课，各十八次，主备人先读讲稿，其余的人提问。"]
    assert "JY105" in rules(*done, kind="总结", file="青禾小学/总结.txt")
    assert "JY105" not in rules(
        *done, "二、取得的成绩", "数学组获区优秀教研组。", kind="总结", file="青禾小学/总结.txt"
    )


def test_the_title_of_a_lesson_is_no_research_project():
    assert "JY307" in rules("听课记录要写清日期、班级、课题、教学的步骤。")
    assert "JY307" not in rules("听课记录要写清日期、班级、课题。申报一项校级课题。")


def test_the_same_thing_counted_twice_need_not_be_a_known_activity():
    twice = ("一、要求", "每位教师完成错题卡片不少于四张。", "二、考核", "错题卡片不少于三张的方可评优。")
    assert "JY309" in rules(*twice)
    assert "JY309" not in rules(twice[0], twice[1], twice[2], "其中低年级错题卡片不少于三张。")


def test_a_number_repeated_and_then_carried_on_is_one_fault():
    lines = ("一、目标", "听课十节。", "二、内容", "备课。", "二、形式", "说课。", "四、保障", "考核。")
    frame = jy.audit(jy.Corpus([one("\n".join([TITLE + "计划", *lines]), "青禾小学/计划.txt")]))
    assert list(frame.loc[frame["rule"] == "JY111", "evidence"]) == ["二、"]


def test_a_project_planned_and_never_mentioned_again():
    plan = one(f"{TITLE}计划\n一、措施\n要重视课题研究，引导教师从课堂里找问题、做课题。", "青禾小学/计划.txt")
    summary = one(f"{TITLE}总结\n一、做法\n每周二下午集体备课，共十八次，教师听课二十节。", "青禾小学/总结.txt")
    frame = jy.audit(jy.Corpus([plan, summary]))
    assert any("课题" in words for words in frame.loc[frame["rule"] == "JY401", "evidence"])
