"""A policy first named right after the sentence in which a public body adopts one: it is the one adopted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from esskg.extract.grammar import rules
from esskg.extract.relations.candidates import Candidate
from esskg.extract.relations.frames import Clause
from esskg.extract.relations.typed import CLASSES, Item, TypedText
from esskg.extract.relations.verbs import VerbGroup, Voice
from esskg.model import Modality, RelationType

_BEGINS = re.compile(rf"[^;:.{CLASSES['policy']}]{{0,24}}(?P<policy>[{CLASSES['policy']}])")


def bridging_candidates(before: TypedText, after: TypedText, language: str) -> Iterator[Candidate]:
    """What a sentence and the one after it state together."""
    policy = _first_named(after)
    if policy is None or CLASSES["policy"] in before.text:
        return
    table = rules("bridging")["adopts"]
    clause = Clause(before, language)
    for verb in clause.verbs:
        if verb.verb in table[language] and verb.voice is Voice.ACTIVE:
            yield from _adoption(clause, verb, policy, table["name"])


def _first_named(after: TypedText) -> Item | None:
    found = _BEGINS.match(after.text)
    item = after.items[found.start("policy")] if found else None
    if item is None or item.entity is None or item.mention != item.entity.mentions[0]:
        return None
    return item


def _adoption(clause: Clause, verb: VerbGroup, policy: Item, rule: str) -> Iterator[Candidate]:
    bodies, _ = clause.subject(CLASSES["public"], verb)
    if not bodies or clause.modality(verb) is not Modality.HOLDS:
        return
    evidence = clause.typed.offsets[0], policy.end
    for body in bodies:
        yield Candidate(RelationType.ADOPTS, body.item, policy, rule, evidence)
    if date := clause.date_near(verb):
        yield Candidate(RelationType.ADOPTED_ON, policy, None, rule, evidence, date=date)
