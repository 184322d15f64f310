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
# # 01 快速上手
#
# 会用 Excel、见过几行 Python，就能跟着做。这一课从一个文件夹的上报材料开始，十分钟走完一遍：
# 读进来、看看交了什么、看看一篇里有什么、查问题、查雷同、写出报告。
#
# 每个灰色的格子是一段程序，点中它，按 Shift + 回车就运行，结果显示在下面。改几个字再运行一次，不会弄坏什么。
#
# 用的是随项目附带的样例：一个虚构的“云溪区”，十二所学校。换成你自己的材料，只要改第一格里的两个路径。

# %%
import jiaoyan_nlp as jy

corpus = jy.load("../corpus/district/上报", schools="../corpus/district/schools.csv")
corpus

# %% [markdown]
# `corpus` 就是这一批材料。上面的小表是它自己的样子：多少篇、多少所学校、前几篇是什么。
#
# Word、PDF、网页、文本、压缩包都能读。学校、种类、学期是从题目、正文、文件名和学校名单里认出来的。
# 读不了的文件不会让程序停下，原因和办法记在 `corpus.notes` 里；是空的，就说明全部读出来了。

# %%
jy.chinese(corpus.notes)

# %% [markdown]
# ## 交了什么
#
# 结果都是表（pandas 的 DataFrame），列名是英文的，好写程序；套上 `jy.chinese(…)` 就换成中文列名，好看。
# 想要哪几列，写在两层方括号里：先挑列、再换中文，或者先换中文、再按中文列名挑，都行。

# %%
documents = corpus.table("documents")
jy.chinese(documents[["school", "kind", "term", "title", "length"]])

# %% [markdown]
# 就像在 Excel 里做数据透视表：每所学校交了几份计划、几份总结？

# %%
jy.chinese(documents).pivot_table(index="学校", columns="种类", values="文档编号", aggfunc="count", fill_value=0)

# %% [markdown]
# ## 一篇里有什么
#
# 用 `where` 筛选，条件写列名和取值。下面取出清潭初级中学的计划：题目、学期、栏目一目了然。

# %%
plan = next(iter(corpus.where(school="云溪区清潭初级中学", kind="plan")))
plan

# %% [markdown]
# 程序给每句话标上“活动、目标、问题、措施、成效、组织、背景”，一句可以有几个标签，也可以一个都没有。

# %%
labels = ["activity", "goal", "problem", "measure", "outcome", "organization", "background"]
statements = corpus.table("statements")
jy.chinese(statements[statements["document"] == plan.id][["text", *labels]].head(10))

# %% [markdown]
# 每一行都带着起止的位置，`plan.text[起:止]` 就是原文里的那几个字。报告里的每个数字，都这样回得到原文。

# %%
row = statements[statements["document"] == plan.id].iloc[3]
plan.text[row["start"] : row["end"]]

# %% [markdown]
# ## 查问题，查雷同，写报告
#
# 三句话。`templates` 是范文库，照搬范文的也查得出来；审核时带上雷同的结果，超过界线的会列进问题里。

# %%
templates = jy.load("../corpus/templates")
copies = jy.find_copies(corpus, templates=templates)
findings = jy.audit(corpus, copies=copies)
jy.chinese(findings)[["学校", "轻重", "规则名称", "原文", "问题", "建议"]].head(8)

# %% [markdown]
# 报告是一个网页文件，双击就能看，不用联网。后缀改成 `.xlsx`，得到的就是 Excel。

# %%
import tempfile
from pathlib import Path

folder = Path(tempfile.mkdtemp())
jy.report(corpus, folder / "审核报告.html", copies=copies, findings=findings)
jy.report(corpus, folder / "审核报告.xlsx", copies=copies, findings=findings)
sorted(p.name for p in folder.iterdir())

# %% [markdown]
# ## 接下来
#
# - 审完了要逐校反馈：看 02 批量审核。
# - 谁和谁的材料一样：看 03 雷同排查。
# - 各校放在一起比：看 04 跨校对比。
# - 计划里写的，总结里有没有回音：看 05 计划与总结对照。
# - 觉得标签标得不对，想让它学会本区的说法：看 06 用自己的标注训练。
