"""Classes that an ontology describes rather than names, as graph patterns: how to find their members, and
what follows from being one. The profile is OWL 2 RL: *OWL 2 Profiles*, section 4.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from esskg.errors import EsskgError
from esskg.graph.axioms import Axioms
from esskg.vocab import PREFIXES

_THING, _NOTHING = f"<{PREFIXES['owl']}Thing>", f"<{PREFIXES['owl']}Nothing>"
_SAME = f"<{PREFIXES['owl']}sameAs>"


class UnsaidError(EsskgError):
    """A description that no graph pattern finds the members of."""


def property_of(axioms: Axioms, node: str) -> tuple[str, bool]:
    """A property, and whether it is read backwards."""
    inverse = None if node.startswith("<") else axioms.value(node, "inverseOf")
    return (node, False) if inverse is None else (inverse, True)


def step(one: str, property_: tuple[str, bool], other: str) -> str:
    """The triple pattern from one variable to another by a property."""
    iri, backwards = property_
    return f"{other} {iri} {one} ." if backwards else f"{one} {iri} {other} ."


def membership(axioms: Axioms, node: str, variable: str) -> list[tuple[str, str]]:
    """Graph patterns, each with its rule's name, any of which makes a variable a member of a class.

    Raises UnsaidError for a description that may not stand below another class in OWL 2 RL.
    """
    if node == _THING:
        return [("", "")]
    if node.startswith("<"):
        return [("cax-sco", f"{variable} a {node} .")]
    if (parts := axioms.value(node, "intersectionOf")) is not None:
        return _all(axioms, axioms.items(parts), variable)
    if (parts := axioms.value(node, "unionOf")) is not None:
        found = [each for part in axioms.items(parts) for each in membership(axioms, part, variable)]
        return [("cls-uni", body) for _, body in found]
    if (members := axioms.value(node, "oneOf")) is not None:
        return [("cls-oo", f"VALUES {variable} {{ {' '.join(axioms.items(members))} }}")]
    return _by_property(axioms, node, variable)


def _all(axioms: Axioms, parts: list[str], variable: str) -> list[tuple[str, str]]:
    found = [membership(axioms, part, f"{variable}") for part in parts]
    return [("cls-int1", " ".join(body for _, body in choice if body)) for choice in product(*found)]


def _by_property(axioms: Axioms, node: str, variable: str) -> list[tuple[str, str]]:
    on, value = axioms.value(node, "onProperty"), axioms.value(node, "hasValue")
    filler = axioms.value(node, "someValuesFrom")
    if on is None or (value is None and filler is None) or _is_datatype(filler):
        raise UnsaidError(
            "say it by named classes, intersections, unions, lists of members, some values or a value"
        )
    if value is not None:
        return [("cls-hv2", step(variable, property_of(axioms, on), value))]
    assert filler is not None
    other = f"{variable}_{node.strip('_:')}"
    first = step(variable, property_of(axioms, on), other)
    return [("cls-svf", f"{first} {body}".strip()) for _, body in membership(axioms, filler, other)]


def _is_datatype(node: str | None) -> bool:
    return node is not None and node.startswith(f"<{PREFIXES['xsd']}")


Consequence = tuple[str, str, str]
"""A rule's name, where it has its own; the head, empty for a contradiction; what else it takes."""


def consequences(axioms: Axioms, node: str, variable: str) -> Iterator[Consequence]:
    """What follows about a member of a class, named or described.

    Nothing does for one that must have some value: OWL 2 RL doesn't make up individuals, HermiT does.
    """
    if node.startswith("<"):
        yield "", "" if node == _NOTHING else f"{variable} a {node}", ""
    elif (parts := axioms.value(node, "intersectionOf")) is not None:
        for part in axioms.items(parts):
            yield from consequences(axioms, part, variable)
    elif (denied := axioms.value(node, "complementOf")) is not None:
        yield from (("cls-com", "", body) for _, body in membership(axioms, denied, variable))
    elif (on := axioms.value(node, "onProperty")) is not None:
        yield from _by_restriction(axioms, node, variable, property_of(axioms, on))
    else:
        raise EsskgError(
            f"the reasoner has no rule for what follows from a union or a list of members: {node}"
        )


def _by_restriction(axioms: Axioms, node: str, variable: str, on: tuple[str, bool]) -> Iterator[Consequence]:
    if (value := axioms.value(node, "hasValue")) is not None:
        yield "cls-hv1", step(variable, on, value).removesuffix(" ."), ""
    elif (filler := axioms.value(node, "allValuesFrom")) is not None and not _is_datatype(filler):
        other = f"{variable}_{node.strip('_:')}"
        for name, head, more in consequences(axioms, filler, other):
            yield name or "cls-avf", head, f"{step(variable, on, other)} {more}".strip()
    else:
        yield from _at_most(axioms, node, variable, on)


def _at_most(axioms: Axioms, node: str, variable: str, on: tuple[str, bool]) -> Iterator[Consequence]:
    plain, qualified = (axioms.value(node, f"max{name}ardinality") for name in ("C", "QualifiedC"))
    most, name = plain or qualified, "cls-maxc" if plain else "cls-maxqc"
    filler = axioms.value(node, "onClass") or _THING
    one, other = f"{variable}_1", f"{variable}_2"
    if most is None:
        return
    first, second = (
        f"{step(variable, on, each)} {'' if filler == _THING else f'{each} a {filler} .'}".strip()
        for each in (one, other)
    )
    if most.startswith('"0"'):
        yield f"{name}1", "", first
    elif most.startswith('"1"'):
        yield f"{name}2", f"{one} {_SAME} {other}", f"{first} {second} FILTER({one} != {other})"
    else:
        raise EsskgError(f"the reasoner has no rule for at most {most}: OWL 2 RL knows at most 0 and 1")
