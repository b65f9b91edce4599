"""Servers of the sample project, and a client of the one that most tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import serving

from esskg.server.limits import Limits


@pytest.fixture(scope="session")
def project_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    serving.publish(root, serving.knowledge())
    header = "slug,type,name,document,sha256,start,end,replaced_by\n"
    row = "fonds-disparu,Network,Fonds disparu,rives-fr,0123456789abcdef,0,5,\n"
    (root / "ids.csv").write_text(header + row, "utf-8")
    return root


@pytest.fixture(scope="session")
def site(project_root: Path) -> Iterator[str]:
    """The address of a server of the sample project."""
    with serving.served(project_root, Limits(timeout=10)) as address:
        yield address


@pytest.fixture(scope="session")
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site, timeout=30) as opened:
        yield opened
