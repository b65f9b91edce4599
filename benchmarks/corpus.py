"""A project of any size: the annotated documents, with the names of organisations and people replaced."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOLD, TEXTS = ROOT / "data" / "gold", ROOT / "data" / "documents"
RENAMED = {"Person", "SocialEconomyEnterprise", "Network", "FinancialInstitution"}
SYLLABLES = [
    "ba",
    "be",
    "bo",
    "cla",
    "cor",
    "da",
    "del",
    "fa",
    "fer",
    "ga",
    "gri",
    "la",
    "le",
    "lo",
    "ma",
    "mer",
    "mi",
    "mon",
    "na",
    "nor",
    "o",
    "pe",
    "pla",
    "ra",
    "ri",
    "ro",
    "sa",
    "sol",
    "ta",
    "ter",
    "va",
    "vi",
]


def generate(folder: Path, documents: int, seed: int = 2023) -> Path:
    """Write a project of that many documents and return its folder.

    Each document is an annotated French or English one in which the proper part of each organisation's
    and person's name is another, so that the number of entities grows with the number of documents.
    """
    chooser = random.Random(seed)
    originals = [path for path in sorted(GOLD.glob("*.json")) if path.stem[:2] in {"fr", "en"}]
    target = folder / "documents"
    target.mkdir(parents=True)
    shutil.copy(ROOT / "data" / "esskg.toml", folder / "esskg.toml")
    for number in range(documents):
        original = originals[number % len(originals)]
        text, date, language = renamed(original, chooser)
        path = target / f"{original.stem}-{number:05}.txt"
        path.write_text(text, "utf-8")
        lines = [f'language = "{language}"'] + ([f'date = "{date}"'] if date else [])
        path.with_name(path.name + ".toml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def renamed(original: Path, chooser: random.Random) -> tuple[str, str | None, str]:
    """An annotated document's text with other names in it, its date and its language."""
    gold = json.loads(original.read_text("utf-8"))
    text = (TEXTS / f"{original.stem}.txt").read_text("utf-8")
    spans = [
        (start, end, entity["id"])
        for entity in gold["entities"]
        if entity["type"] in RENAMED
        for start, end in entity["mentions"]
    ]
    words: dict[str, str] = {}
    for start, end, _ in sorted(spans, reverse=True):
        text = text[:start] + _other_name(text[start:end], words, chooser) + text[end:]
    return text, gold["date"], gold["lang"]


def _other_name(name: str, words: dict[str, str], chooser: random.Random) -> str:
    """The name with its last long capitalised word replaced, the same word always by the same."""
    parts = name.split(" ")
    last = next((i for i in reversed(range(len(parts))) if parts[i].isalpha() and parts[i].istitle()), None)
    if last is None or len(parts[last]) < 4:
        return name
    if parts[last] not in words:
        words[parts[last]] = "".join(chooser.choices(SYLLABLES, k=3)).capitalize()
    parts[last] = words[parts[last]]
    return " ".join(parts)
