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
# # 03 雷同排查
#
# 两所学校的计划有几段一样，可能是照搬，也可能是联片教研共同起草，或者都引了上级的文件。
# 程序只回答三件事：**哪几段一样、一样到什么程度、大概从哪里来**。为什么一样，要问学校。

# %%
import jiaoyan_nlp as jy
from jiaoyan_nlp.reports import charts

corpus = jy.load("../corpus/district/上报", schools="../corpus/district/schools.csv")
templates = jy.load("../corpus/templates")
official = jy.load("../corpus/district/official")

# %% [markdown]
# 三样东西一起给：
#
# - `templates` 是范文库：网上下载的范文、书上的样例，攒在一个文件夹里就行；
# - `official` 是上级文件的原文：照引它不算雷同；
# - 还可以给 `earlier`，往届的材料：只改了日期的“新”计划，一查便知。

# %%
copies = jy.find_copies(corpus, templates=templates, official=official)
copies

# %% [markdown]
# ## 哪些材料要先看
#
# 一行一篇，按相同文字的比例排。`copied_share_unquoted` 是扣掉引文以后的比例，看它才公平。

# %%
columns = ["school", "file", "copied_share_unquoted", "from_templates", "from_schools", "sources"]
ranked = copies.documents.sort_values("copied_share_unquoted", ascending=False)
jy.chinese(ranked[columns].head(8)).style.format(
    "{:.0%}", subset=["相同文字比例（扣除引文）", "与范文相同", "与别校相同"]
)

# %%
charts.shares(copies.documents)

# %% [markdown]
# ## 看原文
#
# `passages` 一行是一段相同的文字，左右都有位置。“相同的方式”说它变没变样：照原文、夹了多余字符、改成繁体、
# 换了词、调了次序、换了说法、压缩、几处拼合。

# %%
passages = copies.passages
jy.chinese(passages)[["文件", "来源文件", "相同的方式", "相近程度", "文字", "来源文字"]].head(6)

# %%
jy.chinese(passages).groupby("相同的方式").size().sort_values(ascending=False).rename("几段").to_frame()

# %% [markdown]
# 换了词的一段，并排看最清楚：

# %%
spun = passages[passages["kind"] == "synonym"].iloc[0]
print("这一篇：", spun["text"][:120])
print("来　源：", spun["source_text"][:120])

# %% [markdown]
# ## 谁和谁
#
# `pairs` 一行是一对文档。开头的两张图画的也是它：一张是学校和来源的方格，颜色越深相同的字越多；
# 一张是从来源连到各份材料的线。单独画写 `charts.matrix(copies)`、`charts.clusters(copies)`。

# %%
jy.chinese(copies.pairs[["file", "source_file", "relation", "passages", "copied", "copied_share"]].head(8))

# %% [markdown]
# ## 不算雷同的
#
# 各校都引的通知、许多篇共用的套话，放在 `shared` 里，不算到任何一所学校头上。

# %%
shared = copies.shared
jy.chinese(shared.drop_duplicates("block")[["reason", "holders", "text"]].head(4))

# %% [markdown]
# 还有一种线索不看文字看文件：两所学校的 Word 出自同一台电脑、同一份底稿，文件里会留下记号。样例里没有这种情况，表是空的。

# %%
jy.chinese(copies.same_origin)

# %% [markdown]
# ## 怎样和学校说
#
# 建议说“与……的文字相同”，不说“抄袭”；先听学校说明，再下结论。
# 02 批量审核里的反馈意见就是这样写的，另一方学校只告知、不要求修改。
#
# **练一练**：把 `official=official` 去掉再算一遍，哪几篇的比例变大了？为什么？
