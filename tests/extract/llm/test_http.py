"""A server that fails, stalls, floods or talks nonsense: a few more tries, then words that say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from llm_server import FakeServer, Reply, reader, reading

from esskg.errors import LlmError


def read(server: FakeServer, folder: Path, **settings: object) -> int:
    return len(reader(server, folder, **settings).read(*reading()).statements)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_trouble_is_waited_out(
    server: FakeServer, tmp_path: Path, pauses: list[float], status: int
) -> None:
    server.says(Reply("busy", status), Reply('{"statements": []}'))
    assert read(server, tmp_path) == 0
    assert pauses == [1.0]
    assert len(server.asked) == 4


def test_the_server_may_say_how_long_to_wait(server: FakeServer, tmp_path: Path, pauses: list[float]) -> None:
    server.says(
        Reply(status=429, headers={"Retry-After": "7"}),
        Reply(status=429, headers={"Retry-After": "86400"}),
        Reply('{"statements": []}'),
    )
    read(server, tmp_path)
    assert pauses == [7.0, 30.0]


def test_tries_end(server: FakeServer, tmp_path: Path) -> None:
    server.says(Reply(status=500))
    with pytest.raises(LlmError, match="status 500, asked again in vain"):
        read(server, tmp_path)
    assert len(server.asked) == 3


def test_what_was_answered_before_the_failure_is_kept(server: FakeServer, tmp_path: Path) -> None:
    server.says(Reply('{"statements": []}'), Reply(status=500))
    with pytest.raises(LlmError):
        read(server, tmp_path)
    server.says("{}")
    assert reader(server, tmp_path).cost([reading()]).calls == 2


def test_a_slow_answer_is_given_up(server: FakeServer, tmp_path: Path) -> None:
    server.says(Reply("late", wait=1.0))
    with pytest.raises(LlmError, match=r"no answer within 0.1 s"):
        read(server, tmp_path, timeout=0.1)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(status=401, raw=b'{"error": "no such key"}'), "status 401: .*no such key.*esskg.toml"),
        (Reply(status=404, raw=b"\xff"), "status 404"),
        (Reply(status=302, headers={"Location": "http://127.0.0.1:1/"}), "status 302"),
        (Reply(raw="é".encode("latin-1")), "not UTF-8"),
        (Reply(raw='{"choices": []}'.encode("utf-16")), "not UTF-8"),
        (Reply(raw=b"<html>hello</html>"), "not JSON"),
        (Reply(raw=b"[" * 100_000), "not JSON"),
        (Reply(raw=b'{"choices": []}'), r"no choices\.0\.message\.content"),
        (Reply(raw=b'{"choices": [{"message": {"content": null}}]}'), "no choices"),
        (Reply(raw=b"[]"), "no choices"),
        (Reply(raw=b" " * 1_100_000), "larger than 1,000,000 bytes"),
    ],
)
def test_a_wrong_answer_is_named_at_once(server: FakeServer, tmp_path: Path, reply: Reply, told: str) -> None:
    server.says(reply)
    with pytest.raises(LlmError, match=told):
        read(server, tmp_path)
    assert len(server.asked) == 1


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LlmError, match=r"127\.0\.0\.1:1.*Is the server running"):
        read(FakeServer("http://127.0.0.1:1"), tmp_path)


def test_the_key_comes_from_the_environment_alone(
    server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESSKG_LLM_KEY", "secret")
    server.says(Reply(status=400, raw=b"bad"))
    with pytest.raises(LlmError) as raised:
        read(server, tmp_path)
    assert server.headers[0]["Authorization"] == "Bearer secret"
    assert "secret" not in str(raised.value)
