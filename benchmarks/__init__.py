"""Repeatable measurements; the figures and how to read them stand in README.md."""
