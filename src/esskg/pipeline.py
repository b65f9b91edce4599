"""The one place where the stages meet: documents in, a published version of the graph out."""

from __future__ import annotations

import gc
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from filelock import FileLock, Timeout

from esskg import __version__, shipped
from esskg.config import ProjectFolder, Settings
from esskg.documents import Shelf, copies, read_folder
from esskg.errors import BusyError, StoreError
from esskg.extract import Extractor, make_extractor
from esskg.extract.llm import Approve, make_reader
from esskg.extract.readings import Readings
from esskg.graph.build import Run, quads
from esskg.graph.changes import Changes, changes
from esskg.graph.history import History
from esskg.graph.reason import entail
from esskg.graph.store import Store, open_store
from esskg.graph.validate import Report, validate
from esskg.graph.versions import Draft, Manifest, Version, Versions
from esskg.model import Document, Extraction, Knowledge, State, digest
from esskg.network.layout import positions
from esskg.network.projection import links
from esskg.progress import Progress, Silence
from esskg.query.search import build_index
from esskg.reference import load
from esskg.resolve import Decisions, PublishedIds, resolve


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    version: Version
    problems: tuple[str, ...]
    """Documents that could not be read and decisions that name nothing any more, each with its place and
    the remedy; the rest was built."""
    validation: Report | None
    """None where nothing had changed."""
    read: int
    """Documents that were read anew."""
    kept: int
    """Documents whose reading was kept from an earlier build."""
    seconds: dict[str, float]
    """Wall time of each stage."""

    @property
    def changed(self) -> bool:
        """Whether a new version was published."""
        return self.validation is not None


def build(
    folder: ProjectFolder,
    *,
    jobs: int = 1,
    full: bool = False,
    progress: Progress | None = None,
    approve: Approve | None = None,
) -> BuildReport:
    """Read what is new or changed, resolve, reason, validate, store and swap the new version in.

    With `full`, every document is read again. Where the settings name a language model, `approve` is shown
    what asking it would cost; without it, the settings' limit decides. Raises TablesError where reference,
    decisions or identifiers break rules (nothing is built, the version in use stays), BusyError where another
    build of the project is under way, LlmError where the language model can't or may not be asked.
    """
    with _alone(folder):
        return _Build(folder, jobs, progress or Silence(), approve).run(full)


@contextmanager
def _alone(folder: ProjectFolder) -> Iterator[None]:
    folder.build.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder.build / "lock", timeout=0):
            yield
    except Timeout:
        raise BusyError(
            f"another build of {folder.root} is under way; the graph in use stays. Try again when it is done."
        ) from None


