"""Verbs of the frames in all forms that third persons take, and the verb groups of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from esskg.extract.grammar import rules


class Voice(StrEnum):
    """How a verb stands to its subject."""

    ACTIVE = "active"
    PASSIVE = "passive"
    PARTICIPLE = "participle"
    """A past participle without its auxiliary: "fondée en 1995 par"."""
    INFINITIVE = "infinitive"
    GERUND = "gerund"


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries; indices into the text that was searched."""

    start: int
    end: int
    word: int
    """Where the verb itself begins, without auxiliaries."""
    verb: str
    """As the frames name it: "organiser", "se tenir", "take part"."""
    voice: Voice
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    verb: str
    kind: str
    """``finite``, ``conditional``, ``participle``, ``infinitive`` or ``gerund``."""
    rest: str
    """The words that must follow, such as "part" in "take part"."""
    reflexive: bool


_GOVERNING = re.compile(r" (?:the|an?|its|their|his|her|our|this|these|\d+|new|[\ue000-\ue00f])(?!\w)")
"""What follows an English past tense, which looks like a participle, but no participle."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def verb_groups(text: str, language: str) -> Iterator[VerbGroup]:
    """The groups of verbs that frames know, in the order of the text."""
    forms = _forms(language)
    for word in _WORD.finditer(text):
        for form in forms.get(word[0].lower(), ()):
            if form.rest and not re.match(
                rf" (?:\w+ment )?{form.rest}(?!\w)", text[word.end() : word.end() + 40]
            ):
                continue
            group = _group(text, word, form, language)
            if group:
                yield group


def knows(word: str, language: str) -> bool:
    """Whether a word is a form of a verb that some frame names."""
    return word.lower() in _forms(language)


def _group(text: str, word: re.Match[str], form: _Form, language: str) -> VerbGroup | None:
    before = text[max(0, word.start() - 60) : word.start()]
    reflexive = _reflexive_before(before, language)
    if form.reflexive != (reflexive is not None):
        return None
    end = word.end() + (len(form.rest) + 1 if form.rest else 0)
    begin, voice = _voice(before, form, language, reflexive)
    if voice is None or (voice is Voice.PARTICIPLE and language == "en" and _GOVERNING.match(text, end)):
        return None
    start = word.start() - len(before) + begin
    return VerbGroup(start, end, word.start(), form.verb, voice, form.kind == "conditional")


def _reflexive_before(before: str, language: str) -> int | None:
    found = _patterns(language)["reflexive"].search(before)
    return found.start() if found else None


def _voice(before: str, form: _Form, language: str, reflexive: int | None) -> tuple[int, Voice | None]:
    clitics = _patterns(language)["clitics"].search(before)
    begin = reflexive if reflexive is not None else clitics.start() if clitics else len(before)
    if form.kind in {"finite", "conditional"}:
        looks_passive = language == "en" and _patterns(language)["passive"].search(before)
        return begin, None if looks_passive else Voice.ACTIVE
    if form.kind == "infinitive":
        return begin, Voice.INFINITIVE
    if form.kind == "gerund":
        return _gerund(before, begin, language)
    if reflexive is not None:
        return begin, Voice.ACTIVE
    for name, voice in (("passive", Voice.PASSIVE), ("active", Voice.ACTIVE)):
        if found := _patterns(language)[name].search(before):
            intransitive = (
                voice is Voice.PASSIVE and form.verb.split()[0] in rules("verbs")["groups"]["with_etre"]
            )
            return found.start(), Voice.ACTIVE if intransitive else voice
    return len(before), Voice.PARTICIPLE


def _gerund(before: str, begin: int, language: str) -> tuple[int, Voice]:
    if language == "en" and (found := _patterns(language)["progressive"].search(before)):
        return found.start(), Voice.ACTIVE
    return begin, Voice.GERUND


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    groups = rules("verbs")["groups"]
    words = groups[language]
    adverbs = rf"(?: (?!(?:{groups['no_adverbs']})\b)(?:{groups['adverbs']})){{0,3}}"
    clitics = rf"(?:\b(?:{words['clitics']}))*" if words["clitics"] else ""
    have = rf"\b(?:{words['have']})"
    be = rf"\b(?:(?:{words['be']})|(?:{words['have']}){adverbs} {words['been']})"
    parts = {
        "clitics": rf"{clitics}$",
        "active": rf"{clitics}{have}{adverbs} $",
        "passive": rf"{clitics}{be}{adverbs} $",
        "progressive": rf"{be}{adverbs} $",
        "reflexive": rf"(?:(?:{words['reflexive']}){adverbs} ?"
        rf"|\b(?:{words['reflexive_perfect']}){adverbs} )$",
    }
    return {name: re.compile(part, re.IGNORECASE) for name, part in parts.items()}


# --- conjugation ---------------------------------------------------------------------------------


@cache
def _forms(language: str) -> dict[str, tuple[_Form, ...]]:
    """Every form of every verb that a frame names → what it may be."""
    table: dict[str, list[_Form]] = {}
    verbs = sorted({verb for frame in rules("frames")["frame"] for verb in frame.get(language, ())})
    for verb in verbs:
        for form, kind in _conjugated(verb, language):
            entry = _Form(verb, kind, *_phrase(verb))
            if entry not in table.setdefault(form, []):
                table[form].append(entry)
    return {form: tuple(sorted(entries, key=lambda e: -len(e.rest))) for form, entries in table.items()}


def _phrase(verb: str) -> tuple[str, bool]:
    reflexive = verb.startswith(("se ", "s'")) or (verb.split(" ", maxsplit=1)[0].endswith("rse"))
    bare = verb.removeprefix("se ").removeprefix("s'")
    return bare.partition(" ")[2], reflexive


def _conjugated(verb: str, language: str) -> Iterator[tuple[str, str]]:
    head = verb.removeprefix("se ").removeprefix("s'").split(" ")[0]
    if language == "es" and head.endswith("rse"):
        head = head[:-2]
    irregular = rules("verbs")[language].get(head)
    if language == "es":
        yield from _spanish(head)
    if irregular:
        yield from _irregular(head, irregular, language)
    elif language != "es":
        yield from {"fr": _french, "en": _english}[language](head)


def _irregular(head: str, forms: dict[str, str], language: str) -> Iterator[tuple[str, str]]:
    yield head, "infinitive"
    yield from ((form, "finite") for form in forms.get("finite", "").split())
    yield from ((form, "conditional") for form in forms.get("conditional", "").split())
    yield from ((form, "gerund") for form in forms.get("gerund", "").split())
    for participle in forms.get("participle", "").split():
        yield from ((form, "participle") for form in _agreed(participle, language))
    if language == "en":
        yield head, "finite"


def _agreed(participle: str, language: str) -> tuple[str, ...]:
    if language == "fr":
        endings = ("", "e", "es") if participle.endswith("s") else ("", "e", "s", "es")
        return tuple(participle + ending for ending in endings)
    if language == "es" and participle.endswith("o"):
        return tuple(participle[:-1] + ending for ending in ("o", "a", "os", "as"))
    return (participle,)


def _french(verb: str) -> Iterator[tuple[str, str]]:
    stem = verb[:-2]
    soft = {"g": stem + "e", "c": stem[:-1] + "ç"}.get(stem[-1:], stem) if verb.endswith("er") else stem
    yield verb, "infinitive"
    if verb.endswith("er"):
        finite = [stem + "e", stem + "ent", soft + "a", stem + "èrent", soft + "ait", soft + "aient"]
        finite += [stem + "era", stem + "eront"]
        if open_ := re.sub(r"[ée](?=[^aeiouyéè]{1,2}$)", "è", stem):
            finite += [open_ + "e", open_ + "ent", open_ + "era", open_ + "eront"]
        conditional, participle, gerund = [stem + "erait", stem + "eraient"], stem + "é", soft + "ant"
    else:
        finite = [stem + e for e in ("it", "issent", "irent", "issait", "issaient", "ira", "iront")]
        conditional, participle, gerund = [stem + "irait", stem + "iraient"], stem + "i", stem + "issant"
    yield from ((form, "finite") for form in finite)
    yield from ((form, "conditional") for form in conditional)
    yield from ((form, "participle") for form in _agreed(participle, "fr"))
    yield gerund, "gerund"


def _english(verb: str) -> Iterator[tuple[str, str]]:
    yield verb, "infinitive"
    yield verb, "finite"
    if verb.endswith("e"):
        third, past, gerund = verb + "s", verb + "d", verb[:-1] + "ing"
    elif verb.endswith("y") and verb[-2] not in "aeou":
        third, past, gerund = verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    else:
        third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
        past, gerund = verb + "ed", verb + "ing"
    yield from ((third, "finite"), (past, "finite"), (past, "participle"), (gerund, "gerund"))


def _spanish(verb: str) -> Iterator[tuple[str, str]]:
    stem, group = verb[:-2], verb[-2:]
    endings = (
        ("a", "an", "ó", "aron", "aba", "aban") if group == "ar" else ("e", "en", "ió", "ieron", "ía", "ían")
    )
    yield verb, "infinitive"
    yield from ((stem + ending, "finite") for ending in endings)
    yield from ((verb + ending, "finite") for ending in ("á", "án"))
    yield from ((verb + ending, "conditional") for ending in ("ía", "ían"))
    participle = stem + ("ado" if group == "ar" else "ido")
    yield from ((form, "participle") for form in _agreed(participle, "es"))
    yield stem + ("ando" if group == "ar" else "iendo"), "gerund"
