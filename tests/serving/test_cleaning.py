"""什么时候都不留下文件：另开一批、取消、到期、各种退法、被杀以后再启动。"""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path

import psutil
import pytest

from jiaoyan_nlp.serving.batch import DONE, WORKING
from jiaoyan_nlp.serving.desk import Desk
from jiaoyan_nlp.serving.settings import refusal, setting
from tests.serving.running import started
from tests.waiting import until

PLAN = "青禾小学2024—2025学年第一学期校本教研计划\n\n一、工作目标\n每人每学期听课不少于15节。\n".encode()


def filled(desk):
    desk.enter()
    desk.ask("POST", "/batch")
    assert desk.ask("PUT", "/batch/files/materials?name=a.txt", PLAN)[0] == 200
    assert len(desk.files()) == 1


def running(desk):
    """开始处理，等到处理的进程起了自己的进程。"""
    filled(desk)
    assert desk.ask("POST", "/batch/start")[0] == 200
    until(lambda: len(psutil.Process(desk.process.pid).children(recursive=True)) > 1)
    return psutil.Process(desk.process.pid).children(recursive=True)


def gone(processes):
    return all(not one.is_running() or one.status() == psutil.STATUS_ZOMBIE for one in processes)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_removes_everything(tmp_path, how):
    with started(tmp_path) as desk:
        filled(desk)
        code, said = desk.stop(how)
    assert (code, said) == (0, "页面已停止，放进来的材料和结果都删掉了。\n")
    assert list(tmp_path.iterdir()) == []


def test_stopping_in_the_middle_ends_the_work_too(tmp_path):
    with started(tmp_path) as desk:
        processes = running(desk)
        assert desk.stop()[0] == 0
    until(lambda: gone(processes))
    assert list(tmp_path.iterdir()) == []


def test_cancelling_ends_the_work_and_removes_the_files(tmp_path):
    with started(tmp_path) as desk:
        processes = running(desk)
        assert desk.ask("DELETE", "/batch")[0] == 200
        assert gone(processes)
        assert desk.files() == []
        assert desk.state() == {"state": "none"}
        assert left_in_memory(processes) == []


def test_a_killed_program_leaves_no_process_and_the_next_start_removes_its_files(tmp_path):
    with started(tmp_path) as desk:
        processes = running(desk)
        desk.stop(signal.SIGKILL)
    until(lambda: gone(processes))
    assert any(tmp_path.iterdir())
    with started(tmp_path) as desk:
        assert desk.files() == []
        assert len(list(tmp_path.iterdir())) == 1


def left_in_memory(processes):
    """共享内存里还有没有这些进程的信号量、文件夹。"""
    numbers = {str(one.pid) for one in processes}
    return [path.name for path in Path("/dev/shm").glob("*") if numbers & set(path.name.replace("_", "-").split("-"))]


def test_a_batch_is_removed_when_its_time_is_up(tmp_path):
    async def story():
        desk = Desk(tmp_path)
        session = desk.enter()
        batch = await desk.renew(session)
        now = time.monotonic()
        await desk.tidy(now + setting("time", "away_minutes") * 60 - 1)
        assert batch.folder.is_dir()
        batch.state = WORKING  # 正在做的不因为页面关了而停
        await desk.tidy(now + setting("time", "away_minutes") * 60 + 1)
        assert batch.folder.is_dir()
        batch.state = DONE
        await desk.tidy(now + setting("time", "away_minutes") * 60 + 1)
        assert desk.batch(session) is None
        assert list(tmp_path.iterdir()) == []
        batch = await desk.renew(session)
        batch.state = WORKING
        await desk.tidy(now + setting("time", "keep_hours") * 3600 + 60)
        assert list(tmp_path.iterdir()) == []

    asyncio.run(story())


def test_one_browser_does_not_see_the_batch_of_another(tmp_path):
    with started(tmp_path) as desk:
        filled(desk)
        desk.cookie = ""
        desk.enter()
        assert desk.state() == {"state": "none"}
        assert desk.ask("PUT", "/batch/files/materials?name=a.txt", PLAN)[0] == 410
        assert desk.ask("GET", "/batch/report")[0] == 410
        assert len(desk.files()) == 1


def test_others_wait_in_line(tmp_path):
    async def story():
        desk = Desk(tmp_path)
        sessions = [desk.enter() for _ in range(3)]
        batches = [await desk.renew(session) for session in sessions]
        for batch in batches:
            (batch.folder / "材料" / "计划.txt").write_bytes(PLAN)
            desk.start(batch)
        await asyncio.sleep(0)
        assert [batch.state for batch in batches] == ["working", "waiting", "waiting"]
        assert [desk.ahead(batch) for batch in batches] == [0, 1, 2]
        await desk.drop(sessions[1])
        assert desk.ahead(batches[2]) == 1
        await desk.close()
        assert list(tmp_path.iterdir()) == []

    asyncio.run(story())


def test_too_many_browsers_are_told_to_wait(tmp_path):
    async def story():
        desk = Desk(tmp_path)
        for _ in range(setting("limits", "sessions")):
            await desk.renew(desk.enter())
        with pytest.raises(type(refusal("crowded")), match="浏览器太多"):
            desk.enter()

    asyncio.run(story())
