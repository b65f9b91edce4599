"""Puts a report together from what the graph says of its subject."""

from __future__ import annotations

from esskg.network import encodings
from esskg.report import sections
from esskg.report.content import Content
from esskg.report.subject import Subject

FORMAT_WORDS = ("sources", "sources_none", "caution")
_PARTS = (
    sections.glance,
    sections.network,
    sections.relations,
    sections.money,
    sections.timeline,
    sections.figures,
    sections.standing,
    sections.method,
)


def portrait(about: Subject, *, project: str, version: str) -> Content:
    """The report about a subject; ``project`` and ``version`` say which graph it was drawn from."""
    words = about.words
    types = {str(about.whole.nodes[node]["type"]) for node in about.around}
    kinds = ", ".join(sorted(encodings.kind(type_).name[words.language] for type_ in types))
    parts = [part(about) for part in _PARTS]
    return Content(
        about.name,
        words("subtitle", kind=kinds or words("portrait"), project=project, version=version),
        words.language,
        tuple(part for part in parts if part is not None),
        about.notes.sources,
        {name: words(name) for name in FORMAT_WORDS},
    )
