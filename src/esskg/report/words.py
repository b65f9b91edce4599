"""The words of reports in both languages, and numbers, money and dates as each language writes them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from babel import Locale
from babel.numbers import format_currency, format_decimal, format_percent

from esskg.vocab import Language


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("esskg.report").joinpath("words.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Words:
    """Speaks one language."""

    language: Language

    def __call__(self, key: str, **fields: Any) -> str:
        """The words of a key with their fields filled in. Raises KeyError for an unknown one."""
        return str(_table()[self.language][key]).format(**fields)

    def number(self, value: float) -> str:
        """A number: four digits that count of a small one, whole beyond a hundred."""
        shown = round(value) if abs(value) >= 100 else float(f"{value:.4g}")
        return str(format_decimal(shown, "#,##0.######", self.language))

    def percent(self, value: float) -> str:
        """A share of one as a percentage without decimals."""
        return str(format_percent(value, locale=self.language))

    def money(self, value: float, currency: str, qualifier: str = "exact") -> str:
        """An amount, whole, with how it is meant; XXX stands for a currency that isn't said."""
        if currency in {"", "XXX"}:
            amount = self("no_currency", amount=self.number(value))
        else:
            cents = round(value % 1, 2) > 0
            standard = Locale.parse(self.language).currency_formats["standard"].pattern
            pattern = standard if cents else standard.replace("0.00", "0")
            amount = format_currency(value, currency, pattern, self.language, currency_digits=cents)
        return self(f"qualifier_{qualifier}", amount=amount)
