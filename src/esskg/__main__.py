"""``python -m esskg`` is the command line."""

from __future__ import annotations

from esskg.cli import main

main()
