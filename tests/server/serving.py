"""A small project, published and served on a loopback port."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn

import sample
from esskg.config import read_project
from esskg.graph import build
from esskg.graph.reason import entail
from esskg.graph.store import open_store
from esskg.graph.versions import Manifest, Version, Versions
from esskg.model import (
    EntityReading,
    Extraction,
    Figure,
    Knowledge,
    LocalId,
    Mention,
    Qualifier,
    Quotation,
    Slug,
    State,
)
from esskg.network.layout import positions
from esskg.network.projection import project as network
from esskg.project import Project
from esskg.query.search import build_index
from esskg.server.app import create_app
from esskg.server.limits import Limits
from esskg.server.patience import PatientProtocol

SETTINGS = f'title = "Les rives"\nbase = "{sample.BASE}"\n'


def knowledge() -> Knowledge:
    """The sample sector with figures, a quotation, and mentions of every name that stands in a text."""
    known, proof = sample.knowledge(), sample.words(sample.FRENCH, "Le Fonds du Fleuve finance")
    share = Figure(
        *("part des coopératives", "fr", 7.5, "percent", Qualifier.ABOUT, (proof,), 0.9, State.ASSERTED),
        about=Slug("confluence"),
        place=Slug("port-rive"),
        date="2016",
    )
    said = Quotation(Slug("anne-lavigne"), "Les rives sont à tous.", "fr", (proof,), 0.8, State.REVIEW)
    return mentioned(replace(known, figures=(share,), quotations=(said,)))


def mentioned(known: Knowledge) -> Knowledge:
    """The same with an extraction for each document, which finds each name where it stands first."""
    extractions, links = [], {}
    for document in known.documents:
        readings = []
        for number, entity in enumerate(known.entities):
            start = document.text.find(entity.label)
            if start >= 0:
                local = LocalId(f"e{number}")
                mention = Mention(start, start + len(entity.label))
                readings.append(EntityReading(local, entity.type, entity.label, (mention,)))
                links[document.slug, local] = entity.slug
        extractions.append(Extraction(document.slug, document.sha256, tuple(readings)))
    return replace(known, extractions=tuple(extractions), links=links)


def publish(root: Path, known: Knowledge, inputs: str = "1", *, store: str = "embedded") -> Version:
    """Write a version of a project as a build does."""
    (root / "esskg.toml").write_text(f'{SETTINGS}[store]\nkind = "{store}"\n', "utf-8")
    folder = read_project(root)
    folder.build.mkdir(exist_ok=True)
    versions = Versions(folder.build)
    with versions.draft() as draft:
        with open_store(folder.settings.store, draft.store_folder, base=sample.BASE) as dataset:
            dataset.load(build.quads(known, sample.BASE, run=build.Run("test", "0")))
            entail(dataset, sample.BASE)
            places = positions(network(dataset, base=sample.BASE))
        draft.positions_file.write_text(json.dumps(places), "utf-8")
        build_index(draft.index_file, known)
        counts = {"Document": len(known.documents), "Entity": len(known.entities)}
        counts["mentioned"] = sum(bool(entity.documents) for entity in known.entities)
        counts |= {"Statement": len(known.statements), "Figure": len(known.figures), "Quotation": 1}
        counts["review"] = sum(statement.state is State.REVIEW for statement in known.statements)
        counts |= Counter(entity.type.value for entity in known.entities)
        return versions.publish(
            draft, Manifest("0", sample.BASE, inputs, "2024-01-01T00:00:00+00:00", counts)
        )


@contextmanager
def served(root: Path, limits: Limits | None = None) -> Iterator[str]:
    """The address of a server of the project, which ends with the context."""
    app = create_app(Project(read_project(root)), limits=limits)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, http=PatientProtocol, log_level="error", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
