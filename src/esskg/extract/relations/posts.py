"""Who holds which post where: appositions in both orders, titles, elections, possessives.

Each pattern that is found is also *reduced* to the person, so that "Benoît Hamon, président d'ESS France, et
Anne Savinel, présidente d'Amnesty, étaient au Forum" becomes "⟨person⟩ et ⟨person⟩ étaient au ⟨event⟩".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from esskg.extract.grammar import rules, words
from esskg.extract.relations.candidates import Candidate
from esskg.extract.relations.typed import ANY, CLASSES, DATE, DETERMINER, SEPARATOR, Item, TypedText
from esskg.extract.roles import is_founder, is_member, is_plain, role_pattern
from esskg.extract.sieve import Sieve
from esskg.model import Modality, RelationType, Span

_PERSON, _ORG = CLASSES["person"], CLASSES["org"]
_BODY = _ORG + CLASSES["place"] + CLASSES["policy"] + CLASSES["event"]
_P = rf"(?P<p>[{_PERSON}])"
_PEOPLE = rf"(?P<p>[{_PERSON}](?:{SEPARATOR}[{_PERSON}]){{0,6}})"
_TITLES = words({title for language in ("fr", "en", "es") for title in rules("clause")[language]["titles"]})
_ARTICLED = re.compile(r", (?:el|la|los|las|le|les|the) |, l'", re.IGNORECASE)
_DET = rf"(?:{DETERMINER})?(?:(?:{_TITLES}) )?"


@dataclass(frozen=True, slots=True)
class Post:
    """A post as a pattern found it; indices into the typed text."""

    people: tuple[int, ...]
    bodies: tuple[int, ...]
    role: str
    rule: str
    span: Span
    role_at: int


@dataclass(frozen=True, slots=True)
class _Parts:
    """The pieces that a language's patterns are made of, as sources of regular expressions."""

    of: str
    link: str
    own: str
    body_word: str
    negation: re.Pattern[str]


@cache
def _parts(language: str) -> _Parts:
    table = rules("roles")[language]
    when = rf"(?:{words(('depuis', 'en', 'le', 'since', 'in', 'on', 'desde', 'el'))}) [{DATE}]|[{DATE}]"
    return _Parts(
        of=f"(?:{words(table['of'])})",
        link=rf"(?:,? ?\(?(?:(?:{when}|{words(table['link'])})(?:(?<=')|\b),? ?){{0,6}}"
        r"| ?[(:-] ?(?:le |la |the |el )?)",
        own=f"(?:{words(table['own'])})",
        body_word=rf"(?:(?:{words(table['body'])})(?:(?<=')| ))?",
        negation=re.compile(rf"(?<!\w)(?:{words(table['not'])})(?!\w)", re.IGNORECASE),
    )


@cache
def _patterns(language: str) -> list[tuple[str, re.Pattern[str]]]:
    parts = _parts(language)
    of, link = parts.of, rf" ?{parts.link}"
    role, second = role_pattern(language), role_pattern(language, "role2")
    more = rf"(?:(?: et | and | y |, )(?:{of})?{_DET}(?=[{_ORG}])[{_ORG}])?"
    body = rf"{_DET}{parts.body_word}(?P<o>[{_BODY}]{more})"
    other = rf"{_DET}{parts.body_word}(?P<o2>[{_BODY}])"
    join = rf"(?:,|,? et|,? and|,? y)(?: (?:est|is|es|aussi|also|de|comme|as|puis|{_DET}))? ?"
    between = r"(?: ?,| ?\(|,? est| is| ?:|, c'est| s'appelle|, devient)?"
    as_ = rf"{_P}[^;:{_PERSON}]{{0,90}}? (?:comme|en tant que|as|como)"
    short = role_pattern(language, longest=3)
    sources = [
        ("apposition-two", rf"{_PEOPLE}{link}{role} {of}{body}{join} ?{second} {of}{other}"),
        ("apposition", rf"{_PEOPLE}{link}{role} {of}{body}"),
        (
            "pair",
            rf"{_PEOPLE}, (?:respectiv(?:ement|ely|amente) )?{role}(?: et | and | y ){second} {of}{body}",
        ),
        ("before", rf"{role} {of}{body}{between} {_DET}{_PEOPLE}"),
        ("comma", rf"{_P} ?[,(-] ?{_DET}{role}(?:,| -| \() ?{_DET}{body}"),
        ("title-of", rf"{role} {_P}(?:, | ){of}{body}"),
        ("body-first", rf"{body}, (?:{parts.own} |dont l[ea] )?{_DET}{role}(?:,| \()? {_DET}{_PEOPLE}"),
        ("possessive", rf"(?P<o>[{_ORG}])[^;{_PERSON}]{{0,90}}?\b{parts.own} {role},? {_DET}{_PEOPLE}"),
        (
            "as-two",
            rf"{as_} {role} {of}{body}{join} ?{second} {of}{other}",
        ),
        ("as", rf"{as_} {_DET}{role} {of}{body}"),
        (
            "bare",
            rf"(?P<o>[{_ORG}])[^;{_ORG}]{{0,110}}?{_P}(?:,| \() ?{_DET}{short}(?=[,.;)]| et | and |$)",
        ),
    ]
    if language == "en":
        sources += [("genitive", rf"(?P<o>[{_ORG}])(?:'s?)? {role},? {_P}")]
    return [(name, re.compile(source, re.IGNORECASE)) for name, source in sources]


