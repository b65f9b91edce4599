"""The rules that the reference tables keep. Each check yields a RowError for every row that breaks one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain

from esskg.errors import RowError
from esskg.model import ORGANIZATION_TYPES
from esskg.reference.tables import Row, Table

Tables = dict[str, Table]

KEYED = ("organizations", "policies", "events")
POLICY_KINDS = (
    *("law", "resolution", "recommendation", "action-plan", "strategy"),
    *("programme", "agenda", "goal", "declaration"),
)
_NAME_COLUMNS = ("name_fr", "name_en", "name_es")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}|INT")
_QID = re.compile(r"Q\d+")
_URL = re.compile(r"https?://\S+")


def forms(row: Row) -> list[str]:
    """Every name and alias of a row."""
    return [row[column] for column in _NAME_COLUMNS if row[column]] + list(row.items("aliases"))


def problems(tables: Tables) -> list[RowError]:
    """Everything that is wrong with the tables, in the order of files and lines.

    Where a whole table can't be read, just that is said: keys missing from it would be noise.
    """
    found = [error for table in tables.values() for error in table.errors]
    if not any(table.errors and not table.rows for table in tables.values()):
        found += chain.from_iterable(check(tables) for check in CHECKS)
    return sorted(found, key=lambda error: (str(error.path), error.line, error.reason))


def _keys(tables: Tables, *names: str) -> set[str]:
    return {row["key"] for name in names or KEYED for row in tables[name].rows}


def _notations(tables: Tables, scheme: str) -> set[str]:
    return {row["notation"] for row in tables["vocabularies"].rows if row["scheme"] == scheme}


def check_keys(tables: Tables) -> Iterator[RowError]:
    """A key is a slug and stands once in all tables together."""
    seen: dict[str, str] = {}
    for name in KEYED:
        path = tables[name].path
        for row in tables[name].rows:
            key = row["key"]
            if not _SLUG.fullmatch(key):
                yield RowError(path, row.line, f"key {key!r} must be lower-case letters, digits and hyphens")
            elif key in seen:
                yield RowError(path, row.line, f"key {key!r} stands already in {seen[key]}")
            else:
                seen[key] = f"{path.name}, line {row.line}"


def check_names_and_sources(tables: Tables) -> Iterator[RowError]:
    """Every row has a name in some language and says where it was read."""
    for name in KEYED:
        path = tables[name].path
        for row in tables[name].rows:
            if not any(row[column] for column in _NAME_COLUMNS):
                yield RowError(path, row.line, f"{row['key']} has no name in any language")
            if not row["source"]:
                yield RowError(path, row.line, f"{row['key']} has no source; give the URL where it was read")
            for source in row.items("source"):
                if not _URL.fullmatch(source):
                    yield RowError(path, row.line, f"source {source!r} is no http(s) URL")


def check_cells(tables: Tables) -> Iterator[RowError]:
    """Types, dates, codes and references to other rows are such as their columns take."""
    organizations = _keys(tables, "organizations")
    for name, column, allowed, wanted in _cell_rules(tables, organizations):
        table = tables[name]
        for row in table.rows:
            for cell in row.items(column):
                if not allowed(cell):
                    yield RowError(table.path, row.line, f"{column} {cell!r}: {wanted}")


Rule = tuple[str, str, Callable[[str], object], str]


def _cell_rules(tables: Tables, organizations: set[str]) -> Iterator[Rule]:
    known, key_wanted = organizations.__contains__, "no such key in organizations.csv"
    types = {str(type_) for type_ in ORGANIZATION_TYPES}
    date, date_wanted = _DATE.fullmatch, "not an ISO 8601 year, month or day"
    yield "organizations", "type", types.__contains__, f"not one of {', '.join(sorted(types))}"
    yield "organizations", "country", _COUNTRY.fullmatch, "not an ISO 3166-1 alpha-2 code or INT"
    yield "organizations", "wikidata", _QID.fullmatch, "not a Wikidata identifier such as Q42"
    yield "organizations", "parent", known, key_wanted
    yield "organizations", "founded", date, date_wanted
    yield "policies", "type", POLICY_KINDS.__contains__, f"not one of {', '.join(sorted(POLICY_KINDS))}"
    yield "policies", "adopted", date, date_wanted
    yield "policies", "adopter", known, key_wanted
    yield "events", "start", date, date_wanted
    yield "events", "end", date, date_wanted
    yield "events", "organizers", known, key_wanted
    yield "memberships", "member", known, key_wanted
    yield "memberships", "organization", known, key_wanted
    yield "memberships", "since", date, date_wanted
    yield from _vocabulary_rules(tables)


def _vocabulary_rules(tables: Tables) -> Iterator[Rule]:
    """A project may go without a vocabulary; then its notations are free."""
    for name, column, scheme in (("events", "type", "event-kind"), ("memberships", "role", "role-kind")):
        if notations := _notations(tables, scheme):
            wanted = f"no such {scheme} in vocabularies.csv"
            yield name, column, notations.__contains__, wanted


REQUIRED = {
    "organizations": ("type", "country"),
    "policies": ("type",),
    "events": ("type",),
    "memberships": ("member", "organization", "role"),
    "vocabularies": ("scheme", "notation"),
    "ambiguous": ("alias", "keys"),
}
"""Cells that may not be empty, beside keys, names and sources."""


def check_required(tables: Tables) -> Iterator[RowError]:
    """Cells that a row means nothing without are filled."""
    for name, columns in REQUIRED.items():
        table = tables[name]
        for row in table.rows:
            empty = [column for column in columns if not row[column]]
            if empty:
                yield RowError(table.path, row.line, f"empty: {', '.join(empty)}")


def check_regions(tables: Tables) -> Iterator[RowError]:
    """A region is one of its country's (ISO 3166-2)."""
    table = tables["organizations"]
    for row in table.rows:
        if row["region"] and not row["region"].startswith(row["country"] + "-"):
            reason = f"region {row['region']!r} is not in {row['country']}"
            yield RowError(table.path, row.line, reason)


