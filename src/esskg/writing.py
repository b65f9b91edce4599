"""Writing files so that none is half written and none is overwritten unasked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from esskg.errors import EsskgError


def refuse_existing(paths: Iterable[Path], *, force: bool) -> None:
    """Raises EsskgError where a file is there already and may not be overwritten."""
    if there := [path for path in paths if path.exists() and not force]:
        names = ", ".join(map(str, there))
        raise EsskgError(f"{names} exists already; choose another name, or overwrite it with --force")


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes its name when all of it is written; else nothing is left of it.

    Raises EsskgError for a folder that isn't there or can't be written to.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise EsskgError(f"{path} can't be written: {error.strerror}. Is the folder there?") from error
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as output:
            yield output
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """What new files are denied; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
