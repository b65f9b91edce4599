"""A dataset at a SPARQL 1.1 endpoint, used through the protocol's query and update operations alone.

The default graph of the project stands there in ``{base}/graph/merged``. Many endpoints take the union of
all graphs for their default graph, so every request names its dataset. Blank nodes become IRIs below
``{base}/.well-known/genid/`` (RDF 1.1 Concepts, section 3.5), because requests can't share them otherwise.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from http.client import HTTPException, HTTPResponse
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self
from urllib.error import URLError

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
    serialize,
)
from SPARQLWrapper import BASIC, DIGEST, JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException, Unauthorized

from esskg.errors import QueryError, StoreError
from esskg.graph.local import LocalStore, Results, open_on_disk
from esskg.graph.sparql import dataset, form, refuse_calls, words
from esskg.vocab import PREFIXES

if TYPE_CHECKING:
    from esskg.config import StoreSettings

CHUNK = 2_000
"""Quads in one INSERT DATA."""
QUERY_TIMEOUT, UPDATE_TIMEOUT = 60, 600
"""Seconds to wait for an answer."""

_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { } }"
_GRAPHS_WITH_DATA = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class RemoteStore:
    """The dataset at an endpoint. What is written is seen by others at once."""

    def __init__(
        self, settings: StoreSettings, base: str, *, read_only: bool = False, services: Sequence[str] = ()
    ) -> None:
        self.base, self.read_only = base, read_only
        self._services = tuple(services)
        self._endpoint = Endpoint(settings.query or "", settings.update or "", settings.credentials())
        self._known_graphs: list[str] | None = None

    @property
    def merged(self) -> str:
        """The graph in which the default graph stands."""
        return f"{self.base}/graph/merged"

    # --- reading ---

    def query(
        self,
        sparql: str,
        *,
        prefixes: dict[str, str] | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Results:
        """The results of a SPARQL 1.1 query, as from a store of this process."""
        refuse_calls(sparql, self._services)
        known = PREFIXES if prefixes is None else prefixes
        if "SERVICE" not in words(sparql):
            # Parsed here first, so that an error has its line and column whatever the endpoint says.
            LocalStore(Store(), self.base).query(sparql, prefixes=known)
        graphs = self._dataset(sparql, known)
        if default_graphs is not None or named_graphs is not None:
            graphs = default_graphs or (), named_graphs or ()
        return self._endpoint.query(_declarations(known) + sparql, *graphs)

    def _dataset(self, sparql: str, prefixes: dict[str, str]) -> tuple[Sequence[str], Sequence[str]]:
        """The default and named graphs of a query, also its own: some endpoints overlook FROM."""
        named = self.graphs() if "GRAPH" in words(sparql) else ()
        return dataset(sparql, prefixes) or ((self.merged,), named)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted; asked for once."""
        if self._known_graphs is None:
            staging = f"{self.base}/staging/"
            found = (graph for graph in self._all_graphs() if not graph.startswith(staging))
            self._known_graphs = [graph for graph in found if graph != self.merged]
        return self._known_graphs

    def _all_graphs(self, path: str = "") -> list[str]:
        """The graphs at the endpoint whose names begin with the base and a path; all, without a path."""
        beginning = f"{self.base}/{path}" if path else ""
        for query in (_GRAPHS, _GRAPHS_WITH_DATA):
            found = self._endpoint.query(query)
            assert isinstance(found, QuerySolutions)
            if graphs := sorted(row["g"].value for row in found):
                return [graph for graph in graphs if graph.startswith(beginning)]
        return []

    def dump(
        self, output: IO[bytes], format: RdfFormat, graph: NamedNode | DefaultGraph | None = None
    ) -> None:
        """Write one graph; without one, the whole dataset, or the default graph in a format of triples."""
        if graph is not None or not format.supports_datasets:
            triples = (quad.triple for quad in self._quads(graph or DefaultGraph()))
            serialize(triples, output, format, prefixes=PREFIXES)
            return
        everything: list[NamedNode | DefaultGraph] = [DefaultGraph(), *map(NamedNode, self.graphs())]
        serialize(
            (quad for each in everything for quad in self._quads(each)), output, format, prefixes=PREFIXES
        )

    def _quads(self, graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
        name = graph.value if isinstance(graph, NamedNode) else self.merged
        for quad in self._endpoint.triples(_ALL, (name,)):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)

    # --- writing ---

    def update(self, sparql: str) -> None:
        """Send a SPARQL 1.1 update as it is.

        Its WHERE sees the merged graph as default graph; what it writes must name its graph.
        """
        self._check_writable()
        refuse_calls(sparql, self._services, update=True)
        found = words(sparql)
        names_its_own = not found.isdisjoint({"USING", "WITH"})
        graphs = self._dataset(sparql, PREFIXES) if "WHERE" in found and not names_its_own else ((), ())
        self._endpoint.update(_declarations(PREFIXES) + sparql, *graphs)
        self._known_graphs = None

    def load(self, quads: Iterable[Quad]) -> None:
        """Write quads in portions."""
        self._check_writable()
        self._insert((self._standing(quad.graph_name), quad) for quad in quads)

    def clear(self) -> None:
        """Take the project's graphs out; graphs of others at the same endpoint stay."""
        self._check_writable()
        self._drop([*self._all_graphs("graph/"), *self._all_graphs("staging/")])

    def replace(self, quads: Iterable[Quad]) -> None:
        """Put a whole dataset in the place of what stands.

        It is sent to graphs of other names first; one update then drops the old graphs and moves the new
        ones. Where the endpoint runs an update as one transaction, no reader sees a mixture; where it
        doesn't, the mixture lasts as long as the moves. A sending that was cut short is cleared away by
        the next.
        """
        self._check_writable()
        self._drop(self._all_graphs("staging/"))
        names = _Staged(f"{self.base}/staging/")
        self._insert((names.of(self._standing(quad.graph_name)), quad) for quad in quads)
        old = sorted(set(self._all_graphs("graph/")) - names.by_graph.keys())
        moves = [f"MOVE GRAPH <{staged}> TO GRAPH <{graph}>" for graph, staged in names.by_graph.items()]
        self._run([*(f"DROP SILENT GRAPH <{graph}>" for graph in old), *moves])

    def _check_writable(self) -> None:
        if self.read_only:
            raise StoreError("the store is open for reading only")

    def _standing(self, graph: NamedNode | BlankNode | DefaultGraph) -> str:
        return self.merged if isinstance(graph, DefaultGraph) else self._node(graph).value

    def _insert(self, quads: Iterator[tuple[str, Quad]]) -> None:
        while chunk := list(islice(quads, CHUNK)):
            by_graph: dict[str, list[str]] = {}
            for graph, quad in chunk:
                by_graph.setdefault(graph, []).append(self._line(quad))
            parts = (f"GRAPH <{graph}> {{\n{''.join(lines)}}}" for graph, lines in by_graph.items())
            self._run([f"INSERT DATA {{ {' '.join(parts)} }}"])

    def _line(self, quad: Quad) -> str:
        return f"{self._node(quad.subject)} {quad.predicate} {self._node(quad.object)} .\n"

    def _node(self, term: object) -> NamedNode | Literal:
        if isinstance(term, BlankNode):
            return NamedNode(f"{self.base}/.well-known/genid/{term.value}")
        if isinstance(term, NamedNode | Literal):
            return term
        raise StoreError(f"{term} can't be sent to a SPARQL 1.1 endpoint")

    def _drop(self, graphs: Iterable[str]) -> None:
        self._run([f"DROP SILENT GRAPH <{graph}>" for graph in graphs])

    def _run(self, operations: list[str]) -> None:
        if operations:
            self._endpoint.update(" ;\n".join(operations))
            self._known_graphs = None

    def close(self) -> None:
        """Nothing is kept open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, type_: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class _Staged:
    """The names that graphs have while they are sent."""

    def __init__(self, staging: str) -> None:
        self._staging = staging
        self.by_graph: dict[str, str] = {}

    def of(self, graph: str) -> str:
        return self.by_graph.setdefault(graph, f"{self._staging}{len(self.by_graph)}")


class Replacement(LocalStore):
    """A dataset made in a folder that, closed without an error, takes the place of a remote one."""

    def __init__(self, remote: RemoteStore, folder: Path) -> None:
        super().__init__(open_on_disk(folder, read_only=False), remote.base)
        self._remote, self._folder = remote, folder

    def _keep(self, opened: Store) -> None:
        self._remote.replace(opened)

    def close(self) -> None:
        """Send the dataset, then take the local copy away."""
        super().close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Endpoint:
    """The query and update operations of the SPARQL 1.1 protocol, with errors as ours."""

    def __init__(self, query_url: str, update_url: str, credentials: tuple[str, str] | None) -> None:
        self._query_url, self._update_url = query_url, update_url
        self._credentials = credentials
        self._digest_realm: str | None = None

    def query(self, sparql: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> Results:
        """The results of a query on a dataset of named graphs."""
        if form(sparql) in {"CONSTRUCT", "DESCRIBE"}:
            triples = Store()
            triples.bulk_extend(Quad(*quad.triple) for quad in self.triples(sparql, default, named))
            return triples.query(_ALL)
        answer = self._send(self._question(sparql, JSON, default, named))
        type_ = answer.headers.get("Content-Type", "")
        format = QueryResultsFormat.from_media_type(type_) or QueryResultsFormat.JSON
        try:
            return parse_query_results(answer.read(), format)
        except SyntaxError as error:
            raise StoreError(f"{self._query_url} doesn't answer with results of a query: {error}") from error

    def triples(self, sparql: str, default: Sequence[str], named: Sequence[str] = ()) -> Iterator[Quad]:
        """The triples of a CONSTRUCT or DESCRIBE as they come in."""
        answer = self._send(self._question(sparql, TURTLE, default, named))
        format = RdfFormat.from_media_type(answer.headers.get("Content-Type", "")) or RdfFormat.TURTLE
        try:
            yield from parse(answer, format)
        except SyntaxError as error:
            raise StoreError(f"{self._query_url} sends triples that can't be read: {error}") from error

    def update(self, sparql: str, using: Sequence[str] = (), using_named: Sequence[str] = ()) -> None:
        """Run an update."""
        wrapper = _wrapper(self._update_url, sparql, "INSERT", UPDATE_TIMEOUT)
        _name_graphs(wrapper, ("using-graph-uri", using), ("using-named-graph-uri", using_named))
        self._send(wrapper).read()

    def _question(
        self, sparql: str, format: str, default: Sequence[str], named: Sequence[str]
    ) -> SPARQLWrapper:
        wrapper = _wrapper(self._query_url, sparql, form(sparql), QUERY_TIMEOUT)
        wrapper.setReturnFormat(format)
        _name_graphs(wrapper, ("default-graph-uri", default), ("named-graph-uri", named))
        return wrapper

    def _send(self, wrapper: SPARQLWrapper) -> HTTPResponse:
        if self._credentials:
            wrapper.setCredentials(*self._credentials, realm=self._digest_realm or "")
            wrapper.setHTTPAuth(DIGEST if self._digest_realm else BASIC)
        try:
            response: HTTPResponse = wrapper.query().response
        except Unauthorized as error:
            return self._send_digested(wrapper, error)
        except QueryBadFormed as error:
            raise QueryError(f"{wrapper.endpoint} refuses it: {_said(error)}") from error
        except (SPARQLWrapperException, URLError, HTTPException, OSError) as error:
            raise StoreError(f"{wrapper.endpoint} doesn't answer: {_said(error)}") from error
        return response

    def _send_digested(self, wrapper: SPARQLWrapper, refusal: Unauthorized) -> HTTPResponse:
        """Send again in the way that the endpoint asks for. SPARQLWrapper knows no realm by itself."""
        asked = getattr(refusal.__context__, "headers", {}).get("WWW-Authenticate", "")
        realm = re.search(r'Digest .*?realm="([^"]*)"', asked, re.IGNORECASE)
        if not realm or not self._credentials or self._digest_realm:
            raise StoreError(
                f"{wrapper.endpoint} asks for other credentials: give user and password under [store], or "
                "ESSKG_STORE_USER and ESSKG_STORE_PASSWORD in the environment"
            ) from refusal
        self._digest_realm = realm[1]
        return self._send(wrapper)


def _wrapper(url: str, sparql: str, form: str, timeout: int) -> SPARQLWrapper:
    """A request by form POST: long queries fit, and some endpoints hang on a bare one."""
    wrapper = SPARQLWrapper(url)
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.setTimeout(timeout)
    # Not by setQuery, which guesses the form and takes an update WITH a graph for a SELECT.
    wrapper.queryString, wrapper.queryType = sparql, form
    return wrapper


def _name_graphs(wrapper: SPARQLWrapper, *graphs: tuple[str, Sequence[str]]) -> None:
    for parameter, iris in graphs:
        for iri in iris:
            wrapper.addParameter(parameter, iri)


def _said(error: Exception) -> str:
    """What an endpoint or the network says, on one line."""
    body = error.args[0] if error.args else ""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(error)
    return " ".join(text.split())[:300]


def _declarations(prefixes: dict[str, str]) -> str:
    """On one line, so that the query keeps its lines."""
    return "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in prefixes.items())