def check_parents(tables: Tables) -> Iterator[RowError]:
    """Nothing is part of itself, however far up."""
    table = tables["organizations"]
    parents = {row["key"]: row["parent"] for row in table.rows}
    for row in table.rows:
        seen, key = {row["key"]}, row["parent"]
        while key and key not in seen:
            seen.add(key)
            key = parents.get(key, "")
        if key == row["key"]:
            yield RowError(table.path, row.line, f"{key} is, through its parents, part of itself")


def check_event_dates(tables: Tables) -> Iterator[RowError]:
    """An event doesn't end before it starts."""
    table = tables["events"]
    for row in table.rows:
        start, end = row["start"], row["end"]
        if start and end and len(start) == len(end) and end < start:
            yield RowError(table.path, row.line, f"ends {end}, before it starts {start}")


def check_vocabularies(tables: Tables) -> Iterator[RowError]:
    """A notation stands once in its scheme, and its broader term is there."""
    table = tables["vocabularies"]
    terms = {(row["scheme"], row["notation"]) for row in table.rows}
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        term = row["scheme"], row["notation"]
        if (first := seen.setdefault(term, row.line)) != row.line:
            yield RowError(table.path, row.line, f"{'/'.join(term)} stands already in line {first}")
        if row["broader"] and (row["scheme"], row["broader"]) not in terms:
            yield RowError(
                table.path, row.line, f"broader {row['broader']!r}: no such term in {row['scheme']}"
            )


def check_ambiguous(tables: Tables) -> Iterator[RowError]:
    """An ambiguous name lists keys that exist, and stands once."""
    table, known = tables["ambiguous"], _keys(tables)
    seen: dict[str, int] = {}
    for row in table.rows:
        if (first := seen.setdefault(row["alias"].casefold(), row.line)) != row.line:
            yield RowError(table.path, row.line, f"{row['alias']!r} stands already in line {first}")
        for key in row.items("keys"):
            if key not in known:
                yield RowError(table.path, row.line, f"no such key: {key}")


def check_shared_names(tables: Tables) -> Iterator[RowError]:
    """A name that several rows share is listed in ambiguous.csv with all of their keys."""
    listed = {row["alias"].casefold(): set(row.items("keys")) for row in tables["ambiguous"].rows}
    owners: dict[str, set[str]] = defaultdict(set)
    for name in KEYED:
        table = tables[name]
        for row in table.rows:
            for form in forms(row):
                keys = owners[form.casefold()]
                keys.add(row["key"])
                if len(keys) > 1 and not keys <= listed.get(form.casefold(), set()):
                    reason = f"{form!r} is also a name of {', '.join(sorted(keys - {row['key']}))}"
                    yield RowError(table.path, row.line, f"{reason}; list it in ambiguous.csv")


CHECKS: tuple[Callable[[Tables], Iterator[RowError]], ...] = (
    *(check_keys, check_names_and_sources, check_cells, check_required, check_regions, check_parents),
    *(check_event_dates, check_vocabularies, check_ambiguous, check_shared_names),
)
