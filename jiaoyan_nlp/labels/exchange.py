"""标注与工具互换：doccano（.jsonl）、Label Studio（.json）、电子表格（.xlsx），按后缀定。

每条带着文档编号和起止，标好回来仍落到原句。标签写中文名，细类（目标类、问题类、活动类型）和标签混写；
选“无”表示一个标签也没有，空着表示还没标。Label Studio 的标注界面用一个名为 label、作用于 text 的多选 Choices。
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.errors import DataError, PathError, UsageError
from jiaoyan_nlp.labels.words import NONE, label_of, label_word
from jiaoyan_nlp.types import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.types import Document

CLASSES = ("goal_classes", "problem_classes", "activity_types")
FORMATS = {".jsonl": "doccano", ".json": "Label Studio", ".xlsx": "电子表格"}
SHEET = ("文档编号", "起", "止", "栏目", "原文", "标签")


@dataclass(frozen=True, slots=True)
class Given:
    """区县标好的一句：哪篇、起点、标签、细类。"""

    document: str
    start: int
    labels: tuple[str, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """区县自己的标注：涉及的文档和标好的句段。"""

    documents: tuple[Document, ...]
    given: tuple[Given, ...]

    def __len__(self) -> int:
        return len(self.given)


def export_labels(corpus: Corpus, statements: pd.DataFrame, path: str | Path) -> None:
    """把要标的句段写成标注工具的文件，现在的标签先填上，改正即可。

    参数：statements 是 suggest 的结果，或 statements 表的若干行；path 的后缀定格式：.jsonl、.json、.xlsx。
    抛出：UsageError 后缀不认识；PathError 文件夹不存在。
    """
    target = _path(path)
    if not target.parent.is_dir():
        raise PathError(f"文件夹 {target.parent} 不存在，请先建好。")
    titles = {(d.id, s.index): s.title for d in corpus for s in d.sections}
    items = [_item(row, titles) for row in statements.to_dict("records")]
    if target.suffix == ".xlsx":
        _write_sheet(items, target)
    elif target.suffix == ".json":
        target.write_text(json.dumps([_task(i) for i in items], ensure_ascii=False, indent=1), encoding="utf-8")
    else:
        target.write_text("".join(json.dumps(i, ensure_ascii=False) + "\n" for i in items), encoding="utf-8")


def import_labels(corpus: Corpus, path: str | Path) -> Labels:
    """读回标好的文件。空着的不算；标签、细类都照写的算，词表里没有的细类就是新添的类。

    参数：corpus 是导出时的那批文档。
    抛出：PathError 没有这个文件；DataError 格式不对，或者文档、原句对不上，写明第几条。
    """
    source = _path(path)
    if not source.is_file():
        raise PathError(f"找不到标注文件 {source}，请检查路径。")
    documents = {d.id: d for d in corpus}
    given = []
    for number, item in enumerate(_read(source), 1):
        where = f"{source} 第 {number} 条"
        try:
            key, start, end, text, words = (
                item["document"],
                int(item["start"]),
                int(item["end"]),
                item["text"],
                item["label"],
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"{where}缺少文档编号、起止、原文或标签，请用导出的文件来标。") from error
        if key not in documents:
            raise DataError(f"{where}的文档 {key} 不在这批文档里，请用导出时的那个 Corpus。")
        if documents[key].text[start:end].strip() != str(text).strip():
            raise DataError(f"{where}的原文与文档对不上，请不要改动原文和起止。")
        if words:
            labels = tuple(label for word in words if (label := label_of(word)))
            given.append(Given(key, start, labels, tuple(w for w in words if not label_of(w) and w != NONE)))
    used = {g.document for g in given}
    return Labels(tuple(d for d in corpus if d.id in used), tuple(given))


def _path(path: str | Path) -> Path:
    found = Path(path)
    if found.suffix not in FORMATS:
        said = "、".join(f"{suffix}（{name}）" for suffix, name in FORMATS.items())
        raise UsageError(f"标注文件的后缀“{found.suffix}”不认识，可用的有：{said}。")
    return found


def _item(row: Mapping[Any, Any], titles: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    words = [label_word(label) for label in LABELS if row[label]]
    words += dict.fromkeys(name for column in CLASSES for name in row[column])
    where = {"document": row["document"], "start": int(row["start"]), "end": int(row["end"])}
    return {"text": row["text"], "label": words, **where, "heading": titles.get((row["document"], row["section"]), "")}


def _task(item: Mapping[str, Any]) -> dict[str, Any]:
    """Label Studio 的一个任务，现在的标签作为预测带上。"""
    result = {"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": item["label"]}}
    data = {key: value for key, value in item.items() if key != "label"}
    return {"data": data, "predictions": [{"model_version": "jiaoyan", "result": [result]}]}


def _read(source: Path) -> list[dict[str, Any]]:
    try:
        if source.suffix == ".xlsx":
            return _read_sheet(source)
        text = source.read_text(encoding="utf-8-sig")
        if source.suffix == ".json":
            return [_from_task(task) for task in json.loads(text)]
        return [_from_line(json.loads(line)) for line in text.splitlines() if line.strip()]
    except (UnicodeDecodeError, json.JSONDecodeError, AttributeError, TypeError) as error:
        name = FORMATS[source.suffix]
        raise DataError(f"{source} 不是 {name} 导出的文件，或者已损坏，请在 {name} 里重新导出。") from error


def _from_line(record: dict[str, Any]) -> dict[str, Any]:
    """doccano 各版本：附带的字段或在外层，或在 meta 里；标签叫 label 或 labels。"""
    words = record.get("label", record.get("labels"))
    return {**record.get("meta", {}), **record, "label": words}


def _from_task(task: dict[str, Any]) -> dict[str, Any]:
    """Label Studio：完整的 JSON（取最后一次没有取消的标注），或 JSON-MIN。"""
    if "data" not in task:
        label = task.get("label", [])
        return {**task, "label": label.get("choices", []) if isinstance(label, dict) else _listed(label)}
    done = [a for a in task.get("annotations", []) if not a.get("was_cancelled")]
    results = done[-1]["result"] if done else []
    return {**task["data"], "label": [word for r in results for word in r["value"].get("choices", [])]}


def _listed(label: str | list[str]) -> list[str]:
    return [label] if isinstance(label, str) else label


def _write_sheet(items: Sequence[Mapping[str, Any]], target: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(SHEET)
    for item in items:
        said = "、".join(item["label"])
        sheet.append([item["document"], item["start"], item["end"], item["heading"], item["text"], said])
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # 以等号开头的原文也只是文字，不当公式
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["E"].width = 80
    sheet.column_dimensions["F"].width = 30
    book.save(target)


def _read_sheet(source: Path) -> list[dict[str, Any]]:
    import zipfile

    from openpyxl import load_workbook

    try:
        rows = list(load_workbook(source, read_only=True).worksheets[0].iter_rows(values_only=True))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise DataError(f"{source} 不是电子表格，或者已损坏，请在 Excel 里另存为 .xlsx。") from error
    if not rows or tuple(rows[0][: len(SHEET)]) != SHEET:
        raise DataError(f"{source} 第 1 行须是：{'、'.join(SHEET)}，请用导出的表来标。")
    names = ("document", "start", "end", "heading", "text")
    return [
        dict(zip(names, row, strict=False)) | {"label": [w for w in str(row[5] or "").split("、") if w]}
        for row in rows[1:]
        if row[0]
    ]
