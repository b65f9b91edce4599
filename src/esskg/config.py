"""The project: a folder with ``esskg.toml``, read once and typed."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from esskg.errors import ConfigError
from esskg.model import State
from esskg.vocab import DEFAULT_BASE

FILE = "esskg.toml"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Thresholds(_Section):
    """Confidences at which a statement is asserted or waits for a person; lower ones are set aside."""

    asserted: float = Field(default=0.75, ge=0, le=1)
    review: float = Field(default=0.35, ge=0, le=1)

    def state(self, confidence: float) -> State:
        """What becomes of a statement of that confidence."""
        if confidence >= self.asserted:
            return State.ASSERTED
        return State.REVIEW if confidence >= self.review else State.QUARANTINED

    @model_validator(mode="after")
    def _in_order(self) -> Thresholds:
        if self.review > self.asserted:
            raise ValueError("review must not be above asserted")
        return self


class StoreSettings(_Section):
    """Where the graph is kept. Credentials may stand in the environment instead, as
    ``ESSKG_STORE_USER`` and ``ESSKG_STORE_PASSWORD``."""

    kind: Literal["embedded", "memory", "remote"] = "embedded"
    query: str | None = None
    """The query URL of a remote SPARQL 1.1 endpoint."""
    update: str | None = None
    user: str | None = None
    password: str | None = None

    @model_validator(mode="after")
    def _remote_has_urls(self) -> StoreSettings:
        if self.kind == "remote" and not (self.query and self.update):
            raise ValueError("a remote store needs both query and update URLs")
        return self

    def credentials(self) -> tuple[str, str] | None:
        """User and password, from the project file or the environment."""
        user = self.user or os.environ.get("ESSKG_STORE_USER")
        password = self.password or os.environ.get("ESSKG_STORE_PASSWORD")
        return (user, password) if user and password else None


class VersionSettings(_Section):
    """How long versions of the graph stay."""

    keep: int = Field(default=2, ge=1, le=1000)
    """How many can be queried and compared, the one in use included; what changed is told for all."""


class LlmSettings(_Section):
    """A language model that reads beside the rules. Its key stands in the environment only, as
    ``ESSKG_LLM_KEY``."""

    url: str = Field(pattern="^https?://[^@]+$")
    """Of the API: ``http://localhost:11434`` for Ollama, ``https://…/v1`` for what speaks as OpenAI does."""
    model: str = Field(min_length=1)
    """As the server calls it."""
    api: Literal["openai", "ollama"] = "openai"
    max_calls: int = Field(default=0, ge=0)
    """Calls that a run may make without being told to go on."""
    timeout: float = Field(default=120, gt=0, le=3600)
    """Seconds for one answer."""
    reliability: float | None = Field(default=None, gt=0, le=1)
    """How often its checked statements were right, where somebody has measured it; None keeps all of them
    below the asserted threshold."""

    def key(self) -> str | None:
        """What the server knows us by."""
        return os.environ.get("ESSKG_LLM_KEY") or None


class Settings(_Section):
    """What the project file says."""

    title: str | dict[str, str]
    """One for all languages, or one for each (BCP 47)."""
    base: str = DEFAULT_BASE
    languages: tuple[str, ...] = ("fr", "en")
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    """ISO 3166-1: where documents speak from when they don't say; None for no guess."""
    currency: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    """ISO 4217: what a bare currency sign means when nothing else tells; None for no guess."""
    thresholds: Thresholds = Thresholds()
    store: StoreSettings = StoreSettings()
    versions: VersionSettings = VersionSettings()
    llm: LlmSettings | None = None
    """None: no language model is asked."""

    def title_in(self, language: str) -> str:
        """The title in a language, else in the first that has one."""
        if isinstance(self.title, str):
            return self.title
        return self.title.get(language) or next(iter(self.title.values()))

    @model_validator(mode="after")
    def _has_a_title(self) -> Settings:
        if not self.title:
            raise ValueError("title must not be empty")
        return self

    @model_validator(mode="after")
    def _base_is_clean(self) -> Settings:
        if not self.base.startswith(("http://", "https://")) or self.base.endswith(("/", "#")):
            raise ValueError("base must be an http(s) IRI that ends in neither / nor #")
        return self


class ProjectFolder:
    """The places of a project and its settings."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root, self.settings = root, settings

    @property
    def documents(self) -> Path:
        """The documents that people gave, with their sidecars."""
        return self.root / "documents"

    @property
    def reference(self) -> Path:
        """The tables of known organisations, policies and events."""
        return self.root / "reference"

    @property
    def decisions(self) -> Path:
        """What people decided about identities and statements."""
        return self.root / "decisions"

    @property
    def ids(self) -> Path:
        """The table of published slugs."""
        return self.root / "ids.csv"

    @property
    def build(self) -> Path:
        """Everything that can be made again: readings, versions, lock."""
        return self.root / "build"


def read_project(root: Path) -> ProjectFolder:
    """The project in a folder.

    Raises ConfigError where the folder has no readable project file.
    """
    path = root / FILE
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"{root} is no esskg project: it has no {FILE}. Make one with: esskg init {root}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    try:
        return ProjectFolder(root, Settings.model_validate(content))
    except ValidationError as error:
        raise ConfigError(_in_words(path, error)) from error


def _in_words(path: Path, error: ValidationError) -> str:
    problems = (
        f"{'.'.join(map(str, problem['loc'])) or 'file'}: {problem['msg']}" for problem in error.errors()
    )
    return f"{path}: " + "; ".join(problems)


def find_project(start: Path) -> Path:
    """The nearest folder upwards that holds a project, or ``data`` below one of them.

    Raises ConfigError where there is none.
    """
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "data"):
            if (candidate / FILE).is_file():
                return candidate
    raise ConfigError(
        f"no {FILE} here or above {start}. Make a project with: esskg init DIR, "
        "or name one with: --project DIR"
    )
