"""每条规则一个该报的例子、一个相近而不该报的例子。"""

from __future__ import annotations

import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.outline import documents
from tests.conftest import extracted

WHOLE_PLAN = """青禾小学2024—2025学年第一学期校本教研工作计划
一、工作目标
1、力争使全体教师的课堂教学能力有明显提高。
二、组织分工
组长：李海岚
副组长：王一鸣
三、主要活动
1、集体备课。每周三下午组织一次集体备课活动，主备人先说设想，大家再补充。
2、听课评课。每位教师每学期听课不少于15节，听后当天评课，把意见记在听课本上。
3、课题研究。继续做好县级课题《农村小学习作起步的研究》，十一月交中期报告。
4、教学反思。每人每月写一篇教学反思，由教研组长检查。
四、活动安排
九月份：
1、制定各组计划。
2、新教师上汇报课。
十月份：
1、开展同课异构活动。
2、组织青年教师基本功竞赛。
五、保障制度
1、严格执行教研活动签到制度和考核制度，结果纳入绩效。
2、每学期拨出三千元，用于购买书籍和外出学习。
全校二十六位教师分成语文、数学、综合三个教研组，每组有一位行政人员参加活动，活动记录期末交教导处存档，谁没有完成任务，谁在例会上说明原因。
"""
WHOLE_SUMMARY = """青禾小学2024—2025学年第一学期校本教研工作总结
一、主要做法
1、组织集体备课十六次，每次都有主备人发言，教案在组内共用。
2、人均听课18节，听后评课，教导处抽查听课本四次。
3、围绕县级课题《农村小学习作起步的研究》上了六节研究课。
4、教师每月写一篇教学反思，评出优秀反思十二篇。
二、取得的成绩
1、通过一学期的活动，教师的课堂教学能力有了明显提高，学生的习作兴趣明显增强。
2、李海岚老师获县优质课一等奖。
三、存在的问题
1、部分教师参与评课的积极性不高，评课流于形式。
2、课题组的资料整理不及时。
四、改进措施
1、下学期评课要求人人发言，由教研组长当场记录，期末考核。
2、每月最后一周由专人整理课题资料，教导处检查。
全校教师将继续把功夫下在课堂上，让每一次教研活动都解决一个实际的小问题，让每一位教师都有自己的收获，让每一个学生都因此受益，这是我们最看重的事情。
十一月二十日，全校教师到中心小学听了两节作文指导课，回校后每个人写了听课体会，教研组长选出五篇在例会上交流，大家对怎样指导学生选材有了具体的办法。
"""


def rules(text: str, **options: str) -> set[str]:
    return set(frame(text, **options)["rule"])


def frame(text: str, **options: str):
    return jy.audit(jy.Corpus(documents(extracted(text))), **options)


def without(text: str, *parts: str) -> str:
    """去掉写着某些字的行。"""
    return "\n".join(line for line in text.split("\n") if not any(part in line for part in parts))


def test_whole_documents_are_clean():
    assert rules(WHOLE_PLAN) == set()
    assert rules(WHOLE_SUMMARY) == set()


FIRING = {
    "JY101": without(WHOLE_PLAN, "组长", "组织分工", "主备人"),
    "JY102": without(WHOLE_PLAN, "目标", "力争"),
    "JY103": without(WHOLE_PLAN, "月", "活动安排", "周三", "十"),
    "JY104": without(WHOLE_PLAN, "保障", "制度", "三千元", "检查"),
    "JY105": without(WHOLE_SUMMARY, "成绩", "提高", "一等奖", "受益", "听了两节"),
    "JY106": without(WHOLE_SUMMARY, "问题", "流于形式", "不及时"),
    "JY107": without(WHOLE_SUMMARY, "改进", "下学期", "每月最后", "将继续"),
    "JY109": WHOLE_PLAN.replace("五、保障制度\n", "五、保障制度\n六、经费使用\n").replace("六、经费使用\n", "")
    + "六、经费使用\n",
    "JY110": "青禾小学校本教研计划\n一、目标\n力争使全体教师的课堂教学能力有明显提高。",
    "JY111": WHOLE_PLAN.replace("四、活动安排", "五、活动安排"),
    "JY201": WHOLE_PLAN.replace("李海岚", "XXX"),
    "JY202": WHOLE_PLAN + "\n【教研计划】相关文章：\n",
    "JY203": WHOLE_PLAN.replace("交中期报告。", "交经过修改的 。"),
    "JY204": WHOLE_PLAN.replace("全体教师的课堂", "全体教师的'课堂"),
    "JY205": WHOLE_PLAN.replace("1、集体备课。", "1、群众备课。"),
    "JY301": "青禾小学校本教研计划\n一、目标\n"
    + "力争使全体教师的课堂教学能力有明显提高，切实加强学习，不断更新观念，努力形成浓厚的教研氛围。" * 14,
    "JY302": without(WHOLE_PLAN, "每位教师每学期", "每周三", "每人每月", "三千元", "三个教研组"),
    "JY304": without(WHOLE_PLAN, "听课评课", "课题研究", "教学反思", "汇报课", "同课异构", "竞赛", "书籍", "教研组"),
    "JY305": without(WHOLE_SUMMARY, "评课").replace("二、", "2、人均听课18节。\n二、"),
    "JY306": without(WHOLE_PLAN, "月份", "每周三", "十一月", "每人每月", "活动安排"),
    "JY307": without(WHOLE_PLAN, "课题"),
    "JY308": without(WHOLE_PLAN, "反思"),
    "JY601": WHOLE_PLAN.replace("组长：李海岚", "组长：李海岚（13900001234）"),
}


