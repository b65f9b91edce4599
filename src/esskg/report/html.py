"""A report as one HTML page that works offline and on paper."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from esskg.report.content import Content, Facts, Paragraph, Picture, Rows


def to_html(content: Content) -> bytes:
    """The page, UTF-8."""
    return _environment().get_template("report.html").render(it=content).encode()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("esskg.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.tests |= {
        name: (lambda block, kind=kind: isinstance(block, kind))
        for name, kind in (("facts", Facts), ("paragraph", Paragraph), ("picture", Picture), ("rows", Rows))
    }
    made.filters["inline"] = inline
    return made


def inline(picture: Picture) -> Markup:
    """The SVG element of a picture of our own, with ids that no other on the page has."""
    text = picture.svg.decode()
    text = text[text.index("<svg") :]
    text = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{picture.name}-", text)
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    label = Markup('role="img" aria-labelledby="{0}-alt" ').format(picture.name)
    title = Markup('<title id="{0}-alt">{1}</title>').format(picture.name, picture.alt)
    start, rest = text.split(">", 1)
    return Markup(f"{start.replace('<svg ', f'<svg {label}', 1)}>{title}{rest}")
