"""Relations between the entities of a document, read by typed slot patterns and trigger frames."""

from esskg.extract.relations.reading import read_statements

__all__ = ["read_statements"]
