"""表里每一格背后的原文。"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

Place = tuple[str, int, int]
"""原文的位置：文档、起、止。"""


@dataclass(frozen=True)
class Cells:
    """（行，列）→ 各处原文；行、列的名称同表里的。"""

    places: dict[tuple[str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: str, column: str, place: Place) -> None:
        """记一处。"""
        self.places[row, column].append(place)

    def frame(self, rows: Iterable[str], columns: Sequence[str], name: str) -> pd.DataFrame:
        """各格有几处，一行一个组，没有的是 0。"""
        import pandas as pd

        listed = list(rows)
        counts = [[len(self.places.get((row, column), ())) for column in columns] for row in listed]
        return pd.DataFrame(counts, index=pd.Index(listed, name=name), columns=list(columns), dtype=int)
