"""发布：python -m release [--tag] [--unaudited]。一步一步做，哪一步不成就停下，退出码 1。

--tag 的，先看能不能打标签，全都过了再打；这时漏洞库连不上也要停下，说了 --unaudited（没有查也发布）才接着做。
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

import jiaoyan_nlp
from jiaoyan_nlp.integrity import altered
from release import licences, tagging
from release.environments import ROOT, Environment, StepError, run

DIST = ROOT / "dist"
TOOLS = Path(sys.executable).parent
OFFLINE = ("ConnectionError", "Failed to resolve", "timed out", "ConnectTimeout", "ProxyError")
"""pip-audit 连不上漏洞库时说的话。"""


def build() -> Path:
    """造源码包和 wheel，返回 wheel。"""
    for old in (*DIST.glob("jiaoyan_nlp-*"), DIST / "SHA256SUMS"):  # 半途停下的，不留下对不上的校验和
        old.unlink(missing_ok=True)
    run(sys.executable, "-m", "build", "--outdir", DIST, ROOT)
    (wheel,) = DIST.glob("*.whl")
    return wheel


def audit(packages: list[str], folder: Path, must: bool) -> str:
    """依赖里有没有已知的漏洞。连得上漏洞库时一个不漏（--strict）；连不上时说明没有查，must 为真就停下。"""
    listed = folder / "requirements.txt"
    listed.write_text("\n".join(packages) + "\n", encoding="utf-8")
    options = ("--strict", "--no-deps", "--disable-pip", "--vulnerability-service", "osv", "--progress-spinner", "off")
    done = subprocess.run([TOOLS / "pip-audit", *options, "-r", listed], capture_output=True, text=True, check=False)
    if done.returncode and any(words in done.stderr for words in OFFLINE):
        said = f"没有查：连不上漏洞库。请在能上网的电脑上再做一次（要查的 {len(packages)} 个包见物料清单）"
        if must:
            raise StepError(f"已知的漏洞{said}；这一次不查也要发布的，写 make release UNAUDITED=1。")
        return f"{said}。"
    if done.returncode:
        raise StepError(f"pip-audit 查出：\n{done.stdout}{done.stderr}")
    return f"{len(packages)} 个包都没有已知的漏洞"


def bill(environment: Environment) -> str:
    """物料清单（CycloneDX），一样的包得一样的文件。"""
    path = DIST / f"jiaoyan_nlp-{jiaoyan_nlp.__version__}.cdx.json"
    options = ("--output-reproducible", "--output-format", "JSON", "--pyproject", ROOT / "pyproject.toml")
    run(TOOLS / "cyclonedx-py", "environment", environment.python, *options, "--output-file", path)
    return path.name


def sums() -> str:
    """dist/ 里各个文件的 SHA-256，用 sha256sum -c 核对。"""
    files = sorted(DIST.glob("jiaoyan_nlp-*"))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")
    return f"{len(lines)} 个文件"


def check(folder: Path, audited: bool) -> None:
    """造好、装上、跑过、查过；一步一句。参数：audited 是非查漏洞不可。"""
    if wrong := altered():
        raise StepError(f"数据和清单对不上：{'、'.join(wrong)}。请运行 python -m release.manifest，看过改动再提交。")
    say("数据和模型的清单", "对得上")
    wheel = build()
    say("安装包", wheel.name)
    for name, resolution in (("最低的依赖", "lowest-direct"), ("最新的依赖", "highest")):
        environment = Environment(folder / resolution)
        environment.install(wheel, resolution)
        environment.smoke(folder)
        say(f"装进空环境（{name}）", f"审核样例区县，报告写好了，{len(environment.frozen())} 个依赖")
    packages = licences.needed([str(environment.packages)])
    if refused := licences.refused(packages, licences.allowed()):
        raise StepError("\n".join(refused))
    say("依赖的许可", f"{len(packages)} 个包都在名单里")
    say("物料清单", bill(environment))
    say("已知的漏洞", audit(environment.frozen(), folder, audited))
    say("校验和", sums())


def say(step: str, result: str) -> None:
    """做完一步说一句。"""
    print(f"{step}：{result}", flush=True)


def main() -> int:
    tagging_wanted = "--tag" in sys.argv[1:]
    if tagging_wanted and (found := tagging.obstacles(ROOT, jiaoyan_nlp.__version__)):
        print("现在不能发布：", *found, sep="\n")
        return 1
    try:
        if tagging_wanted:
            run("make", "test")
            say("检查和测试", "通过")
        with tempfile.TemporaryDirectory() as folder:
            check(Path(folder), tagging_wanted and "--unaudited" not in sys.argv[1:])
    except StepError as error:
        print(f"停在这一步：{error}")
        return 1
    if tagging_wanted:
        print(f"打了标签 {tagging.tag()}，没有推送。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
