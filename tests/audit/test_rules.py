"""每条规则一个该报的例子、一个相近而不该报的例子。"""

from __future__ import annotations

import pytest

import jiaoyan_nlp as jy
from jiaoyan_nlp.lexicon import table
from jiaoyan_nlp.outline import documents
from tests.audit.examples import base, examples, found
from tests.conftest import extracted

WHOLE_PLAN, WHOLE_SUMMARY = base("计划"), base("总结")


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


def test_plan_and_summary_together_are_clean():
    corpus = jy.Corpus(
        [*documents(extracted(WHOLE_PLAN, "计划.txt")), *documents(extracted(WHOLE_SUMMARY, "总结.txt"))]
    )
    assert list(jy.audit(corpus)["rule"]) == []


@pytest.mark.parametrize("code", examples())
def test_rule_fires(code):
    assert code in found(examples()[code]["fires"])


@pytest.mark.parametrize("code", examples())
def test_near_example_stays_silent(code):
    assert code not in found(examples()[code]["silent"])


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
    told = frame(text)
    (document,) = documents(extracted(text))
    pointed = told[told["end"] > told["start"]]
    assert {"JY201", "JY204", "JY205"} <= set(pointed["rule"])
    assert all(document.text[r.start : r.end] == r.evidence for r in pointed.itertuples())
    assert told["message"].str.endswith("。").all() and told["advice"].str.endswith("。").all()


def test_many_hits_are_counted_in_the_last_row():
    told = frame(WHOLE_PLAN + "\n".join(f"成员XX{i}号。" for i in range(30)))
    rows = told[told["rule"] == "JY201"]
    assert len(rows) == 10
    assert rows.iloc[-1]["message"].endswith("（同类的还有 20 处。）")


def test_settings(tmp_path):
    path = tmp_path / "我区.toml"
    path.write_text('off = ["JY307"]\n[severity]\nJY308 = "严重"\n[thresholds]\nshortest = 5000\n', encoding="utf-8")
    told = frame(without(WHOLE_PLAN, "课题", "反思"), config=str(path))
    assert "JY307" not in set(told["rule"])
    assert set(told[told["rule"] == "JY308"]["severity"]) == {"严重"}
    assert "应不少于 5000 字" in told[told["rule"] == "JY110"]["message"].iloc[0]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('"关" = ["JY307"]', "“关”不认识"),
        ('off = ["JY999"]', "“JY999”不存在"),
        ('[severity]\nJY307 = "轻"', "“轻”不认识"),
        ('[thresholds]\n"短" = 1', "阈值“短”不认识"),
        ('[thresholds]\nshortest = "三百"', "要写成数字"),
        ("off = [", "写法有错"),
        ('[points]\n"轻" = 1', "扣分“轻”不认识"),
        ('[[norms]]\nactivity = "听课"', "每一项都要写"),
        ('[[norms]]\nactivity = "听课"\nleast = 15\nunit = "节"\nperiod = "旬"', "周期“旬”不认识"),
        ('[[norms]]\nactivity = "听课"\nleast = "多"\nunit = "节"\nperiod = "周"', "least 要写成数字"),
        ("norms = 3", "要写成 "),
        ('dismissed = "没有.csv"', "找不到误报的清单"),
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
    assert set(examples()) == listed


def test_unreadable_files_become_findings(tmp_path):
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 50)
    told = jy.audit(jy.load(tmp_path))
    assert list(told["rule"]) == ["JY501"]
    assert told["file"].iloc[0].endswith("坏.docx")


def test_own_norms_and_points(tmp_path):
    path = tmp_path / "我区.toml"
    path.write_text(
        '[points]\nJY303 = 9\n[[norms]]\nactivity = "听课"\nleast = 20\nunit = "节"\nperiod = "学期"\n',
        encoding="utf-8",
    )
    told = frame(WHOLE_PLAN, config=str(path))
    assert list(told["rule"]) == ["JY303"]
    assert told["points"].iloc[0] == 9
    assert "每学期听课不少于20节" in told["message"].iloc[0]


def test_score_card_adds_up(district):
    told = jy.audit(district)
    card = jy.score_card(told)
    assert card["points"].sum() == told["points"].sum()
    assert card["findings"].sum() == len(told)
    chapters = ["structure", "residue", "substance", "promises", "files", "privacy"]
    assert (card[chapters].sum(axis=1) == card["points"]).all()
    assert list(card["score"]) == sorted(card["score"])
    assert list(jy.score_card(told.iloc[:0]).columns) == list(card.columns)


def test_dismissed_findings_stay_dismissed(tmp_path):
    config, path = tmp_path / "我区.toml", tmp_path / "误报.csv"
    config.write_text('dismissed = "误报.csv"\n', encoding="utf-8")
    text = WHOLE_PLAN.replace("1、集体备课。", "1、群众备课。").replace("李海岚", "XXX")
    told = frame(text)
    spun = told[told["rule"] == "JY205"]
    jy.dismiss(spun, "老校长的口头语，引用原话", path)
    jy.dismiss(spun, "再记一次也只有一条", path)
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 2
    again = frame(text + "另有群众 备课一次。\n", config=str(config))
    assert set(again["rule"]) == set(told["rule"]) - {"JY205"}
    whole = frame(without(WHOLE_PLAN, "课题"))
    jy.dismiss(whole[whole["rule"] == "JY307"], "本学期结题，下学期再申报", path)
    assert "JY307" not in set(frame(without(WHOLE_PLAN, "课题"), config=str(config))["rule"])
    other = without(WHOLE_PLAN, "课题").replace("青禾小学", "柳溪小学")
    assert "JY307" in set(frame(other, config=str(config))["rule"])


def test_wrong_dismissals_are_explained(tmp_path):
    told = frame(WHOLE_PLAN.replace("李海岚", "XXX"))
    with pytest.raises(jy.JiaoyanError, match="要写明理由"):
        jy.dismiss(told, " ", tmp_path / "误报.csv")
    with pytest.raises(jy.JiaoyanError, match="缺少 rule"):
        jy.dismiss(told[["evidence", "school"]], "不是问题", tmp_path / "误报.csv")
    with pytest.raises(jy.JiaoyanError, match="写不进去"):
        jy.dismiss(told, "不是问题", tmp_path / "无" / "误报.csv")
    config = tmp_path / "我区.toml"
    config.write_text('dismissed = "坏.csv"\n', encoding="utf-8")
    (tmp_path / "坏.csv").write_text("rule,words\nJY201,XXX\n", encoding="utf-8")
    with pytest.raises(jy.JiaoyanError, match="第 2 行不全"):
        frame(WHOLE_PLAN, config=str(config))


def test_rules_page_is_up_to_date():
    from docs.make_rules import PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page(), "请运行 python docs/make_rules.py"


def test_planted_flaws_are_found():
    from benchmarks.audit import compare

    result = compare()
    assert sum(result.right) / len(result.right) >= 0.9
    assert sum(result.hit) / len(result.hit) >= 0.85
