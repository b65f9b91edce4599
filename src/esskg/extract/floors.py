"""The figures that extraction must not fall below, kept beside the annotations that they were taken on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from esskg.errors import ConfigError
from esskg.extract.annotated import FLOORS, annotation_files
from esskg.extract.evaluation import Evaluation
from esskg.extract.scoring import MEASURES, Scores

Figures = dict[str, dict[str, dict[str, float]]]
"""How they were taken → language → measure → F1."""
TOLERANCE = 0.01
FEWEST = 20
"""Annotated things that a floor is taken on."""
TESTING, CROSSED = "testing", "cross_validated"


def figures(evaluation: Evaluation) -> Figures:
    """F1 in sample, and of the documents that no rule was tuned on."""
    chosen = {"in_sample": evaluation, TESTING: evaluation.only(part=TESTING)}
    return {
        name: {language: f1(part.only(language=language).scores) for language in part.languages}
        for name, part in chosen.items()
    }


def f1(scores: Scores) -> dict[str, float]:
    """F1 of every measure, to four places; none where so few are annotated that one of them moves it."""
    total = scores.total
    return {name: round(total[name].f1, 4) for name in MEASURES if total[name].gold >= FEWEST}


def drops(floors: Figures, reached: Figures) -> Iterator[str]:
    """Each figure that fell by more than the tolerance, in words."""
    for name, languages in reached.items():
        for language, measures in languages.items():
            for measure, value in measures.items():
                floor = floors.get(name, {}).get(language, {}).get(measure, 0.0)
                if value < floor - TOLERANCE - 1e-9:
                    yield f"{measure}, {language}, {name}: {value:.4f}, the floor is {floor:.4f}"


def inputs(gold: Path, reference: Path) -> dict[str, str]:
    """What the figures depend on besides the program: hashes of the annotations and of the reference."""
    annotations = [*annotation_files(gold), gold / "split.csv"]
    return {"gold": _hash(annotations), "reference": _hash(sorted(reference.glob("*.csv")))}


def _hash(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(f"\x1e{path.name}\x1f".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def read_floors(gold: Path) -> Mapping[str, Any]:
    """The floors of a folder of annotations: ``inputs`` and ``f1``. Raises ConfigError where it has none."""
    try:
        floors: Mapping[str, Any] = json.loads((gold / FLOORS).read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{gold} has no {FLOORS}. Write it with: esskg evaluate --write-floors") from None
    return floors


def write_floors(gold: Path, reference: Path, reached: Figures) -> Path:
    """Write the floors of two folders; cross-validated ones that weren't taken anew stay."""
    path = gold / FLOORS
    kept = json.loads(path.read_text("utf-8"))["f1"] if path.is_file() else {}
    old = {CROSSED: kept[CROSSED]} if CROSSED in kept else {}
    floors = {"inputs": inputs(gold, reference), "f1": old | reached}
    path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
    return path
