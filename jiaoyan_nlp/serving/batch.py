"""一批材料：放进来的文件、处理到哪一步、结果。"""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jiaoyan_nlp.serving import places
from jiaoyan_nlp.serving.names import place
from jiaoyan_nlp.serving.settings import MB, limit, refusal, steps

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

FILLING, WAITING, WORKING, DONE, FAILED = "filling", "waiting", "working", "done", "failed"
PARTS = {"materials": places.MATERIALS, "templates": places.TEMPLATES, "schools": places.SCHOOLS}
DOWNLOADS = {"html": places.HTML, "xlsx": places.EXCEL, "word": places.WORD}


@dataclass(slots=True, eq=False)
class Batch:
    """一批。folder 是它自己的文件夹；state 是五种状态之一；news 是各步最近的进度。"""

    folder: Path
    state: str = FILLING
    files: int = 0
    size: int = 0
    step: str = ""
    news: dict[str, dict[str, object]] = field(default_factory=dict)
    message: str = ""
    notes: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    seen: float = field(default_factory=time.monotonic)

    @classmethod
    def fresh(cls, root: Path) -> Batch:
        """在 root 里新开一批。"""
        from pathlib import Path

        folder = Path(tempfile.mkdtemp(dir=root))
        for name in (places.MATERIALS, places.TEMPLATES, places.RESULTS, places.SCRATCH):
            (folder / name).mkdir()
        return cls(folder)

    async def receive(self, part: str, name: str, size: int, body: AsyncIterator[bytes]) -> None:
        """收下一个文件。

        参数：part 是 materials（材料）、templates（范文）、schools（学校名单）；name 是浏览器给的名字；size 是几个字节。
        抛出：RefusalError，放不下、太大、太多、已经开始处理。
        """
        self._accept(part, name, size)
        self.files += 1
        self.size += size
        path = self.folder / PARTS[part] if part == "schools" else place(self.folder / PARTS[part], name)
        try:
            with path.open("wb" if part == "schools" else "xb") as stream:
                async for piece in body:
                    stream.write(piece)
        except BaseException:
            path.unlink(missing_ok=True)
            self.files -= 1
            self.size -= size
            raise

    def _accept(self, part: str, name: str, size: int) -> None:
        if part not in PARTS:
            raise refusal("part", part=part[:20])
        if self.state != FILLING:
            raise refusal("closed")
        if self.files >= limit("files"):
            raise refusal("files", limit=limit("files"))
        most = "list_mb" if part == "schools" else "file_mb"
        if size > limit(most) * MB:
            raise refusal(most, name=name[-40:], size=-(-size // MB), limit=limit(most))
        if self.size + size > limit("total_mb") * MB:
            raise refusal("total_mb", limit=limit("total_mb"))
        if shutil.disk_usage(self.folder).free < size + limit("spare_mb") * MB:
            raise refusal("disk")

    def filled(self) -> bool:
        """放进了材料没有。"""
        return any((self.folder / places.MATERIALS).iterdir())

    def hear(self, news: dict[str, object]) -> None:
        """处理的进程报来的一句，见 work.py。"""
        if "step" in news:
            self.step = str(news["step"])
            self.news[self.step] = {**self.news.get(self.step, {}), **news}
        if "notes" in news:
            self.notes = [str(note) for note in news["notes"]] if isinstance(news["notes"], list) else []
        for state, key in ((DONE, "finished"), (FAILED, "failed")):
            if key in news:
                self.settle(state, str(news[key]))

    def settle(self, state: str, message: str) -> None:
        """做完或做不成；放进来的文件不再需要，删掉，结果留着。"""
        self.state, self.message = state, message
        useless = [places.MATERIALS, places.TEMPLATES, places.LETTERS, places.SCRATCH]
        for name in [*useless, *([places.RESULTS] if state == FAILED else [])]:
            shutil.rmtree(self.folder / name, ignore_errors=True)
        (self.folder / places.SCHOOLS).unlink(missing_ok=True)

    def result(self, kind: str) -> Path | None:
        """可以下载的一样，没有就是 None。kind 是 html、xlsx、word。"""
        path = self.folder / places.RESULTS / DOWNLOADS.get(kind, "")
        return path if self.state == DONE and path.is_file() else None

    def view(self, ahead: int) -> dict[str, object]:
        """给页面看的情况；ahead 是前面还有几批。"""
        order = [row["step"] for row in steps()]
        now = order.index(self.step) if self.step in order else -1
        listed = [
            {"step": step, "state": "done" if n < now or self.state == DONE else "now" if n == now else "later"}
            | {key: value for key, value in self.news.get(step, {}).items() if key != "step"}
            for n, step in enumerate(order)
        ]
        return {
            "state": self.state,
            "files": self.files,
            "ahead": ahead,
            "steps": listed,
            "message": self.message,
            "notes": self.notes,
            "downloads": [kind for kind in DOWNLOADS if self.result(kind)],
        }
