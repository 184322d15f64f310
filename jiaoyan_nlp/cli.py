"""命令行：jiaoyan audit、feedback、copies、tag、train、check、serve。结果写到标准输出，出错写一句中文到标准错误，退出码 2。"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from jiaoyan_nlp.errors import JiaoyanError
from jiaoyan_nlp.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus

FAILED, INTERRUPTED = 2, 130
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""文件名、正文里会让终端清屏、改标题、倒着显示的字。"""


def main(arguments: Sequence[str] | None = None) -> int:
    """命令行入口。

    参数：arguments 是命令后面的各项，省略时取自命令行。
    返回：退出码，0 正常（查出问题也是 0）、2 出错、130 被 Ctrl-C 中断。
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # 文件名、正文里有终端显示不了的字，换成问号，不停下
            stream.reconfigure(errors="replace")
    try:
        chosen = _parser().parse_args(arguments)
        chosen.run(chosen)
        sys.stdout.flush()
    except JiaoyanError as error:
        return _fail(str(error), FAILED)
    except KeyboardInterrupt:
        return _fail("已中断，没有做完。", INTERRUPTED)
    except BrokenPipeError:  # 例如 jiaoyan tag … | head：后面的不要了，安静地停下
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        return _fail(f"读写文件时出错：{error}。请检查磁盘空间和权限。", FAILED)
    return 0


def _fail(message: str, code: int) -> int:
    print(_plain_text(" ".join(message.split())), file=sys.stderr)
    return code


def _plain_text(text: str) -> str:
    return CONTROL.sub("�", text)


def _audit(chosen: argparse.Namespace) -> None:
    from jiaoyan_nlp.audit import audit
    from jiaoyan_nlp.corpus import load
    from jiaoyan_nlp.reports import checked, report
    from jiaoyan_nlp.reuse import find_copies

    output = chosen.output or (None if chosen.json else "审核报告.html")
    path = checked(output) if output else None  # 报告写不了就早说，不等审完
    corpus = load(chosen.folder, chosen.schools)
    copies = find_copies(corpus, templates=_templates(chosen))
    findings = audit(corpus, chosen.config, copies)
    if path:
        report(corpus, path, copies=copies, findings=findings)
    if chosen.json:
        _print_json(findings)
    else:
        _print_findings(corpus, findings)
        alike = copies.passages
        print(f"雷同 {len(alike)} 段，涉及 {alike['document'].nunique()} 篇文档")
        print(f"报告：{path}")


def _print_findings(corpus: Corpus, findings: pd.DataFrame) -> None:
    from jiaoyan_nlp.audit.settings import SEVERITIES

    schools = corpus.table("documents")["school"].nunique()
    print(f"{schools} 所学校，{len(corpus)} 篇文档，{len(findings)} 处问题，{len(corpus.notes)} 条读取记录。")
    for severity in SEVERITIES:
        found = findings[findings["severity"] == severity]
        print(f"{severity} {len(found)} 处" + ("：" if len(found) else ""))
        for (rule, name), number in Counter(zip(found["rule"], found["name"], strict=True)).most_common():
            print(f"  {rule} {name} {number} 处")


def _feedback(chosen: argparse.Namespace) -> None:
    from jiaoyan_nlp.audit import audit
    from jiaoyan_nlp.corpus import load
    from jiaoyan_nlp.reports.feedback import feedback, prepared
    from jiaoyan_nlp.reuse import find_copies

    folder = prepared(chosen.output)  # 写不了就早说，不等审完
    corpus = load(chosen.folder, chosen.schools)
    copies = find_copies(corpus, templates=_templates(chosen))
    findings = audit(corpus, chosen.config, copies)
    written = feedback(corpus, folder, copies=copies, findings=findings, sender=chosen.sender)
    for path in written:
        print(path)
    print(f"反馈意见 {max(0, len(written) - 1)} 份，通报草稿 {min(1, len(written))} 份。")


def _copies(chosen: argparse.Namespace) -> None:
    from jiaoyan_nlp.corpus import load
    from jiaoyan_nlp.reports.headings import word
    from jiaoyan_nlp.reports.html import percent
    from jiaoyan_nlp.reuse import find_copies

    found = find_copies(load(chosen.folder), templates=_templates(chosen))
    if chosen.json:
        _print_json(found.passages)
        return
    print(f"{len(found.passages)} 段相同的文字，涉及 {found.passages['document'].nunique()} 篇文档。")
    for pair in found.pairs.to_dict("records"):
        print(_plain_text(f"{pair['file']} 与 {pair['source_file']}：相同的占 {percent(pair['copied_share'])}"))
        mine = found.passages["document"] == pair["document"]
        theirs = found.passages["source_document"] == pair["source_document"]
        for row in found.passages[mine & theirs].to_dict("records"):
            print(_plain_text(f"  {word('disguise', row['kind'])}，{len(row['text'])} 字：{_short(row['text'])}"))


def _tag(chosen: argparse.Namespace) -> None:
    from jiaoyan_nlp.corpus import load
    from jiaoyan_nlp.reports.headings import heading
    from jiaoyan_nlp.types import LABELS

    corpus = load(chosen.folder)
    if chosen.json:
        _print_json(corpus.table("statements"))
        return
    statements = dict(iter(corpus.table("statements").groupby("document")))
    for document in corpus:
        print(_plain_text(f"{document.file} {document.meta.title or ''}"))
        for row in statements[document.id].to_dict("records") if document.id in statements else ():
            labels = "、".join(heading(label) for label in LABELS if row[label])
            print(_plain_text(f"  {labels or '—'}\t{' '.join(row['text'].split())}"))


def _train(chosen: argparse.Namespace) -> None:
    from jiaoyan_nlp.tagger.train import train

    for report in train(chosen.corpus, Path(chosen.output)):
        print(report)
    print(f"模型：{chosen.output}")


def _serve(chosen: argparse.Namespace) -> None:
    from jiaoyan_nlp.serving import serve

    serve(chosen.host)


def _check(_: argparse.Namespace) -> None:
    from jiaoyan_nlp.errors import DataError
    from jiaoyan_nlp.integrity import altered

    wrong = altered()
    if wrong:
        raise DataError(f"随包的数据有 {len(wrong)} 处不对：{'、'.join(wrong)}。不是自己改的，请重新安装 jiaoyan_nlp。")
    print("随包的词表、规则和模型都完好。")


def _templates(chosen: argparse.Namespace) -> Corpus | None:
    from jiaoyan_nlp.corpus import load

    return load(chosen.templates) if chosen.templates else None


def _print_json(frame: pd.DataFrame) -> None:
    """一行一个 JSON，UTF-8；空格子是 null。"""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    for row in frame.to_dict("records"):
        print(json.dumps({key: _plain(value) for key, value in row.items()}, ensure_ascii=False))


def _plain(value: object) -> object:
    """NaN 在 JSON 里写作 null。"""
    return None if value != value else value


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:40] + "……"


class _Parser(argparse.ArgumentParser):
    """说中文的 argparse。"""

    def error(self, message: str) -> NoReturn:
        self.exit(FAILED, f"命令写得不对：{_in_chinese(message)}。用法见 {self.prog} --help\n")

    def format_help(self) -> str:
        return _in_chinese(super().format_help())


def _in_chinese(text: str) -> str:
    for row in table("cli_words.csv", "pattern", "words"):
        text = re.sub(row["pattern"], row["words"], text)
    return text


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="jiaoyan", description="校本教研材料的审核、雷同排查和标注。", allow_abbrev=False)
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command", required=True)

    def command(name: str, summary: str, run: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=summary, description=f"{summary}。", allow_abbrev=False)
        made.set_defaults(run=run)
        return made

    audit = command("audit", "审核一个文件夹，写一份报告", _audit)
    audit.add_argument("folder", metavar="文件夹", help="上报材料的文件夹，也可以是一个文件或压缩包")
    audit.add_argument("--schools", metavar="CSV", help="学校名单 schools.csv")
    audit.add_argument("--templates", metavar="文件夹", help="范文、模板所在的文件夹")
    audit.add_argument("-o", dest="output", metavar="报告", help="报告存在哪里，.html 或 .xlsx，默认是 审核报告.html")
    audit.add_argument("--config", metavar="TOML", help="区县的设置文件")
    feedback = command("feedback", "给每所学校写一份反馈意见（Word），另写一份通报草稿", _feedback)
    feedback.add_argument("folder", metavar="文件夹", help="上报材料的文件夹，也可以是一个文件或压缩包")
    feedback.add_argument("--schools", metavar="CSV", help="学校名单 schools.csv")
    feedback.add_argument("--templates", metavar="文件夹", help="范文、模板所在的文件夹")
    feedback.add_argument(
        "-o", dest="output", metavar="文件夹", default="反馈意见", help="反馈意见存在哪里，默认是 反馈意见"
    )
    feedback.add_argument("--config", metavar="TOML", help="区县的设置文件")
    feedback.add_argument("--sender", metavar="单位", help="落款的单位，默认是 教研室")
    copies = command("copies", "排查雷同", _copies)
    copies.add_argument("folder", metavar="文件夹", help="上报材料的文件夹，也可以是一个文件或压缩包")
    copies.add_argument("--templates", metavar="文件夹", help="范文、模板所在的文件夹")
    tag = command("tag", "标注每一句", _tag)
    tag.add_argument("folder", metavar="文件夹", help="材料的文件夹，也可以是一个文件或压缩包")
    for one in (audit, copies, tag):
        one.add_argument("--json", action="store_true", help="输出 JSON，一行一条")
    train = command("train", "用标注语料重新训练", _train)
    train.add_argument("corpus", metavar="语料", help="标注语料的文件夹")
    train.add_argument("-o", dest="output", metavar="文件夹", default="模型", help="模型存在哪里，默认是 模型")
    command("check", "核对随包的词表、规则和模型有没有损坏或被改过", _check)
    serve = command("serve", "在浏览器里用：放入材料，看进度，读报告，下载", _serve)
    serve.add_argument("--host", metavar="地址", default="127.0.0.1", help="监听的地址，默认只有本机能打开")
    return parser
