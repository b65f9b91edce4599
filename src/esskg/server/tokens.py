"""The tokens of those who may change things; only their hashes are kept."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from esskg.errors import ConfigError

VARIABLE = "ESSKG_TOKEN"
"""The environment variable that may hold a token; who shows it is called ``administrator``."""
SHORTEST = 16
"""Characters of a token."""


def hashed(token: str) -> str:
    """What is kept of a token. Tokens are long and random, so that a plain hash can't be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def add_token(file: Path, name: str) -> str:
    """Add a new token's hash to a file that only its owner may read; the token, which is kept nowhere.

    Raises ConfigError for a name with spaces or one that is there already.
    """
    if not name or len(name.split()) != 1:
        raise ConfigError(f"a name has no spaces, as {name!r} has")
    if file.exists() and name in dict(_lines(file)):
        raise ConfigError(f"{file}: {name} has a token. Take the line out first to make another.")
    token = secrets.token_urlsafe(32)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as opened:
        opened.write(f"{name} {hashed(token)}\n")
    return token


def read_tokens(file: Path | None) -> dict[str, str]:
    """Who holds a token, and its hash: from a file with a name and a hash a line, and from the environment.

    Raises ConfigError where the file can't be read or a token is too short.
    """
    holders = dict(_lines(file)) if file else {}
    if token := os.environ.get(VARIABLE):
        if len(token) < SHORTEST:
            raise ConfigError(f"{VARIABLE} needs {SHORTEST} characters. Make one with: esskg token NAME")
        holders["administrator"] = hashed(token)
    return holders


def _lines(file: Path) -> list[tuple[str, str]]:
    try:
        lines = [line.split() for line in file.read_text("utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}. Make it with: esskg token") from error
    for number, parts in enumerate(lines, 1):
        if len(parts) != 2 or len(parts[1]) != 64:
            raise ConfigError(f"{file}, line {number}: not a name and a hash, as esskg token writes them")
    return [(name, known) for name, known in lines]
