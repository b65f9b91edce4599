"""The dataset in one order, by whatever way it came."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from esskg.export import canonical, export
from esskg.graph.store import Store, memory_store

NODES = st.sampled_from(
    [NamedNode("https://example.org/a"), NamedNode("urn:b"), BlankNode("x"), BlankNode("y")]
)
VALUES = NODES | st.builds(Literal, st.text(max_size=6)) | st.just(Literal('_:x "q" \n_:y', language="fr"))
GRAPHS = st.sampled_from([DefaultGraph(), NamedNode("urn:g"), NamedNode("urn:h")])
QUADS = st.lists(st.builds(Quad, NODES, st.just(NamedNode("urn:p")), VALUES, GRAPHS), max_size=12)


def store_of(quads: list[Quad]) -> Store:
    store = memory_store("https://example.org")
    store.load(quads)
    return store


def written(store: Store) -> bytes:
    output = io.BytesIO()
    export("nquads", store, output)
    return output.getvalue()


@given(QUADS, st.randoms())
def test_order_and_names_of_blank_nodes_do_not_matter(quads: list[Quad], chance: random.Random) -> None:
    names = {BlankNode("x"): BlankNode("one"), BlankNode("y"): BlankNode("two")}
    other = [
        Quad(names.get(q.subject, q.subject), q.predicate, names.get(q.object, q.object), q.graph_name)
        for q in quads
    ]
    chance.shuffle(other)
    assert written(store_of(quads)) == written(store_of(other))


@given(QUADS)
def test_lines_are_sorted_and_each_quad_is_there(quads: list[Quad]) -> None:
    lines = written(store_of(quads)).splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert len(lines) == len(set(quads))


@given(QUADS)
def test_by_graph_the_same_lines_come_graph_by_graph(quads: list[Quad]) -> None:
    store = store_of(quads)
    lines = list(canonical.lines_by_graph(store, None))
    assert sorted(lines) == list(canonical.lines(store, None))
    graphs = [str(quad.graph_name) for quad in parse(b"".join(lines), RdfFormat.N_QUADS)]
    assert graphs == sorted(graphs, key=lambda name: (name != "DEFAULT", name))


def test_pieces_on_disk_make_the_same_bytes(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = written(sample_store)
    monkeypatch.setattr(canonical, "_PIECE", 5_000)
    assert written(sample_store) == whole


def test_blank_nodes_are_named_as_the_standard_says() -> None:
    """The example of unique hashes of RDF Dataset Canonicalization, section 4.3."""
    ex = "http://example.com/#"
    given = f"""<{ex}p> <{ex}q> _:e0 .
<{ex}p> <{ex}r> _:e1 .
_:e0 <{ex}s> <{ex}u> .
_:e1 <{ex}t> <{ex}u> .
"""
    expected = f"""<{ex}p> <{ex}q> _:c14n0 .
<{ex}p> <{ex}r> _:c14n1 .
_:c14n0 <{ex}s> <{ex}u> .
_:c14n1 <{ex}t> <{ex}u> .
"""
    assert written(store_of(list(parse(given, RdfFormat.N_QUADS)))).decode() == expected


def test_a_reader_gives_what_lines_hold(sample_store: Store) -> None:
    def lines() -> Iterator[bytes]:
        return canonical.lines(sample_store, None)

    reader, parts = canonical.Reader(lines()), []
    while part := reader.read(777):
        parts.append(part)
    assert b"".join(parts) == b"".join(lines())
