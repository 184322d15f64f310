"""在 Windows 上也能用：工作进程是新起的（spawn），不靠命令解释器，没有 POSIX 独有的模块也能读，带盘符的路径。

这台机器若不是 Windows：spawn 是真的；没有 resource、SIGALRM、fork 是在子进程里去掉它们再读。
"""

import ast
import json
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import jiaoyan_nlp
from jiaoyan_nlp.outline.metadata import metadata
from jiaoyan_nlp.readers import groups, inputs, reading
from jiaoyan_nlp.readers.paths import slashes
from tests.pack.build import cases

PACKAGE = Path(jiaoyan_nlp.__file__).parent
CHOSEN = (
    "编号/后接制表位.docx", "pdf/有表.pdf", "文本/GBK.txt", "网页/Word另存.htm", "表格/安排.xlsx", "压缩包/上报.zip", "坏文件/空的.docx",
)  # fmt: skip

SPAWNED = """
import json, multiprocessing, sys
from jiaoyan_nlp.readers import groups, inputs, read_files

def shown(results):
    return [[[[text.file, text.text] for text in texts], [note.code for note in notes]] for texts, notes, _ in results]

if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        found = pool.map(read_files, groups(inputs(sys.argv[1])))
    print(json.dumps([one for results in found for one in shown(results)]))
"""

WITHOUT = """
import os, signal, sys
for name in ("fork", "forkpty", "killpg", "getpgid", "setsid", "sched_getaffinity", "getuid", "O_NOFOLLOW", "O_NONBLOCK"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGALRM", "SIGKILL", "SIGHUP", "alarm", "setitimer"):
    if hasattr(signal, name):
        delattr(signal, name)
for name in ("resource", "fcntl", "pwd", "grp", "termios"):
    sys.modules[name] = None
import json
from jiaoyan_nlp.readers import groups, inputs, read_files
results = [one for group in groups(inputs(sys.argv[1])) for one in read_files(group)]
print(json.dumps([[[[text.file, text.text] for text in texts], [note.code for note in notes]] for texts, notes, _ in results]))
"""


def pack(folder: Path) -> None:
    known = {case.file: case for case in cases()}
    for name in CHOSEN:
        (folder / name.replace("/", "_")).write_bytes(known[name].data)


def directly(folder: Path) -> list[object]:
    found = [reading.read_file(*job) for group in groups(inputs(folder)) for job in group]
    return [[[[text.file, text.text] for text in texts], [note.code for note in notes]] for texts, notes in found]


def in_another_process(folder: Path, script: Path) -> list[object]:
    done = subprocess.run([sys.executable, str(script), str(folder)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout)
    return found


def test_workers_can_be_spawned(tmp_path):
    folder = tmp_path / "上报"
    folder.mkdir()
    pack(folder)
    (tmp_path / "spawned.py").write_text(SPAWNED, encoding="utf-8")
    assert in_another_process(folder, tmp_path / "spawned.py") == directly(folder)


def test_reading_without_what_only_posix_has(tmp_path):
    folder = tmp_path / "上报"
    folder.mkdir()
    pack(folder)
    (tmp_path / "without.py").write_text(WITHOUT, encoding="utf-8")
    assert in_another_process(folder, tmp_path / "without.py") == directly(folder)


def test_load_from_a_script_without_a_main_guard(tmp_path):
    """Windows 上没有 __main__ 保护的脚本一起多进程就会自己套自己；loky 不会。"""
    folder = tmp_path / "上报"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number}.txt").write_text(f"一、目标\n第{number}组每周听课一次。", encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text("import sys\nimport jiaoyan_nlp as jy\nprint(len(jy.load(sys.argv[1])))\n", encoding="utf-8")
    assert in_another_process(folder, script) == 12


def test_paths_with_drive_letters():
    given = PureWindowsPath(r"D:\上报\竹溪小学\数学组计划.docx")
    file = slashes(str(given), "\\")
    assert file == given.as_posix() == "D:/上报/竹溪小学/数学组计划.docx"
    found = metadata("一、目标\n听课。", [], file, None, (), "")
    assert (found.school, found.subject, found.kind) == ("竹溪小学", "数学", "plan")
    assert metadata("一、目标", [], str(given), None, (), "").school == "竹溪小学"
    assert slashes(r"\\服务器\教研\计划.docx", "\\") == "//服务器/教研/计划.docx"
    assert reading.junk("D:/上报/~$计划.docx")
    assert not reading.junk("D:/上报/计划.docx")


def calls(path: Path) -> set[str]:
    """用到的名字：模块.属性，以及引入的模块；写在 hasattr、sys.platform 判断里面的不算。"""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tests = [node for node in ast.walk(tree) if isinstance(node, ast.If) and _guards(node.test)]
    guarded = {id(inner) for node in tests for inner in ast.walk(node)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{node.value.id}.{node.attr}")
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.keyword) and node.arg == "shell":
            found.add("shell")
    return found


def _guards(test: ast.expr) -> bool:
    said = ast.unparse(test)
    return "sys.platform" in said or "hasattr(" in said


def test_nothing_needs_a_shell_or_posix():
    banned = {
        "shell", "os.system", "os.popen", "os.fork", "os.killpg", "os.setsid", "os.getpgid", "signal.alarm", "signal.SIGALRM",
        "signal.SIGKILL", "resource", "fcntl", "pwd", "grp", "termios",
    }  # fmt: skip
    wrong = {path.name: found for path in PACKAGE.rglob("*.py") if (found := calls(path) & banned)}
    assert wrong == {}
