"""Answers kept on disk, so that the same question to the same model is paid for once."""

from __future__ import annotations

import json
from pathlib import Path

from esskg.model import digest
from esskg.writing import written


class Cache:
    """A folder with one file for each answer, named by a hash of model, prompt and text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, model: str, system: str, user: str) -> str | None:
        """The kept answer; None where there is none, or what is there was cut short."""
        try:
            answer = json.loads(self._path(model, system, user).read_text("utf-8"))["answer"]
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        return answer if isinstance(answer, str) else None

    def put(self, model: str, system: str, user: str, answer: str) -> None:
        """Keep an answer; a reader never sees half of it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with written(self._path(model, system, user)) as output:
            output.write(json.dumps({"model": model, "user": user, "answer": answer}).encode())

    def _path(self, model: str, system: str, user: str) -> Path:
        return self._folder / f"{digest(model, system, user)}.json"
