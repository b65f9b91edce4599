"""What can go wrong, each error carrying the data that a person needs to act on it."""

from __future__ import annotations

from pathlib import Path


class EsskgError(Exception):
    """The root of every error that this program raises on purpose."""


class ConfigError(EsskgError):
    """The project file is missing, malformed or names something that doesn't exist."""


class RowError(EsskgError):
    """A row of a reference, decision or identifier table breaks a rule."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class TablesError(EsskgError):
    """Rows of the project's tables break rules; nothing is built while one does."""

    def __init__(self, rows: list[RowError]) -> None:
        super().__init__("\n".join(str(row) for row in rows))
        self.rows = rows


class DocumentError(EsskgError):
    """A file can't be read as a document: it is named, skipped and reported."""

    def __init__(self, path: Path, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}. {remedy}")
        self.path, self.reason, self.remedy = path, reason, remedy


class DocumentsError(EsskgError):
    """Some of the files given can't be taken as documents; the others were."""

    def __init__(self, added: list[Path], problems: list[DocumentError]) -> None:
        taken = f"{len(added)} added, {len(problems)} not:\n"
        super().__init__(taken + "\n".join(str(problem) for problem in problems))
        self.added, self.problems = added, problems


class QueryError(EsskgError):
    """A query can't be run: its syntax, its parameters or the store's answer."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        place = f"line {line}, column {column}: " if line is not None else ""
        super().__init__(place + reason)
        self.reason, self.line, self.column = reason, line, column


class StoreError(EsskgError):
    """The store can't be opened, read or written."""


class BusyError(EsskgError):
    """Another build of the same project is under way."""


class LlmError(EsskgError):
    """The language model gives no answer, or asking it would cost more than was allowed."""
