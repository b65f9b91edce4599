"""One question over HTTP: bounded in time, size and number of tries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from esskg.errors import LlmError

if TYPE_CHECKING:
    import httpx

LARGEST = 1_000_000
"""Bytes of an answer; a model that goes on longer has lost its thread."""
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""Statuses after which the same question may be answered."""
_PAUSES = (1.0, 4.0)
_LONGEST_PAUSE = 30.0
_SHOWN = 200
_LATER = "What was answered before is kept: try again later."


class _PassingError(Exception):
    """The server may answer when it is asked again."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


class Endpoint:
    """A server that takes and gives JSON. ``timeout`` is in seconds, for a whole answer."""

    def __init__(self, url: str, *, key: str | None, timeout: float) -> None:
        self.url, self._timeout = url.rstrip("/"), timeout
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    def post(self, path: str, question: Mapping[str, Any], pauses: tuple[float, ...] = _PAUSES) -> Any:
        """The answer's JSON. Raises LlmError where there is none, after as many more tries as pauses."""
        url = self.url + path
        try:
            return _json(self._ask(url, question), url)
        except _PassingError as problem:
            if not pauses:
                raise LlmError(f"{url}: {problem}, asked again in vain. {_LATER}") from None
            pause = pauses[0] if problem.pause is None else min(problem.pause, _LONGEST_PAUSE)
        sleep(pause)
        return self.post(path, question, pauses[1:])

    def _ask(self, url: str, question: Mapping[str, Any]) -> bytes:
        httpx = _httpx()
        deadline = monotonic() + self._timeout
        client = httpx.Client(timeout=self._timeout, headers=self._headers)
        with _in_words(url, self._timeout), client, client.stream("POST", url, json=question) as response:
            body = b"".join(_bounded(response, url, deadline, self._timeout))
        if response.status_code in _PASSING:
            raise _PassingError(f"status {response.status_code}", _asked_pause(response))
        if response.status_code != httpx.codes.OK:
            told = body[:_SHOWN].decode("utf-8", "replace")
            raise LlmError(f"{url}: status {response.status_code}: {told}. Check [llm] in esskg.toml.")
        return body


def _httpx() -> Any:
    try:
        import httpx
    except ImportError:
        raise LlmError("The language model is asked with httpx: pip install 'esskg[llm]'") from None
    return httpx


@contextmanager
def _in_words(url: str, timeout: float) -> Iterator[None]:
    httpx = _httpx()
    try:
        yield
    except httpx.TimeoutException:
        raise _PassingError(f"no answer within {timeout:g} s") from None
    except httpx.ConnectError as error:
        raise LlmError(f"{url}: nothing answers there ({error}). Is the server running?") from None
    except httpx.HTTPError as error:
        raise _PassingError(f"the answer broke off ({error})") from None


def _bounded(response: httpx.Response, url: str, deadline: float, timeout: float) -> Iterator[bytes]:
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > LARGEST:
            raise LlmError(f"{url}: the answer is larger than {LARGEST:,} bytes. Is this a language model?")
        if monotonic() > deadline:
            raise _PassingError(f"no whole answer within {timeout:g} s")
        yield chunk


def _asked_pause(response: httpx.Response) -> float | None:
    """What the server asks for in seconds; a date is not waited for."""
    asked = response.headers.get("Retry-After", "")
    return float(asked) if asked.isascii() and asked.isdigit() else None


def _json(body: bytes, url: str) -> Any:
    try:
        return json.loads(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise LlmError(f"{url}: the answer is not UTF-8. Is this the address of an API?") from None
    except (ValueError, RecursionError):
        raise LlmError(f"{url}: the answer is not JSON. Is this the address of an API?") from None
