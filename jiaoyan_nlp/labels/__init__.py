"""标签的解释、补标和重新训练：为什么这样标、先补标哪些、和标注工具互换、用区县自己的标注重训。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaoyan_nlp.errors import UsageError
from jiaoyan_nlp.labels.exchange import Labels, export_labels, import_labels
from jiaoyan_nlp.labels.suggesting import suggest
from jiaoyan_nlp.labels.training import train
from jiaoyan_nlp.labels.words import label_word
from jiaoyan_nlp.tagger import explain as explaining
from jiaoyan_nlp.types import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from jiaoyan_nlp.corpus import Corpus

__all__ = ["Labels", "explain", "export_labels", "import_labels", "suggest", "train"]


def explain(corpus: Corpus, statement_row: Mapping[str, object] | pd.Series) -> pd.DataFrame:
    """为什么这一句标了这些标签：哪些词、提示语、栏目标题、前后句赞成或反对。

    参数：statement_row 是 corpus.table("statements") 的一行（要有 document 和 start）。
    返回：DataFrame，一个标签一条依据一行：label、token（依据，中文）、contribution（份量，正的赞成、负的反对，
    同一标签的全部相加是对数几率）、chosen（是否标上）、probability、threshold、sentence（这个标签的一句话结论）。
    抛出：UsageError 给的不是 Corpus，或这一行不是它里面的句段。
    """
    import pandas as pd

    from jiaoyan_nlp.corpus import check_corpus

    check_corpus(corpus)
    document = next((d for d in corpus if d.id == statement_row["document"]), None)
    if document is None:
        raise UsageError(f"这个 Corpus 里没有编号为 {statement_row['document']} 的文档，请用它自己的 statements 表。")
    found = explaining.explain(document, int(str(statement_row["start"])), corpus.model)
    rows = []
    for label, chance, threshold in zip(LABELS, found.probabilities, found.thresholds, strict=True):
        mine = [r for r in found.reasons if r.label == label]
        said = explaining.sentence(label_word(label), chance, threshold, mine)
        rows += [(label, r.token, r.contribution, chance >= threshold, chance, threshold, said) for r in mine]
    columns = ["label", "token", "contribution", "chosen", "probability", "threshold", "sentence"]
    return pd.DataFrame(rows, columns=columns)