@pytest.mark.parametrize("code", FIRING)
def test_rule_fires(code):
    assert code in rules(FIRING[code])


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("JY201", "县级课题", "XML格式的课题"),
        ("JY201", "五、保障制度", "********\n五、保障制度"),
        ("JY203", "组长：李海岚", "组　长：李海岚"),
        ("JY204", "《农村小学习作起步的研究》", "'农村小学习作起步的研究'"),
        ("JY205", "大家再补充", "请群众代表参加，收集资料，再补充"),
        ("JY205", "由教研组长检查", "由教研组长用心检查，潜力生的作业面批"),
        ("JY601", "县级课题", "县级课题（编号20240913579）"),
        ("JY202", "王一鸣", "王一编"),
    ],
)
def test_near_misses_stay_silent(code, before, after):
    assert before in WHOLE_PLAN
    assert code not in rules(WHOLE_PLAN.replace(before, after))


def test_findings_point_at_the_words():
    text = (
        WHOLE_PLAN.replace("全体教师的课堂", "全体教师的'课堂")
        .replace("李海岚", "XXX")
        .replace("集体备课。", "群众备课。")
    )
    found = frame(text)
    (document,) = documents(extracted(text))
    pointed = found[found["end"] > found["start"]]
    assert {"JY201", "JY204", "JY205"} <= set(pointed["rule"])
    assert all(document.text[r.start : r.end] == r.evidence for r in pointed.itertuples())
    assert found["message"].str.endswith("。").all() and found["advice"].str.endswith("。").all()


def test_many_hits_are_counted_in_the_last_row():
    found = frame(WHOLE_PLAN + "\n".join(f"成员XX{i}号。" for i in range(30)))
    rows = found[found["rule"] == "JY201"]
    assert len(rows) == 10
    assert rows.iloc[-1]["message"].endswith("（同类的还有 20 处。）")


def test_settings(tmp_path):
    path = tmp_path / "我区.toml"
    path.write_text('off = ["JY307"]\n[severity]\nJY308 = "严重"\n[thresholds]\nshortest = 5000\n', encoding="utf-8")
    found = frame(without(WHOLE_PLAN, "课题", "反思"), config=str(path))
    assert "JY307" not in set(found["rule"])
    assert set(found[found["rule"] == "JY308"]["severity"]) == {"严重"}
    assert "应不少于 5000 字" in found[found["rule"] == "JY110"]["message"].iloc[0]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('"关" = ["JY307"]', "“关”不认识"),
        ('off = ["JY999"]', "“JY999”不存在"),
        ('[severity]\nJY307 = "轻"', "“轻”不认识"),
        ('[thresholds]\n"短" = 1', "阈值“短”不认识"),
        ('[thresholds]\nshortest = "三百"', "要写成数字"),
        ("off = [", "写法有错"),
    ],
)
def test_wrong_settings_are_explained(tmp_path, written, said):
    path = tmp_path / "错.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(jy.JiaoyanError, match=said):
        frame(WHOLE_PLAN, config=str(path))
    with pytest.raises(jy.JiaoyanError, match="找不到设置文件"):
        frame(WHOLE_PLAN, config=str(tmp_path / "无.toml"))


def test_every_rule_has_its_texts():
    listed = {row["rule"] for row in table("rules.csv", "rule", "severity", "name", "message", "advice")}
    from jiaoyan_nlp.audit.run import RULES

    assert set(RULES) <= listed
    assert set(FIRING) == set(RULES)


def test_unreadable_files_become_findings(tmp_path):
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 50)
    found = jy.audit(jy.load(tmp_path))
    assert list(found["rule"]) == ["JY501"]
    assert found["file"].iloc[0].endswith("坏.docx")
