"""Who may change things: those who show a token."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request

from esskg.server.limits import Limits
from esskg.server.problems import Problem
from esskg.server.tokens import hashed

_HERE = frozenset(("localhost", "127.0.0.1", "::1"))
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host")
ASKED = {"WWW-Authenticate": 'Bearer realm="esskg"'}


class Access:
    """The tokens that are known, as hashes, with the name of each one's holder."""

    def __init__(self, holders: Mapping[str, str], *, writable: bool = False) -> None:
        self._holders = dict(holders)
        self.writable = writable
        """Whether anything can be changed; where no token is known, by everyone."""

    def holder(self, request: Request) -> str | None:
        """Who shows a token with a request; None for who shows none, or one that isn't known."""
        shown = hashed(_token(request.headers.get("authorization", "")))
        matching = [name for name, known in self._holders.items() if hmac.compare_digest(known, shown)]
        return matching[0] if matching else None

    def seconds(self, request: Request, limits: Limits) -> float:
        """How long a query of this client may take."""
        if not self._holders or self.holder(request):
            return limits.timeout
        return min(limits.timeout, limits.anonymous)

    def writer(self, request: Request) -> str:
        """Who asks for a change. Raises Problem (401, 403) for who may not."""
        if not self.writable:
            raise Problem(403, "Nothing can be changed here: the server was started for reading only.")
        if not self._holders:
            _refuse_other_sites(request)
            return "anyone"
        if holder := self.holder(request):
            return holder
        raise Problem(401, "Changes need a token: Authorization: Bearer TOKEN.", ASKED)


def _token(authorization: str) -> str:
    """The token that a header shows, as bearer or as the password of who can only send one."""
    scheme, _, shown = authorization.partition(" ")
    match scheme.lower():
        case "bearer":
            return shown.strip()
        case "basic":
            try:
                return base64.b64decode(shown, validate=True).decode().partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return ""
        case _:
            return ""


def _refuse_other_sites(request: Request) -> None:
    """Without tokens, a page of another site that someone visits must not change what is served here."""
    if not _from_own_page(request):
        raise Problem(403, "Pages of other sites may not change this dataset.")


def _from_own_page(request: Request) -> bool:
    """Whether a request comes from a page of ours, or from no page at all."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def from_here(request: Request) -> bool:
    """Whether a request comes from this machine, and from no page of another site that someone visits."""
    return (
        request.client is not None
        and request.client.host in _HERE
        and urlsplit(f"//{request.headers.get('host', '')}").hostname in _HERE
        and not any(name in request.headers for name in _FORWARDED)
        and _from_own_page(request)
    )
