"""本库抛出的错误。调用者写错了参数、给错了文件夹才会抛；一份文件读不了只在 notes 表里记一行。"""

from __future__ import annotations


class JiaoyanError(Exception):
    """本库一切错误的父类；消息是一句中文，说明哪里不对、怎么办。"""


class UsageError(JiaoyanError, ValueError):
    """参数写错：没有这张表、没有这个类别、后缀不认识等。"""


class PathError(JiaoyanError, FileNotFoundError):
    """给的文件或文件夹不存在。"""


class DataError(JiaoyanError):
    """词表、模型、配置或 schools.csv 有错；消息里写明文件和行。"""


class ReadError(JiaoyanError):
    """一份文件读不出来。批量载入时变成 notes 表的一行。

    参数：code 是 notes 里的代码（JY501、JY503、JY504、skipped），message 说哪里不对，advice 说怎么办。
    """

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(f"{message}{advice}")
        self.code = code
        self.message = message
        self.advice = advice
