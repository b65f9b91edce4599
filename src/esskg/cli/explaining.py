"""A reading explained on a terminal: the text, its mentions marked, then each reading with its reasons."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from esskg.extract.explanation import Explained, Explanation
from esskg.model import (
    EntityReading,
    EntityType,
    FigureReading,
    LocalId,
    Modality,
    QuotationReading,
    Span,
    StatementReading,
)

_COLOURS = {EntityType.PERSON: "magenta", EntityType.PLACE: "green", EntityType.EVENT: "yellow"}
_POLICY, _ORGANIZATION = "bright_blue", "cyan"
_PLAIN_WIDTH = 100_000
"""Where output is no terminal, lines are not broken."""


def print_explanation(explanation: Explanation) -> None:
    """Print an explanation: in colours on a terminal, else plain."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_PLAIN_WIDTH, no_color=True)
    for line in _lines(explanation, coloured=console.is_terminal):
        console.print(line, highlight=False, markup=False)


def _lines(explanation: Explanation, *, coloured: bool) -> Iterator[Text]:
    document = explanation.document
    about = f"{document.slug}, {document.language}, {document.metadata.date or 'no date'}"
    yield Text(about, style="bold")
    yield Text()
    yield _marked(explanation, coloured=coloured)
    yield from _titled("Entities", map(_entity, explanation.extraction.entities))
    for title, readings in (
        ("Statements", explanation.statements),
        ("Figures", explanation.figures),
        ("Quotations", explanation.quotations),
    ):
        yield from _titled(title, (line for one in readings for line in _reading(explanation, one)))


def _titled(title: str, lines: Iterator[Text]) -> Iterator[Text]:
    yield Text()
    yield Text(title, style="bold")
    yield from lines


def _marked(explanation: Explanation, *, coloured: bool) -> Text:
    """The text, each mention marked with its entity."""
    text, shown, last = explanation.document.text.rstrip(), Text(), 0
    for (start, end), entity in _mentions(explanation):
        shown.append(text[last:start])
        shown.append(text[start:end] if coloured else f"[{text[start:end]}|{entity.id}]", _style(entity))
        if coloured:
            shown.append(f" {entity.id}", "dim")
        last = end
    shown.append(text[last:])
    return shown


def _mentions(explanation: Explanation) -> list[tuple[Span, EntityReading]]:
    found = [
        (mention.span, entity) for entity in explanation.extraction.entities for mention in entity.mentions
    ]
    return sorted(found, key=lambda pair: pair[0])


def _style(entity: EntityReading) -> str:
    if entity.type is EntityType.POLICY_INSTRUMENT:
        return f"bold {_POLICY}"
    return f"bold {_COLOURS.get(entity.type, _ORGANIZATION)}"


def _entity(entity: EntityReading) -> Text:
    class_ = f"{entity.type} / {entity.subtype}" if entity.subtype else entity.type
    link = f"= {entity.reference} of the reference" if entity.reference else "in no reference"
    found = sorted({mention.source for mention in entity.mentions})
    surest = max(mention.confidence for mention in entity.mentions)
    told = f"  {class_}; {link}; {len(entity.mentions)} × by {', '.join(found)}, up to {surest:.2f}"
    return Text.assemble(f"{entity.id:>4}  ", (entity.name, _style(entity)), told)


def _reading(explanation: Explanation, explained: Explained) -> Iterator[Text]:
    reading = explained.reading
    yield Text(f"  {_said(explanation, reading)}  {reading.confidence:.2f} {reading.state}", style="bold")
    yield Text(f"      “{explanation.words(reading.evidence)}”", style="italic")
    yield Text(f"      read by {reading.rule}")
    if isinstance(reading, StatementReading) and reading.modality is not Modality.HOLDS:
        yield Text(f"      set aside: {reading.reason}")
    for feature in explained.features:
        yield Text(f"      {feature.value:.2f} {feature.name}: {feature.note}", style="dim")


def _said(explanation: Explanation, reading: StatementReading | FigureReading | QuotationReading) -> str:
    def name(key: LocalId | None) -> str:
        return "" if key is None else f"{explanation.entity(key).name} ({key})"

    if isinstance(reading, QuotationReading):
        return f"said by {name(reading.speaker)}"
    if isinstance(reading, FigureReading):
        slots = {"about": name(reading.about), "in": name(reading.place), "by": name(reading.source)}
        told = [f"{slot} {value}" for slot, value in slots.items() if value]
        return ", ".join(
            [f"{reading.qualifier} {reading.value:,.10g} {reading.unit}: {reading.indicator}", *told]
        )
    amount = f", {reading.amount.value:,.10g} {reading.amount.currency}" if reading.amount else ""
    ends = " → ".join(filter(None, (name(reading.subject), name(reading.object), reading.date)))
    return f"{reading.type}: {ends}{amount}" + (f", “{reading.role}”" if reading.role else "")
