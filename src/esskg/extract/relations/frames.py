"""Trigger frames: a verb that states a relation, its roles filled from the clause around it.

The roles are found in the typed text: subject before the verb, object behind it, the agent of a passive
after "par", the antecedent of a relative pronoun, both ends of a cleft. Where a parse knows the verb's
subject, it decides between the candidates (`relations/syntax.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from esskg.extract.grammar import rules, words
from esskg.extract.modality import modality_of
from esskg.extract.relations.groups import Group, Member, groups_of
from esskg.extract.relations.syntax import Syntax
from esskg.extract.relations.typed import ANY, CLASSES, MONEY, Item, TypedText
from esskg.extract.relations.verbs import VerbGroup, Voice, verb_groups
from esskg.model import Amount, Modality, RelationType, Span

AGENT = {"fr": ("par", "de"), "en": ("by",), "es": ("por", "por parte de")}
_BARRIER = re.compile(r"[;:!?]|\.(?:\s|$)")
_WORDS = rules("clause")["any"]
_RELATIVE = re.compile(
    rf"(?:,? ?\b(?:{words(_WORDS['relatives'])})\b,? ?(?:[^,;:]{{0,40}}, )?)$", re.IGNORECASE
)
_THAT = re.compile(rf"(?:[{ANY})\"],? ?|, )(?:{words(_WORDS['object_relatives'])})$", re.IGNORECASE)
_CLAUSE_WORD = re.compile(rf"\b(?:{words(_WORDS['subordinators'])})(?:(?<=')|\b)", re.IGNORECASE)
_CONTINUING = re.compile(rf"(?:,| (?:{words(_WORDS['continuing'])}))(?: \w+){{0,2}} ?$", re.IGNORECASE)
_DEADLINE = re.compile(rf"(?<!\w)(?:{words(_WORDS['deadlines'])})(?: à| le| en| the)? ?$", re.IGNORECASE)
_MONEY_WORD = re.compile(rf"\b(?:{_WORDS['money']})\b", re.IGNORECASE)
_SPEAKERS = re.compile(
    rf"\b(?:{_WORDS['speakers']}) (?:de |du |des |d'|of |del )?(?:la |l'|the |le |les |los |el )?$",
    re.IGNORECASE,
)
_CLITIC = re.compile(r"(?:no |se )?(?:lo|la|los|las) ", re.IGNORECASE)
_REACH_LEFT, _REACH_RIGHT, _PLAIN_GAP = 170, 110, 46


@dataclass(frozen=True, slots=True)
class Frame:
    """A relation's verbs and the types of its roles; see ``rules/frames.toml``."""

    name: str
    relation: RelationType
    subject: str
    """Codes of the types that may be the verb's subject."""
    object: str
    by: dict[str, tuple[str, ...]]
    inverse: bool = False
    dated: RelationType | None = None
    needs_money: bool = False
    symmetric: bool = False
    passive: bool = False
    """Whether only the passive (and bare participles) states it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a frame found: members of the typed text, not yet one relation each."""

    frame: Frame
    verb: VerbGroup
    subjects: tuple[Member, ...]
    objects: tuple[Member, ...]
    variant: str
    span: Span
    """Indices of the clause from its first role to its last."""
    modality: Modality
    amount: Amount | None = None


@cache
def frames_by_verb(language: str) -> dict[str, tuple[Frame, ...]]:
    """Every verb of a language → the frames that it may state."""
    table: dict[str, list[Frame]] = {}
    for row in rules("frames")["frame"]:
        frame = _frame(row)
        for verb in row.get(language, ()):
            table.setdefault(verb, []).append(frame)
    return {verb: tuple(frames) for verb, frames in table.items()}


def _frame(row: dict[str, Any]) -> Frame:
    return Frame(
        name=str(row["name"]),
        relation=RelationType(row["relation"]),
        subject=_codes(row["subject"]),
        object=_codes(row["object"]),
        by={language: tuple(by) for language, by in row["by"].items()},
        inverse=bool(row.get("inverse")),
        dated=RelationType(row["dated"]) if "dated" in row else None,
        needs_money=row.get("needs") == "money",
        symmetric=bool(row.get("symmetric")),
        passive=row.get("voice") == "passive",
    )


def _codes(classes: list[str]) -> str:
    return "".join(CLASSES[name] for name in classes)


