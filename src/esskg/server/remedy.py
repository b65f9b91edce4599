"""What a person's own words get wrong, told in the page's language, with links to what may be meant."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.datastructures import QueryParams

from esskg.errors import EsskgError
from esskg.query.parameters import ValueRefusedError
from esskg.query.search import Hit, NameUnclearError
from esskg.server.refs import Ref, refs
from esskg.server.site import Visit


@dataclass(frozen=True, slots=True)
class Remedy:
    """What is wrong, and entities that may be meant, each leading to the page that was wanted."""

    detail: str
    candidates: tuple[Ref, ...] = ()


def remedy(visit: Visit, error: EsskgError) -> Remedy:
    """An error as a page tells it; one that nobody's words caused is left as it is."""
    if isinstance(error, NameUnclearError):
        key = (
            "mistake.several" if error.several else "mistake.near" if error.candidates else "mistake.unknown"
        )
        return Remedy(visit.words(key, name=error.name), _candidates(visit, error))
    if isinstance(error, ValueRefusedError):
        label = error.parameter.title[visit.language]
        key = f"mistake.{error.expected}"
        return Remedy(visit.words(key, parameter=label, value=error.value))
    return Remedy(str(error))


def _candidates(visit: Visit, error: NameUnclearError) -> tuple[Ref, ...]:
    iris = {visit.snapshot.iri("id", hit.slug): hit for hit in error.candidates}
    known = refs(visit.snapshot, iris, visit.language)
    return tuple(_leading(visit, known[iri], error.name, hit) for iri, hit in iris.items())


def _leading(visit: Visit, ref: Ref, name: str, hit: Hit) -> Ref:
    """The entity, its link asking the same as before with its slug in the place of the name."""
    parameters = [
        (key, hit.slug if value.strip() == name else value)
        for key, value in visit.request.query_params.multi_items()
    ]
    return replace(ref, href=f"?{QueryParams(parameters)}")
