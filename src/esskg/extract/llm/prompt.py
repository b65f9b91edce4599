"""What a model is told and asked, from ``prompts/relations.toml``."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from esskg.extract.llm.passages import Passage


@dataclass(frozen=True, slots=True)
class Prompt:
    """The system message, the same for every passage."""

    system: str

    def user(self, text: str, passage: Passage) -> str:
        """A passage as data: JSON, so that nothing in it can pass for a message of ours."""
        entities = [{"id": e.id, "type": e.type, "name": e.name} for e in passage.entities]
        question = {"text": text[passage.start : passage.end], "entities": entities}
        return json.dumps(question, ensure_ascii=False)


@cache
def shipped_prompt() -> Prompt:
    """The prompt that ships with the program."""
    source = files("esskg.extract.llm") / "prompts" / "relations.toml"
    table = tomllib.loads(source.read_text("utf-8"))
    relations = "\n".join(f"- {name}: {meaning}" for name, meaning in table["relations"].items())
    return Prompt(table["system"].replace("{relations}", relations).strip())
