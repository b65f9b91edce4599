"""Statements as an RDF dataset with provenance: built, reasoned over, validated and stored."""