@contextmanager
def _without_collector() -> Iterator[None]:
    """Without the garbage collector, which finds nothing in what is resolved but goes through all of it again
    and again: a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Build:
    """One build: what every stage needs, and how long each took."""

    def __init__(self, folder: ProjectFolder, jobs: int, progress: Progress, approve: Approve | None) -> None:
        self._folder, self._settings = folder, folder.settings
        self._jobs, self._progress, self._approve = jobs, progress, approve
        self._versions = Versions(folder.build, self._settings.versions.keep)
        self._shelf = Shelf(folder.build / "documents")
        self._seconds: dict[str, float] = {}

    def run(self, full: bool) -> BuildReport:
        inputs = fingerprint(self._folder)
        current = self._versions.current()
        if current and not full and current.manifest.inputs == _with_ids(inputs, self._folder):
            count = current.manifest.counts["Document"]
            return BuildReport(current, current.manifest.problems, None, read=0, kept=count, seconds={})
        reference = load(self._folder.reference)
        ids = PublishedIds.read(self._folder.ids)
        decisions = Decisions.read(self._folder.decisions)
        documents, problems = self._documents()
        extractor = make_extractor(reference, self._settings)
        readings = Readings(self._folder.build / "readings", extractor.fingerprint)
        extractions, read = self._extract(extractor, documents, readings, full)
        extractions, asked = self._asked(documents, extractions)
        with _without_collector():
            with self._stage("resolve"):
                knowledge = resolve(
                    documents,
                    extractions,
                    reference,
                    ids=ids,
                    decisions=decisions,
                    copies=copies(documents),
                    thresholds=self._settings.thresholds,
                )
            problems += tuple(map(str, decisions.unmatched(knowledge)))
            run = Run(digest(extractor.fingerprint, asked) if asked else extractor.fingerprint, __version__)
            version, report = self._publish(knowledge, run, inputs, problems, PublishedIds.of(knowledge, ids))
        readings.prune(documents)
        self._shelf.prune()
        return BuildReport(version, problems, report, read, len(documents) - read, self._seconds)

    @contextmanager
    def _stage(self, name: str, total: int | None = None) -> Iterator[None]:
        self._progress.stage(name, total)
        start = perf_counter()
        yield
        self._seconds[name] = round(perf_counter() - start, 3)

    def _documents(self) -> tuple[list[Document], tuple[str, ...]]:
        documents: list[Document] = []
        problems: list[str] = []
        with self._stage("documents"):
            for found in read_folder(self._folder.documents, self._shelf.read):
                if isinstance(found, Document):
                    documents.append(found)
                else:
                    problems.append(str(found))
                self._progress.step()
        return documents, tuple(problems)

    def _extract(
        self, extractor: Extractor, documents: Sequence[Document], readings: Readings, full: bool
    ) -> tuple[list[Extraction], int]:
        kept = {} if full else {d.slug: e for d in documents if (e := readings.get(d))}
        new = [document for document in documents if document.slug not in kept]
        with self._stage("extract", len(new)):
            for document, extraction in zip(new, self._readers(extractor, new), strict=True):
                readings.put(document, extraction)
                kept[document.slug] = extraction
                self._progress.step()
        return [kept[document.slug] for document in documents], len(new)

    def _asked(
        self, documents: Sequence[Document], extractions: list[Extraction]
    ) -> tuple[list[Extraction], str | None]:
        """The extractions with what a language model adds, where the project has one, and its fingerprint."""
        if self._settings.llm is None:
            return extractions, None
        reader = make_reader(self._settings, self._folder.build / "llm")
        added = []
        with self._stage("ask", len(documents)):
            readings = list(zip(documents, extractions, strict=True))
            for extraction in reader.read_many(readings, self._approve):
                added.append(extraction)
                self._progress.step()
        return added, reader.fingerprint

    def _readers(self, extractor: Extractor, documents: Sequence[Document]) -> Iterator[Extraction]:
        if self._jobs == 1 or len(documents) < 2 * _CHUNK:
            yield from extractor.read_many(documents)
            return
        arguments = (self._folder.reference, self._settings)
        with ProcessPoolExecutor(self._jobs, get_context("spawn"), _start_worker, arguments) as pool:
            yield from pool.map(_read, documents, chunksize=_CHUNK)

    def _publish(
        self, knowledge: Knowledge, run: Run, inputs: str, problems: tuple[str, ...], ids: PublishedIds
    ) -> tuple[Version, Report]:
        with self._versions.draft() as draft:
            with open_store(self._settings.store, draft.store_folder, base=self._settings.base) as store:
                report = self._fill(store, draft, knowledge, run)
            with self._stage("publish"):
                ids.write(self._folder.ids)
                manifest = self._manifest(knowledge, _with_ids(inputs, self._folder), report, problems)
                before = self._versions.current()
                changed = self._changes(before, draft) if before else None
                version = self._versions.publish(draft, manifest)
                History(self._folder.build).add(version, before, changed)
                return version, report

    def _changes(self, before: Version, draft: Draft) -> Changes | None:
        """What is other than in the version before; None where that one can't be read any more."""
        settings = self._settings.store
        if settings.kind == "remote":  # whose store has been replaced already
            return None
        try:
            with (
                open_store(settings, before.store_folder, base=before.manifest.base, read_only=True) as old,
                open_store(settings, draft.store_folder, base=self._settings.base, read_only=True) as new,
            ):
                return changes(old, new)
        except StoreError:
            return None

    def _fill(self, store: Store, draft: Draft, knowledge: Knowledge, run: Run) -> Report:
        base = self._settings.base
        with self._stage("graph"):
            store.clear()
            store.load(quads(knowledge, base, run=run))
        with self._stage("reason"):
            entail(store, base)
        with ThreadPoolExecutor(1) as beside, self._stage("validate"):
            checked = beside.submit(validate, store, scope="domain", least="violation")
            build_index(draft.index_file, knowledge)
            places = positions(links(knowledge))
            draft.positions_file.write_text(json.dumps(places, sort_keys=True), "utf-8")
            return checked.result()

    def _manifest(
        self, knowledge: Knowledge, inputs: str, report: Report, problems: tuple[str, ...]
    ) -> Manifest:
        return Manifest(
            program=__version__,
            base=self._settings.base,
            inputs=inputs,
            built=_now(),
            counts=counts(knowledge),
            violations=len(report.violations),
            problems=problems,
        )


def counts(knowledge: Knowledge) -> dict[str, int]:
    """How many there are of each kind; ``mentioned`` are the entities that documents speak of."""
    states = Counter(statement.state for statement in knowledge.statements)
    types = Counter(entity.type.value for entity in knowledge.entities)
    return {
        "Document": len(knowledge.documents),
        "Entity": len(knowledge.entities),
        "mentioned": sum(bool(entity.documents) for entity in knowledge.entities),
        **dict(sorted(types.items())),
        "Statement": len(knowledge.statements),
        "asserted": states[State.ASSERTED],
        "review": states[State.REVIEW],
        "Figure": len(knowledge.figures),
        "Quotation": len(knowledge.quotations),
    }


_CHUNK = 8
_worker: Extractor | None = None


def _start_worker(reference: Path, settings: Settings) -> None:
    global _worker  # noqa: PLW0603 - a worker process has one extractor for its life
    _worker = make_extractor(load(reference), settings)


def _read(document: Document) -> Extraction:
    assert _worker is not None
    return _worker.read(document)


def fingerprint(folder: ProjectFolder) -> str:
    """Changes with what a person put into the project, the ontology or the program, and with nothing else."""
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for root in (folder.documents, folder.reference, folder.decisions, shipped.folder("ontology"), package):
        for path in sorted(root.rglob("*")):
            if path.is_file() and _counts_as_input(path.relative_to(root)):
                _add(digest, path, path.relative_to(root).as_posix())
    _add(digest, folder.root / "esskg.toml", "esskg.toml")
    return digest.hexdigest()


def _with_ids(inputs: str, folder: ProjectFolder) -> str:
    """The inputs and the published identifiers, which a build writes and a person may edit."""
    digest = hashlib.sha256(inputs.encode())
    _add(digest, folder.ids, "ids.csv")
    return digest.hexdigest()


def _counts_as_input(path: Path) -> bool:
    apart = {"server", "cli", "__pycache__"}
    return path.parts[0] not in apart and path.suffix != ".pyc" and not path.name.startswith(".")


def _add(digest: hashlib._Hash, path: Path, name: str) -> None:
    """Name and content of a file; one that can't be read is reported when it is needed."""
    digest.update(f"\x1e{name}\x1f".encode())
    try:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    except OSError as error:
        digest.update(str(error.errno).encode())


def _now() -> str:
    """The time of the build, ISO 8601 UTC; SOURCE_DATE_EPOCH stands in for the clock where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.isoformat(timespec="seconds")
