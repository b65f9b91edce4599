"""Who may write: tokens as they are made, kept and shown."""

from __future__ import annotations

import base64
from pathlib import Path

import httpx
import pytest
from endpoint import serving
from typer.testing import CliRunner

from esskg.cli import app
from esskg.errors import ConfigError
from esskg.server.tokens import add_token, read_tokens

UPDATE = {"update": "INSERT DATA { <http://x/a> <http://x/b> 1 }"}


def test_only_a_hash_is_kept_for_the_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    token = CliRunner().invoke(app, ["token", "ana", "--file", str(file)]).output.strip()
    assert len(token) > 40
    assert token not in file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0
    assert read_tokens(file).keys() == {"ana"}


def test_a_name_has_one_token(tmp_path: Path) -> None:
    add_token(tmp_path / "tokens", "ana")
    with pytest.raises(ConfigError, match="has a token"):
        add_token(tmp_path / "tokens", "ana")
    with pytest.raises(ConfigError, match="spaces"):
        add_token(tmp_path / "tokens", "a b")


def test_a_broken_file_and_a_short_token_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tokens").write_text("ana\n", "utf-8")
    with pytest.raises(ConfigError, match="line 1"):
        read_tokens(tmp_path / "tokens")
    monkeypatch.setenv("ESSKG_TOKEN", "short")
    with pytest.raises(ConfigError, match="16 characters"):
        read_tokens(None)


def test_who_shows_a_token_may_write_and_nobody_else(tmp_path: Path) -> None:
    (tmp_path / "a.nt").touch()
    token = add_token(tmp_path / "tokens", "ana")
    options = "--dataset", str(tmp_path / "a.nt"), "--writable", "--tokens", str(tmp_path / "tokens")
    with serving(*options) as address:
        basic = base64.b64encode(f"ana:{token}".encode()).decode()
        shown = ["", "Bearer wrong", "Basic !!", f"Bearer {token}x", f"Bearer {token}", f"Basic {basic}"]
        answers = [
            httpx.post(f"{address}/update", data=UPDATE, headers={"Authorization": it}) for it in shown
        ]
        assert [answer.status_code for answer in answers] == [401, 401, 401, 401, 204, 204]
        assert answers[0].headers["www-authenticate"].startswith("Bearer")
        assert httpx.post(f"{address}/update", params={"token": token}, data=UPDATE).status_code == 401


def test_who_shows_a_token_may_ask_for_longer(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(
        "".join(f"<http://x/{n}> <http://x/p> <http://x/y> .\n" for n in range(300))
    )
    token = add_token(tmp_path / "tokens", "ana")
    options = "--dataset", str(tmp_path / "a.nt"), "--tokens", str(tmp_path / "tokens")
    query = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"}
    with serving(*options, "--timeout", "2", "--anonymous", "0.5") as address:
        assert httpx.post(f"{address}/sparql", data=query).json()["timeout"] == 0.5
        known = {"Authorization": f"Bearer {token}"}
        assert httpx.post(f"{address}/sparql", data=query, headers=known).json()["timeout"] == 2.0
