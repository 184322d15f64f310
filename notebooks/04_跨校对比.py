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
# # 04 跨校对比
#
# 把各校放在一张表里：做了哪些活动，要求听多少节课，目标和问题各是什么。表里的每个数，都点得回原文。

# %%
import jiaoyan_nlp as jy
from jiaoyan_nlp.reports import charts

corpus = jy.load("../corpus/district/上报", schools="../corpus/district/schools.csv")
comparison = jy.compare(corpus, by="school")
comparison

# %% [markdown]
# ## 做了哪些活动
#
# 一行一所学校，每种活动两列：计划里说到几处、总结里说到几处。0 多的一列，可能是全区的薄弱环节。
# 开头那张图画的就是它，单独画一张写 `charts.coverage(comparison.coverage)`。

# %%
comparison.coverage.iloc[:, :8]

# %% [markdown]
# 格里的数从哪里来？`evidence(学校, 列名)` 把原文一句句列出来。这是这套表最要紧的用法：**先看数，再看话**。

# %%
column = comparison.coverage.columns[0]
school = comparison.coverage.index[comparison.coverage[column] > 0][0]
print(school, column)
jy.chinese(comparison.evidence(school, column)[["file", "text"]])

# %% [markdown]
# ## 要求多少
#
# 听课节数、集体备课次数……各校的说法不一样（每周、每学期、每人），这里都折算成一学期，和区县的常规、各校的中位数比。

# %%
jy.chinese(comparison.quantities.head(10))

# %%
charts.quantities(comparison.quantities)

# %% [markdown]
# ## 想做什么，难在哪里
#
# 目标分十类，问题分十二类，看各校把力气放在哪里、共同的难处是什么。`examples` 每一类举几句原话，写调研报告时用得上。

# %%
charts.goals(comparison.goals)

# %%
charts.problems(comparison.problems)

# %%
jy.chinese(comparison.examples[["table", "class", "school", "text"]].head(8))

# %% [markdown]
# 问题写了，有没有写怎么办？“措施”一列空着的，就是没有回应的。

# %%
jy.chinese(comparison.answers[["school", "problem", "measure", "score"]].head(8))

# %% [markdown]
# ## 各校的特色
#
# 哪些词某一所学校用得特别多，别校很少用。往往就是它的特色项目：

# %%
own = comparison.distinctive
jy.chinese(
    own[own["dimension"] == "school"].groupby("group").head(3)[["group", "word", "count", "expected", "keyness"]]
)

# %%
charts.distinctive(own[own["dimension"] == "school"])

# %% [markdown]
# ## 换个角度
#
# `by` 换成 `kind`（计划、总结）、`level`（学段）、`subject`（学科）、`term`（学期）都行。

# %%
jy.compare(corpus, by="level").coverage.iloc[:, :6]

# %% [markdown]
# 图不满意可以接着改：每张图都是 matplotlib 的图，改标题、改颜色、存成图片都和平时一样。

# %%
chart = charts.structure(comparison.structure)
chart.suptitle("云溪区各校材料的栏目", y=1.02)
chart

# %% [markdown]
# **练一练**：找出“公开课”一列里计划写了、总结没写的学校，再用 `evidence` 看看它们的原话。
