"""由 data/rules.csv、规则的登记处和 corpus/rules/examples.toml 写出 docs/rules.md。用法：python docs/make_rules.py"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from jiaoyan_nlp.audit.run import RULES  # noqa: E402
from jiaoyan_nlp.lexicon import table  # noqa: E402

PAGE = ROOT / "docs" / "rules.md"
KINDS = {"plan": "计划", "scheme": "方案", "summary": "总结", "regulation": "制度"}
CHAPTERS = {
    "JY1": "结构", "JY2": "残留与雷同", "JY3": "内容", "JY4": "计划与总结对照", "JY5": "文件", "JY6": "个人信息",
}  # fmt: skip
HEAD = """# 审核规则

这一页由 `docs/make_rules.py` 写出，不要手改。消息里的 {…} 是填进去的字。轻重、阈值、扣分、常规要求都可以在区县的设置文件里改
（见 `jiaoyan_nlp/data/district.toml`）。每条规则的两个例子都是测试（`corpus/rules/examples.toml`），例子里的学校和人都是虚构的。
"""


def page() -> str:
    """整页的文字。"""
    examples = tomllib.loads((ROOT / "corpus" / "rules" / "examples.toml").read_text(encoding="utf-8"))
    parts, chapter = [HEAD], ""
    for row in sorted(table("rules.csv", "rule", "severity", "name", "message", "advice"), key=lambda row: row["rule"]):
        code = row["rule"]
        if CHAPTERS[code[:3]] != chapter:
            chapter = CHAPTERS[code[:3]]
            parts.append(f"## {chapter}\n")
        parts.append(_rule(row, examples[code]))
    return "\n".join(parts)


def _rule(row: dict[str, str], example: dict[str, Any]) -> str:
    rule = RULES.get(row["rule"])
    kinds = "、".join(KINDS[k] for k in rule.kinds) if rule and rule.kinds else "各类文档" if rule else "整批"
    how = f"\n{(rule.check.__doc__ or '').strip()}\n" if rule else ""
    return f"""### {row["rule"]} {row["name"]}（{row["severity"]}）
{how}
- 查：{kinds}
- 消息：{row["message"]}
- 建议：{row["advice"]}
- 该报：{example["fires"]["said"]}。
- 不该报：{example["silent"]["said"]}。
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
