"""Running the server of RDF files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from esskg.errors import ConfigError
from esskg.graph.files import format_of
from esskg.server.holding import Holding, Opening
from esskg.server.limits import Limits
from esskg.server.listening import HERE, Site, address, listen, serve_until_interrupted
from esskg.server.tokens import read_tokens


def run(files: Sequence[Path], site: Site, limits: Limits) -> None:
    """Serve RDF files until interrupted; changes to them stay in memory.

    Raises ConfigError where a file can't be read, the port is taken, or anyone on the network could write.
    """
    for file in files:
        format_of(file)
    mark, holders = version(files), token_holders(site)
    listening = listen(site)
    base = address(site, listening)
    holding = Holding(Opening.of_files(tuple(files), base, limits.memory, limits.services))
    from esskg.server.access import Access  # while the keeper reads the files
    from esskg.server.dataset import Dataset, create_app

    access = Access(holders, writable=site.writable)
    app = create_app(Dataset(holding, limits, access, mark), site.hosts)
    holding.ready()
    os.register_at_fork(after_in_child=holding.let_go)
    print(greeting(files, base, writable=site.writable), flush=True)
    serve_until_interrupted(app, listening, site)


def token_holders(site: Site) -> dict[str, str]:
    """Who holds a token, with its hash; where only this machine reaches the server, all may write.

    Raises ConfigError where anyone on the network could write.
    """
    holders = read_tokens(site.tokens)
    if site.writable and not holders and site.host not in HERE:
        raise ConfigError(f"writable on {site.host}, it needs a token. Make one with: esskg token NAME")
    return holders


def version(files: Sequence[Path]) -> str:
    """Another where a file is another, or was written again. Raises ConfigError where one isn't there."""
    digest = hashlib.sha256()
    try:
        for file in files:
            status = file.stat()
            digest.update(f"{file.resolve()}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    except OSError as error:
        raise ConfigError(f"{error.filename}: {error.strerror}") from error
    return digest.hexdigest()[:12]


def greeting(files: Sequence[Path], base: str, *, writable: bool) -> str:
    """The addresses."""
    lines = [f"esskg serves {', '.join(file.name for file in files) or 'an empty dataset'}"]
    lines.append(f"  {base}/sparql  queries")
    if writable:
        lines += [f"  {base}/update  updates, kept in memory", f"  {base}/store   graph store"]
    return "\n".join([*lines, "Stop with Ctrl+C."])
