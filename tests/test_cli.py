"""命令行：结果、退出码、一句话的错误。"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jiaoyan_nlp.cli import main
from tests.conftest import LABELLED

PLAN = """青禾小学2024—2025学年第一学期校本教研计划

一、工作目标
带动XX名青年教师上好汇报课，每人每学期听课不少于15节。
二、主要措施
每周三下午集体备课，由教研组长主持，先把本单元的重点和难点说清楚，再逐课讨论练习怎么设计、怎么分层，最后由一位教师整理成公用的教案。
"""
COPY = PLAN.replace("青禾", "竹溪").replace("XX", "6").replace("不少于15节", "不少于12节")
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """两所学校各交一份计划，现在的文件夹就是它们的上级。"""
    for school, text in (("青禾", PLAN), ("竹溪", COPY)):
        (tmp_path / "上报" / school).mkdir(parents=True)
        (tmp_path / "上报" / school / "计划.txt").write_text(text, encoding="utf-8")
    (tmp_path / "范文").mkdir()
    (tmp_path / "范文" / "范文.txt").write_text(PLAN.replace("青禾小学", ""), encoding="utf-8")
    (tmp_path / "schools.csv").write_text(
        "school,aliases,level,place,folder\n青禾小学,青禾,小学,某区,青禾\n竹溪小学,竹溪,小学,某区,竹溪\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def start(*arguments: str, **given) -> subprocess.Popen:
    code = "import sys; from jiaoyan_nlp.cli import main; sys.exit(main())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        **given,
    )


def test_audit_prints_a_summary_and_writes_the_report(folder, capsys):
    code, out, _ = run(capsys, "audit", "上报", "--schools", "schools.csv", "--templates", "范文")
    assert code == 0
    assert "2 所学校，2 篇文档" in out
    assert "JY201 占位未填 1 处" in out
    assert out.endswith("报告：审核报告.html\n")
    page = (folder / "审核报告.html").read_text(encoding="utf-8")
    assert "青禾小学" in page
    assert "范文.txt" in page


def test_audit_writes_a_workbook(folder, capsys):
    code, out, _ = run(capsys, "audit", "上报", "-o", "报告.xlsx")
    assert (code, (folder / "报告.xlsx").is_file()) == (0, True)
    assert "报告：报告.xlsx" in out


def test_audit_json_is_one_finding_a_line_and_nothing_else(folder, capsys):
    code, out, _ = run(capsys, "audit", "上报", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert {"document", "rule", "severity", "start", "end", "evidence", "message", "advice"} <= set(rows[0])
    assert "XX" in [row["evidence"] for row in rows]
    assert not (folder / "审核报告.html").exists()


def test_audit_json_beside_a_report(folder, capsys):
    _, out, _ = run(capsys, "audit", "上报", "--json", "-o", "报告.html")
    assert all(json.loads(line) for line in out.splitlines())
    assert (folder / "报告.html").is_file()


def test_audit_config(folder, capsys):
    (folder / "我区.toml").write_text('off = ["JY201"]\n', encoding="utf-8")
    _, out, _ = run(capsys, "audit", "上报", "--json", "--config", "我区.toml")
    assert "JY201" not in out


def test_copies(folder, capsys):
    code, out, _ = run(capsys, "copies", "上报", "--templates", "范文")
    assert code == 0
    assert "段相同的文字，涉及 2 篇文档" in out
    assert "与 范文/范文.txt：相同的占" in out
    _, out, _ = run(capsys, "copies", "上报", "--templates", "范文", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert {row["source_file"] for row in rows} == {"范文/范文.txt"}


def test_tag(folder, capsys):
    code, out, _ = run(capsys, "tag", "上报/青禾")
    assert code == 0
    assert out.startswith("上报/青禾/计划.txt")
    assert "带动XX名青年教师" in out
    _, out, _ = run(capsys, "tag", "上报/青禾", "--json")
    assert {"document", "text", "activity", "p_activity"} <= set(json.loads(out.splitlines()[0]))


def test_train(tmp_path, capsys):
    for path in sorted((LABELLED / "a").glob("*.txt"))[:24]:
        shutil.copy(path, tmp_path)
    code, out, _ = run(capsys, "train", str(tmp_path), "-o", str(tmp_path / "模型"))
    assert code == 0
    assert "三折交叉验证的 F1" in out
    assert {"statements.npz", "statements.json", "roles.npz", "roles.json"} <= {
        p.name for p in (tmp_path / "模型").iterdir()
    }


def test_train_says_what_is_missing(folder, capsys):
    code, out, err = run(capsys, "train", "没有这个文件夹", "-o", "模型")
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["audit", "没有"], "没有"),
        (["audit", "上报", "-o", "报告.doc"], ".html"),
        (["audit", "上报", "-o", "没有/报告.html"], "没有"),
        (["audit", "上报", "--config", "没有.toml"], "没有.toml"),
        (["audit", "上报", "--schools", "没有.csv"], "没有.csv"),
        (["copies", "上报", "--templates", "没有"], "没有"),
        (["tag", "没有"], "没有"),
    ],
)
def test_errors_are_one_sentence(folder, capsys, arguments, words):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert words in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "少写了"),
        (["audit"], "少写了 文件夹"),
        (["audit", "上报", "--bar"], "不认识 --bar"),
        (["audit", "上报", "-o"], "-o 后面少写了一项"),
        (["nix"], "没有 'nix' 这个命令"),
        (["audit", "上报", "--templ", "范文"], "不认识"),
    ],
)
def test_mistyped_commands(folder, capsys, arguments, words):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    err = capsys.readouterr().err
    assert words in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["--help"], ["audit", "--help"], ["train", "--help"]])
def test_help_is_chinese(capsys, arguments):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    out = capsys.readouterr().out
    assert stopped.value.code == 0
    assert "用法：" in out
    assert "显示这段说明" in out
    assert not any(word in out for word in ("usage", "options:", "positional", "show this"))


def test_broken_pipe_is_quiet(folder):
    with start("tag", "上报", "--json", cwd=folder) as process:
        process.stdout.close()
        err = process.stderr.read().decode()
        process.wait()
    assert "Traceback" not in err
    assert "BrokenPipe" not in err
    assert process.returncode == 0


def test_interrupt_is_one_sentence(folder):
    many = "".join(f"{n}、每周第{n}次集体备课要讨论练习怎么分层。\n" for n in range(1, 1500))
    (folder / "上报" / "青禾" / "计划.txt").write_text(PLAN + many, encoding="utf-8")
    with start("tag", "上报/青禾", "--json", cwd=folder) as process:
        process.stdout.readline()  # 已经在输出了；管道满了它就停在那里，不会抢先做完
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert (process.returncode, err.decode()) == (130, "已中断，没有做完。\n")


def test_unprintable_names_do_not_stop_the_output(folder):
    (folder / "上报" / "青禾" / os.fsdecode("坏\udcff.txt".encode("utf-8", "surrogateescape"))).write_text(
        PLAN, encoding="utf-8"
    )
    with start("tag", "上报/青禾", cwd=folder) as process:
        out, err = process.communicate()
    assert process.returncode == 0, err.decode()
    assert "计划.txt" in out.decode()


def test_feedback_writes_a_letter_a_school(folder, capsys):
    code, out, _ = run(capsys, "feedback", "上报", "--schools", "schools.csv", "--sender", "某区教研室")
    assert code == 0
    assert out.splitlines()[-1] == "反馈意见 2 份，通报草稿 1 份。"
    assert sorted(p.name for p in (folder / "反馈意见").iterdir()) == [
        "反馈意见_竹溪小学.docx", "反馈意见_青禾小学.docx", "通报（草稿）.docx",
    ]  # fmt: skip
    code, _, err = run(capsys, "feedback", "上报", "-o", "没有/反馈意见")
    assert code == 2 and "没有" in err


def test_names_and_words_cannot_steer_the_terminal(folder, capsys):
    odd = folder / "上报" / "青禾" / "a\x1b[2J\u202e\n.txt"
    odd.write_text(PLAN + "每学期\x1b]0;x\x07评课3次。\n", encoding="utf-8")
    for command in ("tag", "copies"):
        code, out, err = run(capsys, command, str(folder / "上报"))
        assert code == 0
        assert "a�[2J��.txt" in out
        assert not set("\x1b\x07\u202e") & set(out + err)
    assert "\x1b" not in run(capsys, "tag", "没有\x1b[2J")[2]
