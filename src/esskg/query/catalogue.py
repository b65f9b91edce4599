"""The catalogue: one ``.rq`` file holds one question, with a header that says what it asks.

The header follows grlc (https://github.com/CLARIAH/grlc): comment lines that begin with ``#+`` and hold YAML,
so that the file stays a valid SPARQL query. A parameter is a variable that the query binds with VALUES; as it
stands in the file, the block holds the default, or UNDEF for no restriction.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from esskg.errors import QueryError
from esskg.query.parameters import has_place
from esskg.query.question import LANGUAGES, TYPES, Parameter, Query, Words

_MARK = "#+"
_LABELS = ("title", "question")
_SHAPES: dict[str, type] = {"parameters": list, "columns": dict, "tags": list}
_KEYS = frozenset({*_LABELS, *_SHAPES})


class Catalogue:
    """Questions by name; of two files with one name the later folder's counts."""

    def __init__(self, *folders: Path) -> None:
        self._paths = {path.stem: path for folder in folders for path in sorted(folder.glob("*.rq"))}
        self._read: dict[str, Query] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all questions, sorted."""
        return tuple(sorted(self._paths))

    def __iter__(self) -> Iterator[Query]:
        return (self[name] for name in self.names)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __getitem__(self, name: str) -> Query:
        """The question of that name, read when first asked for.

        Raises QueryError for an unknown name, and for a malformed file with file and line.
        """
        if name not in self._paths:
            raise QueryError(f"the catalogue has no query {name!r}.{self._nearest(name)}")
        if name not in self._read:
            self._read[name] = _parse_file(self._paths[name])
        return self._read[name]

    def _nearest(self, name: str) -> str:
        near = difflib.get_close_matches(name, self.names, n=3)
        return f" Did you mean {' or '.join(near)}?" if near else " List all with: esskg queries"

    def sparql(self, name: str) -> str:
        """The query of that name as it stands in its file: with its defaults."""
        return self[name].sparql


def read(*folders: Path) -> Catalogue:
    """The catalogue of the ``.rq`` files in some folders."""
    return Catalogue(*folders)


def parse(text: str, name: str = "", path: Path | None = None) -> Query:
    """A query with its header, which may be missing from one that stands in no catalogue.

    Raises QueryError for a malformed header, with file and line.
    """
    return _Header(text, path).query(name)


def _parse_file(path: Path) -> Query:
    try:
        return parse(path.read_text("utf-8"), path.stem, path)
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path} can't be read: {error}") from error


class _Header:
    """Reads the header of one file and tells what is wrong with it, and where."""

    def __init__(self, text: str, path: Path | None) -> None:
        self._text, self._path = text, path
        lines = text.splitlines()
        self._lines = [line.removeprefix(_MARK) for line in lines if line.startswith(_MARK)]
        self._first = next((number for number, line in enumerate(lines, 1) if line.startswith(_MARK)), 1)

    def query(self, name: str) -> Query:
        content = self._content()
        if unknown := sorted(content.keys() - _KEYS):
            known = ", ".join(sorted(_KEYS))
            raise self._error(f"unknown key {unknown[0]!r}; known are {known}", _key(unknown[0]))
        for key, shape in _SHAPES.items():
            if not isinstance(content.get(key, shape()), shape):
                raise self._error(f"{key!r} must be a {shape.__name__}", _key(key))
        needed = (key for key in _LABELS if self._path is not None or key in content)
        words = {key: self._words(content, key) for key in needed}
        columns = content.get("columns", {})
        return Query(
            name,
            self._text,
            **words,
            parameters=tuple(map(self._parameter, content.get("parameters", ()))),
            columns={column: self._words(columns, column) for column in columns},
            tags=tuple(content.get("tags", ())),
            path=self._path,
        )

    def _content(self) -> dict[str, Any]:
        if not self._lines:
            return {}
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            content = yaml.load("\n".join(self._lines), Loader=loader)
        except yaml.MarkedYAMLError as error:
            line = self._first + (error.problem_mark.line if error.problem_mark else 0)
            raise self._error(f"not valid YAML: {error.problem}", line=line) from error
        if not isinstance(content, dict):
            raise self._error("the header must be keys with values")
        return content

    def _words(self, content: dict[str, Any], key: str, place: str = "") -> Words:
        words = content.get(key)
        if not isinstance(words, dict) or not all(isinstance(words.get(each), str) for each in LANGUAGES):
            raise self._error(f"{key!r} needs words in both fr and en", place or _key(key))
        return {language: words[language] for language in LANGUAGES}

    def _parameter(self, content: Any) -> Parameter:
        if not isinstance(content, dict) or not isinstance(content.get("name"), str):
            raise self._error("each parameter needs a name", _key("parameters"))
        name, type_ = content["name"], content.get("type")
        place = rf"\bname: *{re.escape(name)}\b"
        if type_ not in TYPES:
            raise self._error(f"{name!r} needs a type, one of {', '.join(sorted(TYPES))}", place)
        if not has_place(self._text, name):
            raise self._error(f"the query has no VALUES ?{name} {{ … }} for its parameter", place)
        default, example = content.get("default"), content.get("example")
        return Parameter(
            name,
            type_,
            self._words(content, "title", place),
            None if default is None else str(default),
            None if example is None else str(example),
            tuple(content.get("of") or ()),
        )

    def _error(self, reason: str, place: str = "", line: int = 0) -> QueryError:
        """An error at a line, or at the first that a pattern is found in."""
        found = (number for number, text in enumerate(self._lines, self._first) if re.search(place, text))
        where = f"line {line or next(found, self._first)}"
        return QueryError(f"{self._path}, {where}: {reason}" if self._path else f"{where}: {reason}")


def _key(key: str) -> str:
    """Where a key of the header stands."""
    return rf"^[ -]*{re.escape(key)} *:"
