"""一个空环境：按最低或最新的依赖装上刚造好的包，在里面跑。"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).with_name("uv")
DISTRICT = ROOT / "corpus" / "district"


class StepError(Exception):
    """发布的一步没有成。"""


@dataclass(frozen=True, slots=True)
class Environment:
    """folder 里的一个虚拟环境。"""

    folder: Path

    @property
    def python(self) -> Path:
        """它的解释器。"""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def packages(self) -> Path:
        """它的 site-packages。"""
        return next(self.folder.glob("[Ll]ib*/**/site-packages"))

    def install(self, wheel: Path, resolution: str) -> None:
        """建好空环境，装上 wheel。参数：resolution 是 uv 的 highest 或 lowest-direct（直接依赖取下限）。"""
        run(UV, "venv", "--quiet", "--python", sys.executable, self.folder)
        run(UV, "pip", "install", "--quiet", "--python", self.python, "--resolution", resolution, wheel)

    def frozen(self) -> list[str]:
        """装了哪些，一行一个“名==版本”，本项目自己不算。"""
        listed = run(UV, "pip", "freeze", "--python", self.python).splitlines()
        return [line for line in listed if not line.startswith("jiaoyan")]

    def smoke(self, folder: Path) -> None:
        """离开源码文件夹，审核样例区县，写两种报告，核对数据。"""
        command = [self.python, "-c", "import sys; from jiaoyan_nlp.cli import main; sys.exit(main())"]
        run(*command, "check", cwd=folder)
        for suffix in ("html", "xlsx"):
            report = folder / f"报告.{suffix}"
            given = (
                DISTRICT / "上报",
                "--schools",
                DISTRICT / "schools.csv",
                "--templates",
                ROOT / "corpus" / "templates",
            )
            run(*command, "audit", *given, "-o", report, cwd=folder)
            if not report.stat().st_size:
                raise StepError(f"{report.name} 是空的。")


def run(*command: object, cwd: Path = ROOT) -> str:
    """一条命令的标准输出。抛出：StepError 退出码不是 0，写明命令和它说的话。"""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise StepError(f"{' '.join(str(c) for c in command)}\n{done.stdout}{done.stderr}")
    return done.stdout
