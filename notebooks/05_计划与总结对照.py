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
# # 05 计划与总结对照
#
# 开学写了“听课不少于 15 节”，期末总结里还提不提？这一课把每所学校的计划拆成一项一项，到同一学期的总结里去找回音。

# %%
import jiaoyan_nlp as jy
from jiaoyan_nlp.reports import charts

corpus = jy.load("../corpus/district/上报", schools="../corpus/district/schools.csv")
promises = jy.follow_up(corpus)
len(promises)

# %% [markdown]
# 一行是一项。“结果”有四种：已做到、部分做到、总结未提、计划外（总结里做了、计划里没写的）。
# “计划中”“总结中”两列是两头的原话，程序的判断对不对，一看便知。

# %%
columns = ["school", "what", "status", "planned", "reported", "score"]
jy.chinese(promises[promises["what"].isin(["quantity", "event"])][columns].head(10))

# %% [markdown]
# ## 各校的兑现比例
#
# 做到的算一项，做到一部分的算半项。数量和有日期的事项最靠得住，“加强学习”一类的空话本来就对不出结果。

# %%
rates = jy.follow_up_rates(promises)
jy.chinese(rates).style.format({"兑现率": "{:.0%}"})

# %%
charts.follow_up(rates)

# %% [markdown]
# ## 没有回音的
#
# 总结没有提到，不等于没有做：也许做了没写，也许改了计划。先只看有数量、有日期的：

# %%
silent = promises[(promises["status"] == "missing") & promises["what"].isin(["quantity", "event"])]
jy.chinese(silent)[["学校", "计划中"]].head(10)

# %% [markdown]
# ## 没有做足的
#
# 总结里自己写明没有达到计划的，是实事求是，应当肯定；要看的是原因和补救写了没有。

# %%
short = promises[promises["status"] == "partly"]
jy.chinese(short)[["学校", "计划中", "总结中"]].head(8)

# %% [markdown]
# ## 回到原文
#
# 每一项都记着两头的位置。取出计划里的那句话和它前后的字：

# %%
texts = {document.id: document.text for document in corpus}
one = short.iloc[0]
text, start, end = texts[one["plan_document"]], int(one["plan_start"]), int(one["plan_end"])
print("…" + text[max(0, start - 30) : start] + "【" + text[start:end] + "】" + text[end : end + 30] + "…")

# %% [markdown]
# ## 存成 Excel，发给学校自查
#
# pandas 的表都能存成 Excel。只留一所学校的，发过去请他们逐项说明：

# %%
import tempfile
from pathlib import Path

folder = Path(tempfile.mkdtemp())
school = "云溪区鹭汀小学"
jy.chinese(promises[promises["school"] == school][columns]).to_excel(folder / f"{school}自查.xlsx", index=False)
sorted(path.name for path in folder.iterdir())

# %% [markdown]
# 审核（02 批量审核）里的 JY401、JY402 用的就是这里的结果，但收得更紧，只报最拿得准的。
#
# **练一练**：哪所学校“计划外”的事项最多？读一读原话，是临时任务，还是计划写得太粗？
