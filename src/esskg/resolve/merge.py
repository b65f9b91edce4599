"""What all documents say together: readings of the same thing become one, with all their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from esskg.config import Thresholds
from esskg.model import (
    DATED_RELATIONS,
    Document,
    Extraction,
    Figure,
    FigureReading,
    LocalId,
    Modality,
    Quotation,
    QuotationReading,
    RelationType,
    Slug,
    State,
    Statement,
    StatementReading,
    TextEvidence,
)
from esskg.resolve.decisions import FIGURE, QUOTATION, Decisions, folded_spaces
from esskg.resolve.languages import Languages
from esskg.resolve.weigh import Reading, Support, Weighed, weigh

Links = Mapping[tuple[Slug, LocalId], Slug]
_CONTEXT = 32
"""Characters of a quote's prefix and suffix, which tell it from its like (Web Annotation, 4.2.4)."""


class _Said(NamedTuple):
    """What makes statement readings one; ``value`` is a slug, or the date of a dated relation."""

    subject: Slug
    type: RelationType
    value: str | None
    modality: Modality


class _Counted(NamedTuple):
    """What makes figure readings one."""

    about: Slug | None
    place: Slug | None
    source: Slug | None
    date: str | None
    indicator: str
    value: float
    unit: str
    qualifier: str


class _Quoted(NamedTuple):
    """What makes quotation readings one."""

    speaker: Slug
    text: str


_Key = TypeVar("_Key", bound=Hashable)


class Merger:
    """Merges the readings of all documents, whose ends are resolved by ``links``.

    Only what reaches the review threshold, or was decided upon, comes out; the rest stays in the readings.
    """

    def __init__(  # noqa: PLR0913 - the readings and the four things they are judged by
        self,
        documents: Mapping[Slug, Document],
        extractions: Iterable[Extraction],
        links: Links,
        *,
        decisions: Decisions,
        copies: Mapping[Slug, Slug],
        thresholds: Thresholds,
    ) -> None:
        self._documents, self._extractions, self._links = documents, tuple(extractions), links
        self._decisions, self._copies, self._thresholds = decisions, copies, thresholds
        self._languages = Languages(documents)

    def statements(self) -> tuple[Statement, ...]:
        """One for each subject, relation, value and modality, sorted by id.

        Values that contradict one another stay side by side.
        """
        supports = (
            (said, self._support(extraction.document, reading, said.type, said.subject, said.value))
            for extraction in self._extractions
            for reading in extraction.statements
            for said in (self._said(extraction.document, reading),)
            if said.subject != said.value  # else the two ends have turned out to be one
        )
        merged = (_statement(said, weighed) for said, weighed in self._weighed(supports))
        return tuple(sorted(merged, key=lambda statement: statement.id))

    def figures(self) -> tuple[Figure, ...]:
        """One for each number with what it counts, where and when, sorted by id."""
        supports = (
            (counted, self._support(extraction.document, reading, FIGURE, counted.about, None))
            for extraction in self._extractions
            for reading in extraction.figures
            for counted in (self._counted(extraction.document, reading),)
        )
        merged = (self._figure(counted, weighed) for counted, weighed in self._weighed(supports))
        return tuple(sorted(merged, key=lambda figure: figure.id))

    def quotations(self) -> tuple[Quotation, ...]:
        """One for each speaker and words, sorted by id."""
        supports = (
            (quoted, self._support(extraction.document, reading, QUOTATION, quoted.speaker, None))
            for extraction in self._extractions
            for reading in extraction.quotations
            for quoted in (self._quoted(extraction.document, reading),)
        )
        merged = (self._quotation(quoted, weighed) for quoted, weighed in self._weighed(supports))
        return tuple(sorted(merged, key=lambda quotation: quotation.id))

    # --- what makes readings one ---

    def _said(self, document: Slug, reading: StatementReading) -> _Said:
        subject, value = self._links[document, reading.subject], reading.date
        if reading.object is not None:
            value = self._links[document, reading.object]
            if reading.type is RelationType.PARTNERS_WITH:  # undirected: the first in the alphabet is subject
                subject, value = min(subject, value), max(subject, value)
        return _Said(Slug(subject), reading.type, value, reading.modality)

    def _counted(self, document: Slug, reading: FigureReading) -> _Counted:
        return _Counted(
            self._end(document, reading.about),
            self._end(document, reading.place),
            self._end(document, reading.source),
            reading.date,
            reading.indicator.casefold(),
            reading.value,
            reading.unit,
            reading.qualifier,
        )

    def _quoted(self, document: Slug, reading: QuotationReading) -> _Quoted:
        start, end = reading.evidence
        return _Quoted(
            self._links[document, reading.speaker], folded_spaces(self._documents[document].text[start:end])
        )

    def _end(self, document: Slug, local: LocalId | None) -> Slug | None:
        return None if local is None else self._links[document, local]

    # --- how much they come to ---

    def _support(
        self, slug: Slug, reading: Reading, relation: str, subject: str | None, value: str | None
    ) -> Support[Reading]:
        text, (start, end) = self._documents[slug].text, reading.evidence
        evidence = TextEvidence(
            document=slug,
            start=start,
            end=end,
            exact=text[start:end],
            prefix=text[max(0, start - _CONTEXT) : start],
            suffix=text[end : end + _CONTEXT],
            rule=reading.rule,
            confidence=reading.confidence,
        )
        verdict = self._decisions.verdict(relation, slug, evidence.exact, subject, value)
        return Support(reading, evidence, self._copies.get(slug, slug), verdict)

    def _weighed(
        self, supports: Iterable[tuple[_Key, Support[Reading]]]
    ) -> Iterator[tuple[_Key, Weighed[Reading]]]:
        groups: dict[_Key, list[Support[Reading]]] = defaultdict(list)
        for key, support in supports:
            groups[key].append(support)
        for key, group in groups.items():
            if weighed := weigh(group, self._thresholds):
                yield key, weighed

    # --- what comes out ---

    def _figure(self, counted: _Counted, weighed: Weighed[FigureReading]) -> Figure:
        best = weighed.best
        return Figure(
            indicator=best.reading.indicator,
            language=self._languages.at(best.evidence.document, best.evidence.start),
            value=counted.value,
            unit=counted.unit,
            qualifier=best.reading.qualifier,
            evidence=weighed.evidence,
            confidence=weighed.confidence,
            state=weighed.state,
            about=counted.about,
            place=counted.place,
            source=counted.source,
            date=counted.date,
        )

    def _quotation(self, quoted: _Quoted, weighed: Weighed[QuotationReading]) -> Quotation:
        place = weighed.best.evidence
        language = self._languages.at(place.document, place.start)
        return Quotation(
            quoted.speaker, quoted.text, language, weighed.evidence, weighed.confidence, weighed.state
        )


def _statement(said: _Said, weighed: Weighed[StatementReading]) -> Statement:
    reading, dated = weighed.best.reading, said.type in DATED_RELATIONS
    return Statement(
        type=said.type,
        subject=said.subject,
        object=None if dated or said.value is None else Slug(said.value),
        evidence=weighed.evidence,
        confidence=weighed.confidence,
        state=_shown(weighed.state, said.modality),
        modality=said.modality,
        date=reading.date,
        role=reading.role,
        amount=reading.amount,
        instrument=reading.instrument,
    )


def _shown(state: State, modality: Modality) -> State:
    """Only what holds is asserted; that something is planned or denied waits for a person, however clear."""
    return State.REVIEW if state is State.ASSERTED and modality is not Modality.HOLDS else state
