"""The learned weights that ship with the package, and where they come from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from esskg.extract.linear import LinearModel, from_json

FOLDER = Path(__file__).parent / "weights"
NAMES = ("types",)
"""The models, one file each."""


@dataclass(frozen=True)
class Learned:
    """What was learned from annotated documents about entities."""

    types: LinearModel
    """Of which type an entity is, if it is one."""


@cache
def shipped_weights() -> Learned:
    """The weights of the package, read once."""
    return Learned(**{name: from_json(content(name)) for name in NAMES})


def origin(name: str) -> dict[str, Any]:
    """What the weights of a model were made from: command, seed, hashes of annotations and texts."""
    made: dict[str, Any] = content(name)["made"]
    return made


def write(learned: Learned, made: dict[str, Any], folder: Path = FOLDER) -> None:
    """Keep weights, one feature a line so that changes can be read."""
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        data = {"made": made, **getattr(learned, name).to_json()}
        (folder / f"{name}.json").write_text(_laid_out(data), "utf-8")


def _laid_out(data: dict[str, Any]) -> str:
    rows = (
        f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(row, separators=(',', ':'))}"
        for name, row in data["weights"].items()
    )
    head = "".join(f"{json.dumps(key)}: {json.dumps(data[key])},\n" for key in ("made", "classes", "bias"))
    return "{" + head + '"weights": {\n' + ",\n".join(rows) + "\n}}\n"


def content(name: str) -> dict[str, Any]:
    """The shipped weights of a model as plain data, with where they come from."""
    text = (files("esskg.extract") / "weights" / f"{name}.json").read_text("utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
