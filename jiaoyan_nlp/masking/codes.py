"""代号：人是某甲乙、某甲丙……，号码是手机甲乙……；一个代号只给一个人、一个号码。"""

from __future__ import annotations

from collections import Counter

from jiaoyan_nlp.facts.names import STEMS

PERSON = "人名"
Key = tuple[str, str]
"""（人名、手机等，归一后的字）；只有姓而不知道是谁的，字里写着学校。"""
DIGITS = 2
"""代号至少几个字；用完了再加长。"""


class Codes:
    """按先后发代号。"""

    def __init__(self) -> None:
        self.given: dict[Key, str] = {}
        self._counts: Counter[str] = Counter()

    def code(self, key: Key) -> str:
        """一个人、一个号码的代号。

        >>> codes = Codes()
        >>> [codes.code((PERSON, name)) for name in ("孟令春", "康宁", "孟令春")]
        ['某甲甲', '某甲乙', '某甲甲']
        """
        if key not in self.given:
            kind = key[0]
            self.given[key] = ("某" if kind == PERSON else kind) + _spelled(self._counts[kind])
            self._counts[kind] += 1
        return self.given[key]


def _spelled(number: int) -> str:
    said = ""
    while number or len(said) < DIGITS:
        number, digit = divmod(number, len(STEMS))
        said = STEMS[digit] + said
    return said
