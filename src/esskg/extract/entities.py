"""The entities of a document: its mentions, put together by who or what they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from esskg.extract.acronyms import link_acronyms, link_initials
from esskg.extract.candidates import Candidate
from esskg.extract.clusters import Cluster, Clusters
from esskg.extract.context import Context
from esskg.extract.descriptions import Antecedents, Description, generic_phrase, read_descriptions
from esskg.extract.gazetteer import Gazetteer
from esskg.extract.learned import Learned, shipped_weights
from esskg.extract.lexicon import Lexicon, Phrase
from esskg.extract.links import merge_contained, merge_known, merge_surnames
from esskg.extract.mentions import Sentence, read_mentions
from esskg.extract.recurrence import recurrences
from esskg.extract.typology import settle_types
from esskg.extract.words import read_words
from esskg.model import BlockKind, EntityReading, EntityType, LocalId, Mention
from esskg.reference import Reference

_CONFIDENCE = {
    "person": (0.97, 0.98, 0.98),
    "acronym": (0.95, 0.95, 0.97),
    "gazetteer": (0.94, 0.94, 0.97),
    "short": (0.92, 0.92, 0.97),
    "government": (0.92, 0.92, 0.95),
    "head": (0.79, 0.92, 0.97),
    "description": (0.78, 0.78, 0.88),
    "capitals": (0.74, 0.87, 0.95),
    "recurrence": (0.6, 0.6, 0.7),
    "ner": (0.45, 0.7, 0.7),
}
"""How often a mention of each source was right in the documents that rules were tuned on, smoothed: of
entities named once, twice, and more often in their document. What comes back is seldom a mistake."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The entities of a document before it is settled what they are."""

    sentences: list[Sentence]
    clusters: Clusters
    short_forms: list[Description]


class EntityReader:
    """Reads the entities of documents, with the names of a reference and learned weights at hand."""

    def __init__(self, reference: Reference, learned: Learned | None = None) -> None:
        self._gazetteer = Gazetteer(reference.names())
        self._learned = learned or shipped_weights()

    def read(self, context: Context) -> tuple[EntityReading, ...]:
        """Every named entity of a document with its mentions, in the order of first mention."""
        draft = self.draft(context)
        settle_types(draft.clusters, draft.sentences, self._learned.types)
        _describe(draft)
        return _readings(context, draft.clusters)

    def draft(self, context: Context) -> Draft:
        """The mentions of a document by name, put together."""
        words = [
            read_words(context.text, sentence)
            for sentence in context.sentences
            if sentence.block.kind is not BlockKind.BOILERPLATE
        ]
        sentences = read_mentions(context.text, words, self._gazetteer)
        clusters = Clusters(context.text)
        short_forms = list(_sorted_out(sentences, clusters))
        _merge(clusters, sentences)
        return Draft(sentences, clusters, short_forms)


def _sorted_out(sentences: list[Sentence], clusters: Clusters) -> Iterator[Description]:
    """Names go to their clusters; short forms that are no more than a noun are given back."""
    for sentence in sentences:
        for mention in sentence.mentions:
            text = clusters.text[mention.start : mention.end]
            phrase = generic_phrase(text, sentence.lexicon.language)
            if phrase and mention.source != "gazetteer":
                yield _short_form(mention, phrase, sentence, text)
            else:
                reading = EntityType.PUBLIC_BODY if mention.source == "government" else None
                clusters.add(mention, reading)


def _short_form(mention: Candidate, phrase: Phrase, sentence: Sentence, text: str) -> Description:
    bounds = sentence.words.sentence.start, sentence.words.sentence.end
    own = _own_name(mention, phrase, sentence.lexicon, text)
    return Description(mention.start, mention.end, phrase, text[0].isupper(), bounds, sentence.lexicon, own)


def _own_name(mention: Candidate, phrase: Phrase, table: Lexicon, text: str) -> Candidate | None:
    """The mention as a name of its own, where a bare head may be one ("le Conseil des ministres")."""
    head = table.type_of([phrase], text)
    if head is None:
        return None
    sure = len(phrase) > 1 or mention.source == "head" or head.subtype == "Government"
    if not sure:
        return None
    votes = {head.type: 1.5}
    return Candidate(mention.start, mention.end, "head", 1.5, head.type, head.subtype, votes=votes)


def _merge(clusters: Clusters, sentences: list[Sentence]) -> None:
    """Put together what is named in several ways."""
    link_acronyms(clusters)
    link_initials(clusters)
    merge_known(clusters)
    merge_surnames(clusters)
    merge_contained(clusters)
    for mention, cluster in recurrences(clusters, [sentence.words for sentence in sentences]):
        clusters.attach(cluster, mention)


def _describe(draft: Draft) -> None:
    """Give each short form and description to the entity that it stands for, from first to last."""
    clusters, descriptions = draft.clusters, list(draft.short_forms)
    for sentence in draft.sentences:
        descriptions += read_descriptions(sentence.words, sentence.lexicon)
    antecedents = Antecedents(clusters)
    for description in sorted(descriptions, key=lambda found: (found.start, -found.end)):
        if not clusters.is_free(description.start, description.end):
            continue
        meant = antecedents.of(description)
        if meant is not None:
            mention = description.mention()
            clusters.attach(meant, mention, proper=description.capital)
            antecedents.add(meant, mention)
        elif description.own is not None:
            antecedents.add(clusters.add(description.own), description.own)


def _readings(context: Context, clusters: Clusters) -> tuple[EntityReading, ...]:
    ordered = sorted(clusters, key=lambda cluster: (cluster.first, cluster.name))
    readings = (
        _reading(context, cluster, LocalId(f"e{number}")) for number, cluster in enumerate(ordered, 1)
    )
    return tuple(reading for reading in readings if reading is not None)


def _reading(context: Context, cluster: Cluster, local_id: LocalId) -> EntityReading | None:
    if cluster.type is None:
        return None
    ordered = sorted(cluster.mentions, key=lambda found: found.span)
    texts = {
        " ".join(context.document.text[m.start : m.end].split()) for m in ordered if m.source != "description"
    }
    names = sorted(texts, key=lambda name: (-len(name), name))
    return EntityReading(
        id=local_id,
        type=cluster.type,
        name=names[0],
        mentions=tuple(Mention(m.start, m.end, m.source, _confidence(m, cluster)) for m in ordered),
        aliases=tuple(names[1:]),
        subtype=cluster.subtype,
        reference=next(iter(cluster.keys)) if len(cluster.keys) == 1 else None,
    )


def _confidence(mention: Candidate, cluster: Cluster) -> float:
    """The mean of how often such a mention is right and how likely, to the types' model, its type is.

    The first alone let statements about wrongly typed entities be asserted, the second lost many right ones.
    """
    usual = _CONFIDENCE[mention.source][min(len(cluster.mentions), 3) - 1]
    return usual if cluster.certainty is None else round((usual + cluster.certainty) / 2, 3)
