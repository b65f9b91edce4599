"""A small reference folder that keeps every rule, to break one at a time."""

from pathlib import Path

import pytest

from esskg import shipped
from esskg.reference import Reference, load

TABLES = {
    "organizations.csv": """\
key,type,subtype,name_fr,name_en,name_es,aliases,country,region,city,parent,founded,website,wikidata,source,note
ville,PublicBody,municipality,Ville de Montréal,City of Montréal,,City of Montreal,CA,CA-QC,Montréal,,1642,,,https://e.org,
service,PublicBody,,Service de l'économie,,,SDE|le Service,CA,CA-QC,,ville,,,Q42,https://e.org|https://f.org,
""",
    "policies.csv": """\
key,type,name_fr,name_en,name_es,aliases,adopted,adopter,period,website,source
plan,action-plan,Plan d'action,,,PA 2020,2020-11-30,ville,2020-2025,,https://e.org
""",
    "events.csv": """\
key,type,name_fr,name_en,name_es,aliases,start,end,place,organizers,source
forum,forum,Forum mondial,,,,2023-10-02,2023-10-03,Montréal,ville|service,https://e.org
""",
    "vocabularies.csv": """\
scheme,notation,label_fr,label_en,label_es,broader,exact_match,source
event-kind,forum,Forum,Forum,Foro,,,own
role-kind,member,Membre,Member,Miembro,,,own
role-kind,chair,Présidence,Chair,Presidencia,member,,own
""",
    "memberships.csv": """\
member,organization,role,since,source
service,ville,member,2001,https://e.org
service,ville,chair,2010,https://f.org
""",
    "ambiguous.csv": """\
alias,keys
SE,ville|service
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in TABLES.items():
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load(shipped.folder("reference"))
