"""Builds the browser code before a wheel is made, so that an installed wheel needs no Node.js."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MANIFEST = Path("src/esskg/server/static/dist/manifest.json")


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs the front end's one build step where its result isn't there yet."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the browser code, except for an editable install, where `make frontend` does."""
        root = Path(self.root)
        if version == "editable" or (root / MANIFEST).is_file():
            return
        script = root / "scripts" / "build_frontend.sh"
        subprocess.run(["sh", str(script), str(Path(sys.executable).parent)], cwd=root, check=True)
