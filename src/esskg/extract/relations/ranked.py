"""What the ranker makes of a sentence: how likely what rules read is, and relations that no rule reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from esskg.extract.modality import modality_of
from esskg.extract.relations.candidates import Candidate
from esskg.extract.relations.pairs import Scene
from esskg.extract.relations.ranker import Proposal, Ranker
from esskg.extract.roles import role_pattern
from esskg.model import Amount, RelationType

LEAST = 0.3
"""What is less likely than this is not worth a look."""
_AROUND = 70


def ranked_candidates(
    scene: Scene, candidates: Iterable[Candidate], ranker: Ranker, language: str
) -> Iterator[Candidate]:
    """The candidates of a sentence with their probabilities, those that the ranker adds behind them."""
    given = list(candidates)
    likely: dict[int, float] = {}
    added: list[Candidate] = []
    for proposal, probability in ranker.rank(scene, given):
        for candidate in proposal.read:
            likely[id(candidate)] = max(probability, likely.get(id(candidate), 0.0))
        if not proposal.read and probability >= LEAST:
            added.append(_proposed(scene, proposal, probability, language))
    for candidate in given:
        yield replace(candidate, probability=likely.get(id(candidate)))
    yield from added


def _proposed(scene: Scene, proposal: Proposal, probability: float, language: str) -> Candidate:
    typed, pair, relation = scene.typed, proposal.pair, proposal.relation
    dated = proposal.object.entity is None
    return Candidate(
        relation=relation,
        subject=proposal.subject,
        object=None if dated else proposal.object,
        rule=f"{relation}.ranked",
        evidence=(typed.offsets[pair.left], typed.end(pair.right + 1)),
        modality=modality_of(typed.text, pair.left, pair.right + 1, language),
        date=proposal.object.date if dated else None,
        role=_role(scene, proposal, language) if relation is RelationType.HAS_ROLE else None,
        amount=_amount(scene, proposal) if relation is RelationType.FINANCES else None,
        probability=probability,
    )


@cache
def _roles(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){role_pattern(language, longest=3)}(?!\w)", re.IGNORECASE)


def _role(scene: Scene, proposal: Proposal, language: str) -> str | None:
    """The post that is named nearest to the person."""
    text, pair = scene.typed.text, proposal.pair
    person = pair.left if proposal.direction == ">" else pair.right
    found = _roles(language).finditer(text, max(0, pair.left - _AROUND), pair.right + _AROUND)
    best = min(found, key=lambda m: min(abs(m.start() - person), abs(m.end() - person)), default=None)
    return best["role"].strip() if best else None


def _amount(scene: Scene, proposal: Proposal) -> Amount | None:
    """The money that is named nearest to the pair."""
    pair = proposal.pair
    money = [(i, item.money) for i, item in scene.typed.items.items() if item.money]
    near = min(money, key=lambda m: (max(pair.left - m[0], m[0] - pair.right, 0), m[0]), default=None)
    return near[1].amount if near else None
