"""The search index: which entities and documents answer to some words, and the documents' own text.

A SQLite file with full-text tables (FTS5) that fold case and accents, built with the graph.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from esskg.errors import QueryError, StoreError
from esskg.model import Block, BlockKind, Document, Entity, Knowledge, Slug

DOCUMENT = "Document"
"""What stands for the type of a document, beside the types of entities."""

_SCHEMA = """
CREATE TABLE entity (slug TEXT PRIMARY KEY, type TEXT, label TEXT, documents INTEGER) WITHOUT ROWID;
CREATE TABLE name (folded TEXT, slug TEXT, alias INTEGER);
CREATE TABLE redirect (old TEXT PRIMARY KEY, new TEXT) WITHOUT ROWID;
CREATE TABLE document (
  slug TEXT PRIMARY KEY, title TEXT, language TEXT, date TEXT, text TEXT, blocks TEXT, mentions TEXT
);
CREATE VIRTUAL TABLE entity_words USING fts5 (
  slug UNINDEXED, names, tokenize = "unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE document_words USING fts5 (
  title, text, content = 'document', tokenize = "unicode61 remove_diacritics 2"
);
"""
_FINISH = """
INSERT INTO document_words (document_words) VALUES ('rebuild');
CREATE INDEX name_folded ON name (folded);
"""
_ENTITIES = """
SELECT e.slug, e.label, e.type, e.documents,
  (SELECT MIN(CASE WHEN folded = :folded THEN alias WHEN folded BETWEEN :folded AND :after THEN 2 ELSE 3 END)
   FROM name n WHERE n.slug = e.slug) AS distance
FROM entity_words w JOIN entity e ON e.slug = w.slug
WHERE entity_words MATCH :words AND (:types IS NULL OR e.type IN (SELECT value FROM json_each(:types)))
ORDER BY distance, e.documents DESC, e.label, e.slug LIMIT :limit
"""
_DOCUMENTS = """
SELECT d.slug, d.title, snippet(document_words, 1, '', '', '…', 24)
FROM document_words JOIN document d ON d.rowid = document_words.rowid
WHERE document_words MATCH :words ORDER BY bm25(document_words, 5.0, 1.0), d.slug LIMIT :limit
"""
_NAMED = """
SELECT e.slug, e.label, e.type, e.documents, MIN(n.alias) AS alias
FROM name n JOIN entity e ON e.slug = n.slug
WHERE n.folded = :folded AND (:types IS NULL OR e.type IN (SELECT value FROM json_each(:types)))
GROUP BY e.slug ORDER BY alias, e.documents DESC, e.slug
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity or a document that was found."""

    slug: Slug
    label: str
    """The best known name, or the title."""
    type: str
    """One of EntityType, or DOCUMENT."""
    documents: int = 1
    """How many documents mention the entity."""
    snippet: str = ""
    """Words of the document around what was looked for."""


class NameUnclearError(QueryError):
    """A name stands for no entity or for several; those that may be meant come with it."""

    def __init__(self, name: str, candidates: Iterable[Hit], *, several: bool) -> None:
        self.name, self.candidates, self.several = name, tuple(candidates), several
        listed = " or ".join(
            f"{hit.slug} ({hit.label}, {hit.type}, {_counted(hit.documents)})" for hit in self.candidates
        )
        super().__init__(
            f"{name!r} may be {listed}. Say which by its slug."
            if several
            else f"no entity is called {name!r}." + (f" Is it {listed}?" if listed else "")
        )


def _counted(documents: int) -> str:
    return "1 document" if documents == 1 else f"{documents} documents"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it was read, with what it mentions."""

    slug: Slug
    title: str
    language: str
    date: str | None
    text: str
    """The canonical text, which all offsets count in."""
    blocks: tuple[Block, ...]
    mentions: tuple[tuple[int, int, Slug], ...]
    """Start, end and entity, in the order of the text."""


# --- building ---------------------------------------------------------------------------------------


def build_index(path: Path, knowledge: Knowledge) -> None:
    """Write the index of all entities and documents to a file that doesn't exist yet."""
    mentions = _mentions(knowledge)
    connection = sqlite3.connect(path)
    with connection:
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
        connection.executemany("INSERT INTO entity VALUES (?, ?, ?, ?)", map(_entity_row, knowledge.entities))
        rows = [row for entity in knowledge.entities for row in _name_rows(entity)]
        connection.executemany("INSERT INTO name VALUES (?, ?, ?)", rows)
        connection.executemany("INSERT INTO entity_words VALUES (?, ?)", map(_words_row, knowledge.entities))
        connection.executemany("INSERT INTO redirect VALUES (?, ?)", sorted(knowledge.redirects.items()))
        documents = (_document_row(each, mentions[each.slug]) for each in knowledge.documents)
        connection.executemany("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)", documents)
    connection.executescript(_FINISH)
    connection.close()


def _entity_row(entity: Entity) -> tuple[object, ...]:
    return entity.slug, entity.type, entity.label, len(entity.documents)


def _name_rows(entity: Entity) -> Iterator[tuple[str, str, bool]]:
    names = {fold(name.text): False for name in entity.names}
    names |= {folded: True for name in entity.aliases if (folded := fold(name.text)) not in names}
    return ((folded, entity.slug, alias) for folded, alias in names.items() if folded)


def _words_row(entity: Entity) -> tuple[str, str]:
    names = dict.fromkeys(name.text for name in (*entity.names, *entity.aliases))
    return entity.slug, "\n".join([*names, entity.slug])


