"""Posts as they are written: "vice-présidente déléguée", "Deputy Secretary-General", "secretaria general"."""

from __future__ import annotations

import re
from functools import cache

from esskg.extract.grammar import language_of, rules, words

LANGUAGES = ("fr", "en", "es")
_BODY = (
    r"(?:[ -](?!(?:qui|que|who|which|dont|où|a|est|sont|was|is|has)\b)[^\W\d_][\w'·.-]{0,24}(?<!\.)){0,%d}?"
)
"""Words that specify a post; bounded, so that no sentence can make the search slow."""


@cache
def role_pattern(language: str, name: str = "role", longest: int = 9) -> str:
    """The source of a regular expression for a post, its words in a group of the given name."""
    table = rules("roles")[language_of(language, LANGUAGES)]
    heads = "|".join(table["heads"] + table["founder"] + table["member"])
    before = words([w for w in table["before"] if w not in table["keep_before"]])
    kept = words(table["keep_before"])
    return rf"(?:(?:{before}) ?)?(?P<{name}>(?:(?:{kept}) )?(?:{heads})(?!\w){_BODY % longest})"


@cache
def _kinds(language: str) -> dict[str, re.Pattern[str]]:
    table = rules("roles")[language_of(language, LANGUAGES)]
    return {
        kind: re.compile(rf"(?:^|.*[ -])(?:{'|'.join(table[kind])})(?!\w)", re.IGNORECASE)
        for kind in ("founder", "member")
    }


def is_founder(role: str, language: str) -> bool:
    """Whether who holds the post founded the organisation."""
    return _kinds(language)["founder"].match(role) is not None


def is_member(role: str, language: str) -> bool:
    """Whether the post is one of membership, or implies it."""
    return _kinds(language)["member"].match(role) is not None


_PLAIN = {
    "founder": r"",
    "member": r"(?: (?:actifs?|active|honoraire|associée?s?|du (?:conseil(?: d'administration)?|comité)))*",
}


def is_plain(role: str, language: str, kind: str) -> bool:
    """Whether the role says nothing besides being a founder or a member."""
    table = rules("roles")[language_of(language, LANGUAGES)]
    heads = [head for head in table[kind] if head not in table["heads"]]
    return re.fullmatch(rf"(?:{'|'.join(heads)}){_PLAIN[kind]}", role, re.IGNORECASE) is not None
