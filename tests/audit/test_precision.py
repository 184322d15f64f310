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
