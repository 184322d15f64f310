"""两位读者的一致性：第二位读者盲标的句段（corpus/second_reader.csv）与作者标注相比，逐个标签的 Cohen kappa。"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from sklearn.metrics import cohen_kappa_score

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from jiaoyan_nlp.tagger.labelled import CODES, read_labelled  # noqa: E402


def main() -> None:
    first = {
        (d.name, u.start, u.end): set(u.labels) for d in read_labelled(ROOT / "corpus" / "labelled") for u in d.units
    }
    pairs = []
    with (ROOT / "corpus" / "second_reader.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            key = (row["document"], int(row["start"]), int(row["end"]))
            pairs.append((first[key], {CODES[code] for code in row["labels"].split("+")}))
    print(f"{len(pairs)} 个句段由两人各标一遍")
    for label in CODES.values():
        kappa = cohen_kappa_score([label in a for a, _ in pairs], [label in b for _, b in pairs])
        print(f"{label:<14}kappa {kappa:.3f}")


if __name__ == "__main__":
    main()
