"""Every IRI of the project answers."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import httpx
import pytest
import rdflib
import serving

import sample
from esskg.server.limits import Limits
from esskg.vocab import ESS

HTML = {"Accept": "text/html", "Accept-Language": "fr"}
TURTLE = {"Accept": "text/turtle"}
FUND = rdflib.URIRef(f"{sample.BASE}/id/fonds-du-fleuve")


def read(client: httpx.Client, address: str, format: str = "turtle") -> rdflib.Graph:
    answer = client.get(address, headers={} if "." in address else TURTLE, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return rdflib.Graph().parse(data=answer.text, format=format)


def test_an_entity_leads_people_to_a_page_and_programs_to_rdf(client: httpx.Client) -> None:
    people = client.get("/id/fonds-du-fleuve", headers=HTML)
    programs = client.get("/id/fonds-du-fleuve", headers=TURTLE)
    assert (people.status_code, people.headers["location"]) == (303, "/fr/entity/fonds-du-fleuve")
    assert (programs.status_code, programs.headers["location"]) == (303, "/entity/fonds-du-fleuve.ttl")
    assert "Accept" in people.headers["vary"]
    assert client.get("/id/fonds-du-fleuve", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    ("ending", "format"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")]
)
def test_a_description_holds_the_statements_with_their_sentences(
    client: httpx.Client, ending: str, format: str
) -> None:
    graph = read(client, f"/entity/fonds-du-fleuve.{ending}", format)
    assert (FUND, rdflib.RDFS.label, rdflib.Literal("Fonds du Fleuve", lang="fr")) in graph
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    statement = next(graph.subjects(rdflib.RDF.subject, FUND))
    (evidence, *_) = graph.objects(statement, rdflib.URIRef(ESS + "evidence"))
    quotes = [graph.value(selector, oa.exact) for selector in graph.objects(evidence, oa.hasSelector)]
    assert any(quotes)


def test_every_iri_in_a_description_answers(client: httpx.Client) -> None:
    graph = read(client, "/entity/fonds-du-fleuve.ttl")
    own = {
        str(node).split("#")[0] for triple in graph for node in triple if str(node).startswith(sample.BASE)
    }
    assert len(own) > 20
    for iri in sorted(own):
        address = iri.removeprefix(sample.BASE)
        for headers in (HTML, TURTLE):
            assert client.get(address, headers=headers, follow_redirects=True).status_code == 200, address


def test_evidence_leads_to_its_place_in_the_document(client: httpx.Client) -> None:
    graph = read(client, "/document/rives-fr.ttl")
    query = "SELECT ?e { ?e <http://www.w3.org/ns/oa#hasSource> ?d } LIMIT 1"
    iri = client.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["e"]["value"]
    place = client.get(iri.removeprefix(sample.BASE), headers=HTML).headers["location"]
    assert place.startswith("/fr/document/rives-") and f"#ev-{iri.rsplit('/', 1)[1]}" in place
    assert len(graph) > 5


def test_a_merged_entity_redirects(client: httpx.Client) -> None:
    page = client.get("/fr/entity/fonds-fleuve")
    rdf = client.get("/entity/fonds-fleuve.ttl")
    assert (page.status_code, page.headers["location"]) == (301, "/fr/entity/fonds-du-fleuve")
    assert (rdf.status_code, rdf.headers["location"]) == (301, "/entity/fonds-du-fleuve.ttl")


def test_the_iri_of_a_merged_entity_leads_to_the_one_that_took_its_place(client: httpx.Client) -> None:
    answer = client.get("/id/fonds-fleuve", headers=TURTLE)
    assert (answer.status_code, answer.headers["location"]) == (301, "/id/fonds-du-fleuve")
    said = (rdflib.URIRef(f"{sample.BASE}/id/fonds-fleuve"), rdflib.DCTERMS.isReplacedBy, FUND)
    assert said in read(client, "/entity/fonds-du-fleuve.ttl")


def test_an_identifier_that_stands_for_nothing_any_more_is_gone(client: httpx.Client) -> None:
    answer = client.get("/id/fonds-disparu", headers=TURTLE)
    assert (answer.status_code, answer.json()["suggestions"][0]["slug"]) == (410, "fonds-du-fleuve")
    assert client.get("/fr/entity/fonds-disparu", headers=HTML).status_code == 410


def test_a_description_names_its_other_forms_its_thing_and_its_licence(client: httpx.Client) -> None:
    link = client.get("/entity/fonds-du-fleuve.ttl").headers["link"]
    assert '</entity/fonds-du-fleuve.jsonld>; rel="alternate"; type="application/ld+json"' in link
    assert '</id/fonds-du-fleuve>; rel="describes"' in link
    assert f'<{sample.BASE}/entity/fonds-du-fleuve.ttl>; rel="canonical"' in link
    assert 'creativecommons.org/licenses/by/4.0/>; rel="license"' in link
    page = client.get("/fr/entity/fonds-du-fleuve", headers=HTML).headers["link"]
    assert f'<{FUND}>; rel="cite-as"' in page and 'rel="describedby"; type="text/turtle"' in page


@pytest.mark.parametrize("address", ["/run/{}", "/graph/document/rives-fr", "/agent/esskg-0"])
def test_what_has_no_page_of_its_own_is_shown_as_its_properties(client: httpx.Client, address: str) -> None:
    query = "SELECT ?r { ?s prov:wasGeneratedBy ?r } LIMIT 1"
    run = client.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["r"]["value"]
    page = client.get(address.format(run.rsplit("/", 1)[1]), headers=HTML, follow_redirects=True)
    assert page.status_code == 200 and f"{sample.BASE}{address.partition('{')[0]}" in page.text


def test_the_context_is_served_and_describes_the_json_ld_that_is_sent(client: httpx.Client) -> None:
    served = client.get("/context.jsonld").json()["@context"]
    used = client.get("/entity/fonds-du-fleuve.jsonld").json()["@context"]
    assert used.items() <= served.items()


@pytest.mark.parametrize(
    "address", ["/vocabulary/state/assertd", "/vocabulary/stat", "/ontology/9.9.9/nothing"]
)
def test_an_unknown_term_is_not_found(client: httpx.Client, address: str) -> None:
    for headers in (HTML, TURTLE):
        assert client.get(address, headers=headers).status_code == 404
    assert client.get("/vocabulary/state/assertd", headers=TURTLE).json()["terms"][0] == "state/asserted"


def test_a_large_graph_that_is_cut_says_so(project_root: Path) -> None:
    limits = Limits(rows=5)
    with serving.served(project_root, limits) as address:
        answer = httpx.get(f"{address}/graph/document/rives-fr", headers=TURTLE)
    assert (answer.headers["esskg-truncated"], answer.headers["esskg-rows"]) == ("rows", "5")


def test_what_is_not_there_is_told_with_what_is_near(client: httpx.Client) -> None:
    program = client.get("/entity/fonds.ttl", headers=TURTLE)
    person = client.get("/fr/entity/fonds", headers=HTML)
    assert (program.status_code, person.status_code) == (404, 404)
    assert program.json()["suggestions"][0]["slug"] == "fonds-du-fleuve"
    assert 'href="/fr/entity/fonds-du-fleuve"' in person.text


@pytest.mark.parametrize(
    "address",
    ["/fr/entity/%3Cscript%3E", "/entity/a%3E%20b.ttl", "/id/..%2f..%2fetc", "/fr/nothing", "/graph/nothing"],
)
def test_odd_addresses_are_not_found(client: httpx.Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_ontology_and_its_vocabularies_answer(client: httpx.Client) -> None:
    assert client.get("/ontology", headers=HTML).headers["location"] == "/fr/ontology"
    assert (rdflib.URIRef(ESS + "finances"), None, None) in read(client, "/ontology")
    assert (rdflib.URIRef(ESS + "finances"), None, None) in read(client, "/ontology.rdf", "xml")
    concept = "/vocabulary/state/asserted"
    assert len(read(client, concept)) > 1
    assert client.get(concept, headers=HTML).headers["location"] == "/fr/ontology#state-asserted"


def test_a_named_graph_is_what_one_document_says(client: httpx.Client) -> None:
    graph = read(client, "/graph/document/rives-en")
    assert (rdflib.URIRef(f"{sample.BASE}/document/rives-en"), None, None) in graph


def test_the_dataset_describes_itself(client: httpx.Client) -> None:
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    graph = read(client, "/.well-known/void")
    assert graph.value(rdflib.URIRef(f"{sample.BASE}/dataset"), void.sparqlEndpoint)


def test_a_page_names_its_other_forms(client: httpx.Client) -> None:
    page = client.get("/fr/entity/fonds-du-fleuve", headers=HTML)
    assert '</entity/fonds-du-fleuve.ttl>; rel="alternate"; type="text/turtle"' in page.headers["link"]
    start = page.text.index('<script type="application/ld+json">') + len(
        '<script type="application/ld+json">'
    )
    structured = json.loads(page.text[start : page.text.index("</script>", start)])
    assert (structured["@type"], structured["@id"]) == ("Organization", str(FUND))


@pytest.mark.parametrize("name", ["esskg.nq", "esskg.ttl.gz", "esskg.zip", "esskg.gexf"])
def test_downloads_have_the_checksums_that_are_told(client: httpx.Client, name: str) -> None:
    content = client.get(f"/download/{name}").content
    told = client.get(f"/download/{name}.sha256").text.split()
    assert told == [hashlib.sha256(content).hexdigest(), name]


def test_a_download_is_the_same_however_it_is_sent(client: httpx.Client) -> None:
    plain = client.get("/download/esskg.nq", headers={"Accept-Encoding": "identity"})
    on_the_way = client.get("/download/esskg.nq", headers={"Accept-Encoding": "gzip"})
    as_file = client.get("/download/esskg.nq.gz")
    assert (on_the_way.headers["content-encoding"], as_file.headers["content-type"]) == (
        "gzip",
        "application/gzip",
    )
    assert plain.content == on_the_way.content == gzip.decompress(as_file.content)
    assert int(plain.headers["content-length"]) == len(plain.content)


@pytest.mark.parametrize("name", ["esskg.exe", "esskg.zip.gz", "..%2f..%2fesskg.toml"])
def test_what_is_no_download_is_not_found(client: httpx.Client, name: str) -> None:
    assert client.get(f"/download/{name}").status_code == 404


def test_the_description_holds_the_hash_of_the_dataset(client: httpx.Client) -> None:
    spdx, dataset = rdflib.Namespace("http://spdx.org/rdf/terms#"), rdflib.URIRef(f"{sample.BASE}/dataset")
    graph = read(client, "/dataset")
    hashed = graph.value(graph.value(dataset, spdx.checksum), spdx.checksumValue)
    content = client.get("/download/esskg.nq").content
    assert str(hashed) == hashlib.sha256(content).hexdigest()
    size = graph.value(rdflib.URIRef(f"{dataset}#nquads"), rdflib.DCAT.byteSize)
    assert int(str(size)) == len(content)


def test_a_new_version_is_taken_up_while_serving(tmp_path: Path) -> None:
    serving.publish(tmp_path, serving.knowledge())
    with serving.served(tmp_path) as address, httpx.Client(base_url=address) as client:
        before = client.get("/fr/entity/isolee", headers=HTML)
        known = sample.renamed(serving.knowledge(), {"isolee": "Fédération retrouvée"})
        serving.publish(tmp_path, known, inputs="2")
        import time

        time.sleep(1.2)
        after = client.get("/fr/entity/isolee", headers=HTML | {"If-None-Match": before.headers["etag"]})
        assert (after.status_code, "Fédération retrouvée" in after.text) == (200, True)
        label = "SELECT ?label { ?it a ess:Network ; rdfs:label ?label }"
        assert "retrouvée" in client.post("/sparql", data={"query": label}).text


def test_before_the_first_build_the_server_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "esskg.toml").write_text(serving.SETTINGS, "utf-8")
    with serving.served(tmp_path) as address:
        answer = httpx.get(f"{address}/sparql", params={"query": "ASK {}"})
        page = httpx.get(f"{address}/fr/", headers=HTML)
    assert (answer.status_code, page.status_code) == (503, 503)
    assert "esskg build" in answer.json()["detail"]
    assert "esskg build" in page.text


@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_an_identifier_of_nothing_is_not_found_at_once(client: httpx.Client, accept: str) -> None:
    assert client.get("/id/nope", headers={"Accept": accept}).status_code == 404


def test_an_entity_without_language_leads_to_its_page(client: httpx.Client) -> None:
    answer = client.get("/entity/confluence", headers={"Accept": "text/html", "Accept-Language": "fr"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/fr/entity/confluence")
