"""The choice of a representation, as RFC 9110 lays it down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from esskg.query.formats import GRAPHS, TABLES
from esskg.server.negotiate import HTML, best, languages, named, wants_html

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("text/turtle;q=0.2, application/ld+json;q=0.3", "jsonld"),
        ("application/*", "html"),  # application/xhtml+xml
        ("application/rdf+xml", "rdf"),
        ("text/*;q=0.5, application/n-triples", "nt"),
        ("text/html;q=0, text/turtle;q=0.1", "ttl"),
        ("TEXT/Turtle; Charset=utf-8", "ttl"),
        ("text/turtle;q=nonsense, application/n-triples;q=0.1", "nt"),
    ],
)
def test_the_most_liked_of_page_and_rdf(accept: str | None, name: str) -> None:
    choice = best(accept, (HTML, *GRAPHS))
    assert choice is not None and choice.format.name == name


@pytest.mark.parametrize("accept", ["image/png", "text/turtle;q=0", "*/*;q=0"])
def test_nothing_is_chosen_that_is_not_accepted(accept: str) -> None:
    assert best(accept, GRAPHS) is None


@given(st.text(max_size=60))
def test_any_header_is_read(header: str) -> None:
    choice = best(header, TABLES)
    assert choice is None or choice.format in TABLES
    assert all(isinstance(tag, str) for tag in languages(header))


def test_a_format_has_several_names() -> None:
    for name in ("ttl", "turtle", "TURTLE", "text/turtle", "application/x-turtle"):
        choice = named(name, GRAPHS)
        assert choice is not None and choice.media_type == "text/turtle"


def test_only_who_names_html_is_a_browser() -> None:
    assert wants_html(Headers({"accept": BROWSER}))
    assert not wants_html(Headers({"accept": "*/*"}))
    assert not wants_html(Headers({"accept": "application/ld+json, text/html;q=0.1"}))


def test_languages_come_in_the_order_of_their_weight() -> None:
    assert languages("en;q=0.5, fr-CA, es;q=0") == ["fr", "en"]
