"""Every format, read back by somebody else's reader and compared with the store."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
import rdflib
from pyoxigraph import RdfFormat
from rdflib.compare import to_isomorphic

import sample
from esskg.errors import EsskgError
from esskg.export import FORMATS, export
from esskg.graph.store import Store
from esskg.network.projection import project

TRIPLES = {"turtle": "turtle", "nt": "nt", "rdfxml": "xml"}
QUADS = {"nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}


def exported(store: Store, format: str) -> bytes:
    output = io.BytesIO()
    export(format, store, output)
    return output.getvalue()


def dump(store: Store, format: RdfFormat) -> bytes:
    output = io.BytesIO()
    store.dump(output, format)
    return output.getvalue()


# --- RDF ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", TRIPLES)
def test_formats_of_triples_hold_the_default_graph(sample_store: Store, format: str) -> None:
    expected = rdflib.Graph().parse(data=dump(sample_store, RdfFormat.N_TRIPLES), format="nt")
    found = rdflib.Graph().parse(data=exported(sample_store, format), format=TRIPLES[format])
    assert len(found) > 300
    assert to_isomorphic(found) == to_isomorphic(expected)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # of rdflib about itself
@pytest.mark.parametrize("format", QUADS)
def test_formats_of_quads_hold_every_graph(sample_store: Store, format: str) -> None:
    found = rdflib.Dataset()
    found.parse(data=exported(sample_store, format), format=QUADS[format])
    graphs = {str(graph.identifier): len(graph) for graph in found.graphs() if len(graph)}
    assert set(sample_store.graphs()) == {name for name in graphs if name.startswith(sample.BASE)}
    assert sum(graphs.values()) == len(dump(sample_store, RdfFormat.N_QUADS).splitlines())


def test_turtle_uses_the_prefixes_of_the_project(sample_store: Store) -> None:
    assert b"ess:finances" in exported(sample_store, "turtle")


def test_what_xml_cannot_hold_is_refused_by_name(tmp_path: Path) -> None:
    knowledge = sample.renamed(sample.knowledge(), {"confluence": "Réseau\x01"})
    store = sample.store_of(knowledge, tmp_path)
    with pytest.raises(EsskgError, match="control character"):
        export("rdfxml", store, tmp_path / "graph.rdf")
    assert not list(tmp_path.glob("*graph.rdf*"))
    export("turtle", store, tmp_path / "graph.ttl")
    ElementTree.fromstring(exported(store, "gexf"))
    ElementTree.fromstring(exported(store, "graphml"))


# --- networks ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def network(sample_store: Store) -> nx.MultiDiGraph[str]:
    return project(sample_store, base=sample.BASE, isolated=True)


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networks_read_back_with_every_statement(
    sample_store: Store, network: nx.MultiDiGraph[str], format: str
) -> None:
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[format]
    arguments = {"force_multigraph": True} if format == "graphml" else {}
    found = read(io.BytesIO(exported(sample_store, format)), **arguments)
    assert set(found.edges()) == set(network.edges())
    assert found.number_of_edges() == network.number_of_edges()
    assert set(found) == set(network)
    gifts = [data for *_, data in found.edges(data=True) if data.get("currency") == "CAD"]
    assert sorted(data["amount"] for data in gifts) == [45_000.0, 300_000.0]
    assert any(data["evidence"].startswith("Le Fonds du Fleuve finance") for data in gifts)
    assert {type(data["documents"]) for _, data in found.nodes(data=True)} == {int}


def test_gexf_carries_the_look_and_no_date_of_today(sample_store: Store) -> None:
    xml = ElementTree.fromstring(exported(sample_store, "gexf"))
    ns = {"g": "http://www.gexf.net/1.2draft", "viz": "http://www.gexf.net/1.2draft/viz"}
    (fund,) = xml.findall(".//g:node[@id='fonds-du-fleuve']", ns)
    colour = fund.find("viz:color", ns)
    assert colour is not None
    assert (colour.get("r"), colour.get("g"), colour.get("b")) == ("213", "94", "0")
    assert fund.find("viz:position", ns) is not None
    assert fund.find("viz:size", ns) is not None
    assert xml.find("g:meta", ns) is None
    declared = {each.get("id") for each in xml.iter(f"{{{ns['g']}}}attribute")}
    used = {each.get("for") for each in xml.iter(f"{{{ns['g']}}}attvalue")}
    assert used == declared
    ids = [edge.get("id") for edge in xml.iter(f"{{{ns['g']}}}edge")]
    assert len(ids) == len(set(ids)) == 17


def test_stored_positions_are_kept(sample_store: Store, network: nx.MultiDiGraph[str]) -> None:
    placed = {node: (float(index), 2.0) for index, node in enumerate(network)}
    output = io.BytesIO()
    export("graphml", sample_store, output, positions=placed)
    found = nx.read_graphml(io.BytesIO(output.getvalue()), force_multigraph=True)
    assert {node: (data["x"], -data["y"]) for node, data in found.nodes(data=True)} == placed


# --- tables ------------------------------------------------------------------------------------------


def tables(folder: Path) -> dict[str, list[dict[str, str]]]:
    return {
        path.stem: list(csv.DictReader(io.StringIO(path.read_text("utf-8")))) for path in folder.glob("*.csv")
    }


def test_tables_hold_entities_statements_and_their_evidence(
    sample_store: Store, network: nx.MultiDiGraph[str], tmp_path: Path
) -> None:
    export("csv", sample_store, tmp_path / "tables", language="fr")
    found = tables(tmp_path / "tables")
    assert {row["id"] for row in found["nodes"]} == set(network)
    assert {(row["subject"], row["object"], row["id"]) for row in found["edges"]} == set(
        network.edges(keys=True)
    )
    evidence = {row["of"] for row in found["evidence"]}
    for table in ("edges", "dates", "figures", "quotations"):
        assert {row["id"] for row in found[table]} <= evidence
    assert [(row["value"], row["about"], row["qualifier"]) for row in found["figures"]] == [
        ("120", "confluence", "more_than")
    ]
    assert [row["date"] for row in found["dates"]] == ["2023-05-03"]


def test_evidence_rows_point_into_their_documents(sample_store: Store, tmp_path: Path) -> None:
    export("csv", sample_store, tmp_path)
    rows = tables(tmp_path)["evidence"]
    texts = {str(slug): text for slug, text in sample.TEXTS.items()}
    read = [row for row in rows if row["document"]]
    assert all(texts[row["document"]][int(row["start"]) : int(row["end"])] == row["text"] for row in read)
    others = [(row["file"], row["row"], row["column"]) for row in rows if not row["document"]]
    assert sorted(others) == [
        ("decisions/statements.csv", "3", ""),
        ("reference/organizations.csv", "12", "place"),
    ]


def test_labels_of_nodes_are_in_both_languages(sample_store: Store, tmp_path: Path) -> None:
    export("csv", sample_store, tmp_path)
    nodes = {row["id"]: row for row in tables(tmp_path)["nodes"]}
    assert (nodes["confluence"]["label_fr"], nodes["confluence"]["label_en"]) == (
        "Réseau Confluence",
        "Confluence Network",
    )
    assert nodes["amarrage"]["label_en"] == ""


def test_the_zip_holds_the_same_tables(sample_store: Store, tmp_path: Path) -> None:
    export("csv", sample_store, tmp_path)
    export("csv", sample_store, tmp_path / "tables.zip")
    with zipfile.ZipFile(tmp_path / "tables.zip") as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in tmp_path.glob("*csv*") if path.is_file()
        }


# --- files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_store_gives_the_same_bytes(sample_store: Store, format: str) -> None:
    assert exported(sample_store, format) == exported(sample_store, format)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_overwritten_unasked(sample_store: Store, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"graph{FORMATS[format].suffix}"
    path.write_text("mine")
    with pytest.raises(EsskgError, match="--force"):
        export(format, sample_store, path)
    assert path.read_text() == "mine"
    export(format, sample_store, path, force=True)
    assert path.read_bytes() == exported(sample_store, format)


def test_a_folder_of_tables_is_not_overwritten_unasked(sample_store: Store, tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine too")
    with pytest.raises(EsskgError, match=r"figures\.csv exists"):
        export("csv", sample_store, tmp_path)
    assert not (tmp_path / "nodes.csv").exists()
    export("csv", sample_store, tmp_path, force=True)
    assert (tmp_path / "notes.txt").read_text() == "mine too"


def test_an_export_that_fails_leaves_nothing_behind(
    sample_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(type(sample_store), "dump", fail)
    with pytest.raises(RuntimeError):
        export("turtle", sample_store, tmp_path / "graph.ttl")
    assert list(tmp_path.iterdir()) == []


def test_unknown_formats_and_missing_folders_are_explained(sample_store: Store, tmp_path: Path) -> None:
    with pytest.raises(EsskgError, match="choose one of turtle"):
        export("docx", sample_store, tmp_path / "graph.docx")
    with pytest.raises(EsskgError, match="Is the folder there"):
        export("nt", sample_store, tmp_path / "nowhere" / "graph.nt")
