"""拼贴、数量、来历分开报。"""

from __future__ import annotations

from jiaoyan_nlp.reuse import find_copies
from jiaoyan_nlp.reuse.numerals import quantities
from tests.reuse.samples import OWN, PARAGRAPHS, document


def said(text: str) -> set[str]:
    return {word for _, _, word in quantities(text)}


def test_the_same_length_of_time_is_one_quantity() -> None:
    for one, other in (
        ("一刻钟", "15分钟"),
        ("每月", "三十天"),
        ("每周", "一星期"),
        ("半年", "一学期"),
        ("两年", "两个年度"),
    ):
        assert said(one) & said(other), (one, other)


def test_dates_and_week_numbers_are_no_length_of_time() -> None:
    for text in ("第2周", "十月", "二〇二四年"):
        assert not any(word.startswith("时") for word in said(text)), text


def test_interleaved_sources_are_both_named_over_the_whole_mosaic() -> None:
    a, b = (paragraph.split("，") for paragraph in (PARAGRAPHS[1], PARAGRAPHS[3]))
    mixed = (
        "。".join(("，".join(a[:3]), "，".join(b[:3]), "，".join(a[3:]).rstrip("。"), "，".join(b[3:]).rstrip("。")))
        + "。"
    )
    thief = document("甲", f"{OWN[0]}\n{mixed}\n{OWN[1]}")
    passages = find_copies(
        [thief], templates=[document("范一", PARAGRAPHS[1]), document("范二", PARAGRAPHS[3])]
    ).passages
    assert set(passages["source_document"]) == {"范一", "范二"}
    assert set(passages["kind"]) == {"mosaic"}
    at = thief.text.index(mixed)
    for row in passages.to_dict("records"):
        assert abs(row["start"] - at) <= 20
        assert abs(row["end"] - at - len(mixed)) <= 20


def test_numbers_alone_are_no_paraphrase() -> None:
    norms = "组长每学期听课二十五节，教师听课十六节。每月写反思两篇，每两周教研一次。论文每年一篇，八百字以上。"
    other = "每位教师每学期至少观摩十六堂，骨干二十五堂。两周开一次例会，月月交反思两份。一年发一篇八百字的稿子。"
    passages = find_copies(
        [document("甲", f"{OWN[0]}\n{norms}")], templates=[document("范文", f"{OWN[2]}\n{other}")]
    ).passages
    assert passages.empty


def test_dates_are_no_quantities_however_they_are_cut() -> None:
    for text in ("2023年", "十二月底", "第三十二条", "15日", "二十五章"):
        assert not any(word.startswith("数") for word in said(text)), text
    assert said("听课32节，来了一百二十人") >= {"数32", "数120"}


def test_two_schools_with_like_rules_are_not_accused() -> None:
    rules = (
        "升旗要整队进场，保持肃静。午睡前清点人数，关好门窗。户外活动每天不少于两小时，注意动静交替。"
        "放学时排队出校门，交给家长。晚间由值班人员巡查一遍，记录备查。"
    )
    other = (
        "早晨到校先擦桌椅，再开窗透气。户外活动每天不少于两小时，器材由体育老师检查。课间不追逐，注意动静交替。"
        "午餐不说话，不剩饭。放学按路队走，班主任送到路口，看着家长接走。"
    )
    passages = find_copies(
        [document("甲", f"{OWN[0]}\n{rules}")], templates=[document("范文", f"{OWN[2]}\n{other}")]
    ).passages
    assert passages.empty


def test_like_addresses_of_web_sites_are_no_copy() -> None:
    one, other = (f"{own}\n本文来自 http://www.example.com/jiaoyan/fanwen/{n}.html" for n, own in enumerate(OWN[:2]))
    assert find_copies([document("甲", one), document("乙", other)]).passages.empty
