"""Tests of protocols: requests, and what their responses must be."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urljoin

import httpx
from endpoint import Endpoint
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node
from w3c import MF, Case

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
STATUSES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
KINDS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
}


class Exchanges:
    """The requests of a test, one after the other; addresses that one response gives are used by the next."""

    def __init__(self, case: Case, endpoint: Endpoint) -> None:
        self.case, self.endpoint = case, endpoint
        self.given: dict[str, str] = {}

    def passed(self) -> bool:
        """Whether every response is as it must be."""
        requests = self.case.value(MF.action, HT.requests)
        assert requests is not None
        return all(self._answered(request) for request in Collection(self.case.manifest, requests))

    def _answered(self, request: Node) -> bool:
        response, expected = self._sent(request), self._of(request, HT.resp)
        assert expected is not None
        return all(self._checks(response, expected))

    def _of(self, node: Node | None, property_: Node) -> Node | None:
        return self.case.manifest.value(node, property_)

    def _sent(self, request: Node) -> httpx.Response:
        headers, body = self._headers(request), self._text(self._of(request, HT.body))
        method, path = str(self._of(request, HT.methodName)), str(self._of(request, HT.absolutePath))
        content = body.encode() if body is not None else None
        return self.endpoint.client.request(
            method, self._address(path, headers), content=content, headers=headers
        )

    def _address(self, path: str, headers: dict[str, str]) -> str:
        for name, address in self.given.items():
            path = path.replace(name, quote(address, safe=""))
        if path.startswith("/gsp"):
            return "/store" + path.removeprefix("/gsp")
        updates = "update" in self.case.name and "sparql-query" not in headers.get("content-type", "")
        return ("/update" if updates else "/sparql") + path.removeprefix("/sparql/")

    def _headers(self, message: Node) -> dict[str, str]:
        listed = self._of(message, HT.headers)
        headers = Collection(self.case.manifest, listed) if listed else ()
        return {
            str(self._of(one, HT.fieldName)).lower(): str(self._of(one, HT.fieldValue)) for one in headers
        }

    def _text(self, body: Node | None) -> str | None:
        text = self._of(body, CNT.chars) if body is not None else None
        if text is None:
            return None
        for name, address in self.given.items():
            text = type(text)(str(text).replace(name, address))
        return str(text)

    def _checks(self, response: httpx.Response, expected: Node) -> Iterator[bool]:
        manifest = self.case.manifest
        yield any(_has_status(response, str(each)) for each in manifest.objects(expected, MF.expectedStatus))
        kind, content_type = self._of(expected, MF.expectedFormat), response.headers.get("content-type", "")
        yield kind is None or content_type.split(";")[0] in KINDS[str(kind)]
        truth = self._of(expected, MF.expectedBoolean)
        yield truth is None or response.json()["boolean"] == (str(truth) == "true")
        wanted = self._headers(expected).get("content-type", "").split(";")[0]
        yield not wanted or content_type.split(";")[0] == wanted
        if name := self._of(expected, MF.expectedLocation):
            self.given[str(name)] = urljoin(str(response.url), response.headers["location"])
        yield self._has_body(response, expected)

    def _has_body(self, response: httpx.Response, expected: Node) -> bool:
        text = self._text(self._of(expected, HT.body))
        if text is None:
            return True
        base = str(response.url)
        wanted = Graph().parse(data=text, format="turtle", publicID=base)
        return isomorphic(wanted, Graph().parse(data=response.text, format="turtle", publicID=base))


def _has_status(response: httpx.Response, expected: str) -> bool:
    name = expected.rsplit("#", 1)[-1]
    if name.startswith("StatusCode"):
        return response.status_code // 100 == int(name.removeprefix("StatusCode")[0])
    return response.status_code == STATUSES[name]
