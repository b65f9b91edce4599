"""Reasoning and validation at size, each in a process of its own, so that its memory is its own.

python -m benchmarks.graph 100000 1000000
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyoxigraph import QuerySolutions

from benchmarks.sector import sector
from benchmarks.timing import wall_seconds
from esskg.graph import build
from esskg.graph.consistency import consistent
from esskg.graph.contradictions import contradictions
from esskg.graph.reason import entail
from esskg.graph.store import Store
from esskg.graph.store import open_store as opened
from esskg.graph.validate import validate

BASE = "https://example.org/kg"


def main() -> None:
    """Print one line of JSON for each measurement: seconds, peak memory, what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("triples", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--step", choices=STEPS)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(measured(options.step, options.folder, options.triples[0]), ensure_ascii=False))
        return
    for triples in options.triples:
        with tempfile.TemporaryDirectory() as folder:
            for step in STEPS:
                command = [sys.executable, "-m", "benchmarks.graph", str(triples), "--step", step]
                subprocess.run([*command, "--folder", folder], check=True)


def measured(step: str, folder: Path, triples: int) -> dict[str, Any]:
    """The figures of one step in this process."""
    found: dict[str, Any] = {}
    cpu = time.process_time()
    seconds = wall_seconds(lambda: found.update(STEPS[step](folder, triples)))
    cpu = time.process_time() - cpu
    return {
        "measurement": step,
        "asked": triples,
        **found,
        "s": round(seconds, 1),
        "cpu_s": round(cpu, 1),
        "peak_mb": _peak(),
        "load": round(os.getloadavg()[0], 1),
    }


def _peak() -> int:
    """The most memory that this process held, without what files the system keeps for it."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) // 1024


def _store(folder: Path) -> Store:
    from esskg.config import StoreSettings

    return opened(StoreSettings(), folder / "store", base=BASE)


def _size(store: Store) -> int:
    found = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert isinstance(found, QuerySolutions)
    return int(next(found)["n"].value)


def _write(folder: Path, triples: int) -> dict[str, Any]:
    with _store(folder) as store:
        store.load(build.quads(sector(triples), BASE, run=build.Run("benchmark", "1")))
        return {"triples": _size(store)}


def _reason(folder: Path, triples: int) -> dict[str, Any]:
    with _store(folder) as store:
        return {"inferred": entail(store, BASE)}


def _shapes(folder: Path, triples: int) -> dict[str, Any]:
    with _store(folder) as store:
        return {"violations": len(validate(store).violations)}


def _contradictions(folder: Path, triples: int) -> dict[str, Any]:
    with _store(folder) as store:
        return {"contradictions": len(list(contradictions(store)))}


def _hermit(folder: Path, triples: int) -> dict[str, Any]:
    with _store(folder) as store:
        return {"holds": consistent(store).holds}


STEPS: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "write": _write,
    "reason": _reason,
    "shapes": _shapes,
    "contradictions": _contradictions,
    "hermit": _hermit,
}

if __name__ == "__main__":
    main()
