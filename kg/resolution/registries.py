"""Registries of others as institutions: ROR's data dump (schema 2) and Wikidata's JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.resolution.authority import ROR_ID, WIKIDATA_ID, Institution, read_table

_TONGUES = ("en", "ru", "kk", "zh")
# What Wikidata says an item is, and its countries; any other stays open.
_CLASSES = {
    "Q3918": "University", "Q875538": "University", "Q23002054": "University",
    "Q902104": "University", "Q31855": "ResearchInstitute", "Q192350": "GovernmentBody",
    "Q327333": "GovernmentBody", "Q3917681": "DiplomaticMission", "Q7843791": "DiplomaticMission",
    "Q245065": "InternationalOrganization", "Q783794": "Company",
}  # fmt: skip
_COUNTRIES = {
    "Q148": "CN", "Q232": "KZ", "Q159": "RU", "Q265": "UZ", "Q813": "KG", "Q863": "TJ",
    "Q874": "TM", "Q30": "US", "Q145": "GB", "Q183": "DE", "Q142": "FR", "Q17": "JP", "Q884": "KR",
    "Q43": "TR",
}  # fmt: skip


def read_registry(path: Path) -> list[Institution]:
    """Read a registry, whichever of the known forms it has.

    Parameters
    ----------
    path : Path
        ``.csv`` with the columns of the authority file; ``.json`` with ROR's data dump
        (schema 2) or Wikidata entities, as a list, one entity a line, or an API's answer.

    Raises
    ------
    UsageError
        If the file cannot be read or has none of these forms.
    """
    remedy = "give ROR's data dump (JSON, schema 2), Wikidata entities (JSON), or a CSV"
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.casefold() == ".csv":
            found = list(read_table(text, where=str(path)))
        else:
            found = [one for item in _items(text) if (one := _read(item)) is not None]
    except OSError as error:
        message = f"it cannot be read ({error.strerror})"
        raise UsageError(message, where=str(path), remedy=remedy) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"it is no registry ({type(error).__name__}: {error})"
        raise UsageError(message, where=str(path), remedy=remedy) from None
    if not found:
        raise UsageError("it holds no institutions", where=str(path), remedy=remedy)
    return found


def _items(text: str) -> Iterable[dict[str, Any]]:
    try:
        data = json.loads(text)
    except ValueError:  # one entity a line, as Wikidata's dump has them
        lines = (line.rstrip().rstrip(",") for line in text.splitlines())
        return [json.loads(line) for line in lines if line not in ("", "[", "]")]
    if isinstance(data, dict):
        entities = data.get("entities", data.get("items"))
        if isinstance(entities, dict):
            return list(entities.values())
        return entities if isinstance(entities, list) else [data]
    return list(data)


def _read(item: dict[str, Any]) -> Institution | None:
    if "claims" in item:
        return _wikidata(item)
    if isinstance(item.get("names"), list):
        return _ror(item)
    raise ValueError("an entry is neither of ROR's schema 2 nor of Wikidata")


def _ror(item: dict[str, Any]) -> Institution | None:
    names = list(item["names"])
    shown = next((one["value"] for one in names if "ror_display" in one["types"]), None)
    id = str(item["id"]).rpartition("/")[2]
    if not shown or not ROR_ID.fullmatch(id) or item.get("status") == "withdrawn":
        return None
    sites: list[dict[str, str]] = [one["geonames_details"] for one in item.get("locations", ())]
    site = sites[0] if sites else {}
    kinds = set(item.get("types", ()))
    return Institution(
        shown,
        {tag: tuple(_of_ror(names, tag, shown)) for tag in _TONGUES},
        tuple(one["value"] for one in names if "acronym" in one["types"]),
        kind=_ror_kind(kinds, shown),
        country=site.get("country_code"),
        city=site.get("name"),
        parent=next(
            (one["label"] for one in item.get("relationships", ()) if one["type"] == "parent"), None
        ),
        ror=id,
        wikidata=_external(item),
    )


def _of_ror(names: list[dict[str, Any]], tag: str, shown: str) -> Iterator[str]:
    for one in names:
        lang = one.get("lang") or "en"
        if lang == tag and one["value"] != shown and "acronym" not in one["types"]:
            yield one["value"]


def _ror_kind(kinds: set[str], name: str) -> str:
    if "education" in kinds:
        return (
            "School" if re.search(r"\b(?:school|lyceum)\b", name, re.IGNORECASE) else "University"
        )
    table = {"government": "GovernmentBody", "facility": "ResearchInstitute", "company": "Company"}
    return next((table[kind] for kind in sorted(kinds) if kind in table), "Organization")


def _external(item: dict[str, Any]) -> str | None:
    for one in item.get("external_ids", ()):
        if one["type"] == "wikidata":
            found = one.get("preferred") or next(iter(one["all"]), "")
            return found if WIKIDATA_ID.fullmatch(found) else None
    return None


def _wikidata(item: dict[str, Any]) -> Institution | None:
    labels = {tag: one["value"] for tag, one in item.get("labels", {}).items()}
    shown = labels.get("en") or next((labels[tag] for tag in _TONGUES if tag in labels), None)
    if shown is None or not WIKIDATA_ID.fullmatch(str(item["id"])):
        return None
    aliases = item.get("aliases", {})
    names = {
        tag: tuple(
            name
            for name in (labels.get(tag), *(one["value"] for one in aliases.get(tag, ())))
            if name and name != shown
        )
        for tag in _TONGUES
    }
    ror = next((one for one in _values(item, "P6782") if ROR_ID.fullmatch(str(one))), None)
    return Institution(
        shown,
        names,
        tuple(str(one["text"]) for one in _values(item, "P1813")),
        tuple(str(one["text"]) for one in _values(item, "P1448") if one["text"] != shown),
        next((_CLASSES[one] for one in _linked(item, "P31") if one in _CLASSES), "Organization"),
        next((_COUNTRIES[one] for one in _linked(item, "P17") if one in _COUNTRIES), None),
        ror=ror,
        wikidata=item["id"],
    )


def _values(item: dict[str, Any], name: str) -> Iterator[Any]:
    for claim in item["claims"].get(name, ()):
        value = claim.get("mainsnak", {}).get("datavalue", {}).get("value")
        if value is not None:
            yield value


def _linked(item: dict[str, Any], name: str) -> Iterator[str]:
    return (str(value["id"]) for value in _values(item, name))
