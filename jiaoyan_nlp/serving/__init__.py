"""本机页面：不写程序的教研员在浏览器里放入材料，看进度，读报告，下载 Excel 和 Word。

用 Starlette 加 uvicorn：纯 Python、带的包只有五六个、不从网上取任何东西，不能上网的电脑也装得上。
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jiaoyan_nlp.engines.worker import sweep
from jiaoyan_nlp.errors import UsageError
from jiaoyan_nlp.serving.settings import setting

if TYPE_CHECKING:
    import uvicorn

__all__ = ["serve"]

PREFIX = "jiaoyan-serve-"
LOOPBACK = "127.0.0.1"
SHUTDOWN_SECONDS = 3


def serve(host: str = LOOPBACK) -> None:
    """启动本机页面，直到按 Ctrl+C、关掉窗口或收到结束信号；收到的文件在退出时全部删掉。

    参数：host 是监听的地址，默认只有本机连得上。
    抛出：UsageError 没有装页面要用的组件，或者地址用不了。
    """
    try:
        import uvicorn

        from jiaoyan_nlp.serving.app import application
        from jiaoyan_nlp.serving.desk import Desk
    except ImportError as error:
        raise UsageError(f'缺少页面要用的组件 {error.name}，请先执行：pip install "jiaoyan_nlp[serve]"。') from error
    sweep(PREFIX)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        with _bound(host) as listening:
            port, key = int(listening.getsockname()[1]), secrets.token_urlsafe(24)
            config = uvicorn.Config(
                application(Desk(folder), host, port, key), http="h11", ws="none", lifespan="on", log_level="warning",
                access_log=False, server_header=False, proxy_headers=False, timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            )  # fmt: skip
            server = uvicorn.Server(config)
            _stop_gently(server)
            _announce(host, port, key)
            server.run([listening])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("页面已停止，放进来的材料和结果都删掉了。")


def _bound(host: str) -> socket.socket:
    """占好的端口：先用惯用的，有人用着就另找一个空的。"""
    try:
        family = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][0]
    except OSError as error:
        raise UsageError(f"地址“{host}”不认识（{error.strerror}）。只在本机用，不必写 --host。") from error
    for port in (setting("address", "port"), 0):
        listening = socket.socket(family, socket.SOCK_STREAM)
        with suppress(OSError):
            if sys.platform != "win32":  # Windows 的这一项会让两个程序占同一个端口
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, port))
            listening.listen()
            return listening
        listening.close()
    raise UsageError(f"地址“{host}”不是这台电脑的，或者没有空的端口。只在本机用，不必写 --host。")


def _announce(host: str, port: int, key: str) -> None:
    """说明怎样打开，能开浏览器就开。"""
    from jiaoyan_nlp.serving.guard import is_loopback

    shown = LOOPBACK if host in ("0.0.0.0", "::") else host  # noqa: S104  # 监听全部地址时，本机从这里进
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/?key={key}"
    if not is_loopback(host):
        print(
            "注意：同一网络里的其他电脑也能连上这个页面，传送没有加密。请只在信得过的网络里这样用，"
            "不要把带口令的地址给不相干的人。别的电脑打开时，把地址换成这台电脑的 IP。"
        )
    print(f"页面在这里：{address}")
    print("浏览器没有自己打开的，把上面的地址复制到浏览器里。材料只在这台电脑上处理。按 Ctrl+C 停止。", flush=True)
    screen = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))
    if screen:
        webbrowser.open(address)


def _stop_gently(server: uvicorn.Server) -> None:
    """按 Ctrl+C、被要求结束、窗口被关掉，都一样收场。

    不靠 KeyboardInterrupt：它落在垃圾回收里会被吞掉，程序就停不下来。uvicorn 停好以后会把信号再发一次，落在这里。
    """

    def leave(*_: object) -> None:
        server.should_exit = True

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)
