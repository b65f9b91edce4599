"""How the values of a question's parameters look: as JSON Schema says it, and as requests are checked."""

from __future__ import annotations

import re
from typing import Any

from esskg.query.question import PAGING, Parameter

Schema = dict[str, Any]
LONGEST, HIGHEST = 300, 1_000_000

_IRI = "https?://[A-Za-z0-9.-]{1,100}(:[0-9]{1,5})?/[A-Za-z0-9._~/-]{0,300}(#[A-Za-z0-9._~-]{0,100})?"
_TERM = f"[A-Za-z]{{1,60}}|[a-z]{{1,20}}:[A-Za-z]{{1,60}}|{_IRI}"
_PATTERNS = {
    "decimal": r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?",
    "date": "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?",
    "language": "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*",
    "class": _TERM,
    "property": _TERM,
    "document": f"[a-z0-9][a-z0-9-]{{0,120}}|{_IRI}",
    "statement": f"[0-9a-f]{{16}}|{_IRI}",
    "iri": f"[a-z]{{1,20}}:[A-Za-z]{{1,60}}|{_IRI}",
}


def schema(parameter: Parameter) -> Schema:
    """The JSON Schema of a parameter's values."""
    if parameter.type == "integer" or parameter.name in PAGING:
        return {"type": "integer", "minimum": 0, "maximum": HIGHEST}
    pattern = _PATTERNS.get(parameter.type)
    if pattern is None:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST}
    return {"type": "string", "pattern": f"^({pattern})$"}


def fits(parameter: Parameter, value: str) -> bool:
    """Whether a value is what the schema allows."""
    wanted = schema(parameter)
    if wanted["type"] == "integer":
        return re.fullmatch("[0-9]{1,7}", value) is not None and int(value) <= HIGHEST
    if "pattern" in wanted:
        return re.fullmatch(_PATTERNS[parameter.type], value) is not None
    return 0 < len(value) <= LONGEST