@cache
def _sieve(language: str) -> Sieve[tuple[str, re.Pattern[str]]]:
    return Sieve((pattern, (name, pattern)) for name, pattern in _patterns(language))


def posts(typed: TypedText, language: str) -> Iterator[Post]:
    """The posts that a sentence states, each person and place of work once."""
    if not any(code in typed.text for code in _PERSON):
        return
    taken: set[int] = set()
    for name, pattern in _sieve(language).passing(typed.text):
        for found in pattern.finditer(typed.text):
            indices = {i for i in range(*found.span("p")) if i in typed.items}
            if indices & taken or (name.startswith("apposition") and _is_introduced(found, typed, language)):
                continue
            taken |= indices
            yield from _read(found, name, typed, language)


def _is_introduced(found: re.Match[str], typed: TypedText, language: str) -> bool:
    """Whether a person's post stands before them: what follows with an article is then someone else's."""
    if not _ARTICLED.match(typed.text, found.end("p")):
        return False
    before = dict(_patterns(language))["before"].finditer(typed.text, 0, found.end("p"))
    return any(introduction.end("p") == found.end("p") for introduction in before)


def _read(found: re.Match[str], name: str, typed: TypedText, language: str) -> Iterator[Post]:
    people = tuple(i for i in range(*found.span("p")) if i in typed.items)
    bodies = tuple(i for i in range(*found.span("o")) if i in typed.items)
    role = found["role"].strip()
    rule = f"hasRole.{name}"
    if name == "pair" and len(people) >= 2:
        yield Post(people[-2:-1], bodies, role, rule, found.span(), found.start("role"))
        yield Post(people[-1:], bodies, found["role2"].strip(), rule, found.span(), found.start("role2"))
        return
    holders = (
        people
        if _plural(role)
        else people[:1]
        if name in {"before", "body-first", "possessive"}
        else people[-1:]
    )
    yield Post(holders, bodies, role, rule, found.span(), found.start("role"))
    if name.endswith("-two"):
        other = tuple(i for i in range(*found.span("o2")) if i in typed.items)
        yield Post(holders, other, found["role2"].strip(), rule, found.span(), found.start("role2"))


def _plural(role: str) -> bool:
    return role.split(" ", maxsplit=1)[0].endswith(("s", "x")) and not role.lower().startswith(
        ("premi", "ancien ")
    )


def post_candidates(typed: TypedText, language: str, found: list[Post]) -> Iterator[Candidate]:
    """The relations that posts state: the post itself, founding and membership."""
    for post in found:
        for person in post.people:
            for body in post.bodies:
                yield from _relations(typed.items[person], typed.items[body], post, typed, language)


def _relations(person: Item, body: Item, post: Post, typed: TypedText, language: str) -> Iterator[Candidate]:
    evidence = typed.offsets[post.span[0]], typed.end(post.span[1])
    negated = _parts(language).negation.search(typed.text, *post.span)
    modality = Modality.NEGATED if negated else Modality.HOLDS
    base = Candidate(RelationType.HAS_ROLE, person, body, post.rule, evidence, modality, role=post.role)
    if is_founder(post.role, language):
        yield replace(
            base, relation=RelationType.FOUNDED, rule=post.rule.replace("hasRole", "founded"), role=None
        )
    if is_member(post.role, language):
        yield replace(
            base, relation=RelationType.MEMBER_OF, rule=post.rule.replace("hasRole", "memberOf"), role=None
        )
    if not is_plain(post.role, language, "founder") and not is_plain(post.role, language, "member"):
        yield base


_AFTER = {"apposition", "apposition-two", "comma", "pair", "title-of", "bare"}


def reduce_posts(typed: TypedText, found: list[Post]) -> TypedText:
    """The sentence with each apposition folded into its person (or its people)."""
    kept: list[tuple[Span, int]] = []
    for post in found:
        if post.rule in {"hasRole.possessive", "hasRole.as", "hasRole.as-two"} or not post.people:
            continue
        first, last = min(post.people), max(post.people)
        start, end = post.span
        if post.rule.removeprefix("hasRole.") in _AFTER:
            start = last if post.rule != "hasRole.title-of" else start
            if re.match(r"[^,]* (?:est|était|is|was|es|devient|became|sera|fut) ", typed.text[last:end]):
                continue
            closing = typed.text[end : end + 2]
            end += (
                1
                if closing[:1] in {")"} or (closing in {", ", " -"} and _goes_on(typed.text[end + 1 :]))
                else 0
            )
            kept.append(((start, end), last))
        elif last == first:
            kept.append(((start, end), last))
    return typed.reduced(_disjoint(kept))


def _goes_on(rest: str) -> bool:
    """Whether the comma after an apposition closes it: the clause goes on with no new member of a list."""
    return re.match(rf" (?:{DETERMINER})?[{ANY}]", rest, re.IGNORECASE) is None


def _disjoint(kept: list[tuple[Span, int]]) -> list[tuple[Span, int]]:
    result: list[tuple[Span, int]] = []
    for span, index in sorted(kept):
        if not result or span[0] >= result[-1][0][1]:
            result.append((span, index))
    return result
