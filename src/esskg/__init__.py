"""Documents about the social and solidarity economy in, a cited knowledge graph out."""

from __future__ import annotations

__version__ = "0.1.0"
