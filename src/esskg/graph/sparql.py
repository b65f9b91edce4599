"""SPARQL as text: its tokens, its form, what it must not reach out to, and its errors in words.

The tokens are those of the grammar of SPARQL 1.1, section 19.8 (https://www.w3.org/TR/sparql11-query/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from esskg.errors import QueryError

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
    |(?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    |(?P<string>\"{3}(?:[^"\\]|\\.|\"{1,2}(?!"))*+(?:\"{3}|\Z)|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+(?:'{3}|\Z)
        |"(?:[^"\\\n\r]|\\.)*+"?|'(?:[^'\\\n\r]|\\.)*+'?)
    |(?P<variable>[?$]\w+)
    |(?P<name>(?:[^\W\d_][\w.-]{0,200}+|_)?:(?:[\w:.%-]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<number>\d[\w.]*)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
# Neither strings nor comments are told apart here: parsers differ on where "<" or "'" begins something, and
# one that differs from ours must not find a call in what we took for a string. A comment within a call, or a
# name longer than anyone writes, passes for a target: nothing is looked for far away, so that the time stays
# in proportion to the text.
_LONG = r"[^\s{}#<>?$\"':]{201}|[^\s{}#<>?$\"':]{0,200}+:(?:\\.|[^\s{}#<>\\]){201}"
_NAME = r"[^\s{}#<>?$\"':]{0,200}+:(?:\\.|[^\s{}#<>\\]){0,200}+"
_CALLED = r"\s*+(?:SILENT\s*+)?(?P<target>#"
_SERVICE = re.compile(
    rf"(?<![?$:@])SERVICE{_CALLED}|{_LONG}|(?:<[^<>]*+>|[?$]\w++|{_NAME})(?=\s*+[{{#]))", re.IGNORECASE
)
_LOAD = re.compile(rf"(?:\A|[;>\"'\n\r])[^\S\n\r]*+LOAD{_CALLED}|{_LONG}|<[^<>]*+>|{_NAME})", re.IGNORECASE)
_FAILED = {"SERVICE": "{}", "LOAD": "INSERT DATA {}"}
"""What stands for a call that failed and was marked SILENT."""
_INTO = re.compile(r"\s*INTO\s+GRAPH\s*(?:<[^<>]*>|\S*:\S*)", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_REASON = re.compile(r"(?:^|, |one of )([A-Z]\w*(?: [\w'-]+){2,})")


class Token(NamedTuple):
    """A piece of a query: its kind (``word``, ``iri``, ``variable``, ``string`` …), text and place."""

    kind: str
    text: str
    start: int
    end: int


def tokens(sparql: str) -> Iterator[Token]:
    """The tokens of a query, spaces and comments left out; a string that isn't closed ends with its line."""
    for match in _TOKEN.finditer(sparql):
        if match.lastgroup != "space":
            yield Token(match.lastgroup or "", match[0], match.start(), match.end())


def words(sparql: str) -> frozenset[str]:
    """The bare words of a query in capitals: its keywords and functions."""
    return frozenset(token.text.upper() for token in tokens(sparql) if token.kind == "word")


def dataset(sparql: str, prefixes: dict[str, str]) -> tuple[list[str], list[str]] | None:
    """The graphs that a query names with FROM and FROM NAMED; None where it names none."""
    declared, found = dict(prefixes), list(tokens(sparql))
    default, named = [], []
    for index, token in enumerate(found[:-2]):
        keyword, after, next_ = token.text.upper(), found[index + 1], found[index + 2]
        if keyword == "PREFIX" and next_.kind == "iri":
            declared[after.text[:-1]] = next_.text[1:-1]
        elif keyword == "FROM" and after.text.upper() == "NAMED":
            named.append(_iri(next_, declared))
        elif keyword == "FROM" and token.kind == "word":
            default.append(_iri(after, declared))
    return (default, named) if default or named else None


