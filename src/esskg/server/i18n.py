"""The words of the pages, in French and English, and numbers and dates as each language writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, get_args

from babel import Locale
from babel.dates import format_date, format_datetime, get_month_names
from babel.numbers import format_currency, format_decimal, format_percent
from starlette.requests import HTTPConnection

from esskg.server.negotiate import languages
from esskg.vocab import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)


def preferred(request: HTTPConnection) -> Language:
    """The page language that a client likes best; English where it names none of ours."""
    accepted = languages(request.headers.get("accept-language"))
    return next((known for tag in accepted for known in LANGUAGES if tag == known), "en")


@cache
def messages(language: str) -> Messages:
    """The words of one language."""
    return Messages(language)


class Messages:
    """Looks up messages by dotted key, and formats numbers, amounts and dates."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        file = resources.files("esskg.server").joinpath("messages", f"{language}.toml")
        self.table = tomllib.loads(file.read_text("utf-8"))

    def __call__(self, key: str, **fields: Any) -> str:
        """The message with its fields filled in; where it has plural forms, ``count`` chooses.

        Raises KeyError for an unknown key.
        """
        message: Any = self.table
        for part in key.split("."):
            message = message[part]
        if isinstance(message, Mapping):
            message = message.get(self.locale.plural_form(fields["count"]), message["other"])
        shown = {name: self.number(value) if name == "count" else value for name, value in fields.items()}
        return str(message).format(**shown)

    def has(self, key: str) -> bool:
        """Whether there is a message of that key."""
        try:
            self(key, count=0)
        except (KeyError, TypeError):
            return False
        return True

    def section(self, name: str) -> dict[str, Any]:
        """All messages of a section, for browser code."""
        found: dict[str, Any] = self.table[name]
        return found

    def number(self, value: float) -> str:
        """A number with the language's separators."""
        return format_decimal(value, locale=self.locale)

    def figure(self, value: float) -> str:
        """A computed number: four digits that count of a small one, two decimals of a large one."""
        shown = round(value, 2) if abs(value) >= 100 else float(f"{value:.4g}")
        return format_decimal(shown, "#,##0.##########", self.locale)

    def percent(self, value: float) -> str:
        """A share of one as a percentage without decimals, rounded as the command line rounds confidence."""
        return format_percent(float(f"{value:.2f}"), locale=self.locale)

    def money(self, value: float, currency: str) -> str:
        """An amount of money, without cents where there are none."""
        pattern = None if value % 1 else self.locale.currency_formats["standard"].pattern.replace("0.00", "0")
        return format_currency(value, currency, pattern, self.locale, currency_digits=bool(value % 1))

    def period(self, edtf: str) -> str:
        """A date of any precision, or an interval, in words; left as it is where it isn't understood."""
        start, _, end = edtf.partition("/")
        if not end:
            return self._date(start)
        return f"{self._date(start)} – {self._date(end)}" if end != ".." else f"{self._date(start)} –"

    def _date(self, text: str) -> str:
        try:
            match [int(part) for part in text[:10].split("-")]:
                case [year, month, day]:
                    return format_date(datetime(year, month, day), "long", self.locale)
                case [year, month]:
                    return f"{get_month_names(locale=self.locale)[month]} {year}"
                case _:
                    return text
        except (ValueError, KeyError):
            return text

    def country(self, code: str) -> str:
        """The name of a country by its ISO 3166-1 code."""
        return str(self.locale.territories.get(code, code))

    def tongue(self, code: str) -> str:
        """The name of a language by its BCP 47 code."""
        return str(self.locale.languages.get(code.partition("-")[0], code))

    def moment(self, value: str) -> str:
        """A date with its time, both given as ISO 8601, in UTC."""
        return format_datetime(datetime.fromisoformat(value), "medium", locale=self.locale) + " UTC"
