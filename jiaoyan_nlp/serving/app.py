"""页面程序：首页、收文件、开始、进度、报告、下载、删除。"""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from jiaoyan_nlp.lexicon import data_file
from jiaoyan_nlp.reports.html import environment
from jiaoyan_nlp.serving.batch import DOWNLOADS
from jiaoyan_nlp.serving.desk import Desk
from jiaoyan_nlp.serving.guard import READING, Guard, session_in
from jiaoyan_nlp.serving.settings import RefusalError, limit, refusal, setting, steps
from jiaoyan_nlp.serving.work import FULL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.types import ASGIApp, Scope

    from jiaoyan_nlp.serving.batch import Batch

ASSETS = {"page.css": ("text/css", ("report.css", "serve.css")), "page.js": ("text/javascript", ("serve.js",))}
BOXED = (
    "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""报告里有上报的文字，关在没有来源的沙箱里；它自己另写明只许用哪一段样式和脚本。"""


def application(desk: Desk, host: str, port: int, key: str) -> ASGIApp:
    """装好的页面程序。参数：desk 管各批材料；host、port 是监听的地址；key 是打开页面的口令。"""
    pages = _Pages(desk, f"jiaoyan-{port}", key)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        tidying = asyncio.create_task(_tidy(desk))
        yield
        tidying.cancel()
        await desk.close()

    routes = [
        Route("/", pages.home),
        Route("/assets/{name}", pages.asset),
        Route("/batch", pages.state, methods=["GET"]),
        Route("/batch", pages.renew, methods=["POST"]),
        Route("/batch", pages.drop, methods=["DELETE"]),
        Route("/batch/files/{part}", pages.receive, methods=["PUT"]),
        Route("/batch/start", pages.start, methods=["POST"]),
        Route("/batch/report", pages.report),
        Route("/batch/results/{kind}", pages.download),
    ]
    guard = Middleware(Guard, host=host, port=port, knows=desk.knows, answer=_refused)
    handlers = {RefusalError: _on_refusal, HTTPException: _on_refusal, OSError: _on_trouble, Exception: _on_error}
    return Starlette(routes=routes, middleware=[guard], exception_handlers=handlers, lifespan=lifespan)


class _Pages:
    """各个地址的回答。"""

    def __init__(self, desk: Desk, cookie: str, key: str) -> None:
        self._desk, self._cookie, self._key = desk, cookie, key

    async def home(self, request: Request) -> Response:
        """首页；带着口令来的，记住这个浏览器，再去掉地址里的口令。"""
        session = session_in(request.headers, self._cookie)
        if secrets.compare_digest(request.query_params.get("key", "").encode(), self._key.encode()):
            answer = RedirectResponse("/", 303)
            if not self._desk.knows(session):
                answer.set_cookie(self._cookie, self._desk.enter(), httponly=True, samesite="strict")
            return answer
        if not self._desk.knows(session):
            raise refusal("session")
        page = environment().get_template("serve.html").render(
            steps=steps(), files=limit("files"), gb=limit("total_mb") // 1000, file_gb=limit("file_mb") // 1000,
            hours=setting("time", "away_minutes") // 60,
        )  # fmt: skip
        return Response(page, media_type="text/html")

    async def asset(self, request: Request) -> Response:
        """样式和脚本，都是本库自己的文件。"""
        if request.path_params["name"] not in ASSETS:
            raise refusal("nowhere")
        kind, names = ASSETS[request.path_params["name"]]
        words = "\n".join(data_file(f"templates/{name}").read_text(encoding="utf-8") for name in names)
        return Response(words, media_type=kind)

    async def state(self, request: Request) -> Response:
        """这一批的情况，页面不时来问。"""
        batch = self._desk.batch(self._session(request))
        return JSONResponse(batch.view(self._desk.ahead(batch)) if batch else {"state": "none"})

    async def renew(self, request: Request) -> Response:
        """另开一批。"""
        await self._desk.renew(self._session(request))
        return JSONResponse({})

    async def drop(self, request: Request) -> Response:
        """取消、删除这一批。"""
        await self._desk.drop(self._session(request))
        return JSONResponse({})

    async def receive(self, request: Request) -> Response:
        """收一个文件：内容就是请求的正文，名字在地址里。"""
        name, size = request.query_params.get("name", ""), request.headers.get("content-length", "")
        if not size.isdecimal():
            raise refusal("length", name=name[-40:])
        with suppress(ClientDisconnect):  # 传到一半不传了，收到的已经删掉
            await self._batch(request).receive(request.path_params["part"], name, int(size), request.stream())
        return JSONResponse({})

    async def start(self, request: Request) -> Response:
        """开始处理。"""
        self._desk.start(self._batch(request))
        return JSONResponse({})

    async def report(self, request: Request) -> Response:
        """在页面里看的报告。"""
        headers = {"Content-Security-Policy": BOXED}
        return FileResponse(self._result(request, "html"), headers=headers, media_type="text/html; charset=utf-8")

    async def download(self, request: Request) -> Response:
        """下载：html、xlsx、word。"""
        kind = request.path_params["kind"]
        return FileResponse(self._result(request, kind), filename=DOWNLOADS[kind])

    def _session(self, request: Request) -> str:
        return session_in(request.headers, self._cookie)

    def _batch(self, request: Request) -> Batch:
        batch = self._desk.batch(self._session(request))
        if batch is None:
            raise refusal("expired")
        return batch

    def _result(self, request: Request, kind: str) -> Path:
        if (found := self._batch(request).result(kind)) is None:
            raise refusal("nowhere")
        return found


def _refused(scope: Scope, error: RefusalError) -> Response:
    """说明为什么不能照办：直接打开的是一页，脚本来问的是 JSON。"""
    if scope["method"] in READING and "text/html" in Headers(scope=scope).get("accept", ""):
        page = environment().get_template("serve_refused.html").render(message=str(error))
        return Response(page, error.status, media_type="text/html")
    return JSONResponse({"message": str(error)}, error.status)


async def _on_refusal(request: Request, error: Exception) -> Response:
    return _refused(request.scope, error if isinstance(error, RefusalError) else refusal("nowhere"))


async def _on_trouble(request: Request, error: Exception) -> Response:
    """存不下文件。"""
    full = isinstance(error, OSError) and error.errno in FULL
    name = request.query_params.get("name", "")[-40:]
    found = refusal("disk") if full else refusal("unsaved", name=name, detail=type(error).__name__)
    return _refused(request.scope, found)


async def _on_error(request: Request, error: Exception) -> Response:
    return _refused(request.scope, refusal("broken", detail=type(error).__name__))


async def _tidy(desk: Desk) -> None:
    while True:
        await asyncio.sleep(setting("time", "tidy_seconds"))
        await desk.tidy(time.monotonic())
