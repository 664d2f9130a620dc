"""What resolution gives: one entry per real-world thing, and where each was named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.resolution.authority import Institution


@dataclass(frozen=True, slots=True)
class ResolvedEntity:
    """One real person, organization, facility or place.

    Parameters
    ----------
    key : str
        Stable local name of its IRI (``org-x-3fa2c1d0``, ``person-p-7f3a2c91``, ``place-cn``).
    type : str
        An entity type of the annotation guide.
    name : str
        The fullest name found.
    aliases : tuple of str
        Every other name found, sorted.
    members : tuple of (document key, entity id)
        The record entries that were joined, sorted.
    country : str or None
        ISO 3166-1 alpha-2 code, where the texts, or the name itself, make it plain.
    country_stated : bool
        Whether a text states the country, or it is inferred from the name or the authority file.
    reasons : tuple of str
        Why the members are the same, in sentences that can be printed.
    institution : Institution or None
        What the authority file knows of it.
    """

    key: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    country: str | None = None
    country_stated: bool = False
    reasons: tuple[str, ...] = ()
    institution: Institution | None = None


@dataclass(frozen=True, slots=True)
class ResolvedEvent:
    """One real event, with the record entries that tell of it."""

    key: str
    type: str
    name: str | None
    date: str | None
    members: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The result of resolving a set of records.

    ``keys`` maps ``(document key, local id)`` of every entity and event to the key of the
    thing that it is.
    """

    entities: Mapping[str, ResolvedEntity] = field(default_factory=dict)
    events: Mapping[str, ResolvedEvent] = field(default_factory=dict)
    keys: Mapping[tuple[str, str], str] = field(default_factory=dict)
