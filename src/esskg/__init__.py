"""Documents about the social and solidarity economy in, a cited knowledge graph out.

import esskg
kg = esskg.open("data")
kg.query("who-finances-whom").to_pandas()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["EsskgError", "Project", "__version__", "init", "open"]

if TYPE_CHECKING:
    from esskg.errors import EsskgError
    from esskg.project import Project, init
    from esskg.project import open_project as open

_PLACES = {
    "EsskgError": ("esskg.errors", "EsskgError"),
    "Project": ("esskg.project", "Project"),
    "init": ("esskg.project", "init"),
    "open": ("esskg.project", "open_project"),
}


def __getattr__(name: str) -> Any:
    """The public names, imported when first used so that the command line starts at once."""
    if name not in _PLACES:
        raise AttributeError(f"module 'esskg' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _PLACES[name]
    return getattr(import_module(module), attribute)