def _iri(token: Token, declared: dict[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, name = token.text.partition(":")
    return declared.get(prefix, "") + name


def form(sparql: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; empty where it is none of them."""
    forms = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
    found = (token.text.upper() for token in tokens(sparql) if token.kind == "word")
    return next((word for word in found if word in forms), "")


def refuse_calls(sparql: str, allowed: Iterable[str] = (), *, update: bool = False) -> None:
    """Raise QueryError where a query would call another server by SERVICE, or an update by LOAD.

    A call is let through where its address is written in full and begins with one of those allowed.
    """
    harmless = tuple(f"<{address}" for address in allowed)
    for pattern in (_SERVICE, _LOAD) if update else (_SERVICE,):
        for call in pattern.finditer(sparql):
            if not call["target"].startswith(harmless):
                raise _refusal(call["target"], *place(sparql, call.start("target")))


def without_silent_calls(sparql: str, allowed: Iterable[str] = ()) -> str:
    """A query or update in which calls that are not allowed and marked SILENT have failed already.

    SPARQL 1.1 lets such a call fail without an error: SERVICE then gives one empty solution (Federated Query,
    2.1), LOAD does nothing (Update, 3.1.4). What else looks like a call stays, and is for refuse_calls.
    """
    harmless = tuple(f"<{address}" for address in allowed)
    found, parts, last = list(tokens(sparql)), [], 0
    for first, second, target in zip(found, found[1:], found[2:], strict=False):
        call = first.text.upper() if first.kind == "word" and second.text.upper() == "SILENT" else ""
        if first.start < last or call not in _FAILED or target.text.startswith(harmless):
            continue
        parts += [sparql[last : first.start], _FAILED[call]]
        last = target.end + (len(_following(sparql[target.end :])) if call == "SERVICE" else 0)
        if call == "LOAD" and (into := _INTO.match(sparql, target.end)):
            last = into.end()
    return "".join([*parts, sparql[last:]])


def _following(text: str) -> str:
    """A text up to the end of its first block."""
    block = _block(text, 0)
    return text[: text.index(block) + len(block)]


def _refusal(target: str, line: int, column: int) -> QueryError:
    called = "what follows a comment" if target == "#" else target
    return QueryError(
        f"calls to other servers are not allowed here, and this would call {called}", line, column
    )


def with_dataset(update: str, default: Iterable[str], named: Iterable[str]) -> str:
    """An update whose patterns see some graphs, as ``using-graph-uri`` of the SPARQL 1.1 protocol asks.

    Raises QueryError where the update names a dataset of its own, which the protocol forbids (2.2.3).
    """
    seen = *(f"USING <{iri}> " for iri in default), *(f"USING NAMED <{iri}> " for iri in named)
    clauses = "".join(seen)
    if clauses and not words(update).isdisjoint({"USING", "WITH"}):
        raise QueryError("an update with USING or WITH can't be given other graphs beside")
    return _inserted(update, _clauses_of_patterns(update, clauses)) if clauses else update


def _clauses_of_patterns(update: str, clauses: str) -> Iterator[tuple[int, str]]:
    """What to put where: the clauses before each WHERE; ``DELETE WHERE`` takes none, and is written out."""
    depth, found = 0, list(tokens(update))
    for before, token in pairwise(found):
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0
        if depth == 0 and token.kind == "word" and token.text.upper() == "WHERE":
            template = _block(update, token.end) if before.text.upper() == "DELETE" else ""
            yield token.start, f"{template} {clauses}"


def _block(text: str, start: int) -> str:
    """The next text in braces."""
    depth, opened = 0, -1
    for token in tokens(text[start:]):
        if token.kind == "sign" and token.text in "{}":
            opened = token.start if opened < 0 else opened
            depth += 1 if token.text == "{" else -1
            if depth <= 0:
                return text[start + opened : start + token.end]
    return ""


def _inserted(text: str, insertions: Iterable[tuple[int, str]]) -> str:
    parts, last = [], 0
    for offset, inserted in insertions:
        parts += [text[last:offset], inserted]
        last = offset
    return "".join([*parts, text[last:]])


def place(text: str, offset: int) -> tuple[int, int]:
    """The line and column of an offset, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def syntax_error(message: str, sparql: str) -> QueryError:
    """A parser's message about a query as an error with its place, in words."""
    found = _PLACE.search(message)
    if not found:
        return QueryError(message.strip())
    line, column, expected = int(found[1]), int(found[2]), found[3]
    return QueryError(_reason(expected, _near(sparql, line, column)), line, column)


def _reason(expected: str, near: str) -> str:
    said = _REASON.search(expected)
    reason = said[1] if said else "the query can't be read"
    return f"{reason} near “{near}”" if near else f"{reason} at its end"


def _near(sparql: str, line: int, column: int) -> str:
    """The words around a place: the last before it on its line, and what follows."""
    lines = sparql.splitlines()
    if line > len(lines):
        return ""
    before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    return (" ".join(before.split()[-1:]) + after[:20]).strip()
