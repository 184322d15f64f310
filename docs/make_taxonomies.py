"""由词表写出 docs/taxonomies.md：句段标签、栏目作用、活动类型、目标类、问题类、压缩说法。用法：python docs/make_taxonomies.py"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from jiaoyan_nlp.labels.words import label_word  # noqa: E402
from jiaoyan_nlp.lexicon import table  # noqa: E402
from jiaoyan_nlp.reports.headings import word  # noqa: E402
from jiaoyan_nlp.types import LABELS, ROLES  # noqa: E402

PAGE = ROOT / "docs" / "taxonomies.md"
HEAD = """# 标签与分类

这一页由 `docs/make_taxonomies.py` 写出，不要手改。括号里是词表里直接认的说法；认不出的由分类器定。
要添类，往 `jiaoyan_nlp/data/` 里对应的词表加一行，或在自己的标注里写新名字再训练。
"""
MEANINGS = {
    "activity": "写明了要做或做过的具体教研、研修、培训、教学活动；只说“开展教研活动”、没有具体名称的不算。",
    "goal": "期望达到的结果、程度。句末顺带的“提高素质”太短，不算；总结里已经做到的是成效。",
    "problem": "指出实际存在的不足、困难、不良现象。“解决教学中的问题”没有说出是什么问题，不算。",
    "measure": "管理性、制度性、规范性的做法和要求。对活动提出次数要求的，同时标活动和措施。",
    "outcome": "已经取得的成绩、变化、效果、获奖、好评。",
    "organization": "机构设置与分工：领导小组、组长、成员、谁负责什么。",
    "background": "指导思想、背景、意义、定义、原则、口号、情况介绍。",
}
TABLES = (
    ("活动类型", "activity_types.csv", "type"),
    ("目标类", "goal_classes.csv", "class"),
    ("问题类", "problem_classes.csv", "class"),
)
MOST = 6


def page() -> str:
    """整页的文字。"""
    lines = [HEAD, "## 句段标签", "", "一句可以有几个标签。", "", "| 标签 | 列名 | 意思 |", "|---|---|---|"]
    lines += [f"| {label_word(label)} | `{label}` | {MEANINGS[label]} |" for label in LABELS]
    lines += ["", "## 栏目作用", "", "| 作用 | 取值 |", "|---|---|"]
    lines += [f"| {word('role', role)} | `{role}` |" for role in ROLES]
    for title, name, column in TABLES:
        rows = table(name, column, "pattern")
        lines += ["", f"## {title}（{len(rows)} 类）", ""]
        lines += [f"- {row[column]}{_said(row['pattern'], row[column])}" for row in rows]
    return "\n".join(lines) + "\n"


def _said(pattern: str, name: str) -> str:
    """写法里不带符号的几个说法；括号里的是半截话，不算。"""
    top = re.sub(r"\([^()]*\)", "()", re.sub(r"\([^()]*\)", "()", pattern))
    plain = [w for w in top.split("|") if re.fullmatch(r"[\u4e00-\u9fff]{2,8}", w) and w != name]
    return f"（{'、'.join(plain[:MOST])}）" if plain else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
