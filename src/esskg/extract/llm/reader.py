"""The reader: each passage asked about once, each answer checked, what is borne out and new added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from esskg.config import LlmSettings, Settings, Thresholds
from esskg.errors import ConfigError, LlmError
from esskg.extract.context import Context, read_context
from esskg.extract.llm.answers import claims_in
from esskg.extract.llm.cache import Cache
from esskg.extract.llm.client import Client, make_client
from esskg.extract.llm.grounding import Grounding, RefusedError
from esskg.extract.llm.passages import Passage, passages
from esskg.extract.llm.prompt import shipped_prompt
from esskg.extract.parse import Parser
from esskg.extract.relations.candidates import Candidate
from esskg.model import (
    DATED_RELATIONS,
    Document,
    Extraction,
    LocalId,
    RelationType,
    StatementReading,
    digest,
)

RELIABILITY = 0.6
"""How often a checked statement is taken to be right while nobody has measured the model."""
_BELOW = 0.01
_CHARACTERS_PER_TOKEN = 4
_TOKENS_OF_AN_ANSWER = 200

Approve = Callable[["Cost"], bool]
"""Whether a run of that cost may go on."""
Key = tuple[RelationType, LocalId, LocalId | str | None]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run would ask for."""

    calls: int
    """Passages that no kept answer is for."""
    kept: int
    """Passages whose answer is kept."""
    tokens: int
    """A rough estimate for question and answer, at four characters a token."""

    def __str__(self) -> str:
        return f"{self.calls:,} calls, about {self.tokens:,} tokens ({self.kept:,} answers are kept)"


class LlmReader:
    """Adds to extractions what a language model reads in addition and the text bears out.

    Statements of the extraction itself are never changed. ``outcomes`` counts what became of the claims.
    """

    def __init__(self, client: Client, cache: Cache, settings: Settings, llm: LlmSettings) -> None:
        self._client, self._cache, self._settings = client, cache, settings
        self._reliability, self._most = llm.reliability, llm.max_calls
        self._prompt = shipped_prompt()
        self.outcomes: Counter[str] = Counter()

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same extraction could be added to differently."""
        return digest("llm", self._client.model, self._prompt.system, repr(self._reliability))

    def read_many(
        self, readings: Sequence[tuple[Document, Extraction]], approve: Approve | None = None
    ) -> Iterator[Extraction]:
        """Each extraction with what was added, in the order given.

        ``approve`` is shown the cost before anything is asked; without it, the settings' limit decides.
        Raises LlmError where the cost is refused or the model gives no answer.
        """
        cost = self.cost(readings)
        if not (approve(cost) if approve else cost.calls <= self._most):
            raise LlmError(
                f"Asking {self._client.model} would take {cost}; [llm] max_calls in esskg.toml allows "
                f"{self._most:,}. Raise it, or say --yes."
            )
        return (self.read(*reading) for reading in readings)

    def cost(self, readings: Iterable[tuple[Document, Extraction]]) -> Cost:
        """What reading these would ask for."""
        fixed = len(self._prompt.system) // _CHARACTERS_PER_TOKEN + _TOKENS_OF_AN_ANSWER
        calls = kept = tokens = 0
        for reading in readings:
            for _, user in self._questions(self._context(*reading)):
                if self._kept(user) is None:
                    calls, tokens = calls + 1, tokens + fixed + len(user) // _CHARACTERS_PER_TOKEN
                else:
                    kept += 1
        return Cost(calls, kept, tokens)

    def read(self, document: Document, extraction: Extraction) -> Extraction:
        """The extraction with the statements that were added, in the order of the text.

        Raises LlmError where the model gives no answer; answers given before are kept.
        """
        context = self._context(document, extraction)
        statements = {_key(statement): statement for statement in extraction.statements}
        own = len(statements)
        grounding = Grounding(context, f"llm/{self._client.model}")
        for passage, user in self._questions(context):
            for candidate in self._borne_out(grounding, passage, self._answer(user)):
                reading = self._reading(candidate)
                known = statements.setdefault(_key(reading), reading)
                self.outcomes["added" if known is reading else "known already"] += 1
        if len(statements) == own:
            return extraction
        ordered = sorted(statements.values(), key=lambda s: (s.evidence, s.type, s.subject, s.object or ""))
        return replace(extraction, statements=tuple(ordered))

    def summary(self) -> str:
        """What became of the claims, in words."""
        others = [f"{count} {name}" for name, count in sorted(self.outcomes.items()) if name != "added"]
        return f"{self._client.model}: " + ", ".join([f"{self.outcomes['added']} statements added", *others])

    def _context(self, document: Document, extraction: Extraction) -> Context:
        settings = self._settings
        context = read_context(
            document, Parser(models=False), country=settings.country, currency=settings.currency
        )
        return context.with_entities(extraction.entities)

    def _questions(self, context: Context) -> Iterator[tuple[Passage, str]]:
        text = context.document.text
        return ((passage, self._prompt.user(text, passage)) for passage in passages(context))

    def _kept(self, user: str) -> str | None:
        return self._cache.get(self._client.model, self._prompt.system, user)

    def _answer(self, user: str) -> str:
        answer = self._kept(user)
        if answer is None:
            answer = self._client.complete(self._prompt.system, user)
            self._cache.put(self._client.model, self._prompt.system, user, answer)
        return answer

    def _borne_out(self, grounding: Grounding, passage: Passage, answer: str) -> Iterator[Candidate]:
        try:
            claims = claims_in(answer)
        except ValueError:
            self.outcomes["no JSON in the answer"] += 1
            return
        for claim in claims:
            try:
                yield grounding.candidate(claim, passage)
            except RefusedError as refusal:
                self.outcomes[str(refusal)] += 1

    def _reading(self, candidate: Candidate) -> StatementReading:
        subject, object_ = candidate.ends
        confidence = _confidence(candidate, self._reliability, self._settings.thresholds)
        return StatementReading(
            type=candidate.relation,
            subject=subject,
            object=object_,
            evidence=candidate.evidence,
            rule=candidate.rule,
            confidence=confidence,
            state=self._settings.thresholds.state(confidence),
            date=candidate.date,
            role=candidate.role,
            amount=candidate.amount,
        )


def make_reader(settings: Settings, folder: Path) -> LlmReader:
    """The reader that a project's settings ask for, its answers kept in a folder.

    Raises ConfigError where they name no model.
    """
    if settings.llm is None:
        raise ConfigError("esskg.toml names no language model: give url and model under [llm]")
    return LlmReader(make_client(settings.llm), Cache(folder), settings, settings.llm)


def _key(statement: StatementReading) -> Key:
    value = statement.date if statement.type in DATED_RELATIONS else statement.object
    return statement.type, statement.subject, value


def _confidence(candidate: Candidate, reliability: float | None, thresholds: Thresholds) -> float:
    """Reliability × weakest mention; below what is asserted unless the model's reliability was measured."""
    items = [candidate.subject, *([candidate.object] if candidate.object else [])]
    weakest = min(item.mention.confidence for item in items if item.mention is not None)
    if reliability is not None:
        return round(reliability * weakest, 3)
    return round(max(0.0, min(RELIABILITY * weakest, thresholds.asserted - _BELOW)), 3)
