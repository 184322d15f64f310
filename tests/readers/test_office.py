"""doc、rtf、odt 要靠 LibreOffice；没有装的机器上，同样的输入应当得到怎么装的说明。"""

import subprocess
from pathlib import Path

import pytest

from jiaoyan_nlp.errors import ReadError
from jiaoyan_nlp.readers import groups, inputs, read_files
from jiaoyan_nlp.readers.building import Source
from jiaoyan_nlp.readers.office import convert, converted, soffice

from .making import CHINESE_LIST, docx_of, lines, numbered, p, read_bytes

RTF = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}"
RTF += rb"\f0 \'bd\'cc\'d1\'d0\'bc\'c6\'bb\'ae\par \'cc\'fd\'bf\'ce\par}"


def saved_as(folder: Path, suffix: str) -> bytes:
    """用 LibreOffice 把 docx 另存为别的格式。"""
    given = folder / "input.docx"
    given.write_bytes(docx_of(p("教研计划"), numbered("目标", 1), numbered("措施", 1), numbering=CHINESE_LIST))
    profile = (folder / "profile").as_uri()
    command = [
        str(soffice()),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        str(folder),
        str(given),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"input.{suffix}").read_bytes()


def test_rtf(tmp_path):
    texts, notes = read_bytes(tmp_path, "计划.rtf", RTF)
    if soffice() is None:
        assert notes[0].code == "skipped"
        assert "LibreOffice" in notes[0].advice
    else:
        assert lines(texts[0]) == ["教研计划", "听课"]
        assert notes == []


@pytest.mark.parametrize("suffix", ["doc", "odt", "fodt"])
def test_doc_and_odt_keep_their_numbers(tmp_path, suffix):
    if soffice() is None:
        texts, notes = read_bytes(
            tmp_path, "计划.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le")
        )
        assert texts == []
        assert notes[0].advice
        return
    data = saved_as(tmp_path, suffix)
    texts, notes = read_bytes(tmp_path, f"计划.{suffix}", data)
    assert lines(texts[0]) == ["教研计划", "一、目标", "二、措施"]
    assert notes == []
    assert texts[0].origin.rsids == ()


def test_without_libreoffice_the_note_says_how_to_get_it():
    with pytest.raises(ReadError) as caught:
        convert(RTF, "rtf", None)
    assert caught.value.code == "skipped"
    assert "www.libreoffice.org" in caught.value.advice


def test_spoiled_doc(tmp_path):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument\0".encode("utf-16-le") + bytes(600)
    texts, notes = read_bytes(tmp_path, "a.doc", data)
    assert texts == []
    assert notes[0].code in ("JY501", "skipped")


def test_several_files_are_converted_at_one_start_and_a_bad_one_harms_no_other(tmp_path):
    spoiled = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument\0".encode("utf-16-le") + bytes(600)
    for number, data in enumerate((RTF, spoiled, RTF, "一、其实是文本".encode("gbk"))):
        (tmp_path / f"{number}.doc").write_bytes(data)
    (group,) = groups(inputs(tmp_path))
    results = read_files(group)
    assert [[text.text for text in texts] for texts, *_ in results] == [
        ["教研计划\n听课"],
        [],
        ["教研计划\n听课"],
        ["一、其实是文本"],
    ]
    assert [note.code for note in results[1][1]] == ["JY501"]
    made = converted([Source(str(n), RTF) for n in range(3)])
    assert all(source.converted for source in made)
