"""The interface in the terms of OpenAPI 3.1, made from its operations.

https://spec.openapis.org/oas/v3.1.1
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from esskg import __version__
from esskg.export.description import LICENCE
from esskg.query.formats import Format
from esskg.query.question import Parameter, Query
from esskg.server.api.catalogue import formats
from esskg.server.api.operation import Operation
from esskg.server.api.values import schema
from esskg.server.snapshot import Snapshot

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
PROBLEM: Schema = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
ERRORS = {
    400: "A parameter is wrong or unknown.",
    404: "There is no such thing; suggestions may come with it.",
    406: "No accepted media type is offered.",
    409: "The name stands for several entities; they come with it.",
    410: "The identifier was given out and stands for nothing any more.",
    503: "Not available now; try again after Retry-After.",
    504: "It took too long and was stopped.",
}


VERSION: Schema = {
    "name": "version",
    "in": "query",
    "description": "A kept version, by the beginning of its id or date; else the newest.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 40},
}


def openapi(snapshot: Snapshot, operations: Iterable[Operation]) -> Schema:
    """The document: every operation, and every question of the catalogue with its parameters."""
    listed = tuple(operations)
    models = [(operation.answer, "serialization") for operation in listed]
    _, schemas = models_json_schema(models, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    paths = {operation.path: {"get": _operation(operation)} for operation in listed}
    paths |= {f"/api/query/{query.name}": {"get": _question(query)} for query in snapshot.project.catalogue}
    return {
        "openapi": "3.1.1",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": snapshot.project.settings.title_in("en"),
            "version": __version__,
            "description": "Answers come from the dataset's version that their ETag stands for.",
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas["$defs"] | {"Problem": PROBLEM}},
    }


def _operation(operation: Operation) -> Schema:
    content = {"application/json": {"schema": _reference(operation.answer.__name__)}}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": (operation.handle.__doc__ or "").strip(),
        "parameters": [*_in_path(operation.path), *_in_query(operation)],
        "responses": _responses(content, (400, 404, 503, *operation.statuses)),
    }


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _in_path(path: str) -> Iterator[Schema]:
    if "{slug}" in path:
        schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 120}
        yield {"name": "slug", "in": "path", "required": True, "schema": schema}


def _in_query(operation: Operation) -> Iterator[Schema]:
    whole = operation.given.model_json_schema()
    for name, said in whole["properties"].items():
        described = {key: value for key, value in said.items() if key not in {"description", "title"}}
        yield {
            "name": name,
            "in": "query",
            "required": name in whole.get("required", ()),
            "description": said.get("description", ""),
            "schema": _inlined(described, whole.get("$defs", {})),
        }


def _inlined(schema: Any, definitions: Schema) -> Any:
    """A schema without references, and without null, which no query string can hold."""
    if isinstance(schema, list):
        return [_inlined(each, definitions) for each in schema if each != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _inlined(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    kept = {key: _inlined(value, definitions) for key, value in schema.items()}
    return {key: value for key, value in kept.items() if (key, value) != ("default", None)}


def _responses(content: Schema, errors: Iterable[int]) -> Schema:
    problem = {"application/problem+json": {"schema": _reference("Problem")}}
    return {
        "200": {"description": "The answer.", "content": content},
        **{str(code): {"description": ERRORS[code], "content": problem} for code in sorted(set(errors))},
    }


# --- questions ----------------------------------------------------------------------------------------


def _question(query: Query) -> Schema:
    return {
        "operationId": f"query-{query.name}",
        "summary": query.title["en"],
        "description": query.question["en"],
        "tags": ["catalogue"],
        "parameters": [*map(_parameter, query.parameters), _format(formats(query.sparql)), VERSION],
        "responses": _responses(_contents(formats(query.sparql)), (400, 404, 406, 409, 503, 504)),
    }


def _parameter(parameter: Parameter) -> Schema:
    found = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.example is not None,
        "description": parameter.title["en"],
        "schema": schema(parameter),
    }
    return found | ({"example": parameter.example} if parameter.example else {})


def _format(offered: tuple[Format, ...]) -> Schema:
    names = [format.name for format in offered]
    return {
        "name": "format",
        "in": "query",
        "description": "The format of the answer; else the one that Accept likes best.",
        "schema": {"type": "string", "enum": names},
    }


def _contents(offered: tuple[Format, ...]) -> Schema:
    """The media types of an answer; only JSON has a schema that says anything."""
    table: Schema = {"type": "object", "required": ["head"]}
    return {
        format.media_type: {"schema": table if format.name == "json" else {"type": "string"}}
        for format in offered
    }
