"""What a relation may join: the domain and range of each type, and other laws that hold for any text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from esskg.extract.relations.candidates import Candidate
from esskg.extract.relations.typed import CLASSES
from esskg.model import DATED_RELATIONS, RelationType

_ORG, _AGENT = CLASSES["org"], CLASSES["agent"]
_PERSON, _EVENT = CLASSES["person"], CLASSES["event"]
_POLICY, _PLACE = CLASSES["policy"], CLASSES["place"]

ENDS: Mapping[RelationType, tuple[str, str]] = MappingProxyType(
    {
        RelationType.FINANCES: (_AGENT, _ORG + _EVENT + _POLICY + _PLACE),
        RelationType.ORGANIZES: (_AGENT, _EVENT),
        RelationType.PARTICIPATES_IN: (_AGENT, _EVENT),
        RelationType.PARTNERS_WITH: (_ORG, _ORG),
        RelationType.MEMBER_OF: (_AGENT, _ORG),
        RelationType.HAS_ROLE: (_PERSON, _ORG),
        RelationType.SUB_ORGANIZATION_OF: (_ORG, _ORG),
        RelationType.FOUNDED: (_AGENT, _ORG + _POLICY),
        RelationType.MERGED_INTO: (_ORG, _ORG),
        RelationType.ADOPTS: (_ORG, _POLICY),
        RelationType.IMPLEMENTS: (_ORG, _POLICY),
        RelationType.SUPPORTS: (_AGENT, _ORG + _POLICY + _EVENT),
        RelationType.LOCATED_IN: (_ORG + _EVENT + _PLACE, _PLACE),
        RelationType.FOUNDED_IN: (_ORG + _POLICY, ""),
        RelationType.HELD_ON: (_EVENT, ""),
        RelationType.ADOPTED_ON: (_POLICY, ""),
    }
)
"""For each type, the codes of typed text that its subject and its object may have."""

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:/\d{4}(?:-\d{2}(?:-\d{2})?)?)?")


def stands(candidate: Candidate) -> bool:
    """Whether a candidate breaks no law: types fit, ends differ, a dated type has a date."""
    subjects, objects = ENDS[candidate.relation]
    if candidate.subject.code not in subjects:
        return False
    if candidate.relation in DATED_RELATIONS:
        return _dated(candidate)
    if candidate.object is None or candidate.object.code not in objects:
        return False
    return candidate.subject.entity is not None and candidate.subject.entity is not candidate.object.entity


def _dated(candidate: Candidate) -> bool:
    """A founding or adoption is a point in time; only events last."""
    if candidate.date is None or not _DATE.fullmatch(candidate.date):
        return False
    return candidate.relation is RelationType.HELD_ON or "/" not in candidate.date
