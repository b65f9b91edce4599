"""What the server does, in numbers: ``/metrics`` in the text format of Prometheus, and a line in the log.

Neither holds addresses of clients, query strings or bodies: no personal data.
"""

from __future__ import annotations

import json
import logging
import time
from collections import Counter
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from esskg.server.evaluation import Evaluation

log = logging.getLogger("esskg.requests")
BOUNDS = (0.005, 0.025, 0.1, 0.5, 2.5, 10.0, 60.0)
"""Seconds, of the buckets."""
KINDS = frozenset(
    ("sparql", "update", "store", "api", "id", "entity", "document", "static", "download", "data")
)
"""First parts of addresses that are counted by name; all others are pages."""


class Metrics:
    """Counts of requests by kind and status, and how long they took."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.within: Counter[float] = Counter()
        self.seconds = 0.0

    def add(self, kind: str, status: int, seconds: float) -> None:
        """Count a request."""
        self.requests[kind, status] += 1
        self.seconds += seconds
        for bound in BOUNDS:
            self.within[bound] += seconds <= bound

    def lines(self, evaluation: Evaluation, version: str) -> Iterator[str]:
        """Everything in the text format."""
        yield "# TYPE esskg_requests_total counter"
        for (kind, status), number in sorted(self.requests.items()):
            yield f'esskg_requests_total{{kind="{kind}",status="{status}"}} {number}'
        yield "# TYPE esskg_request_seconds histogram"
        total = self.requests.total()
        for bound in BOUNDS:
            yield f'esskg_request_seconds_bucket{{le="{bound}"}} {self.within[bound]}'
        yield f'esskg_request_seconds_bucket{{le="+Inf"}} {total}'
        yield f"esskg_request_seconds_sum {self.seconds:.6f}"
        yield f"esskg_request_seconds_count {total}"
        for name, number in evaluation.gauges().items():
            yield f"# TYPE esskg_queries_{name} gauge"
            yield f"esskg_queries_{name} {number}"
        yield "# TYPE esskg_dataset_info gauge"
        yield f'esskg_dataset_info{{version="{version}"}} 1'


class Counted:
    """Counts every request and writes a line about it to the log."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        start, status = time.perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            self._note(scope, status, time.perf_counter() - start)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        kind = scope["path"].split("/")[1]
        kind = kind if kind in KINDS else "page"
        self.metrics.add(kind, status, seconds)
        noted = {"method": scope["method"], "kind": kind, "status": status, "seconds": round(seconds, 4)}
        log.info(json.dumps(noted))


async def show(request: Request) -> Response:
    """The numbers of this process."""
    state = request.app.state
    lines = state.metrics.lines(state.service.evaluation, state.service.version)
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
