"""真的页面程序：像研究员那样用命令启动，临时文件都在给定的文件夹里。"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from jiaoyan_nlp.serving.settings import setting

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = "import sys; from jiaoyan_nlp.cli import main; sys.exit(main())"


@dataclass(slots=True)
class Desk:
    """启动着的页面程序。address 是打印出来的地址，temporary 是它的临时文件夹。"""

    process: subprocess.Popen
    address: str
    temporary: Path
    said: str
    cookie: str = ""

    @property
    def host(self) -> str:
        """地址里的主机和端口。"""
        return urlsplit(self.address).netloc

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
        """发一个请求，头照浏览器的样子，可以另给。返回：状态码、正文。"""
        return self.answer(method, path, body, **headers)[:2]

    def answer(self, method: str, path: str, body: bytes | None = None, **headers: str):
        """同 ask，连同回答的头。"""
        connection = http.client.HTTPConnection("127.0.0.1", int(self.host.rpartition(":")[2]), timeout=30)
        given = {"Host": self.host, "Cookie": self.cookie} | (
            {"Origin": f"http://{self.host}"} if method != "GET" else {}
        )
        sent = {**given, **headers}
        connection.request(method, path, body, {name: value for name, value in sent.items() if value})
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        connection.close()
        return response.status, text, response.headers

    def enter(self) -> None:
        """用带口令的地址进来，记下凭据。"""
        parts = urlsplit(self.address)
        _, _, headers = self.answer("GET", f"{parts.path}?{parts.query}")
        self.cookie = headers["Set-Cookie"].partition(";")[0]

    def state(self) -> dict:
        """这一批的情况。"""
        return json.loads(self.ask("GET", "/batch")[1])

    def files(self) -> list[str]:
        """临时文件夹里的文件，相对于自己的文件夹。"""
        return sorted(p.relative_to(self.temporary).as_posix() for p in self.temporary.rglob("*") if p.is_file())

    def stop(self, how: int = signal.SIGINT) -> tuple[int, str]:
        """让它停。返回：退出码、最后说的话。"""
        self.process.send_signal(how)
        return self.process.wait(60), self.process.stdout.read()


@contextmanager
def started(temporary: Path, *arguments: str):
    """启动着的页面程序，各用各的端口；出来时还没有停的就停掉。"""
    with _usual_port_taken():
        yield from _started(temporary, *arguments)


@contextmanager
def _usual_port_taken():
    """占着惯用的端口：同时跑的测试要是轮流用它，停掉的程序的地址上会有别的程序回答。"""
    with socket.socket() as holding:
        if hasattr(socket, "SO_REUSEPORT"):  # 几个测试进程可以一起占
            holding.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        with suppress(OSError):
            holding.bind(("127.0.0.1", setting("address", "port")))
        yield


def _started(temporary: Path, *arguments: str):
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    }
    environment |= {"TMPDIR": str(temporary), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "serve", *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )
    said = ""
    while "http://" not in said.rpartition("\n")[2] and (line := process.stdout.readline()):
        said += line
        if "http://" in line:
            break
    address = next((word for word in said.replace("：", " ").split() if word.startswith("http://")), "")
    said += process.stdout.readline()
    try:
        yield Desk(process, address, temporary, said)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)
        process.stdout.close()