class Clause:
    """A sentence as frames read it: its typed text, groups and verbs."""

    def __init__(self, typed: TypedText, language: str, syntax: Syntax | None = None) -> None:
        self.typed, self.language, self.syntax = typed, language, syntax
        self.text = typed.text
        self.groups = groups_of(typed, language)
        self.verbs = list(verb_groups(typed.text, language))

    def hits(self) -> Iterator[Hit]:
        """Everything that the frames read in the sentence."""
        table = frames_by_verb(self.language)
        for verb in self.verbs:
            for frame in table[verb.verb]:
                yield from self._read(frame, verb)

    def _read(self, frame: Frame, verb: VerbGroup) -> Iterator[Hit]:
        if frame.needs_money and not self._speaks_of_money(verb):
            return
        if frame.passive and verb.voice not in {Voice.PASSIVE, Voice.PARTICIPLE}:
            return
        subjects, objects, variant = self._roles(frame, verb)
        if not subjects and not objects:
            return
        ends = [m.index for m in (*subjects, *objects)]
        span = min(verb.start, *ends), max(verb.end, *(end + 1 for end in ends))
        yield Hit(
            frame,
            verb,
            subjects,
            objects,
            variant,
            span,
            self.modality(verb),
            self._amount(frame, verb, span),
        )

    def _speaks_of_money(self, verb: VerbGroup) -> bool:
        around = self.text[max(0, verb.start - 90) : verb.end + 90]
        return MONEY in around or _MONEY_WORD.search(around) is not None

    def _amount(self, frame: Frame, verb: VerbGroup, span: Span) -> Amount | None:
        if frame.relation is not RelationType.FINANCES:
            return None
        found = [
            i for i, item in self.typed.items.items() if item.money and verb.start - 80 < i < span[1] + 60
        ]
        if not found:
            return None
        money = self.typed.items[min(found, key=lambda i: (abs(i - verb.end), i))].money
        return money.amount if money else None

    def modality(self, verb: VerbGroup) -> Modality:
        """How the verb is meant."""
        return modality_of(self.text, verb.start, verb.end, self.language, verb.conditional)

    def _roles(self, frame: Frame, verb: VerbGroup) -> tuple[tuple[Member, ...], tuple[Member, ...], str]:
        if verb.voice in {Voice.PASSIVE, Voice.PARTICIPLE}:
            return self._passive(frame, verb)
        if self.language == "es" and _CLITIC.match(self.text, verb.start):
            found = self._resumed(frame, verb)
        elif _THAT.search(self.text[max(0, verb.start - 20) : verb.start]) and self._left(verb, ANY):
            found = self._inverted(frame, verb)
        else:
            return self._active(frame, verb)
        return found if self.language == "fr" or all(found[:2]) else self._active(frame, verb)

    def _active(self, frame: Frame, verb: VerbGroup) -> tuple[tuple[Member, ...], tuple[Member, ...], str]:
        objects = self._right(verb, frame.object, frame.by.get(self.language, ()))
        subjects, variant = self.subject(frame.subject, verb)
        if verb.voice is Voice.ACTIVE:
            subjects, variant = self._parsed(frame.subject, verb, subjects, variant)
        if variant in {"direct", "relative"} and (fronted := self._fronted_object(frame, verb, subjects)):
            return subjects, fronted, "object-relative"
        if not subjects and verb.voice is Voice.ACTIVE:
            subjects, variant = self._after(verb, objects, frame.subject), "inverted"
        if verb.voice is not Voice.ACTIVE:
            variant = verb.voice.value
        return subjects, objects, variant

    def _inverted(self, frame: Frame, verb: VerbGroup) -> tuple[tuple[Member, ...], tuple[Member, ...], str]:
        """ "la Macif, que dirige Ana Lima"; "c'est à Dakar que se tiendra le Forum"."""
        by = frame.by.get(self.language, ())
        left = self._left(verb, frame.object)
        objects = tuple(m for m in left if m.preposition in by or "" in by)
        objects = objects or self._right(verb, frame.object, by)
        return self._right(verb, frame.subject, ("",)), objects, "inverted-relative"

    def _resumed(self, frame: Frame, verb: VerbGroup) -> tuple[tuple[Member, ...], tuple[Member, ...], str]:
        """ "El programa lo gestiona la Red": a pronoun takes up the object that stands before."""
        objects = self.subject(frame.object, verb)[0] if "" in frame.by.get(self.language, ()) else ()
        subjects = self._right(verb, frame.subject, ("",)) or self.subject(frame.subject, verb)[0]
        return subjects, tuple(m for m in objects if m not in subjects), "inverted-relative"

    def _passive(self, frame: Frame, verb: VerbGroup) -> tuple[tuple[Member, ...], tuple[Member, ...], str]:
        agents = self._right(verb, frame.subject, AGENT[self.language], past_dates=True)
        patients, variant = self._patient(frame.object, verb)
        agents = tuple(
            m for m in agents if m not in patients and (m.preposition != "de" or verb.voice is Voice.PASSIVE)
        )
        by = frame.by.get(self.language, ())
        if "" not in by:
            patients = self._right(verb, frame.object, by)
        if not frame.object or (frame.passive and "" not in by):
            return self._patient(frame.subject, verb)[0], self._right(verb, frame.object, by), variant
        return agents, patients, variant

    def _patient(self, codes: str, verb: VerbGroup) -> tuple[tuple[Member, ...], str]:
        """What a passive verb or a participle is said of."""
        if verb.voice is Voice.PASSIVE:
            found, variant = self.subject(codes, verb)
            return found, f"passive-{variant}"
        before = self.text[: verb.start].rstrip()
        if not before or before[-1] in ';:.("-':
            return self._fronted(codes, verb), "fronted-participle"
        near = [g for g in self.groups if g.end <= verb.start and self._adjacent(g.end, verb.start)]
        found = tuple(m for g in near[-1:] for m in g.of(codes)[-1:])
        return found, "participle"

    def _adjacent(self, start: int, end: int) -> bool:
        between = self.text[start:end]
        return (
            len(between) <= 24
            and re.fullmatch(r"(?:,? ?(?:\w+ )?|, \w+ \w+ |,? ?\([^)]{0,12}\),? ?)", between) is not None
        )

    def _fronted(self, codes: str, verb: VerbGroup) -> tuple[Member, ...]:
        """What stands last before the clause's verb in "Créée en 1972 par A et B, la Mutuelle"."""
        for group in self.groups:
            comma = self.text.rfind(",", verb.end, group.members[-1].index)
            last = group.members[-1]
            if comma >= 0 and last.index - comma < 20 and last.item.code in codes and not last.preposition:
                return (last,)
        return ()

    def _left(self, verb: VerbGroup, codes: str) -> tuple[Member, ...]:
        """The antecedent of a relative pronoun: the nearest of the right type, past an apposition."""
        for group in reversed(self.groups):
            between = self.text[group.end : verb.start]
            if group.end > verb.start:
                continue
            if len(between) > 90 or _BARRIER.search(between):
                break
            if (found := group.of(codes)) and (len(between) <= 24 or between.count(",") >= 2):
                return found
        return ()

    def _fronted_object(
        self, frame: Frame, verb: VerbGroup, subjects: tuple[Member, ...]
    ) -> tuple[Member, ...]:
        """The antecedent in "le programme X, que la Chambre conduit"."""
        if not subjects or "" not in frame.by.get(self.language, ()):
            return ()
        first = min(m.index for m in subjects)
        before = re.sub(
            r"(?:l'|la |le |les |the |el |los |las )$", "", self.text[:first], flags=re.IGNORECASE
        )
        if not _THAT.search(before[-16:]):
            return ()
        for group in reversed(self.groups):
            if group.end <= first and first - group.end <= 20:
                return group.of(frame.object)[-1:]
        return ()

    def _parsed(
        self, codes: str, verb: VerbGroup, found: tuple[Member, ...], variant: str
    ) -> tuple[tuple[Member, ...], str]:
        """The subject with what a parse says of it: a parse that has another subject makes it doubtful, one
        that has a subject where none was found gives it."""
        known = self.syntax.subjects(self.typed.offsets[verb.word]) if self.syntax else []
        if not known:
            return found, variant
        parsed = tuple(m for g in self.groups for m in g.of(codes) if _covers(m.item, known))
        if not found and parsed:
            return parsed, "parsed"
        agrees = not found or any(_covers(m.item, known) for m in found)
        return found, variant if agrees else f"{variant}-apart"

    def subject(self, codes: str, verb: VerbGroup) -> tuple[tuple[Member, ...], str]:
        """The members before a verb that may be its subject, and how they are linked to it."""
        for group in reversed(self.groups):
            if group.end > verb.start:
                continue
            between = self.text[group.end : verb.start]
            if _BARRIER.search(between) or len(between) > _REACH_LEFT:
                break
            members = group.of(codes)
            variant = self._link(between, group, verb)
            if members and variant:
                found = self._governed(members, variant)
                if found:
                    return found, variant
            if _CLAUSE_WORD.search(between) and not _RELATIVE.search(between):
                break
        return (), "none"

    def _link(self, between: str, group: Group, verb: VerbGroup) -> str | None:
        """How a group before a verb may be its subject."""
        if _RELATIVE.search(between):
            return "relative" if len(between) <= 60 else None
        other = any(group.end <= v.start < verb.start for v in self.verbs)
        if other:
            coordinated = _CONTINUING.search(between)
            return "coordinated" if coordinated else ("chained" if verb.voice is Voice.INFINITIVE else None)
        if "," not in between:
            return "direct" if len(between) <= _PLAIN_GAP else None
        return (
            "parenthesis"
            if between.count(",") == 2 or between.rstrip().endswith(",") or len(between) < 70
            else None
        )

    def _governed(self, members: tuple[Member, ...], variant: str) -> tuple[Member, ...]:
        """The members that can be subjects: under no preposition, unless their body speaks for them."""
        if variant == "relative":
            return members
        free = [m for m in members if not m.preposition or self._speaks(m)]
        return tuple(free)

    def _speaks(self, member: Member) -> bool:
        return _SPEAKERS.search(self.text[max(0, member.index - 44) : member.index]) is not None

    def _right(
        self, verb: VerbGroup, codes: str, by: tuple[str, ...], past_dates: bool = False
    ) -> tuple[Member, ...]:
        """The first group behind the verb that has the right type and preposition."""
        if not codes:
            return ()
        for group in self.groups:
            if group.start < verb.end:
                continue
            between = self.text[verb.end : group.start]
            if self._blocked(between, verb, group):
                break
            found = tuple(m for m in group.of(codes) if m.preposition in by)
            if found:
                return _same_preposition(group.of(codes), found[0])
        return ()

    def _blocked(self, between: str, verb: VerbGroup, group: Group) -> bool:
        if _BARRIER.search(between) or len(between) > _REACH_RIGHT or _CLAUSE_WORD.search(between):
            return True
        return any(verb.end <= v.start < group.start and v.voice is Voice.ACTIVE for v in self.verbs)

    def _after(self, verb: VerbGroup, objects: tuple[Member, ...], codes: str) -> tuple[Member, ...]:
        """A subject that follows its verb: "Ont pris part à la visite A, B et C"."""
        edge = max((m.index + 1 for m in objects), default=verb.end)
        for group in self.groups:
            if group.end > edge:
                members = tuple(m for m in group.of(codes) if m.index >= edge and not m.preposition)
                near = members and members[0].index - edge <= 24
                return members if near and not self._parted(edge, members[0].index) else ()
        return ()

    def _parted(self, start: int, end: int) -> bool:
        """Whether a clause ends between two indices, or another verb stands there."""
        other = any(start <= v.start < end and v.voice is Voice.ACTIVE for v in self.verbs)
        return other or _BARRIER.search(self.text[start:end]) is not None

    def date_near(self, verb: VerbGroup) -> str | None:
        """The date that a verb's clause gives: the nearest, not behind a barrier or another verb."""
        best: tuple[int, str] | None = None
        for index, item in self.typed.items.items():
            if item.date is None or self._foreign(index, verb):
                continue
            distance = verb.start - index if index < verb.start else index - verb.end
            if best is None or distance < best[0]:
                best = distance, item.date
        return best[1] if best else None

    def _foreign(self, index: int, verb: VerbGroup) -> bool:
        low, high = (index, verb.start) if index < verb.start else (verb.end, index)
        between = self.text[low:high]
        if ";" in between or re.search(r"[.!?] ", between) or (index > verb.end and ":" in between):
            return True
        if any(low < v.start < high and v.voice in {Voice.ACTIVE, Voice.PASSIVE} for v in self.verbs):
            return True
        return _DEADLINE.search(self.text[max(0, index - 14) : index]) is not None


def _covers(item: Item, offsets: list[int]) -> bool:
    return any(item.start <= offset < item.end for offset in offsets)


def _same_preposition(members: tuple[Member, ...], first: Member) -> tuple[Member, ...]:
    """A coordination goes on under the same preposition, repeated or not."""
    return tuple(
        m
        for m in members
        if m.index >= first.index and (not m.preposition or m.preposition == first.preposition)
    )
