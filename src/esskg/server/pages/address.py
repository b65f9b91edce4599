"""The address of a view, and addresses that differ from it in a few parameters."""

from __future__ import annotations

from urllib.parse import urlencode

from esskg.server.pages.view import FILTERS, LOOKS
from esskg.server.site import Visit


class Address:
    """The query string of a visit."""

    def __init__(self, visit: Visit) -> None:
        self._pairs = [(name, value) for name, value in visit.request.query_params.multi_items() if value]

    @property
    def structure(self) -> list[tuple[str, str]]:
        """The parameters that say which network it is."""
        return [(name, value) for name, value in self._pairs if name not in FILTERS | LOOKS]

    def also(self, **changed: object) -> str:
        """The same with some parameters changed, or taken out where they are empty."""
        pairs = [pair for pair in self._pairs if pair[0] not in changed]
        pairs += [(name, str(value)) for name, value in changed.items() if value != ""]
        return f"?{urlencode(pairs)}"
