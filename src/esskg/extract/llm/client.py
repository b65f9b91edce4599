"""Language models behind one small interface: a system message and a question in, words out.

No tools are offered to the model, and the words that come back are data.
"""

from __future__ import annotations

from typing import Any, Protocol

from esskg.config import LlmSettings
from esskg.errors import LlmError
from esskg.extract.llm.http import Endpoint

_LONGEST_ANSWER = 2_000
"""Tokens."""
_WINDOW = 8_192
"""Tokens of question and answer; Ollama cuts what is longer than its own default, without a word."""


class Client(Protocol):
    """Asks a language model."""

    model: str
    """The name by which the server knows it."""

    def complete(self, system: str, user: str) -> str:
        """The model's answer, as deterministic as it can be. Raises LlmError where there is none."""


class OpenAiClient:
    """Chat completions as OpenAI, vLLM, llama.cpp and many others serve them.

    https://platform.openai.com/docs/api-reference/chat
    """

    def __init__(self, endpoint: Endpoint, model: str) -> None:
        self._endpoint, self.model = endpoint, model

    def complete(self, system: str, user: str) -> str:
        """See `Client`."""
        question = {
            "model": self.model,
            "messages": _messages(system, user),
            "temperature": 0,
            "max_tokens": _LONGEST_ANSWER,
        }
        answer = self._endpoint.post("/chat/completions", question)
        return _words(self._endpoint, answer, "choices", 0, "message", "content")


class OllamaClient:
    """Ollama's own API. https://github.com/ollama/ollama/blob/main/docs/api.md"""

    def __init__(self, endpoint: Endpoint, model: str) -> None:
        self._endpoint, self.model = endpoint, model

    def complete(self, system: str, user: str) -> str:
        """See `Client`."""
        question = {
            "model": self.model,
            "messages": _messages(system, user),
            "stream": False,
            "format": "json",
            "options": {"temperature": 0, "seed": 0, "num_predict": _LONGEST_ANSWER, "num_ctx": _WINDOW},
        }
        return _words(self._endpoint, self._endpoint.post("/api/chat", question), "message", "content")


def make_client(settings: LlmSettings) -> Client:
    """The client that a project's settings ask for."""
    endpoint = Endpoint(settings.url, key=settings.key(), timeout=settings.timeout)
    if settings.api == "ollama":
        return OllamaClient(endpoint, settings.model)
    return OpenAiClient(endpoint, settings.model)


def _messages(system: str, user: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def _words(endpoint: Endpoint, answer: Any, *path: str | int) -> str:
    try:
        for step in path:
            answer = answer[step]
    except (KeyError, IndexError, TypeError):
        answer = None
    if not isinstance(answer, str):
        told = ".".join(map(str, path))
        raise LlmError(f"{endpoint.url}: the answer has no {told}. Check url and api of [llm] in esskg.toml.")
    return answer
