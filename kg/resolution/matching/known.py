"""Institutions that the authority file knows: joined under all their names, and told apart."""

from __future__ import annotations

from collections import defaultdict

from kg.resolution.authority import Authority, Institution
from kg.resolution.clusters import Clusters
from kg.resolution.matching.organizations import Organizations, jurisdiction
from kg.resolution.names.acronyms import is_acronym
from kg.resolution.names.organizations import OrganizationName, organization_name
from kg.resolution.names.spelling import skeleton
from kg.resolution.scenes import Handle


def match_known(
    known: Organizations, authority: Authority, clusters: Clusters
) -> dict[Handle, Institution]:
    """Join entries that name one institution of the authority file; return which it is."""
    found: defaultdict[str, list[Handle]] = defaultdict(list)
    institutions: dict[Handle, Institution] = {}
    for handle in known.names:
        if handle in known.kinds or known.dependent(handle):
            continue
        one = _institution(known, authority, handle)
        if one is not None:
            institutions[handle] = one
            found[one.id].append(handle)
    for id, handles in sorted(found.items()):
        name = institutions[handles[0]].name
        clusters.join_all(handles, f"both are names of {name} in the authority file")
        clusters.name(handles, id)
    return institutions


def _institution(known: Organizations, authority: Authority, handle: Handle) -> Institution | None:
    """Return what an entry's name means, or else its aliases, if they agree."""
    entity = known.entity(handle)
    label = jurisdiction(known, handle)
    country = known.country(handle)
    if country is None and isinstance(label, str) and len(label) == 2:
        country = label
    one = authority.find(known.glossary.expanded(entity.name), country)
    if one is not None:
        return one
    others = {
        found.id: found
        for alias in entity.aliases
        if (found := authority.find(alias, country)) is not None
        and not (is_acronym(alias) and _is_namesake(known.names[handle], found))
    }
    return next(iter(others.values())) if len(others) == 1 else None


def _is_namesake(name: OrganizationName, institution: Institution) -> bool:
    """Whether a full name shares no word that singles one out with any name of an institution.

    Then an acronym that both have is a chance: "Alder Normal University" and "Amber Normal
    University" are ANU.
    """
    own = set(map(skeleton, name.distinctive))
    others = {
        skeleton(token)
        for one in institution.all_names()
        for token in organization_name(one).distinctive
    }
    return bool(own) and own.isdisjoint(others)
