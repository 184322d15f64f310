"""各种图：数对、中文画得出来、敌意的名字不起作用、没有数也不出错。"""

import io
import re

import pandas as pd
import pytest
from lxml import etree
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Text
from PIL import Image

import jiaoyan_nlp as jy
from jiaoyan_nlp.comparing.build import Comparison
from jiaoyan_nlp.reports import charts
from jiaoyan_nlp.reports.drawing import font, short
from jiaoyan_nlp.reports.lineage import hung
from jiaoyan_nlp.reports.vector import svg

from . import making

PAYLOAD = "</text><script>alert(1)</script>$\\frac{1}{2}$&amp;\x07校"


@pytest.fixture(scope="module")
def frames():
    corpus = making.corpus()
    plan, _, other = corpus
    compared = jy.compare(corpus)
    report = making.one_copy(corpus)
    pairs = pd.DataFrame(
        [{"document": other.id, "file": other.file, "source_document": plan.id, "source_file": plan.file,
          "relation": "school", "passages": 1, "copied": 28, "copied_share": 0.62, "similarity": 0.9}]
    )  # fmt: skip
    clusters = pd.DataFrame(
        [
            {"cluster": 1, "document": d.id, "file": d.file, "school": d.meta.school, "parent": parent, "part": "batch",
             "copied_share": share}
            for d, parent, share in ((plan, None, 0.0), (other, plan.id, 0.62))
        ]
    )  # fmt: skip
    documents = report.documents.assign(
        school=["竹溪小学", "青禾小学"], from_templates=[0.2, 0.0], from_schools=[0.42, 0.0], from_own=0.0
    )
    copies = type(report)(report.passages, pairs, documents, clusters, report.shared, report.same_origin)
    goals = pd.DataFrame({"青年教师": [1, 0], "教学质量": [2, 1]}, index=compared.coverage.index)
    problems = pd.DataFrame({"工学矛盾": [2, 0], "其他": [1, 1]}, index=compared.coverage.index)
    words = [("school", "青禾小学", "汇报课", 3, 0.5, 9.1), ("school", "竹溪小学", "群众", 2, 0.2, 4.2)]
    distinctive = pd.DataFrame(words, columns=compared.distinctive.columns)
    return {
        "coverage": compared.coverage, "quantities": compared.quantities, "goals": goals,
        "problems": problems, "structure": compared.structure, "distinctive": distinctive,
        "trends": compared.trends, "follow_up": jy.follow_up_rates(jy.follow_up(corpus)), "shares": documents,
        "matrix": copies, "clusters": copies, "score_card": jy.score_card(making.usual(corpus)),
    }  # fmt: skip


NAMES = (
    "coverage", "quantities", "goals", "problems", "structure", "distinctive", "trends", "follow_up", "shares", "matrix",
    "clusters", "score_card",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_draws_chinese_with_the_packaged_font(frames, name):
    chart = getattr(charts, name)(frames[name])
    assert chart.alt.endswith("。")
    with Image.open(io.BytesIO(chart._repr_png_())) as image:
        assert image.width > 600
        assert len(image.convert("RGB").getcolors(1 << 24)) > 20
    texts = [text for axes in chart.axes for text in axes.texts + axes.get_yticklabels()]
    assert all(text.get_fontfamily()[0] == "Noto Sans SC" for text in texts)


@pytest.mark.parametrize("name", NAMES)
def test_no_letter_is_missing(frames, name):
    known = get_font(findfont(FontProperties(family=font()))).get_charmap()
    texts = getattr(charts, name)(frames[name]).findobj(Text)
    assert {letter for text in texts for letter in text.get_text() if ord(letter) not in known} == set()


@pytest.mark.parametrize("name", NAMES)
def test_svg_has_words_and_no_style(frames, name):
    root = etree.fromstring(svg(getattr(charts, name)(frames[name]), f"chart-{name}", {"青禾小学": "s1"}))
    assert root.get("aria-label")
    assert not any(
        node.get("style") or etree.QName(node).localname in ("style", "script", "image") for node in root.iter()
    )
    links = {node.get("href") for node in root.iter("{*}a")}
    assert links <= {"#s1"}
    targets = {value for node in root.iter() for value in re.findall(r"#(chart[\w-]+)", " ".join(node.attrib.values()))}
    assert targets <= {node.get("id") for node in root.iter()}


def test_empty_frames_give_an_empty_chart(frames):
    empty = making.copies()
    for name in NAMES:
        frame = frames[name]
        chart = getattr(charts, name)(empty if name in ("matrix", "clusters") else frame[:0])
        chart._repr_png_()
        assert chart.alt


def test_hostile_names_stay_words(frames):
    index = pd.Index([PAYLOAD, "青禾小学"], name="school")
    frame = pd.DataFrame({"听课·计划": [2, 0], "听课·已做": [0, 1]}, index=index)
    card = pd.DataFrame({"school": [PAYLOAD], "structure": [3.0], "points": [3.0], "score": [97.0]})
    for chart in (charts.coverage(frame), charts.score_card(card)):
        root = etree.fromstring(svg(chart, "chart", {}))
        assert not list(root.iter("{*}script"))
        assert "<script>alert(1)</script>$\\frac{1}{2}$&amp;�校" in "".join(root.itertext())


def test_the_numbers_are_right(frames):
    chart = charts.matrix(frames["matrix"])
    assert [text.get_text() for text in chart.axes[0].texts] == ["28"]
    assert "竹溪小学与青禾小学相同 28 字" in [words for _, words in chart.tips]
    assert charts.shares(frames["shares"]).alt == "相同文字：1 篇有与他处相同的文字，1 篇达到 30%。"
    assert any("听课，计划" in words for _, words in charts.coverage(frames["coverage"]).tips)


def test_a_chart_can_be_restyled(frames):
    chart = charts.goals(frames["goals"])
    chart.axes[0].set_title("各类目标")
    chart.set_size_inches(6, 4)
    with Image.open(io.BytesIO(chart._repr_png_())) as image:
        assert image.size == (660, 440)


def test_drawing_leaves_the_settings_alone(frames):
    from matplotlib import rcParams

    before = dict(rcParams)
    charts.goals(frames["goals"])._repr_png_()
    assert dict(rcParams) == before


def test_short_names_keep_what_tells_them_apart():
    assert short(["云溪区甲小学", "云溪区乙小学"]) == {"云溪区甲小学": "甲小学", "云溪区乙小学": "乙小学"}
    assert short(["区小学甲", "区小学乙"])["区小学甲"] == "小学甲"
    assert short(["甲小学"]) == {"甲小学": "甲小学"}
    assert short([]) == {}


def test_parents_that_point_at_each_other_do_not_loop():
    assert hung({"甲": "乙", "乙": "甲"}) == {}
    chain = {str(n): str(n - 1) for n in range(3000)}
    assert hung(chain)["2999"] == (2999, 0.0)


def test_comparison_is_what_the_charts_take(frames):
    assert {"coverage", "quantities", "goals", "problems", "structure", "trends"} <= set(
        Comparison.__dataclass_fields__
    )
