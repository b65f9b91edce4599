"""Examples of the rule files, made documents: "[name](Type)" is a mention, "= A > B" is what is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from esskg.extract.context import Context
from esskg.extract.relations.lessons import marked_context
from esskg.model import StatementReading

_MENTION = re.compile(r"\[([^\]]+)\]\((\w+)\)")
_ENGLISH = re.compile(r"\b(?:the|The|of|was|is|and|in|by|with|At|It|were|owned|into|received|sits)\b")
_SPANISH = re.compile(
    r"\b(?:el|los|las|del|una|fue|por|con|su|sus|al|ha|han|para|desde|según|junto|hoy|y)\b|ó\b"
)


@dataclass(frozen=True)
class Example:
    """A text with its entities and the pairs that a rule should read in it."""

    context: Context
    expected: frozenset[str]


def language_of(text: str) -> str:
    """Good enough for examples: French unless English or Spanish words say otherwise."""
    if len(_SPANISH.findall(text)) >= 2:
        return "es"
    return "en" if _ENGLISH.search(text) else "fr"


def example(line: str, language: str | None = None) -> Example:
    """The example that a line of a rule file writes."""
    marked, _, expected = line.partition(" = ")
    pairs = frozenset(pair.strip() for pair in expected.split(";") if pair.strip())
    return Example(context(marked, language or language_of(_MENTION.sub(" ", marked))), pairs)


def context(
    marked: str, language: str = "fr", date: str | None = None, country: str | None = None
) -> Context:
    """The document that an example writes, French unless said otherwise."""
    return marked_context(marked, language, date, country)


def pairs(context: Context, statements: tuple[StatementReading, ...]) -> set[str]:
    """The statements as the examples write them: "A > B" or "A > date"."""
    return {
        f"{context.entity(s.subject).name} > {context.entity(s.object).name if s.object else s.date}"
        for s in statements
    }
