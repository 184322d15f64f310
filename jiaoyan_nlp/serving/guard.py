"""守门：只认本页面的地址（防 DNS 重绑定）、本页面发出的改动（防跨站请求）、带口令来过的浏览器；给每个回答加上安全的头。"""

from __future__ import annotations

import ipaddress
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders

from jiaoyan_nlp.serving.settings import RefusalError, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

READING = ("GET", "HEAD")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def is_loopback(host: str) -> bool:
    """是不是只有本机连得上的地址。

    >>> is_loopback("localhost"), is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    return host == "localhost" or ((address := _address(host)) is not None and address.is_loopback)


class Guard:
    """包在页面程序外面的一层。

    参数：host 是监听的地址，port 是端口；knows 说一个凭据认不认识；answer 把 RefusalError 变成回答。
    """

    def __init__(
        self,
        app: ASGIApp,
        host: str,
        port: int,
        knows: Callable[[str], bool],
        answer: Callable[[Scope, RefusalError], Response],
    ) -> None:
        self._app, self._host, self._port = app, host, port
        self._knows, self._answer = knows, answer
        self.cookie = f"jiaoyan-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI 入口。"""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            self._check(scope, Headers(scope=scope))
        except RefusalError as error:
            await self._answer(scope, error)(scope, receive, safely)
        else:
            await self._app(scope, receive, safely)

    def _check(self, scope: Scope, headers: Headers) -> None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._ours(hosts[0]):
            raise refusal("host", host="、".join(hosts)[:80])
        if scope["method"] not in READING and headers.getlist("origin") != [f"http://{hosts[0]}"]:
            raise refusal("origin")
        session = session_in(headers, self.cookie)
        open_to_all = scope["method"] in READING and (scope["path"] == "/" or scope["path"].startswith("/assets/"))
        if not self._knows(session) and not open_to_all:
            raise refusal("session")

    def _ours(self, host: str) -> bool:
        """是不是本页面的地址。域名可以被人改指到本机，数字地址不能，所以数字地址都认（只听本机时，只认本机的）。"""
        try:
            parts = urlsplit(f"//{host}")
            name, port = parts.hostname or "", parts.port or 80
        except ValueError:
            return False
        if port != self._port or parts.netloc != host or "@" in host:
            return False
        return is_loopback(name) or (not is_loopback(self._host) and (name == self._host or _address(name) is not None))


def session_in(headers: Headers, cookie: str) -> str:
    """请求里带的凭据，没有是空的。"""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(cookie)
    except CookieError:
        return ""
    return found.value if found else ""


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
