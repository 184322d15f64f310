"""笔记本里的显示：转义、不触发标注。"""

from lxml import html

from jiaoyan_nlp.reports.display import copies_html, corpus_html, document_html
from jiaoyan_nlp.types import Note

from . import making

PAYLOAD = "<script>alert(1)</script>{{ 7*7 }}"


def hostile():
    return making.document(
        f"计划{PAYLOAD}\n一、目标{PAYLOAD}\n写{PAYLOAD}好。\n", f"{PAYLOAD}.txt", PAYLOAD, title=PAYLOAD
    )


def test_corpus_without_tagging():
    corpus = making.corpus(hostile(), notes=(Note("坏.txt", "JY501", "坏", "换"),))
    shown = corpus_html(corpus)
    assert "4 篇文档" in shown
    assert "1 条读取记录" in shown
    assert html.fromstring(shown).cssselect("script") == []
    assert PAYLOAD in html.fromstring(shown).text_content()
    assert "_analyses" not in vars(corpus)
    assert corpus._repr_html_() == shown


def test_long_corpus_is_cut():
    many = [making.document(making.OTHER, f"{n}.txt", "竹溪小学") for n in range(30)]
    assert "另有 21 篇没有列出" in corpus_html(making.corpus(*many))


def test_document():
    shown = document_html(next(iter(making.corpus())))
    assert "一、工作目标" in shown
    tree = html.fromstring(document_html(hostile()))
    assert tree.cssselect("script") == []
    assert PAYLOAD in tree.text_content()


def test_copies():
    corpus = making.corpus(hostile())
    plan, _, _, bad = corpus
    shown = copies_html(making.one_copy(corpus))
    assert "1 段相同的文字" in shown
    assert "62%" in shown
    assert "换了词" in shown
    found = making.copies([making.passage(bad, f"写{PAYLOAD}", plan, "XX")] * 9, {bad.id: 0.5})
    tree = html.fromstring(copies_html(found))
    assert tree.cssselect("script") == []
    assert PAYLOAD in tree.text_content()
    assert "另有 4 段没有列出" in tree.text_content()


def test_comparison():
    import jiaoyan_nlp as jy

    shown = jy.compare(making.corpus(hostile()))._repr_html_()
    tree = html.fromstring(shown)
    assert "3 组的比较（按学校）" in tree.text_content()
    assert tree.cssselect("svg text")
    assert tree.cssselect("script") == []
    assert "<script>alert(1)</script>" in tree.text_content()


def test_copies_show_matrix_and_kinship():
    corpus = making.corpus()
    plan, _, other = corpus
    found = making.one_copy(corpus)
    pair = {"document": other.id, "source_document": plan.id, "relation": "school", "copied": 28}
    row = {"cluster": 1, "school": None, "part": "batch", "copied_share": 0.62}
    found.pairs.loc[0, list(pair)] = list(pair.values())
    for at, (made, parent) in enumerate(((plan, None), (other, plan.id))):
        found.clusters.loc[at, [*row, "document", "file", "parent"]] = [*row.values(), made.id, made.file, parent]
    tree = html.fromstring(copies_html(found))
    assert len(tree.cssselect("svg")) == 2
    assert "62%" in tree.cssselect("svg")[1].text_content()
