from pathlib import Path

import pytest

from jiaoyan_nlp.errors import PathError, UsageError
from jiaoyan_nlp.readers import inputs, read_file


@pytest.fixture
def district(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("上报/乙校/总结.txt", "上报/甲校/计划.txt", "上报/目录.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("一、目标", encoding="utf-8")
    return tmp_path


def files(sources):
    return [file for _, file in inputs(sources)]


def test_folder_is_recursive_sorted_and_named_as_given(district):
    assert files("上报") == ["上报/乙校/总结.txt", "上报/甲校/计划.txt", "上报/目录.txt"]
    assert files("上报/") == files("上报")
    assert files(district / "上报")[0] == f"{district.as_posix()}/上报/乙校/总结.txt"


def test_file_glob_and_list(district):
    assert files("上报/目录.txt") == ["上报/目录.txt"]
    assert files("上报/*/*.txt") == ["上报/乙校/总结.txt", "上报/甲校/计划.txt"]
    assert sorted(files("上报/**/*.txt")) == sorted(files("上报"))
    assert files(["上报/甲校", Path("上报/乙校")]) == ["上报/甲校/计划.txt", "上报/乙校/总结.txt"]


def test_what_is_named_twice_counts_once(district):
    assert len(files(["上报", "上报/目录.txt", district / "上报"])) == 3


def test_a_file_name_may_look_like_a_pattern(district):
    (district / "计划[1].txt").write_text("甲", encoding="utf-8")
    assert files("计划[1].txt") == ["计划[1].txt"]


def test_nothing_found_says_what_and_where(district):
    for wrong in ("没有的文件夹", "上报/*.docx", district / "空"):
        (district / "空").mkdir(exist_ok=True)
        with pytest.raises(PathError, match="请检查"):
            inputs(wrong)
    with pytest.raises(PathError):
        inputs([])
    with pytest.raises(UsageError):
        inputs([3])


def test_links_out_of_the_folder_are_noted_not_followed(district):
    outside = district / "别处"
    outside.mkdir()
    (outside / "秘密.txt").write_text("不该读", encoding="utf-8")
    (district / "上报/外.txt").symlink_to(outside / "秘密.txt")
    (district / "上报/外夹").symlink_to(outside)
    (district / "上报/断.txt").symlink_to(district / "没有")
    (district / "上报/里.txt").symlink_to(district / "上报/目录.txt")
    results = {file: read_file(path, file) for path, file in inputs("上报")}
    noted = {file for file, (texts, notes) in results.items() if not texts and notes[0].code == "skipped"}
    assert noted == {"上报/外.txt", "上报/外夹", "上报/断.txt"}
    assert sum(len(texts) for texts, _ in results.values()) == 3
