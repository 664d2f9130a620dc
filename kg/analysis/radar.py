"""What changed since a date: ties that appear, ties that grow quiet, posts that change hands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import permutations
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pandas as pd

from kg.analysis.facts import Fact, Facts, Statement
from kg.analysis.projections import project
from kg.graph.sightings import Sighting, seats

STRONG = 0.2
"""Strength from which a tie that grows quiet is told: two meetings of two, or half a paper."""

COLUMNS = ("date", "change", "who", "other", "strength", "what", "quote", "report", "source")
_PARTNERS = frozenset({"agreement", "facility"})
_ATOM = "http://www.w3.org/2005/Atom"


def radar(
    facts: Facts, held: Iterable[Sighting], since: date, *, strong: float = STRONG
) -> pd.DataFrame:
    """Return what changed on a day or after it, the newest first.

    Parameters
    ----------
    facts : Facts
        All facts of a graph; those that nothing dates change nothing.
    held : iterable of Sighting
        The posts as dated reports show them (`kg.graph.sightings.sightings`).
    since : datetime.date
        The day.
    strong : float
        How strong a tie was on that day at least, to be told when it grows quiet.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`. ``change`` is ``new partners`` (a paper or a facility), ``first met`` (no more
        than events, so that nobody takes a common hall for a partnership), ``grown quiet`` (no
        fact since; ``date`` is that of the last one) or ``post changed hands``; ``strength`` is
        that of the tie now, or of a quiet one on the day before.
    """
    rows = [*_new(facts, since), *_quiet(facts, since, strong), *_hands(facts, held, since)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.sort_values(
        ["date", "change", "who", "other"], ascending=[False, True, True, True], ignore_index=True
    )


def _new(facts: Facts, since: date) -> Iterator[tuple[Any, ...]]:
    known = {fact.iri: fact for fact in facts.facts}
    network = project(facts)
    for one, other, data in network.edges(data=True):
        if data["first"] and data["first"] >= since.isoformat():
            change = "new partners" if _PARTNERS & set(data["kinds"]) else "first met"
            mine = [known[iri] for iri in data["facts"]]
            fact = min(mine, key=lambda each: (each.span or (date.max,))[0])
            yield _row(facts, network, data["first"], change, (one, other), data["weight"], fact)


def _quiet(facts: Facts, since: date, strong: float) -> Iterator[tuple[Any, ...]]:
    known = {fact.iri: fact for fact in facts.facts}
    day_before = since - timedelta(days=1)
    before = project(facts.where(until=day_before), today=day_before)
    after = project(facts.where(since=since))
    for one, other, data in before.edges(data=True):
        if data["weight"] >= strong and not after.has_edge(one, other):
            mine = [known[iri] for iri in data["facts"]]
            fact = max(mine, key=lambda each: (each.span or (date.min, date.min))[1])
            ends = (one, other)
            yield _row(facts, before, data["last"], "grown quiet", ends, data["weight"], fact)


def _hands(facts: Facts, held: Iterable[Sighting], since: date) -> Iterator[tuple[Any, ...]]:
    known = {fact.iri: fact for fact in facts.facts}
    for holders in seats(held).values():
        for before, after in permutations(holders, 2):
            between = any(before.last < one.first < after.first for one in holders)
            if before.person == after.person or between:
                continue
            if before.last < after.first and after.first >= since:
                what = f"{after.post} of {after.body_name}"
                told = _told(known.get(after.tenure))
                day = after.first.isoformat()
                change = "post changed hands"
                yield (day, change, after.name, before.name, None, what, *_cited(facts, told))


def _row(  # noqa: PLR0913, PLR0917 - the cells of a row
    facts: Facts, network: nx.Graph, day: str, change: str, ends: tuple[str, str], weight: float,
    fact: Fact,
) -> tuple[Any, ...]:  # fmt: skip
    one, other = sorted(str(network.nodes[end]["label"]) for end in ends)
    told = _told(fact, ends)
    return (day, change, one, other, round(weight, 3), fact.label, *_cited(facts, told))


def _told(fact: Fact | None, ends: Sequence[str] = ()) -> Statement | None:
    """Return the surest statement of a fact, of the parts of these ends if they are given."""
    if fact is None:
        return None
    found = [one for end in ends or fact.members for one in fact.members.get(end, ())]
    return max(found, key=lambda one: (one.confidence, one.quote), default=None)


def _cited(facts: Facts, told: Statement | None) -> tuple[str, str, str]:
    if told is None:
        return "", "", ""
    report = facts.reports.get(told.document, {})
    return told.quote, report.get("title", ""), report.get("address", "")


def atom(changes: pd.DataFrame, feed: str, updated: str) -> str:
    """Return changes as an Atom feed (RFC 4287).

    Parameters
    ----------
    changes : pandas.DataFrame
        What `radar` gives.
    feed : str
        The feed's own address, under which its entries have theirs.
    updated : str
        When the graph was told of last: ISO 8601 day.
    """
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", feed)
    _add(root, "title", "What changed between institutions")
    _add(root, "updated", f"{updated}T00:00:00Z")
    _add(_add(root, "author", ""), "name", "Silkgraph")
    for row in changes.to_dict("records"):
        entry = _add(root, "entry", "")
        title = f"{row['change']}: {row['who']}, {row['other']}"
        key = "|".join(str(row[name]) for name in ("change", "who", "other", "date", "what"))
        _add(entry, "id", f"{feed}/{hashlib.sha256(key.encode()).hexdigest()[:16]}")
        _add(entry, "title", title)
        _add(entry, "updated", f"{row['date']}T00:00:00Z")
        _add(entry, "content", f"{row['what']}. “{row['quote']}” {row['report']}", type="text")
        if str(row["source"]).startswith(("http://", "https://")):
            _add(entry, "link", "", rel="alternate", href=str(row["source"]))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _add(parent: ElementTree.Element, name: str, text: str, **said: str) -> ElementTree.Element:
    one = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", said)
    one.text = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t") or None
    return one
