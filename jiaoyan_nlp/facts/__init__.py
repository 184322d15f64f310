"""句段 → 事实：活动、数量、日程、分工、课题与获奖。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaoyan_nlp.facts.activities import activities
from jiaoyan_nlp.facts.packed import packed
from jiaoyan_nlp.facts.quantities import quantities
from jiaoyan_nlp.facts.roles import roles
from jiaoyan_nlp.facts.schedule import schedule
from jiaoyan_nlp.facts.topics import awards, topics
from jiaoyan_nlp.types import Facts

if TYPE_CHECKING:
    from jiaoyan_nlp.types import Document, Tagged

__all__ = ["extract"]


def extract(document: Document, tagged: Tagged) -> Facts:
    """抽取一篇文档的事实，每类都按先后排。"""
    return Facts(
        activities=activities(document, tagged),
        quantities=quantities(document, tagged),
        schedule=schedule(document, tagged),
        roles=roles(document, tagged),
        topics=topics(document),
        awards=awards(document, tagged),
        packed=packed(document, tagged),
    )
