"""Characters: the canonical form that offsets count in, and a same-length form that rules match on."""

from __future__ import annotations

import unicodedata

_LINE_ENDS = str.maketrans(dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"))

_VARIANTS = {
    "'": "’‘‛ʼʹ′´`＇",
    '"': "“”„‟«»″＂",
    "-": "‐‑‒–—―−﹣－",
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "·": "‧⋅∙•・",
    # Patterns that ignore case take these for their plain letters; tables of words have only those.
    "i": "ı",
    "I": "İ",
    "s": "ſ",
}
_SAME_LENGTH = str.maketrans({variant: plain for plain, all_ in _VARIANTS.items() for variant in all_})


def canonical(text: str) -> str:
    """The text in NFC with LF line ends; the form that every offset counts in."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_LINE_ENDS)


def same_length(text: str) -> str:
    """The text with typographic apostrophes, quotes, dashes, middle dots and spaces made plain.

    One character becomes one character, so an offset into the result is an offset into the text.
    Line ends stay: in a hard-wrapped paragraph a rule has to accept ``\\n`` where it accepts a space.
    """
    return text.translate(_SAME_LENGTH)
