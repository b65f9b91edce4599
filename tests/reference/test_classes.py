import re

import pytest

from esskg import shipped
from esskg.reference import Reference
from esskg.reference.classes import ontology_classes


def test_every_kind_that_has_a_class_occurs_in_the_tables(reference: Reference) -> None:
    kinds = {
        "organization": {row.subtype for row in reference.organizations},
        "policy": {row.kind for row in reference.policies},
        "event": {row.notation for row in reference.vocabularies if row.scheme == "event-kind"},
    }
    for table, classes in ontology_classes().items():
        assert not set(classes) - kinds[table]


def test_every_class_is_in_the_ontology() -> None:
    files = sorted(shipped.folder("ontology").rglob("*.ttl"))
    if not files:
        pytest.skip("there is no ontology yet")
    defined = {
        name
        for file in files
        for name in re.findall(r"^ess:(\w+) (?=a|rdf:type)", file.read_text("utf-8"), re.M)
    }
    assert {name for classes in ontology_classes().values() for name in classes.values()} <= defined
