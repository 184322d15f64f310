"""语料和手头的各种结果 → view.Overview。各处都要查的文档、问题、片段先各按编号分好。"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from jiaoyan_nlp.audit.settings import SEVERITIES
from jiaoyan_nlp.follow_up import follow_up_rates
from jiaoyan_nlp.following.terms import term_name
from jiaoyan_nlp.reports.headings import word
from jiaoyan_nlp.reports.issues import issue_groups
from jiaoyan_nlp.reports.marks import compare, masked, masked_rules
from jiaoyan_nlp.reports.particulars import amounts, facts_of, own_words, promises, sections_of
from jiaoyan_nlp.reports.rows import Row, by_column, joined, number_of, records, share_of, text_of
from jiaoyan_nlp.reports.settings import settings, whole
from jiaoyan_nlp.reports.view import (
    NO_SCHOOL,
    PLANS,
    SUMMARIES,
    Alike,
    Outline,
    Overview,
    Paper,
    Place,
    Remark,
    SameOrigin,
    School,
    Shared,
)
from jiaoyan_nlp.types import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jiaoyan_nlp.corpus import Corpus
    from jiaoyan_nlp.reports.particulars import Amount, Promise
    from jiaoyan_nlp.reports.results import Results
    from jiaoyan_nlp.types import Document

SHARES = (("from_templates", "范文"), ("from_schools", "别校"), ("from_own", "本校其他文档"))


def build(results: Results) -> Overview:
    """汇成报告的内容。"""
    return _Builder(results).overview()


@dataclass(frozen=True)
class _Builder:
    """汇集时各处都要查的东西：文档按编号、问题按文档、片段按两头的文档。"""

    results: Results

    @property
    def corpus(self) -> Corpus:
        return self.results.corpus

    @cached_property
    def scores(self) -> dict[str, float]:
        return {text_of(r["school"]): float(r["score"]) for r in records(self.results.card)}

    @cached_property
    def rates(self) -> dict[str, float | None]:
        return {text_of(r["school"]): number_of(r["rate"]) for r in records(follow_up_rates(self.results.follow_up))}

    @cached_property
    def amounts(self) -> dict[str, tuple[Amount, ...]]:
        return amounts(self.results.comparison.quantities) if self.results.comparison else {}

    @cached_property
    def promises(self) -> dict[str, tuple[Promise, ...]]:
        return promises(self.results.follow_up, self.shown)

    @cached_property
    def words_of(self) -> dict[str, tuple[str, ...]]:
        return own_words(self.results.comparison.distinctive) if self.results.comparison else {}

    @cached_property
    def documents(self) -> dict[str, Document]:
        return {document.id: document for document in self.corpus}

    @cached_property
    def places(self) -> dict[str, Place]:
        return {d.id: Place(_label(d), d.file, f"d{n}") for n, d in enumerate(self.corpus, 1)}

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """问题按文档分；没有文档的归在空的编号下面。"""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in records(self.results.findings):
            found[text_of(row.get("document"))].append(row)
        return found

    @cached_property
    def shown(self) -> dict[str, str]:
        """各篇的文字，个人信息已遮盖，长度不变。"""
        hidden = masked_rules()
        return {
            key: masked(d.text, [(int(r["start"]), int(r["end"])) for r in self.rows[key] if r["rule"] in hidden])
            for key, d in self.documents.items()
        }

    @cached_property
    def shares(self) -> dict[str, Row]:
        return {text_of(row["document"]): row for row in records(self.results.copies.documents)}

    @cached_property
    def passages(self) -> dict[str, list[Row]]:
        return by_column(records(self.results.copies.passages), "document")

    @cached_property
    def used(self) -> dict[str, list[Row]]:
        return by_column(records(self.results.copies.passages), "source_document")

    def overview(self) -> Overview:
        schools = self.schools()
        terms = Counter(d.meta.term for d in self.corpus if d.meta.term)
        return Overview(
            term=term_name(max(terms, key=lambda t: (terms[t], t), default=None)),
            schools=schools,
            counts={level: sum(s.counts[level] for s in schools) for level in SEVERITIES},
            limit=float(settings()["copies"]["share"]),
            shared=self.shared(),
            origins=tuple(
                SameOrigin(
                    text_of(r["file"]), text_of(r["other_file"]), number_of(r.get("score")), joined(r.get("reasons"))
                )
                for r in records(self.results.copies.same_origin)
            ),
            remarks=self.remarks(),
            secrets=self.secrets(),
        )

    def schools(self) -> tuple[School, ...]:
        """各校；没有认出学校的文档归在最后。只有问题、没有文档的学校（例如整校未交）也在内。"""
        papers: dict[str, list[Document]] = defaultdict(list)
        for document in self.corpus:
            papers[document.meta.school or NO_SCHOOL].append(document)
        loose = by_column([r for r in self.rows[""] if text_of(r.get("school"))], "school")
        names = sorted(dict.fromkeys([*papers, *loose]), key=lambda name: name == NO_SCHOOL)
        return tuple(self.school(n, name, papers[name], loose.get(name, [])) for n, name in enumerate(names, 1))

    def school(self, number: int, name: str, documents: Sequence[Document], loose: Sequence[Row]) -> School:
        papers = tuple(self.paper(d) for d in sorted(documents, key=lambda d: KINDS.index(d.meta.kind)))
        groups = issue_groups(loose, "")
        issues = [i for group in (*groups, *(g for p in papers for g in p.groups)) for i in group.issues]
        tally = Counter(issue.severity for issue in issues)
        kinds = Counter(document.meta.kind for document in documents)
        plans, summaries = sum(kinds[k] for k in PLANS), sum(kinds[k] for k in SUMMARIES)
        return School(
            name=name,
            anchor=f"s{number}",
            papers=papers,
            groups=groups,
            plans=plans,
            summaries=summaries,
            others=len(documents) - plans - summaries,
            counts={level: tally[level] for level in SEVERITIES},
            share=max((p.share for p in papers if p.share is not None), default=None),
            score=self.scores.get(name, 100.0 if papers and name != NO_SCHOOL else None),
            rate=self.rates.get(name),
            amounts=self.amounts.get(name, ()),
            promises=self.promises.get(name, ()),
            words=self.words_of.get(name, ()),
        )

    def paper(self, document: Document) -> Paper:
        share = self.shares.get(document.id, {})
        rows = sorted(self.passages.get(document.id, []), key=lambda r: int(r["start"]) - int(r["end"]))
        most = whole("copies", "most")
        meta, analysis = document.meta, self.corpus.analysis(document.id)
        details = [term_name(meta.term), meta.subject, meta.author, meta.date, f"{len(document.text)} 字"]
        return Paper(
            id=document.id,
            anchor=self.places[document.id].anchor,
            title=meta.title or "（无标题）",
            kind=word("kind", meta.kind),
            file=document.file,
            details=tuple(d for d in details if d),
            outline=tuple(
                Outline(s.level, f"{s.number}{s.title}", word("role", s.role))
                for s in analysis.tagged.sections
                if s.title
            ),
            expected=sections_of(document, analysis),
            facts=facts_of(self.shown[document.id], analysis),
            groups=issue_groups(self.rows[document.id], self.shown[document.id]),
            share=share_of(share),
            shares=tuple((name, value) for key, name in SHARES if (value := number_of(share.get(key)))),
            alike=tuple(self.alike(row) for row in rows[:most]),
            more_alike=max(0, len(rows) - most),
            used_by=_unique(self.place(r, "document", "file") for r in self.used.get(document.id, [])),
        )

    def alike(self, row: Row) -> Alike:
        longest = whole("copies", "longest")
        mine = self.words(row, "document", "start", "end", "text")
        source = self.words(row, "source_document", "source_start", "source_end", "source_text")
        runs, source_runs = compare(mine[:longest], source[:longest])
        return Alike(
            mine=self.place(row, "document", "file"),
            source=self.place(row, "source_document", "source_file"),
            kind=word("disguise", row["kind"]),
            relation=word("relation", text_of(row.get("relation"))),
            reasons=joined(row.get("reasons")),
            similarity=number_of(row.get("similarity")),
            length=len(mine),
            text=mine,
            source_text=source,
            runs=runs,
            source_runs=source_runs,
        )

    def words(self, row: Row, document: str, start: str, end: str, text: str) -> str:
        """片段的文字：文档在这一批里就取遮盖过的，否则用结果里带的。"""
        whole_text = self.shown.get(text_of(row[document]))
        return text_of(row[text]) if whole_text is None else whole_text[int(row[start]) : int(row[end])]

    def place(self, row: Row, document: str, file: str) -> Place:
        return self.places.get(text_of(row[document])) or Place(
            text_of(row[file]).rsplit("/", 1)[-1], text_of(row[file]), ""
        )

    def shared(self) -> tuple[Shared, ...]:
        return tuple(
            Shared(
                self.words(rows[0], "document", "start", "end", "text"),
                text_of(rows[0]["reason"]),
                _unique(self.place(r, "document", "file") for r in rows),
            )
            for rows in by_column(
                (r for r in records(self.results.copies.shared) if r["document"] in self.places), "block"
            ).values()
        )

    def secrets(self) -> dict[str, str]:
        """个人信息 → 遮盖后的写法：照原样写的结果表里也要换掉。"""
        hidden = masked_rules()
        spans = [
            (key, int(r["start"]), int(r["end"]))
            for key in self.documents
            for r in self.rows[key]
            if r["rule"] in hidden
        ]
        return {self.documents[key].text[a:b]: self.shown[key][a:b] for key, a, b in spans if a < b}

    def remarks(self) -> tuple[Remark, ...]:
        read = {document.file for document in self.corpus}
        return tuple(
            Remark(r["file"], r["code"], r["message"], r["advice"], r["file"] not in read and r["code"] != "skipped")
            for r in records(self.corpus.notes)
        )


def _label(document: Document) -> str:
    title = document.meta.title or document.file.rsplit("/", 1)[-1]
    return f"{document.meta.school}《{title}》" if document.meta.school else f"《{title}》"


def _unique(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(places))
