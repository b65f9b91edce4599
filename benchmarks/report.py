"""One long report, read in this process: ``python -m benchmarks.report WORDS``, for its peak memory."""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import esskg
from benchmarks.corpus import GOLD, ROOT, renamed
from esskg.documents import read


def main() -> None:
    """Print the words, the CPU seconds and the peak memory as a line of JSON."""
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "report.txt"
        path.write_text(report(int(sys.argv[1])), "utf-8")
        document = read(path, path.parent)
    extractor = esskg.open(ROOT / "data").extractor
    start = time.process_time()
    extraction = extractor.read(document)
    figures = {
        "words": len(document.text.split()),
        "entities": len(extraction.entities),
        "statements": len(extraction.statements),
        "cpu_s": round(time.process_time() - start, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(figures))


def report(words: int, seed: int = 2023) -> str:
    """The annotated French documents one after the other, again and again, always with other names."""
    chooser = random.Random(seed)
    originals = sorted(GOLD.glob("fr*.json"))
    texts: list[str] = []
    while words > 0:
        texts.append(renamed(originals[len(texts) % len(originals)], chooser)[0])
        words -= len(texts[-1].split())
    return "\n\n".join(texts)


if __name__ == "__main__":
    main()
