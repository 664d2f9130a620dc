"""The identity card of each institution on a map: who it is, and what its parts did.

What a part did counts for its whole and is marked so: a faculty's memorandum is told with the
university, with the faculty's name. Only what reports call done rolls up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.analysis.identity import LANGUAGES, below, parts_of

Row = Mapping[str, Any]
Fact = dict[str, Any]
Facts = Mapping[str, list[Fact]]


def cards(
    names: Iterable[Row],
    kin: Iterable[Row],
    heads: Facts,
    deeds: Mapping[str, Facts],
    former: Mapping[str, tuple[str, ...]],
) -> dict[str, dict[str, Any]]:
    """Return what stands on the card of each institution, by its IRI.

    Parameters
    ----------
    names : iterable of mapping
        ``node``, ``name`` and ``tag``: a language, or ``address`` for one in a registry.
    kin : iterable of mapping
        ``part``, ``part_label``, ``whole``, ``whole_label``.
    heads : mapping of str to list of dict
        Who heads it, as facts.
    deeds : mapping of str to mapping
        ``agreements``, ``facilities`` and ``events`` of each institution, as facts.
    former : mapping of str to tuple of str
        Names of the past, by addresses in registries.

    Returns
    -------
    dict of str to dict
        ``names`` (a list of tag and names), ``former``, ``identifiers``, ``part_of`` and
        ``parts`` (name and IRI), ``heads`` and ``rolled``, each of these facts ``through`` a part.
    """
    links = list(kin)
    labels = {str(row[end]): str(row[f"{end}_label"]) for row in links for end in ("part", "whole")}
    above, parts = _kin(links, "part", "whole"), _kin(links, "whole", "part")
    all_parts = below(links)
    called = _called(names)
    found: dict[str, dict[str, Any]] = {}
    for node in {*called, *above, *parts, *heads}:
        known = called.get(node, {})
        addresses = sorted(known.get("address", ()))
        past = [name for address in addresses for name in former.get(address, ())]
        found[node] = {
            "names": _by_language(known, past),
            "former": list(dict.fromkeys(past)),
            "identifiers": addresses,
            "part_of": above.get(node, []),
            "parts": parts.get(node, []),
            "heads": heads.get(node, []),
            "rolled": list(_rolled(node, parts_of(node, all_parts), labels, deeds)),
        }
    return found


def _kin(links: Iterable[Row], here: str, there: str) -> dict[str, list[dict[str, str]]]:
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in links:
        found[str(row[here])][str(row[there])] = str(row[f"{there}_label"])
    return {
        node: [{"iri": iri, "name": name} for iri, name in others.items()]
        for node, others in found.items()
    }


def _called(names: Iterable[Row]) -> dict[str, dict[str, list[str]]]:
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in names:
        found[str(row["node"])][str(row.get("tag", ""))].append(str(row["name"]))
    return {node: dict(known) for node, known in found.items()}


def _by_language(known: Mapping[str, list[str]], past: Iterable[str]) -> list[dict[str, Any]]:
    """Return the names of each language; those of the past are told apart."""
    gone = set(past)
    order = [*LANGUAGES, *sorted(set(known) - {*LANGUAGES, "address"})]
    told = [(tag, [name for name in known.get(tag, ()) if name not in gone]) for tag in order]
    return [{"tag": tag, "names": names} for tag, names in told if names]


def _rolled(
    node: str, parts: Iterable[str], labels: Mapping[str, str], deeds: Mapping[str, Facts]
) -> Iterator[Fact]:
    """Yield what parts did and the institution itself did not, each deed once."""
    for kind, facts in deeds.items():
        told = {fact["fact"] for fact in facts.get(node, ())}
        for part in parts:
            for fact in facts.get(part, ()):
                if fact["fact"] not in told and fact["status"] != "planned":
                    told.add(fact["fact"])
                    yield {**fact, "kind": kind, "through": labels.get(part, part)}
