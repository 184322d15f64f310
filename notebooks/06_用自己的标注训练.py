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
# # 06 用自己的标注训练
#
# 程序给句子标的“活动、目标、问题……”是从八万多句标注里学来的，未必合本区的说法。
# 觉得不对，可以教它：挑一些句子，改正标签，重新训练。这一课走完一遍。

# %%
import shutil
import tempfile
from pathlib import Path

import jiaoyan_nlp as jy

corpus = jy.load("../corpus/district/上报", schools="../corpus/district/schools.csv")
statements = corpus.table("statements")
folder = Path(tempfile.mkdtemp())
len(statements)

# %% [markdown]
# ## 它为什么这样标
#
# 先看看程序的理由。`explain` 列出每个标签的依据：哪些词、在哪一栏、前后是什么，赞成的是正数，反对的是负数。

# %%
row = statements.sort_values("p_problem").iloc[-1]
print(row["text"])
reasons = jy.explain(corpus, row)
jy.chinese(reasons[reasons["label"] == "problem"][["token", "contribution"]].head(8))

# %%
print(reasons[reasons["label"] == "problem"]["sentence"].iloc[0])

# %% [markdown]
# ## 挑哪些句子来标
#
# 标注费人力，要标在刀刃上。`suggest` 挑它最拿不准的，而且不挑重样的。三十句，半个小时标得完。

# %%
chosen = jy.suggest(corpus, 30)
jy.chinese(chosen[["text", "doubt", "score"]].head(8))

# %% [markdown]
# ## 导出去标
#
# 后缀 `.xlsx` 是电子表格，谁都会用；`.jsonl` 给 doccano，`.json` 给 Label Studio。
# 程序的标签已经填在“标签”一列，只改错的：几个标签用顿号隔开，一个都没有写“无”，删空表示没标。

# %%
sheet = folder / "待标.xlsx"
jy.export_labels(corpus, chosen, sheet)

import pandas as pd

pd.read_excel(sheet)[["栏目", "原文", "标签"]].head(6)

# %% [markdown]
# 平时在 Excel 里改。这里用程序代劳：假装标注员把第一句改成了“措施”。

# %%
from openpyxl import load_workbook

book = load_workbook(sheet)
book.active["F2"] = "措施"
book.save(sheet)
labels = jy.import_labels(corpus, sheet)
len(labels)

# %% [markdown]
# 原文和起止不要动，动了会提示第几条对不上。
#
# ## 重新训练
#
# 正式训练只有一句，它用项目的全部语料加上你标的，报告每个标签是进步了还是退步了：
#
# ```python
# jy.train(labels, "模型")
# ```
#
# 全部语料要练半小时上下，课上不等它。下面用命令行同一个“训练”功能，从项目语料里抽几十篇练一个小的，看看过程和结果长什么样。

# %%
from jiaoyan_nlp.cli import main

small = folder / "语料"
small.mkdir()
for number, path in enumerate(sorted(Path("../corpus/labelled").glob("*/*.txt"))[::20]):
    shutil.copy(path, small / f"{number}.txt")
main(["train", str(small), "-o", str(folder / "模型")])

# %% [markdown]
# 上面每行是一个标签的 F1（1 是全对），括号里是练习用了多少句。只用三十来篇，分数自然低；语料越多越准。
#
# ## 用新模型
#
# `using` 换上自己的模型，标签随即按它的来。比一比两个模型标得一样的有多少：

# %%
mine = corpus.where(kind="summary").using(folder / "模型")
old = corpus.where(kind="summary").table("statements")
new = mine.table("statements")
names = ["activity", "goal", "problem", "measure", "outcome"]
same = {name: (old[name].to_numpy() == new[name].to_numpy()).mean() for name in names}
jy.chinese(pd.DataFrame([same])).style.format("{:.0%}")

# %% [markdown]
# 标得不一样的，正好拿来下一轮看：哪个模型对？把对的记下来，就是新的标注。

# %%
differ = old[old["problem"].to_numpy() != new["problem"].to_numpy()]
differ[["text"]].rename(columns={"text": "两个模型对“问题”标得不一样的句子"}).head(8)

# %% [markdown]
# ## 几条经验
#
# - 两个人各标一遍，先把不一致的说清楚，再大量地标。
# - 每次标三十到五十句，练一次，看得失；有标签退步了，多半是标得前后不一。
# - 模型是一个文件夹，拷到别的电脑就能用，不联网。
