"""上限和放不下时说的话。"""

from __future__ import annotations

import asyncio
import errno
import json
import resource

import pytest

from jiaoyan_nlp.serving.app import _on_trouble
from jiaoyan_nlp.serving.batch import Batch
from jiaoyan_nlp.serving.settings import MB, RefusalError, limit
from tests.serving.running import started


async def pieces(*parts):
    for part in parts:
        yield part


def receive(batch, part="materials", name="计划.txt", content=b"x", size=None):
    asyncio.run(batch.receive(part, name, len(content) if size is None else size, pieces(content)))


def message(answer):
    return answer[0], json.loads(answer[1])["message"]


def test_too_big_a_file_is_refused_before_it_is_sent(fresh):
    size = str((limit("file_mb") + 1) * MB)
    status, said = message(fresh.ask("PUT", "/batch/files/materials?name=a.zip", **{"Content-Length": size}))
    assert status == 413
    assert f"超过一个文件 {limit('file_mb')} MB 的上限" in said


def test_too_big_a_list_is_refused(fresh):
    answer = fresh.ask("PUT", "/batch/files/schools?name=schools.csv", b"x" * (limit("list_mb") * MB + 1))
    assert message(answer)[0] == 413
    assert "看看是不是选错了文件" in message(answer)[1]


def test_a_file_of_unknown_size_is_refused(fresh):
    answer = fresh.ask("PUT", "/batch/files/materials?name=a.txt", iter([b"x"]), **{"Transfer-Encoding": "chunked"})
    assert message(answer)[0] == 411


def test_too_many_files_and_too_many_bytes_are_refused(tmp_path):
    batch = Batch.fresh(tmp_path)
    batch.files = limit("files")
    with pytest.raises(RefusalError, match="一批最多放"):
        receive(batch)
    batch.files, batch.size = 1, limit("total_mb") * MB
    with pytest.raises(RefusalError, match="合起来超过"):
        receive(batch)


def test_starting_without_material_or_twice_is_refused(fresh):
    assert message(fresh.ask("POST", "/batch/start")) == (409, "还没有放入材料。请先选择文件、文件夹或压缩包。")
    assert fresh.ask("PUT", "/batch/files/templates?name=a.txt", b"x")[0] == 200
    assert message(fresh.ask("POST", "/batch/start"))[0] == 409
    assert message(fresh.ask("PUT", "/batch/files/other?name=a.txt", b"x"))[0] == 404


def test_nothing_can_be_added_once_it_runs(fresh):
    fresh.ask("PUT", "/batch/files/materials?name=a.bin", b"\0\1\2")
    assert fresh.ask("POST", "/batch/start")[0] == 200
    assert message(fresh.ask("POST", "/batch/start"))[0] == 409
    assert message(fresh.ask("PUT", "/batch/files/materials?name=b.txt", b"x"))[0] == 409


def test_a_full_disk_is_said_plainly(tmp_path):
    from starlette.requests import Request

    request = Request({"type": "http", "method": "PUT", "query_string": b"", "headers": []})
    answer = asyncio.run(_on_trouble(request, OSError(errno.ENOSPC, "No space left on device")))
    assert answer.status_code == 507
    assert "磁盘快满了" in json.loads(answer.body)["message"]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path):
    """系统不让写这么大的文件：说清楚，半截文件删掉。"""
    with started(tmp_path) as desk:
        resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, (MB, MB))
        desk.enter()
        desk.ask("POST", "/batch")
        status, said = message(desk.ask("PUT", "/batch/files/materials?name=a.bin", b"x" * (3 * MB)))
        assert status == 500
        assert "没有存下来" in said
        assert desk.files() == []
        assert desk.state()["files"] == 0


def test_an_upload_that_breaks_off_leaves_nothing_behind(tmp_path):
    async def broken():
        yield b"half"
        raise ConnectionError

    batch = Batch.fresh(tmp_path)
    with pytest.raises(ConnectionError):
        asyncio.run(batch.receive("materials", "计划.txt", 8, broken()))
    assert (batch.files, batch.size) == (0, 0)
    assert not batch.filled()
