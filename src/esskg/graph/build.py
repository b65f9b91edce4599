"""From resolved knowledge to the quads of the graph, in the shape that ``docs/reference/graph.md`` shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from esskg.extract.indicators import indicator_of
from esskg.graph import literals, ontology
from esskg.graph.said import Said, said_by_documents
from esskg.model import (
    Amount,
    CellEvidence,
    DecisionEvidence,
    Document,
    Entity,
    EntityReading,
    Evidence,
    Figure,
    Knowledge,
    Modality,
    Quotation,
    Slug,
    State,
    Statement,
    TextEvidence,
    digest,
)
from esskg.vocab import (
    PREFIXES,
    RELATION_CLASSES,
    VOCABULARY,
    entity_class,
    relation_property,
)

Spo = tuple[NamedNode, NamedNode, NamedNode | Literal]
Graph = NamedNode | DefaultGraph
Supported = Statement | Figure | Quotation


@dataclass(frozen=True, slots=True)
class Run:
    """The reading that statements come from. The same program and rules are the same run."""

    fingerprint: str
    """Of the extractor: its version, rules and models."""
    version: str
    """Of the program."""
    ended: str | None = None
    """ISO 8601 with time zone; None (the default) keeps the clock out of the graph."""

    @property
    def id(self) -> str:
        """Hash of the program's version and the extractor's fingerprint."""
        return digest("run", self.version, self.fingerprint)


def quads(
    knowledge: Knowledge, base: str, *, run: Run, ontology_folder: Path | None = None
) -> Iterator[Quad]:
    """Everything that the build writes before reasoning: default graph and named graphs.

    The ontology is the shipped one unless another folder is given.
    """
    writer = Writer(base, run)
    graph = writer.graph
    folder = ontology_folder or ontology.shipped_ontology()
    yield from _in(DefaultGraph(), writer.merged(knowledge))
    for said in said_by_documents(knowledge):
        yield from _in(graph("document", said.document.slug), writer.document_alone(said))
    yield from _in(graph("reference"), writer.reference(knowledge))
    yield from _in(graph("runs"), writer.runs(knowledge.documents))
    yield from _in(graph("ontology"), ontology.triples(folder))
    yield from _in(DefaultGraph(), ontology.labels(folder))


def _in(graph: Graph, triples: Iterable[Spo | Triple]) -> Iterator[Quad]:
    return (Quad(subject, predicate, object_, graph) for subject, predicate, object_ in triples)


@cache
def _term(curie: str) -> NamedNode:
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


@cache
def _concept(scheme: str, notation: str) -> NamedNode:
    return NamedNode(f"{VOCABULARY}{scheme}/{notation}")


_A = _term("rdf:type")


class Writer:
    """Turns the parts of the model into triples under one base IRI."""

    def __init__(self, base: str, run: Run) -> None:
        self._base, self._run = base, run
        self._nodes: dict[tuple[str, str], NamedNode] = {}

    # --- IRIs ---

    def node(self, kind: str, name: str) -> NamedNode:
        """``{base}/{kind}/{name}``, kept because entities and documents recur."""
        key = kind, name
        if key not in self._nodes:
            self._nodes[key] = NamedNode(f"{self._base}/{kind}/{name}")
        return self._nodes[key]

    def graph(self, *path: str) -> NamedNode:
        """The name of a named graph."""
        return NamedNode("/".join((self._base, "graph", *path)))

    def entity_node(self, slug: Slug) -> NamedNode:
        """The IRI of an entity."""
        return self.node("id", slug)

    def document_node(self, slug: Slug) -> NamedNode:
        """The IRI of a document."""
        return self.node("document", slug)

    # --- graphs ---

    def merged(self, knowledge: Knowledge) -> Iterator[Spo]:
        """The default graph before reasoning: what all documents say together, and who is meant."""
        yield from chain.from_iterable(map(self.entity, knowledge.entities))
        yield from chain.from_iterable(map(self.document, knowledge.documents))
        for items in (knowledge.statements, knowledge.figures, knowledge.quotations):
            yield from chain.from_iterable(map(self.supported, items))
        for old, new in sorted(knowledge.redirects.items()):
            yield self.entity_node(old), _term("dcterms:isReplacedBy"), self.entity_node(new)
        for copy, original in sorted(knowledge.sources_of_copies.items()):
            yield self.document_node(copy), _term("ess:copyOf"), self.document_node(original)

    def document_alone(self, said: Said) -> Iterator[Spo]:
        """The named graph of one document: what it alone says."""
        yield from self.document(said.document)
        for slug, reading in said.entities:
            yield from self._entity_as_read(slug, reading, said.document.language)
        for items in (said.statements, said.figures, said.quotations):
            yield from chain.from_iterable(map(self.said, items))

    def reference(self, knowledge: Knowledge) -> Iterator[Spo]:
        """The reference graph: what reference rows say beyond identity."""
        return chain.from_iterable(map(self.supported, knowledge.reference_statements))

    def runs(self, documents: Iterable[Document]) -> Iterator[Spo]:
        """The runs graph: the activity that read the documents and the program that did it."""
        run, agent = self.node("run", self._run.id), self.node("agent", f"esskg-{self._run.version}")
        yield agent, _A, _term("prov:SoftwareAgent")
        yield agent, _term("rdfs:label"), Literal(f"esskg {self._run.version}")
        yield run, _A, _term("prov:Activity")
        yield run, _term("prov:wasAssociatedWith"), agent
        yield run, _term("dcterms:identifier"), Literal(self._run.fingerprint)
        if self._run.ended:
            yield run, _term("prov:endedAtTime"), Literal(self._run.ended, datatype=_term("xsd:dateTime"))
        for document in documents:
            yield run, _term("prov:used"), self.document_node(document.slug)

    # --- entities and documents ---

    def entity(self, entity: Entity) -> Iterator[Spo]:
        """Who or what is meant: classes, names, where it is mentioned."""
        node = self.entity_node(entity.slug)
        yield node, _A, NamedNode(entity_class(entity.type))
        if entity.subtype:
            yield node, _A, NamedNode(entity_class(entity.type, entity.subtype))
        for name in entity.names:
            yield node, _term("rdfs:label"), literals.words(name.text, name.language)
        for name in entity.aliases:
            yield node, _term("skos:altLabel"), literals.words(name.text, name.language)
        if entity.country:
            yield node, _term("ess:country"), Literal(entity.country)
        if entity.reference:
            yield node, _term("ess:referenceKey"), Literal(entity.reference)
        for slug in entity.documents:
            yield node, _term("ess:mentionedIn"), self.document_node(slug)

    def _entity_as_read(self, slug: Slug, reading: EntityReading, language: str) -> Iterator[Spo]:
        node = self.entity_node(slug)
        yield node, _A, NamedNode(entity_class(reading.type))
        if reading.subtype:
            yield node, _A, NamedNode(entity_class(reading.type, reading.subtype))
        yield node, _term("rdfs:label"), literals.words(reading.name, language)
        for alias in reading.aliases:
            yield node, _term("skos:altLabel"), literals.words(alias, language)

    def document(self, document: Document) -> Iterator[Spo]:
        """What a document is: its title, date, source, licence and fingerprint."""
        node, metadata = self.document_node(document.slug), document.metadata
        yield node, _A, _term("ess:Document")
        yield node, _term("dcterms:identifier"), Literal(document.slug)
        if metadata.title:
            yield node, _term("dcterms:title"), literals.words(metadata.title, document.language)
        if metadata.date:
            date = literals.period(metadata.date)[0] or Literal(metadata.date)
            yield node, _term("dcterms:date"), date
        for property_, value in (
            ("dcterms:language", metadata.language),
            ("dcterms:publisher", metadata.publisher),
            ("dcterms:creator", metadata.author),
            ("dcterms:license", metadata.licence),
            ("dcterms:format", document.media_type),
            ("ess:country", metadata.country),
            ("ess:file", document.path),
            ("ess:sha256", document.sha256),
        ):
            if value:
                yield node, _term(property_), Literal(value)
        yield node, _term("ess:characters"), literals.integer(len(document.text))
        for source in metadata.sources:
            yield node, _term("dcterms:source"), literals.iri_or_words(source)

    # --- statements, figures and quotations ---

    def supported(self, item: Supported) -> Iterator[Spo]:
        """A statement, figure or quotation with its state, its documents and all of its evidence."""
        node, proofs = self._named(item)
        yield from self._content(item, node, proofs)
        yield node, _term("ess:state"), _concept("state", item.state)
        texts = (piece for piece in item.evidence if isinstance(piece, TextEvidence))
        documents = dict.fromkeys(piece.document for piece in texts)
        for slug in documents:
            yield node, _term("ess:document"), self.document_node(slug)
        if documents:
            yield node, _term("prov:wasGeneratedBy"), self.node("run", self._run.id)
        for proof, piece in proofs.items():
            yield from self._evidence(proof, piece)

    def said(self, item: Supported) -> Iterator[Spo]:
        """The same as one document says it: its evidence is only named, since it is described elsewhere."""
        return self._content(item, *self._named(item))

    def _named(self, item: Supported) -> tuple[NamedNode, dict[NamedNode, Evidence]]:
        """The IRIs of the item and of its evidence: one a span, with the rule and confidence of this item."""
        id_ = item.id
        pieces = {digest(id_, piece.id): piece for piece in reversed(item.evidence)}
        proofs = {NamedNode(f"{self._base}/evidence/{key}"): pieces[key] for key in reversed(pieces)}
        return NamedNode(f"{self._base}/{type(item).__name__.lower()}/{id_}"), proofs

    def _content(self, item: Supported, node: NamedNode, proofs: Iterable[NamedNode]) -> Iterator[Spo]:
        match item:
            case Statement():
                yield from self._statement(item, node)
            case Figure():
                yield from self._figure(item, node)
            case Quotation():
                yield from self._quotation(item, node)
        yield node, _term("ess:confidence"), literals.confidence(item.confidence)
        for proof in proofs:
            yield node, _term("ess:evidence"), proof

    def _statement(self, statement: Statement, node: NamedNode) -> Iterator[Spo]:
        property_ = NamedNode(relation_property(statement.type))
        subject, value = self.entity_node(statement.subject), self._value(statement)
        holds = statement.state is State.ASSERTED and statement.modality is Modality.HOLDS
        if holds:
            yield subject, property_, value
        yield node, _A, _term("ess:Statement")
        yield node, _term("rdf:subject"), subject
        yield node, _term("rdf:predicate"), property_
        yield node, _term("rdf:object"), value
        yield node, _term("ess:modality"), _concept("modality", statement.modality)
        class_ = RELATION_CLASSES.get(statement.type)
        if class_ is None:
            yield from _attributes(node, statement)
        else:
            relation = NamedNode(node.value.replace("/statement/", "/relation/"))
            yield node, _term("ess:relation"), relation
            yield relation, _A, _term("ess:Relation")
            yield relation, _A, _term(f"ess:{class_.name}" if holds else "ess:UnconfirmedRelation")
            yield relation, _term(f"ess:{class_.subject}"), subject
            yield relation, _term(f"ess:{class_.object}"), value
            yield from _attributes(relation, statement)

    def _value(self, statement: Statement) -> NamedNode | Literal:
        if statement.object is not None:
            return self.entity_node(statement.object)
        text = statement.date or ""
        start, end = literals.period(text)
        return start or end or Literal(text)

    def _figure(self, figure: Figure, node: NamedNode) -> Iterator[Spo]:
        yield node, _A, _term("ess:Figure")
        yield node, _term("ess:indicator"), literals.words(figure.indicator, figure.language)
        if measured := indicator_of(figure.indicator, figure.unit, figure.language):
            yield node, _term("ess:measures"), _concept("indicator", measured)
        yield node, _term("ess:value"), literals.decimal(figure.value)
        yield node, _term("ess:unit"), Literal(figure.unit)
        yield node, _term("ess:qualifier"), _concept("qualifier", figure.qualifier)
        for property_, slug in (("about", figure.about), ("place", figure.place), ("source", figure.source)):
            if slug:
                yield node, _term(f"ess:{property_}"), self.entity_node(slug)
        if figure.date:
            yield from _dates(node, figure.date)

    def _quotation(self, quotation: Quotation, node: NamedNode) -> Iterator[Spo]:
        yield node, _A, _term("ess:Quotation")
        yield node, _term("ess:speaker"), self.entity_node(quotation.speaker)
        yield node, _term("ess:text"), literals.words(quotation.text, quotation.language)

    # --- evidence ---

    def _evidence(self, node: NamedNode, evidence: Evidence) -> Iterator[Spo]:
        yield node, _A, _term("ess:Evidence")
        match evidence:
            case TextEvidence():
                yield from self._text(node, evidence)
            case CellEvidence():
                yield from _cell(node, evidence)
            case DecisionEvidence():
                yield from self._decision(node, evidence)

    def _text(self, node: NamedNode, evidence: TextEvidence) -> Iterator[Spo]:
        quote, position = NamedNode(f"{node.value}#quote"), NamedNode(f"{node.value}#position")
        yield node, _A, _term("ess:TextEvidence")
        yield node, _A, _term("oa:SpecificResource")
        yield node, _term("oa:hasSource"), self.document_node(evidence.document)
        yield node, _term("oa:hasSelector"), quote
        yield node, _term("oa:hasSelector"), position
        yield node, _term("ess:rule"), Literal(evidence.rule)
        yield node, _term("ess:confidence"), literals.confidence(evidence.confidence)
        yield quote, _A, _term("oa:TextQuoteSelector")
        yield quote, _term("oa:exact"), Literal(evidence.exact)
        yield quote, _term("oa:prefix"), Literal(evidence.prefix)
        yield quote, _term("oa:suffix"), Literal(evidence.suffix)
        yield position, _A, _term("oa:TextPositionSelector")
        yield position, _term("oa:start"), literals.integer(evidence.start)
        yield position, _term("oa:end"), literals.integer(evidence.end)

    def _decision(self, node: NamedNode, evidence: DecisionEvidence) -> Iterator[Spo]:
        person = self.node("agent", digest("agent", evidence.who))
        yield node, _A, _term("ess:DecisionEvidence")
        yield node, _term("ess:file"), Literal(evidence.file)
        yield node, _term("ess:row"), literals.integer(evidence.line)
        yield node, _term("dcterms:date"), literals.day(evidence.when) or Literal(evidence.when)
        yield node, _term("ess:reason"), Literal(evidence.why)
        yield node, _term("prov:wasAttributedTo"), person
        yield person, _A, _term("prov:Agent")
        yield person, _term("rdfs:label"), Literal(evidence.who)
        if evidence.source:
            yield node, _term("dcterms:source"), literals.iri_or_words(evidence.source)


def _attributes(node: NamedNode, statement: Statement) -> Iterator[Spo]:
    """Role, period, amount and instrument: of the relation resource, or of a statement without one."""
    if statement.date:
        yield from _dates(node, statement.date)
    if statement.role:
        yield node, _term("ess:role"), Literal(statement.role)
    if statement.amount:
        yield from _amount(node, statement.amount)
    if statement.instrument:
        yield node, _term("ess:instrument"), _concept("funding-instrument", statement.instrument)


def _cell(node: NamedNode, evidence: CellEvidence) -> Iterator[Spo]:
    yield node, _A, _term("ess:CellEvidence")
    yield node, _term("ess:file"), Literal(evidence.file)
    yield node, _term("ess:row"), literals.integer(evidence.row)
    yield node, _term("ess:column"), Literal(evidence.column)
    yield node, _term("ess:sha256"), Literal(evidence.file_sha256)
    for source in evidence.sources:
        yield node, _term("dcterms:source"), literals.iri_or_words(source)


def _dates(node: NamedNode, text: str) -> Iterator[Spo]:
    yield node, _term("ess:date"), literals.edtf(text)
    start, end = literals.period(text)
    if start:
        yield node, _term("ess:start"), start
    if end:
        yield node, _term("ess:end"), end


def _amount(node: NamedNode, amount: Amount) -> Iterator[Spo]:
    yield node, _term("ess:amount"), literals.decimal(amount.value)
    yield node, _term("ess:currency"), Literal(amount.currency)
    yield node, _term("ess:qualifier"), _concept("qualifier", amount.qualifier)
    if amount.text:
        yield node, _term("ess:amountText"), Literal(amount.text)
