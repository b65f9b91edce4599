"""The graph as tools of a person's own assistant: the Model Context Protocol (https://modelcontextprotocol.io).

Nothing can be changed through it, and every statement comes with the words that say it and their document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from starlette.exceptions import HTTPException

from esskg import __version__
from esskg.errors import EsskgError
from esskg.graph.sparql import form
from esskg.model import EntityType, RelationType
from esskg.project import Project
from esskg.server.answers import Job
from esskg.server.api import catalogue, finding, things
from esskg.server.api.operation import Call, Given
from esskg.server.limits import Limits
from esskg.server.questions import asked
from esskg.server.snapshot import Service
from esskg.vocab import Language

ROWS, SIZE = 500, 200_000
"""Rows and bytes of an answer at most: an assistant reads all of it."""
INSTRUCTIONS = """\
A knowledge graph about the social and solidarity economy, read from documents. Every statement carries the
sentence that it was read from, its document and a confidence. Search for a name first; ask for what is
around it or between two; prefer questions of the catalogue to SPARQL of your own. Say of each thing that you
tell which sentence of which document says so, with its address, and tell apart what is asserted from what
waits for review. What the tools don't return isn't in the graph: don't fill gaps."""


def create_assistant(project: Project) -> MCPServer[Any]:
    """A server of the project's tools, to be run on standard input and output."""
    server = MCPServer("esskg", instructions=INSTRUCTIONS, version=__version__, log_level="ERROR")
    tools = _Tools(Service(project, Limits(rows=ROWS, size=SIZE)))
    for tool in (
        tools.search,
        tools.entity,
        tools.neighbourhood,
        tools.path,
        tools.document,
        tools.questions,
    ):
        server.tool()(_told()(tool))
    server.tool()(tools.ask)
    server.tool()(tools.sparql)
    return server


@contextmanager
def _told() -> Iterator[None]:
    """Errors as an assistant reads them: what to do, without a traceback."""
    try:
        yield
    except HTTPException as error:
        raise ToolError(error.detail) from error
    except EsskgError as error:
        raise ToolError(str(error)) from error


class _Tools:
    """What an assistant can do; the words of each are what it is told."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def _call(self, language: Language, **path: str) -> Call:
        return Call(self._service.current(), language, path)

    def _slug(self, name: str) -> str:
        return self._service.current().project.index.slug(name)

    def search(
        self,
        words: str,
        types: list[EntityType] | None = None,
        limit: int = 10,
        language: Language = "en",
    ) -> finding.Hits:
        """Find entities by name (accents and case don't matter, acronyms and aliases are known) and documents
        by their words."""
        given = finding.Limited(q=words, type=tuple(types or ()), limit=limit)
        return finding.search(self._call(language), given)

    def entity(self, name: str, language: Language = "en") -> things.EntityCard:
        """All that is said of an entity, given by name or slug: statements, figures and quotations with the
        sentences that say so."""
        return things.entity(self._call(language, slug=self._slug(name)), Given())

    def neighbourhood(
        self,
        name: str,
        depth: int = 1,
        relations: list[RelationType] | None = None,
        limit: int = 50,
        language: Language = "en",
    ) -> things.Network:
        """Who and what is linked to an entity, as far as 1 to 3 steps, with the sentences."""
        given = things.Around(depth=depth, relation=tuple(relations or ()), limit=limit)
        return things.neighbourhood(self._call(language, slug=self._slug(name)), given)

    def path(self, start: str, end: str, most: int = 3, language: Language = "en") -> things.Paths:
        """The shortest chains of statements between two entities, with the sentences of each step."""
        return things.path(self._call(language), things.Between(start=start, end=end, most=most))

    def document(self, slug: str, language: Language = "en") -> things.DocumentCard:
        """A document: its text, its licence, and what was read from which of its words."""
        return things.document(self._call(language, slug=slug), Given())

    def questions(self, language: Language = "en") -> catalogue.Questions:
        """The questions of the catalogue with their parameters, to be asked with `ask`."""
        return catalogue.catalogue(self._call(language), Given())

    async def ask(self, question: str, parameters: dict[str, str] | None = None) -> str:
        """Ask a question of the catalogue by its name; the answer is a table as CSV, or Turtle."""
        with _told():
            return await self._answered(asked(self._service.current(), question, parameters or {}))

    async def sparql(self, query: str) -> str:
        """Run a SPARQL 1.1 query (reading only; prefixes ess, rdf, rdfs, oa, prov, dcterms, skos are known).
        The answer is a table as CSV, yes or no as JSON, or Turtle; at most 500 rows."""
        with _told():
            return await self._answered(query)

    async def _answered(self, query: str) -> str:
        answer = await self._service.answer(Job(query, "csv", "json", "ttl", ROWS, SIZE))
        return "\n".join(_parts(answer.body.decode(), answer.truncated, query))


def _parts(body: str, truncated: str | None, query: str) -> Iterable[str]:
    yield body
    if truncated:
        yield f"(Cut: there is more than may be sent. Narrow the {form(query) or 'query'}, or count first.)"
