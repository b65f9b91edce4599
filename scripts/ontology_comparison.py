"""Compares what our ontology, ESSGlobal, PAIR and FollowTheMoney can say, by queries on their own files.

    python scripts/ontology_comparison.py FOLDER

FOLDER holds ``essglobal/essglobal-vocab.ttl``, ``pair/pair.ttl`` and ``followthemoney/schema/*.yaml``, as
their projects publish them. Writes docs/explanation/ontology-comparison.md and its French twin, or says which
answer is wrong.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from rdflib import RDF, RDFS, Graph, Literal, Namespace

from esskg import shipped
from esskg.graph import ontology

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs" / "explanation"
FTM = Namespace("urn:followthemoney:")
NAMES = {"ess": "esskg", "essglobal": "ESSGlobal", "pair": "PAIR", "ftm": "FollowTheMoney"}
TITLES = {"en": "What each vocabulary can say", "fr": "Ce que chaque vocabulaire peut dire"}
NOTES = {
    "en": """\
Each cell was checked by queries on the vocabulary's own files: that the terms it needs are declared, and,
for a “no”, that no term is named after the matter (`scripts/ontology_comparison.toml` holds both).""",
    "fr": """\
Chaque case a été vérifiée par des requêtes sur les fichiers du vocabulaire : que les termes nécessaires
sont déclarés et, pour un « non », qu'aucun terme ne porte le nom de la chose (les deux se lisent dans
`scripts/ontology_comparison.toml`).""",
}
TERMS = """
SELECT DISTINCT ?name WHERE {
  VALUES ?kind { owl:Class rdfs:Class rdf:Property owl:ObjectProperty owl:DatatypeProperty }
  ?term a ?kind FILTER(isIRI(?term))
  BIND(REPLACE(STR(?term), "^.*[#/:]", "") AS ?name)
}"""
MATCHING = f"SELECT ?name WHERE {{ {{ {TERMS} }} FILTER(REGEX(?name, ?pattern, 'i')) }}"


def main() -> None:
    """Check every cell, then write the table in both languages."""
    problems = list(wrong(Path(sys.argv[1])))
    if problems:
        sys.exit("\n".join(problems))
    for language, name in (("en", "ontology-comparison.md"), ("fr", "ontology-comparison.fr.md")):
        (DOCS / name).write_text(table(language), "utf-8")


def questions() -> list[dict[str, Any]]:
    """The questions with what each vocabulary has to have and to lack."""
    found: list[dict[str, Any]] = tomllib.loads((HERE / "ontology_comparison.toml").read_text("utf-8"))[
        "question"
    ]
    return found


def wrong(folder: Path) -> Iterator[str]:
    """Each cell that the files of a vocabulary do not bear out."""
    graphs = {
        "ess": parsed(*ontology.terms_files(shipped.folder("ontology"))),
        "essglobal": parsed(folder / "essglobal" / "essglobal-vocab.ttl"),
        "pair": parsed(folder / "pair" / "pair.ttl"),
        "ftm": followthemoney(folder / "followthemoney" / "schema"),
    }
    declared = {name: {str(row[0]) for row in graph.query(TERMS)} for name, graph in graphs.items()}
    for question in questions():
        for name, graph in graphs.items():
            missing = set(question[name].get("has", ())) - declared[name]
            bindings = {"pattern": Literal(question[name].get("lacks", "^$"))}
            surplus = {str(row[0]) for row in graph.query(MATCHING, initBindings=bindings)}
            if missing or surplus:
                yield f"{question['en']} {name}: not declared {sorted(missing)}, declared {sorted(surplus)}"


def parsed(*files: Path) -> Graph:
    """RDF files as one graph."""
    graph = Graph()
    for file in files:
        graph.parse(file)
    return graph


def followthemoney(folder: Path) -> Graph:
    """The schemata as classes, each property as one of each schema that has or inherits it."""
    read = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.glob("*.y*ml"))]
    schemata = {name: schema for file in read for name, schema in file.items()}
    graph = Graph()
    for name in schemata:
        graph.add((FTM[name], RDF.type, RDFS.Class))
        for property_ in _properties(schemata, name):
            graph.add((FTM[f"{name}.{property_}"], RDF.type, RDF.Property))
    return graph


def _properties(schemata: dict[str, Any], name: str) -> Iterator[str]:
    yield from schemata[name].get("properties") or ()
    for above in schemata[name].get("extends") or ():
        yield from _properties(schemata, above)


def table(language: str) -> str:
    """The comparison as a page."""
    rows = ([question[language], *(question[name][language] for name in NAMES)] for question in questions())
    lines = [["question", *NAMES.values()], ["---"] * 5, *rows]
    return f"# {TITLES[language]}\n\n{NOTES[language]}\n\n" + "".join(
        f"| {' | '.join(line)} |\n" for line in lines
    )


if __name__ == "__main__":
    main()
