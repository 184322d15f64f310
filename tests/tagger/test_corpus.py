"""标注语料自身的把关：没有重复的句子跨着折，没有近乎相同的文档。"""

from __future__ import annotations

from collections import Counter

from jiaoyan_nlp.tagger.labelled import read_labelled
from tests.conftest import LABELLED

SHINGLE = 12
MOST_SHARED = 0.2


def shingles(text: str) -> set[str]:
    plain = "".join(c for c in text if "\u4e00" <= c <= "\u9fff")
    return {plain[i : i + SHINGLE] for i in range(len(plain) - SHINGLE + 1)}


def test_no_two_documents_are_nearly_alike():
    sets = {d.name: shingles(d.text) for d in read_labelled(LABELLED)}
    holders: dict[str, list[str]] = {}
    for name, found in sets.items():
        for shingle in found:
            holders.setdefault(shingle, []).append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        for i, a in enumerate(names):
            for b in names[i + 1 :]:
                shared[a, b] += 1
    alike = {pair: count for pair, count in shared.items() if count > MOST_SHARED * min(len(sets[p]) for p in pair)}
    assert alike == {}


def test_every_label_and_role_has_examples():
    found = read_labelled(LABELLED)
    labels = Counter(label for d in found for u in d.units for label in u.labels)
    roles = Counter(u.role for d in found for u in d.units if u.role)
    classes = Counter(name for d in found for u in d.units for name in u.classes)
    assert min(labels.values()) >= 500
    assert min(roles.values()) >= 1
    assert len(classes) >= 45
