"""一批材料的文件夹里，什么放在哪。"""

MATERIALS, TEMPLATES, SCHOOLS = "材料", "范文库", "学校名单.csv"
"""放进来的三样。"""
RESULTS, LETTERS, SCRATCH = "结果", "反馈意见", "scratch"
"""SCRATCH 是处理时的临时文件夹，joblib 要求它的名字没有汉字。"""
HTML, EXCEL, WORD = "审核报告.html", "审核报告.xlsx", "反馈意见.zip"
"""可以下载的三样，在 RESULTS 里；没有认出学校时没有 WORD。"""
