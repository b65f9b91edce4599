"""What ``esskg.open()`` returns: a project, its documents, its graph and the questions one can ask it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from esskg import __version__, shipped
from esskg.config import FILE, ProjectFolder, Settings, find_project, read_project
from esskg.errors import ConfigError, EsskgError, StoreError
from esskg.progress import watched
from esskg.vocab import Language

if TYPE_CHECKING:
    from esskg.drawing import Drawing
    from esskg.extract import Extractor
    from esskg.extract.crossvalidation import Validation
    from esskg.extract.evaluation import Evaluation
    from esskg.extract.learned import Learned
    from esskg.extract.llm import Approve, LlmReader
    from esskg.graph.changes import Changes
    from esskg.graph.consistency import Consistency
    from esskg.graph.store import Store
    from esskg.graph.validate import Report, Severity
    from esskg.graph.versions import Version
    from esskg.model import Document, Extraction
    from esskg.network.projection import Graph
    from esskg.network.table import Table as MeasureTable
    from esskg.pipeline import BuildReport
    from esskg.progress import Progress
    from esskg.query.catalogue import Catalogue
    from esskg.query.results import Result
    from esskg.query.search import Hit, Index
    from esskg.report.report import Report as CitedReport
    from esskg.review import Review


class Project:
    """A project folder and the current version of its graph.

    Everything is opened when first used. `refresh` takes up a version that a build has published since. A
    ``version`` given is the one that is asked.
    """

    def __init__(self, folder: ProjectFolder, version: Version | None = None) -> None:
        self.folder = folder
        if version is not None:
            self.version = version

    @property
    def settings(self) -> Settings:
        """What the project file says."""
        return self.folder.settings

    # --- versions ---------------------------------------------------------------------------------

    @cached_property
    def version(self) -> Version | None:
        """The version of the graph that is in use; None before the first build."""
        from esskg.graph.versions import Versions

        return Versions(self.folder.build).current()

    def built(self) -> Version:
        """The version in use. Raises StoreError before the first build."""
        if self.version is None:
            raise StoreError(f"{self.folder.root} has no graph yet. Make it with: esskg build")
        return self.version

    def at(self, version: str) -> Project:
        """The project at one of its kept versions, named by id, number or date.

        Raises StoreError where none of that name is kept, or where a remote store holds the newest only.
        """
        from esskg.graph.versions import Versions

        found = Versions(self.folder.build).find(version)
        if self.settings.store.kind == "remote" and found != Versions(self.folder.build).current():
            raise StoreError("a remote store holds the newest version only")
        return Project(self.folder, found)

    def diff(self, old: str | None = None, new: str | None = None) -> Changes:
        """What differs between two kept versions; by default the newest and the one before it.

        Raises StoreError where one of them isn't kept.
        """
        from esskg.graph.changes import changes
        from esskg.graph.versions import Versions

        kept = [
            version.folder.name.partition("-")[0].lstrip("0")
            for version in Versions(self.folder.build).kept()
        ]
        if old is None and len(kept) < 2:
            raise StoreError("only one version is kept; set keep under [versions] in esskg.toml for more")
        with self.at(old or kept[1]) as before, self.at(new or kept[0]) as after:
            return changes(before.store, after.store)

    def refresh(self) -> bool:
        """Take up the newest version; true where it is another than the one in use."""
        from esskg.graph.versions import Versions

        newest = Versions(self.folder.build).current()
        if newest is None or (self.version is not None and newest.id == self.version.id):
            return False
        self.close()
        return True

    def close(self) -> None:
        """Let go of the store and the index; they open again when used."""
        for name in ("store", "index"):
            opened = self.__dict__.pop(name, None)
            if opened is not None:
                opened.close()
        for name in ("version", "positions"):
            self.__dict__.pop(name, None)

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- asking -----------------------------------------------------------------------------------

    @cached_property
    def store(self) -> Store:
        """The graph, read-only."""
        from esskg.graph.store import open_store

        version = self.built()
        return open_store(
            self.settings.store, version.store_folder, base=version.manifest.base, read_only=True
        )

    @cached_property
    def index(self) -> Index:
        """Full-text search over entities and documents."""
        from esskg.query.search import Index

        return Index(self.built().index_file)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The shipped questions and those in the project's own ``queries`` folder."""
        from esskg.query.catalogue import read

        own = self.folder.root / "queries"
        return read(shipped.folder("queries"), *([own] if own.is_dir() else []))

    def query(self, question: str, **parameters: Any) -> Result:
        """Ask a question of the catalogue by name, or any SPARQL 1.1 query.

        Raises QueryError for a malformed query, an unknown name or parameter.
        """
        from esskg.query.run import ask

        return ask(self.store, self.catalogue, self.index, question, parameters)

    def search(self, text: str, limit: int = 20) -> list[Hit]:
        """Entities and documents whose names or words match, best first."""
        return self.index.search(text, limit=limit)

    # --- looking ----------------------------------------------------------------------------------

    @cached_property
    def positions(self) -> dict[str, tuple[float, float]]:
        """Where each entity stands in drawings, stored with the version."""
        import json

        stored = json.loads(self.built().positions_file.read_text("utf-8"))
        return {slug: (x, y) for slug, (x, y) in stored.items()}

    def network(  # noqa: PLR0913 (each is one choice of what to see)
        self,
        around: Iterable[str] = (),
        *,
        depth: int = 1,
        query: str | None = None,
        projection: str | None = None,
        language: Language = "fr",
        review: bool = False,
    ) -> Graph:
        """The asserted statements as a network: all, those around some entities, a query's, or one of the
        projections of `esskg.network.projections`; with ``review`` also those that are still to be reviewed.

        Raises EsskgError for an unknown name.
        """
        from esskg.network.projection import project
        from esskg.network.projections import projection_of

        if projection:
            return projection_of(projection).of(
                lambda name: self.network(query=name, language=language, review=review)
            )
        slugs = [self.index.slug(name) for name in around]
        sparql = self.catalogue.sparql(query) if query else None
        return project(
            self.store,
            base=self.built().manifest.base,
            around=slugs,
            depth=depth,
            query=sparql,
            language=language,
            review=review,
        )

    def draw(
        self,
        *around: str,
        depth: int = 1,
        query: str | None = None,
        title: str = "",
        language: Language = "fr",
    ) -> Drawing:
        """A drawing of a network (see `network`): show it in a notebook or `save` it."""
        from esskg.drawing import Drawing

        return Drawing(
            self.network(around, depth=depth, query=query, language=language),
            title or self.settings.title_in(language),
            language,
            None if around or query else self.positions,
            self.built().id,
        )

    def analyse(
        self,
        language: Language = "fr",
        *,
        measures: Iterable[str] | None = None,
        projection: str | None = None,
    ) -> list[MeasureTable]:
        """Centralities, communities, brokers, flows of money …, of the whole or a projection, as tables.

        Raises EsskgError for the name of a measure or a projection that there isn't.
        """
        from esskg.network.measures import tables

        return tables(self.network(projection=projection, language=language), measures)

    def report(self, *around: str, language: Language = "fr") -> CitedReport:
        """A cited portrait: of some entities, of all that is located in a place, or of everything.

        Needs matplotlib (``esskg[report]``). Raises EsskgError where it is missing or a name is unknown.
        """
        try:
            from esskg.report.portrait import portrait
        except ImportError as error:
            raise EsskgError("reports need more; install it with: pip install 'esskg[report]'") from error
        from esskg.report.report import Report as CitedReport
        from esskg.report.subject import Subject
        from esskg.report.words import Words

        def ask(question: str, **parameters: str) -> list[dict[str, Any]]:
            result = self.query(question, lang=language, **parameters)
            return [dict(zip(result.variables, row, strict=True)) for row in result.rows]

        slugs = tuple(dict.fromkeys(self.index.slug(name) for name in around))
        whole, counts = self.network(language=language), self.built().manifest.counts
        if unlinked := [slug for slug in slugs if slug not in whole]:
            whole.update(self.network(unlinked, language=language))
        subject = Subject(whole, slugs, Words(language), ask, counts["Document"])
        title = self.settings.title_in(language)
        return CitedReport(portrait(subject, project=title, version=self.built().id))

    # --- taking away ------------------------------------------------------------------------------

    def export(
        self,
        format: str,
        path: Path | str,
        *,
        language: Language = "en",
        profile: Literal["public", "full"] = "full",
        force: bool = False,
    ) -> Path:
        """Write the graph to a file in one of the formats of `esskg.export`; ``public`` leaves out what may
        not be passed on."""
        from esskg.export import export

        path = Path(path)
        places = self.positions
        export(format, self.store, path, language=language, positions=places, profile=profile, force=force)
        return path

    def validate(self, language: Language = "en", *, least: Severity = "warning") -> Report:
        """Check the graph against the shapes, and tell what is at least of a severity."""
        from esskg.graph.validate import validate

        return validate(self.store, language=language, least=least)

    def consistent(self, language: Language = "en") -> Consistency:
        """Ask a reasoner whether ontology and statements can all be true."""
        from esskg.graph.consistency import consistent

        return consistent(self.store, language=language)

    # --- reading one document ---------------------------------------------------------------------

    @cached_property
    def extractor(self) -> Extractor:
        """What reads documents with this project's reference and settings."""
        return self._extractor()

    def _extractor(self, learned: Learned | None = None) -> Extractor:
        from esskg.extract import make_extractor
        from esskg.reference import load

        return make_extractor(load(self.folder.reference), self.settings, learned)

    def read(self, file: Path | str, *, date: str | None = None) -> tuple[Document, Extraction]:
        """A document and what it says, in its own terms; nothing is kept.

        Raises DocumentError where the file can't be read, EsskgError where the date is none.
        """
        from esskg.documents import read
        from esskg.documents.metadata import checked

        given = checked({} if date is None else {"date": date})
        document = read(Path(file), Path(file).parent)
        metadata = replace(document.metadata, date=given.date or document.metadata.date)
        document = replace(document, metadata=metadata)
        return document, self.extractor.read(document)

    @cached_property
    def llm(self) -> LlmReader:
        """What adds to readings by asking the project's language model; its answers are kept.

        Raises ConfigError where the project names none.
        """
        from esskg.extract.llm import make_reader

        return make_reader(self.settings, self.folder.build / "llm")

    def extract(self, file: Path | str, *, date: str | None = None) -> dict[str, Any]:
        """What one document says, in the format of the annotation guidelines; see `read`."""
        from esskg.extract import to_gold

        document, extraction = self.read(file, date=date)
        return to_gold(extraction, document)

    def evaluate(
        self,
        gold: Path | None = None,
        texts: Path | None = None,
        *,
        part: str | None = None,
        language: str | None = None,
        progress: Progress | None = None,
    ) -> Evaluation:
        """Hold extraction against gold annotations, by default the project's own.

        Readings that a build has kept are taken where they are of the same text, program and settings.
        """
        from esskg.extract.annotated import read_annotated
        from esskg.extract.evaluation import evaluate

        chosen = read_annotated(*self._annotated(gold, texts), part=part, language=language)
        return evaluate(watched(chosen, "evaluate", progress), self._kept_or_read)

    def _annotated(self, gold: Path | None, texts: Path | None) -> tuple[Path, Path]:
        return gold or self.folder.root / "gold", texts or self.folder.documents

    def _kept_or_read(self, document: Document) -> Extraction:
        from esskg.extract.readings import Readings

        folder = self.folder.build / "readings"
        kept = Readings(folder, self.extractor.fingerprint).get(document) if folder.is_dir() else None
        return kept or self.extractor.read(document)

    def cross_validate(
        self,
        gold: Path | None = None,
        texts: Path | None = None,
        *,
        folds: int = 5,
        part: str | None = None,
        language: str | None = None,
    ) -> Validation:
        """Score extraction on each annotated document by what the documents of the other folds teach.

        Needs scikit-learn (``esskg[train]``).
        """
        from esskg.extract.annotated import read_annotated
        from esskg.extract.crossvalidation import cross_validate
        from esskg.reference import load

        chosen = read_annotated(*self._annotated(gold, texts), part=part, language=language)
        return cross_validate(chosen, load(self.folder.reference), self._extractor, folds=folds)

    # --- changing ---------------------------------------------------------------------------------

    def add(self, *files: Path | str, date: str | None = None, source: str | None = None) -> list[Path]:
        """Copy documents into the project; they are read at the next build."""
        from esskg.documents import add

        return add([Path(file) for file in files], self.folder.documents, date=date, source=source)

    def remove(self, document: str) -> list[Path]:
        """Take a document out of the project; the next build leaves out what only it said."""
        from esskg.documents import remove

        return remove(document, self.folder.documents)

    def review(self) -> Review:
        """The statements of the graph that wait for a person's decision, and a way to decide on them."""
        from esskg.resolve.verdicts import Verdicts
        from esskg.review import Review

        return Review(self.store, self.built().manifest.base, Verdicts(self.folder.decisions))

    def about(self) -> dict[str, Any]:
        """Versions, counts and where things are, as plain values."""
        version = self.version
        about: dict[str, Any] = {
            "program": __version__,
            "project": str(self.folder.root.resolve()),
            "title": self.settings.title_in("en"),
            "base": self.settings.base,
            "store": self.settings.store.kind,
        }
        if self.settings.base.startswith("http://localhost"):
            about["note"] = "the base IRI is a local one: choose yours in esskg.toml before you publish"
        if version is None:
            return about | {"graph": "not built yet; make it with: esskg build"}
        manifest = version.manifest
        return about | {
            "graph": str(version.folder),
            "version": version.id,
            "built": manifest.built,
            "counts": dict(manifest.counts),
            "violations": manifest.violations,
            "problems": list(manifest.problems),
        }

    def build(
        self,
        *,
        jobs: int = 1,
        full: bool = False,
        progress: Progress | None = None,
        approve: Approve | None = None,
    ) -> BuildReport:
        """Read what is new or changed and publish a new version of the graph; see `pipeline.build`."""
        from esskg.pipeline import build

        report = build(self.folder, jobs=jobs, full=full, progress=progress, approve=approve)
        self.refresh()
        return report


def open_project(path: Path | str | None = None) -> Project:
    """The project in a folder; without one, the nearest ``esskg.toml`` upwards from here.

    Raises ConfigError where there is none or its file is malformed.
    """
    return Project(read_project(Path(path) if path is not None else find_project(Path.cwd())))


def init(folder: Path) -> Project:
    """Make a new project that works at once: shipped reference, one sample document, no decisions.

    Raises ConfigError where the folder already holds a project or files that would be in the way.
    """
    if (folder / FILE).exists():
        raise ConfigError(f"{folder} already holds a project ({FILE}). Nothing was changed.")
    for part in ("documents", "reference"):
        if (folder / part).exists() and any((folder / part).iterdir()):
            raise ConfigError(f"{folder / part} is not empty. Nothing was changed; choose another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(shipped.folder("reference"), folder / "reference", dirs_exist_ok=True)
    shutil.copytree(shipped.folder("sample"), folder / "documents", dirs_exist_ok=True)
    (folder / "decisions").mkdir(exist_ok=True)
    title = folder.resolve().name.replace('"', "'").replace("\\", "/")
    template = (files("esskg") / "new_project.toml").read_text("utf-8")
    (folder / FILE).write_text(template.replace("{title}", title), "utf-8")
    return open_project(folder)
