"""整篇没有标细类的文档，训练细类时不算：不然里面的听课、评课都成了反例。"""

from __future__ import annotations

from jiaoyan_nlp.tagger.examples import examples
from jiaoyan_nlp.tagger.features import features
from jiaoyan_nlp.tagger.labelled import parse
from jiaoyan_nlp.tagger.train import _fit_classes

MARKED = (
    "H1 measures | 二、措施\nA,M [听课] | 每位教师每周听课一节，写好听课记录。\nA [评课] | 周四下午集中评课，人人发言。"
)
UNMARKED = "H1 measures | 二、措施\nA,M | 每位教师每周听课两节，写好听课记录。\nA | 周五下午集中评课，人人发言。"


def counts(*sources: str) -> dict[str, int]:
    found = examples(parse(f"{n}/001.txt", source) for n, source in enumerate(sources))
    rows = [[row.tokens for row in features(e.document, e.units)] for e in found]
    fitted = _fit_classes("activity", "activity_types", found, rows)
    assert sum(len(c) for c in fitted.chances) == 2 * sum("[" in s for s in sources)
    return fitted.report.counts


def test_unmarked_documents_teach_no_classes():
    assert counts(*[MARKED] * 6, *[UNMARKED] * 6)["听课"] == 6
