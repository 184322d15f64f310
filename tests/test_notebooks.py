"""笔记本从头到尾跑得通，显示得出来，源文件不带输出。"""

from __future__ import annotations

import jupytext
import pytest
from nbclient import NotebookClient

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
LESSONS = ("01_快速上手", "02_批量审核", "03_雷同排查", "04_跨校对比", "05_计划与总结对照", "06_用自己的标注训练")


def test_the_six_lessons_are_there():
    assert [path.stem for path in NOTEBOOKS] == list(LESSONS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs(path):
    notebook = jupytext.read(path)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(path.parent)}}).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    shown = [output for cell in cells for output in cell.outputs]
    kinds = {kind for output in shown for kind in output.get("data", {})}
    assert "text/html" in kinds
    assert ("image/png" in kinds) == ("charts." in path.read_text(encoding="utf-8"))
    said = "".join(output.get("text", "") for output in shown if output.get("name") == "stderr")
    assert "Warning" not in said and "Traceback" not in said


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_lesson_explains_before_it_runs(path):
    kinds = [cell.cell_type for cell in jupytext.read(path).cells]
    assert kinds[0] == "markdown" and kinds.count("markdown") * 2 >= kinds.count("code")
