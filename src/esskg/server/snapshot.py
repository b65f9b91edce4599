"""One published version of the project as the server sees it, and the watch for the next."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cached_property
from threading import Lock

from pyoxigraph import Triple
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from esskg.errors import StoreError
from esskg.export import FORMATS, parquet
from esskg.export.description import About, description
from esskg.graph.history import History
from esskg.graph.versions import Version, Versions
from esskg.network.measures.communities import communities_of
from esskg.network.projection import Graph, skeleton
from esskg.network.simple import Simple, undirected
from esskg.network.table import Table
from esskg.project import Project
from esskg.resolve import PublishedIds
from esskg.review import Review
from esskg.server import guard
from esskg.server.answers import Answer, Job
from esskg.server.evaluation import Evaluation
from esskg.server.holding import Opening
from esskg.server.limits import Limits
from esskg.server.problems import Problem
from esskg.server.rows import select, text
from esskg.server.terms import Terms
from esskg.vocab import Language

CLASS_COUNTS = "SELECT ?class (COUNT(*) AS ?count) WHERE { ?instance a ?class } GROUP BY ?class"
LOOK_EVERY = 1.0
"""Seconds between two looks for a newer version."""


class Snapshot:
    """A project at one version. Raises StoreError where nothing has been built yet."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.version: Version = project.built()
        self.base: str = self.version.manifest.base
        self._measures: dict[tuple[Language, str], list[Table]] = {}
        self._measuring = Lock()
        self._networks: dict[Language, Graph] = {}
        self._skeletons: dict[bool, Simple] = {}

    @cached_property
    def terms(self) -> Terms:
        """The ontology and its vocabularies."""
        return Terms(self.project.store, self.base)

    @cached_property
    def published(self) -> frozenset[str]:
        """The identifiers of entities that were ever given out."""
        return frozenset(PublishedIds.read(self.project.folder.ids).rows)

    @cached_property
    def class_counts(self) -> dict[str, int]:
        """How many instances each class has, counted once a version."""
        rows = select(self.project.store, CLASS_COUNTS)
        return {text(row, "class"): int(text(row, "count")) for row in rows}

    @cached_property
    def described(self) -> list[Triple]:
        """The dataset in the vocabularies of DCAT and VoID, counted once a version."""
        about = About(
            self.project.settings.title_in("en"),
            self.version.id,
            languages=self.project.settings.languages,
            issued=self.version.manifest.built[:10],
            endpoint=f"{self.base}/sparql",
            downloads={
                name: f"{self.base}/download/esskg{format.suffix}"
                for name, format in FORMATS.items()
                if name != "parquet" or parquet.available()
            },
        )
        return list(description(self.project.store, about))

    @cached_property
    def review(self) -> Review:
        """What waits for a decision in this version."""
        return self.project.review()

    def network(self, language: Language) -> Graph:
        """The whole network of asserted statements, made once a version and language."""
        if language not in self._networks:
            self._networks[language] = self.project.network(language=language)
        return self._networks[language]

    def measures(self, language: Language, projection: str = "") -> list[Table]:
        """The measures of the whole network or a projection, computed once a version and language."""
        with self._measuring:
            if (language, projection) not in self._measures:
                found = self.project.analyse(language, projection=projection or None)
                self._measures[language, projection] = found
            return self._measures[language, projection]

    def skeleton(self, *, review: bool) -> Simple:
        """Who is linked with whom, made once a version."""
        if review not in self._skeletons:
            bare = skeleton(self.project.store, base=self.base, review=review)
            self._skeletons[review] = undirected(bare)
        return self._skeletons[review]

    @cached_property
    def communities(self) -> dict[str, int]:
        """The community of each linked entity by Louvain's method, the largest being 0."""
        parts = communities_of(self.skeleton(review=False))
        return {member: number for number, members in enumerate(parts) for member in members}

    def type_of(self, iri: str, classes: Iterable[str]) -> str:
        """The kind of thing that a resource is: an EntityType, ``Document``, or empty."""
        if iri.startswith(f"{self.base}/document/"):
            return "Document"
        return self.terms.entity_type(classes) or ""

    def iri(self, kind: str, name: str) -> str:
        """The IRI of a resource of the project."""
        return f"{self.base}/{kind}/{name}"


class Service:
    """The project that is served: always its newest version, with workers to query it."""

    def __init__(self, project: Project, limits: Limits) -> None:
        self.limits = limits
        self.folder = project.folder
        self._snapshot: Snapshot | None = None
        self._project = project
        self.evaluation = Evaluation(limits)
        self._past: Snapshot | None = None
        self._past_evaluation = Evaluation(limits)
        self._looked = 0.0
        self._lock = Lock()

    def current(self) -> Snapshot:
        """The newest version. Raises StoreError before the first build."""
        with self._lock:
            now = time.monotonic()
            if self._snapshot is None or now - self._looked > LOOK_EVERY:
                self._looked = now
                self._take_up()
            assert self._snapshot is not None
            return self._snapshot

    def _take_up(self) -> None:
        # A version gets a Project of its own: requests still under way keep the store they began with.
        fresh = Project(self.folder) if self._snapshot else self._project
        if self._snapshot is None or fresh.built().folder != self._snapshot.version.folder:
            self._snapshot = Snapshot(fresh)

    @cached_property
    def history(self) -> History:
        """What each version was, and what changed with it."""
        return History(self.folder.build)

    def kept(self) -> list[Version]:
        """The versions that can be asked, newest first."""
        return Versions(self.folder.build).kept()

    def asked(self, request: Request) -> Snapshot:
        """The version that a request names in ``version``; without one, the newest.

        Raises Problem (404) where none of that name is kept.
        """
        current, name = self.current(), request.query_params.get("version")
        if name is None:
            return current
        try:
            project = current.project.at(name)
        except StoreError as error:
            raise Problem(404, str(error)) from error
        if project.built().folder == current.version.folder:
            return current
        with self._lock:
            folder = project.built().folder
            if self._past is None or self._past.version.folder != folder:
                self._past = Snapshot(project)
            return self._past

    async def run(self, request: Request, job: Job, timeout: float | None = None) -> Answer:
        """Answer a request's query within so many seconds, as long as its client waits.

        Raises QueryError, Problem or StoreError.
        """
        snapshot = await run_in_threadpool(self.asked, request)
        request.state.version = snapshot.version.id
        evaluation = self.evaluation if snapshot is self._snapshot else self._past_evaluation
        return await evaluation.run(request, self._opening(snapshot), job, timeout)

    async def answer(self, job: Job) -> Answer:
        """Answer a query of this process itself, on the newest version.

        Raises QueryError, Problem or StoreError.
        """
        guard.check(job.query, self.limits.services)
        pool = self.evaluation.pool(self._opening(await run_in_threadpool(self.current)))
        return await pool.run(job, self.limits.timeout)

    @property
    def version(self) -> str:
        """The identifier of the newest version."""
        return self.current().version.id

    def _opening(self, snapshot: Snapshot) -> Opening:
        store = self.folder.settings.store, snapshot.version.store_folder, snapshot.base
        return Opening.of_project(*store, self.limits.memory, self.limits.services)

    def close(self) -> None:
        """End the workers."""
        self.evaluation.close()
        self._past_evaluation.close()
