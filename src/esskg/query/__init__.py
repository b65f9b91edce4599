"""Asking the graph: the catalogue of questions, running a query, its results, and the search index."""
