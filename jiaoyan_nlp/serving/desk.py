"""各个浏览器的各批材料：一次做一批，其余排队；到期、取消、退出时都删干净。"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from jiaoyan_nlp.serving import places
from jiaoyan_nlp.serving.batch import FAILED, FILLING, WAITING, WORKING, Batch
from jiaoyan_nlp.serving.settings import limit, refusal, setting
from jiaoyan_nlp.serving.work import end

if TYPE_CHECKING:
    from pathlib import Path

GRACE = 5
"""收拾信号量的进程最多等几秒。"""


class Desk:
    """全部的浏览器（sessions）和它们的材料，一个浏览器一批。root 是放文件的文件夹。"""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._batches: dict[str, Batch | None] = {}
        self._tasks: dict[Batch, asyncio.Task[None]] = {}
        self._turn = asyncio.Semaphore(1)

    def enter(self) -> str:
        """新来一个浏览器。返回：它的凭据。抛出：RefusalError，太多了。"""
        if len(self._batches) >= limit("sessions"):
            idle = [key for key, batch in self._batches.items() if batch is None]
            if not idle:
                raise refusal("crowded")
            del self._batches[idle[0]]
        session = secrets.token_urlsafe(24)
        self._batches[session] = None
        return session

    def knows(self, session: str) -> bool:
        """有没有这个浏览器。"""
        return session in self._batches

    def batch(self, session: str) -> Batch | None:
        """这个浏览器的一批，没有就是 None；页面还开着，期限重新算。"""
        found = self._batches.get(session)
        if found is not None:
            found.seen = time.monotonic()
        return found

    async def renew(self, session: str) -> Batch:
        """另开一批，原来的删掉。"""
        await self.drop(session)
        self._batches[session] = made = Batch.fresh(self._root)
        return made

    def start(self, batch: Batch) -> None:
        """开始处理，或者排上队。抛出：RefusalError，没有材料、已经开始、排队的太多。"""
        if batch.state != FILLING:
            raise refusal("closed")
        if not batch.filled():
            raise refusal("empty")
        if sum(other.state == WAITING for other in self._tasks) >= limit("waiting"):
            raise refusal("busy", limit=limit("waiting"))
        batch.state = WAITING
        self._tasks[batch] = task = asyncio.create_task(self._run(batch))
        task.add_done_callback(lambda _: self._tasks.pop(batch, None))

    def ahead(self, batch: Batch) -> int:
        """排队的前面还有几批（正在做的也算）。"""
        queue = [other for other in self._tasks if other.state in (WAITING, WORKING)]
        return queue.index(batch) if batch.state == WAITING and batch in queue else 0

    async def drop(self, session: str) -> None:
        """取消并删掉这个浏览器的一批。"""
        batch = self._batches.get(session)
        if batch is None:
            return
        self._batches[session] = None
        if task := self._tasks.get(batch):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await asyncio.to_thread(shutil.rmtree, batch.folder, ignore_errors=True)

    async def tidy(self, now: float) -> None:
        """删掉到期的：页面关了太久的、放得太久的。正在做的不因页面关了而停。"""
        away, keep = setting("time", "away_minutes") * 60, setting("time", "keep_hours") * 3600
        for session, batch in list(self._batches.items()):
            if batch is None:
                continue
            left = batch.state not in (WAITING, WORKING) and now - batch.seen > away
            if left or now - batch.began > keep:
                await self.drop(session)

    async def close(self) -> None:
        """全部取消、删掉。"""
        for session in list(self._batches):
            await self.drop(session)

    async def _run(self, batch: Batch) -> None:
        async with self._turn:
            batch.state = WORKING
            try:
                async with asyncio.timeout(setting("time", "job_hours") * 3600):
                    code = await _processed(batch)
            except TimeoutError:
                code, batch.message = 0, str(refusal("late", hours=setting("time", "job_hours")))
            if batch.state == WORKING:
                message = batch.message or str(refusal("died", code=code))
                await asyncio.to_thread(batch.settle, FAILED, message)


async def _processed(batch: Batch) -> int:
    """在另一个进程里处理一批，进度随时记下。返回：退出码。取消时连同它起的进程一起结束。"""
    scratch = str(batch.folder / places.SCRATCH)
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP", "JOBLIB_TEMP_FOLDER"), scratch)
    apart = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # 窗口里按 Ctrl+C，由页面程序来收场；这一项 Windows 才有
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "jiaoyan_nlp.serving.work", str(batch.folder),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=batch.folder,
        env={**os.environ, **temporary, "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"},
        start_new_session=True, creationflags=apart,
    )  # fmt: skip
    try:
        if process.stdout is not None:
            async for line in process.stdout:
                await asyncio.to_thread(batch.hear, json.loads(line))
        return await process.wait()
    finally:
        await asyncio.shield(_ended(process))


async def _ended(process: asyncio.subprocess.Process) -> None:
    import psutil

    left = await asyncio.to_thread(end, process.pid)
    await process.wait()
    await asyncio.to_thread(psutil.wait_procs, left, GRACE)
