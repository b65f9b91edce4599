from __future__ import annotations

from pathlib import Path

import pytest

from esskg.documents import read
from esskg.errors import DocumentError
from esskg.model import BlockKind, Document

HEAD = '<meta charset="utf-8"><title>La Nef grandit | Journal</title>'
LONG = "La coopérative a été fondée par ses membres en 1971, et elle prête depuis à des associations. " * 3
BODY = f"""<nav><ul><li><a href="/">Accueil</a></li><li><a href="/x">Actualités</a></li></ul></nav>
<div class="cookie-banner"><p>Nous utilisons des cookies.</p><button>Accepter</button></div>
<main><article><h1>La Nef grandit</h1><p>{LONG}</p><h2>Ses prêts</h2>
<p>Elle a <b>prêté</b> à la <a href="/v">Ville
 de Lyon</a>&nbsp;:</p><ul><li>une école ;<ul><li>rue Haute</li></ul></li><li>un <em>jardin</em>.</li></ul>
<figure><img src="a.jpg"><figcaption>Le jardin en mai</figcaption></figure>
<table><caption>Prêts par année</caption><tr><th>Année</th><th>Prêts</th></tr>
<tr><td>2021</td><td>12</td></tr></table>
<p>Siège : Lyon<br>Membres : 300</p></article></main>
<footer><p>© 2024 Journal. Tous droits réservés.</p><a href="/m">Mentions légales</a></footer>"""


def page(folder: Path, body: str = BODY, head: str = HEAD, lang: str = "fr") -> Document:
    path = folder / "a.html"
    path.write_text(
        f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>', "utf-8"
    )
    return read(path, folder)


def test_structure_is_kept_and_navigation_left_out(tmp_path: Path) -> None:
    document = page(tmp_path)
    found = [(str(b.kind), b.level, document.text[b.start : b.end]) for b in document.blocks]
    assert found[:1] + found[2:] == [
        ("heading", 1, "La Nef grandit"),
        ("heading", 2, "Ses prêts"),
        ("paragraph", 0, "Elle a prêté à la Ville de Lyon :"),
        ("list_item", 1, "une école ;"),
        ("list_item", 2, "rue Haute"),
        ("list_item", 1, "un jardin."),
        ("caption", 0, "Le jardin en mai"),
        ("caption", 0, "Prêts par année"),
        ("table", 0, "Année | Prêts\n2021 | 12"),
        ("list_item", 1, "Siège : Lyon"),
        ("list_item", 1, "Membres : 300"),
    ]


def test_the_page_s_own_metadata_is_taken(tmp_path: Path) -> None:
    head = (
        f'{HEAD}<meta property="article:published_time" content="2024-05-03T10:00:00Z">'
        '<meta property="og:site_name" content="Le Journal"><link rel="canonical" href="https://a.org/nef">'
    )
    metadata = page(tmp_path, head=head).metadata
    assert (metadata.title, metadata.date) == ("La Nef grandit", "2024-05-03")
    assert (metadata.publisher, metadata.sources) == ("Le Journal", ("https://a.org/nef",))


def test_no_date_is_guessed_from_the_text(tmp_path: Path) -> None:
    assert page(tmp_path, BODY.replace("1971", "3 mai 2019")).metadata.date is None


def test_a_template_s_language_doesn_t_hide_the_words(tmp_path: Path) -> None:
    assert page(tmp_path, lang="en-US").language == "fr"


def test_a_heading_outside_the_main_text_is_kept(tmp_path: Path) -> None:
    body = BODY.replace("<h1>La Nef grandit</h1>", "").replace(
        "<nav>", "<header><h1>La Nef grandit</h1></header><nav>"
    )
    document = page(tmp_path, body)
    first = document.blocks[0]
    assert (first.kind, document.text[: first.end]) == (BlockKind.HEADING, "La Nef grandit")


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252"])
def test_a_declared_encoding_is_believed(tmp_path: Path, encoding: str) -> None:
    text = f'<html><head><meta charset="{encoding}"></head><body><p>{LONG} Réussi à l’été.</p></body></html>'
    (tmp_path / "a.html").write_bytes(text.encode("cp1252"))
    assert "Réussi à l’été" in read(tmp_path / "a.html", tmp_path).text


def test_bytes_in_no_declared_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_bytes(f"<html><body><p>{LONG}</p></body></html>".encode("latin-1"))
    with pytest.raises(DocumentError, match="neither UTF-8"):
        read(tmp_path / "a.htm", tmp_path)


@pytest.mark.parametrize("body", ["", "<script>let a = 1</script>"])
def test_a_page_without_text_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(DocumentError, match=r"no (main )?text"):
        page(tmp_path, body)


def test_scripts_never_become_text(tmp_path: Path) -> None:
    assert "alert" not in page(tmp_path, BODY.replace("<h2>", "<script>alert(1)</script><h2>")).text