def _document_row(document: Document, mentions: list[tuple[int, int, Slug]]) -> tuple[object, ...]:
    blocks = json.dumps([asdict(block) for block in document.blocks], ensure_ascii=False)
    metadata = document.metadata
    told = (document.slug, metadata.title or document.slug, document.language, metadata.date)
    return *told, document.text, blocks, json.dumps(sorted(mentions))


def _mentions(knowledge: Knowledge) -> defaultdict[Slug, list[tuple[int, int, Slug]]]:
    found: defaultdict[Slug, list[tuple[int, int, Slug]]] = defaultdict(list)
    for extraction in knowledge.extractions:
        for reading in extraction.entities:
            slug = knowledge.links.get((extraction.document, reading.id))
            if slug is not None:
                found[extraction.document] += ((each.start, each.end, slug) for each in reading.mentions)
    return found


def fold(text: str) -> str:
    """A name without case, accents and punctuation: how it is looked up."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", plain.casefold()))


# --- asking -----------------------------------------------------------------------------------------


class Index:
    """An index, open for reading; threads may share it."""

    def __init__(self, path: Path) -> None:
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.OperationalError as error:
            raise StoreError(f"the search index {path} can't be opened: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def search(self, text: str, *, types: Collection[str] | None = None, limit: int = 20) -> list[Hit]:
        """What all the words of a text are found in: entities by name, then documents by their words.

        Entities whose whole name it is come first, then those whose name begins so, then the others; in
        each the more documents mention them the better. The last word may be a beginning.
        """
        hits = self._entities(text, types, limit)
        if types is None or DOCUMENT in types:
            hits += self._documents(text, limit - len(hits))
        return hits

    def complete(self, prefix: str, *, types: Collection[str] | None = None, limit: int = 10) -> list[Hit]:
        """Entities that a person who has typed so far may mean."""
        return self._entities(prefix, types, limit)

    def _entities(self, text: str, types: Collection[str] | None, limit: int) -> list[Hit]:
        folded = fold(text)
        if not folded:
            return []
        values = {"folded": folded, "after": folded + "\U0010ffff", "words": _match(text)}
        rows = self._rows(_ENTITIES, values | {"types": _json(types), "limit": limit})
        return [Hit(*row[:4]) for row in rows]

    def _documents(self, text: str, limit: int) -> list[Hit]:
        if not fold(text):
            return []
        rows = self._rows(_DOCUMENTS, {"words": _match(text), "limit": limit})
        return [Hit(slug, title, DOCUMENT, snippet=snippet) for slug, title, snippet in rows]

    def slug(self, name: str, types: Collection[str] = ()) -> Slug:
        """The entity that a name, alias, acronym, slug or IRI stands for, among some types.

        Raises NameUnclearError where no entity has that name, or several have.
        """
        if known := self.known(name.rsplit("/id/", 1)[-1]):
            return known
        found = self._rows(_NAMED, {"folded": fold(name), "types": _json(types or None)})
        preferred = [row for row in found if not row[4]] or found
        preferred = [row for row in preferred if row[3]] or preferred
        if len(preferred) == 1:
            return Slug(preferred[0][0])
        if preferred:
            raise NameUnclearError(name, (Hit(*row[:4]) for row in preferred), several=True)
        raise NameUnclearError(name, self._entities(name, types or None, 5), several=False)

    def known(self, slug: str) -> Slug | None:
        """The slug itself, or that of the entity which took its place; None where it is none."""
        rows = self._rows(
            "SELECT new FROM redirect WHERE old = :slug UNION ALL SELECT slug FROM entity WHERE slug = :slug",
            {"slug": slug},
        )
        return Slug(rows[0][0]) if rows else None

    def labels(self, slugs: Iterable[str]) -> dict[str, str]:
        """The names of entities by slug, as far as they are known."""
        asked = {str(number): slug for number, slug in enumerate(dict.fromkeys(slugs))}
        places = ", ".join(f":{number}" for number in asked)
        return dict(self._rows(f"SELECT slug, label FROM entity WHERE slug IN ({places})", asked))

    def mentioned(self) -> dict[str, int]:
        """How many entities of each type the documents speak of; the reference alone knows the others."""
        rows = self._rows("SELECT type, COUNT(*) FROM entity WHERE documents > 0 GROUP BY type", {})
        return dict(rows)

    def document(self, slug: str) -> StoredDocument:
        """A document with its text. Raises QueryError where there is none of that slug."""
        rows = self._rows("SELECT * FROM document WHERE slug = :slug", {"slug": slug})
        if not rows:
            raise QueryError(f"there is no document {slug!r}")
        _, title, language, date, text, blocks, mentions = rows[0]
        return StoredDocument(
            Slug(slug),
            title,
            language,
            date,
            text,
            tuple(Block(**each | {"kind": BlockKind(each["kind"])}) for each in json.loads(blocks)),
            tuple((start, end, Slug(entity)) for start, end, entity in json.loads(mentions)),
        )

    def _rows(self, query: str, values: Mapping[str, str | int | None]) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"the search index can't be read: {error}. Make it again with: esskg build"
            ) from error


def _match(text: str) -> str:
    """The words as an FTS5 query: all of them, the last as a beginning."""
    return " AND ".join(f'"{word}"' for word in re.findall(r"\w+", text)) + "*"


def _json(types: Iterable[str] | None) -> str | None:
    return None if types is None else json.dumps([str(type_) for type_ in types])
