# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 02 批量审核
#
# 一个学期六十所学校、一百多份材料，逐份看要一个星期。这一课让程序先看一遍，把值得人看的地方挑出来，
# 再写成每校一份的反馈意见。结论由人来下：程序会看漏，也会看错。

# %%
import tempfile
from pathlib import Path

import jiaoyan_nlp as jy
from jiaoyan_nlp.reports import charts

corpus = jy.load("../corpus/district/上报", schools="../corpus/district/schools.csv")
templates = jy.load("../corpus/templates")
copies = jy.find_copies(corpus, templates=templates)
findings = jy.audit(corpus, copies=copies)
len(findings)

# %% [markdown]
# ## 先看全局
#
# 每处问题有轻重：“严重”的应当改，“一般”的建议改，“提示”供参考。哪几类最多？

# %%
jy.chinese(findings).groupby(["轻重", "规则名称"]).size().sort_values(ascending=False).rename("几处").to_frame().head(
    12
)

# %% [markdown]
# 各校的记分卡：一百分，按问题扣分，扣在哪一类也写明。分数只用来排先后，先看谁的材料，不宜直接当作考核。

# %%
card = jy.score_card(findings)
jy.chinese(card)

# %%
charts.score_card(card)

# %% [markdown]
# ## 再看一所学校
#
# “原文”一列就是问题所在的字，“问题”说哪里不对，“建议”说怎么改。

# %%
school = "云溪区枫渡口小学"
mine = findings[findings["school"] == school]
jy.chinese(mine)[["轻重", "规则名称", "原文", "问题", "建议"]].head(10)

# %% [markdown]
# ## 看错了怎么办：记成误报
#
# 复核时发现某一处不是问题，记下来，写明理由。以后同样的话再出现，就不再报。
# 这里用一个临时文件夹做示范；平时把清单和设置文件放在一起，年年接着用。

# %%
folder = Path(tempfile.mkdtemp())
wrong = mine[mine["rule"] == "JY111"].head(1)
jy.dismiss(wrong, "这是学校自己的编号办法，已经电话核实", folder / "误报.csv")
(folder / "我区.toml").write_text('dismissed = "误报.csv"\noff = ["JY307"]\n', encoding="utf-8")
again = jy.audit(corpus, config=folder / "我区.toml", copies=copies)
len(findings), len(again)

# %% [markdown]
# 设置文件 `我区.toml` 里除了误报，还能关掉不用的规则（上面关了 JY307 没有课题）、改轻重、改听课节数一类的常规要求。
# 全部写法见 `jiaoyan_nlp/data/district.toml`，规则见 docs/rules.md。
#
# ## 写成反馈意见
#
# 每校一份 Word，公文的格式：先写做得好的，再写要改的，引原文、给建议；另有一份全区通报的草稿，好的点名、问题不点名。
# 手头的结果（`copies`、`findings`）交给它，就不用再算一遍。

# %%
written = jy.feedback(corpus, folder / "反馈意见", copies=copies, findings=again, sender="云溪区教研室")
[path.name for path in written]

# %% [markdown]
# 打开一份看看写了什么（发出去之前，请逐份读一遍）：

# %%
import docx

letter = next(path for path in written if "枫渡口" in path.name)
print("\n".join(p.text for p in docx.Document(letter).paragraphs[:24]))

# %% [markdown]
# ## 留一份总报告
#
# 网页报告适合自己查看和给领导看，Excel 适合再加工。

# %%
jy.report(corpus, folder / "审核报告.html", copies=copies, findings=again)
jy.report(corpus, folder / "审核报告.xlsx", copies=copies, findings=again)
sorted(path.name for path in folder.iterdir())

# %% [markdown]
# **练一练**：把 `off` 里换成别的规则代码再审一遍，问题少了几处？把 `school` 换成另一所学校看看。
