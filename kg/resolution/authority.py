"""The authority file: known institutions under all their names, and registries of a user's own.

It helps resolution and is not its answer: a name that it knows is joined with the other names
of the same institution, two institutions that it knows are never joined, and everything that
it does not know is resolved as without it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from kg.errors import UsageError
from kg.extraction.record import ENTITY_TYPES
from kg.resolution.names.acronyms import is_acronym
from kg.resolution.names.organizations import organization_name
from kg.resolution.names.spelling import fold

COLUMNS = (
    "name", "en", "ru", "kk", "zh", "acronyms", "former", "kind", "country", "city", "parent",
    "ror", "wikidata",
)  # fmt: skip
ROR_ID = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}")
WIKIDATA_ID = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Institution:
    """One institution of an authority file.

    Parameters
    ----------
    name : str
        The preferred name, in English where there is one.
    names : mapping of str to tuple of str
        Other names by language tag.
    acronyms, former : tuple of str
        Acronyms, and names of the past.
    kind : str
        An entity type; ``Organization`` where nothing closer is known.
    country : str or None
        ISO 3166-1 alpha-2 code.
    city, parent : str or None
        Where it is, and the name of the body above it.
    ror, wikidata : str or None
        Identifiers: ``02v51f717``, ``Q16952``.
    """

    name: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    acronyms: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    kind: str = "Organization"
    country: str | None = None
    city: str | None = None
    parent: str | None = None
    ror: str | None = None
    wikidata: str | None = None

    @property
    def id(self) -> str:
        """What tells it from all others: an identifier, or its name and country."""
        return self.ror or self.wikidata or f"{fold(self.name)} {self.country or ''}"

    def all_names(self) -> Iterator[str]:
        """Yield every name but acronyms."""
        yield self.name
        for names in self.names.values():
            yield from names
        yield from self.former

    def addresses(self) -> Iterator[str]:
        """Yield the addresses under which registries describe it."""
        if self.ror:
            yield f"https://ror.org/{self.ror}"
        if self.wikidata:
            yield f"http://www.wikidata.org/entity/{self.wikidata}"


@dataclass(frozen=True, slots=True)
class Authority:
    """Institutions, ready to be asked for by name."""

    by_name: Mapping[str, tuple[Institution, ...]] = field(default_factory=dict)
    by_acronym: Mapping[str, tuple[Institution, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, institutions: Iterable[Institution]) -> Authority:
        """Index institutions; of several with one identifier the last counts."""
        names: defaultdict[str, dict[str, Institution]] = defaultdict(dict)
        acronyms: defaultdict[str, dict[str, Institution]] = defaultdict(dict)
        for one in {one.id: one for one in institutions}.values():
            for name in one.all_names():
                names[organization_name(name).key][one.id] = one
            for acronym in one.acronyms:
                acronyms[fold(acronym)][one.id] = one
        return cls(
            {key: tuple(found.values()) for key, found in names.items()},
            {key: tuple(found.values()) for key, found in acronyms.items()},
        )

    def find(self, name: str, country: str | None) -> Institution | None:
        """Return the one institution that a name means.

        Parameters
        ----------
        name : str
            A name as a report has it.
        country : str or None
            The country that the report makes plain.

        Returns
        -------
        Institution or None
            None if no institution or several have the name. A name that many bear, and an
            acronym, need the country.
        """
        parsed = organization_name(name)
        country = parsed.country or country
        acronym = is_acronym(name)
        found = self.by_acronym.get(fold(name), ()) if acronym else self.by_name.get(parsed.key, ())
        if acronym or parsed.generic:
            found = tuple(one for one in found if country and one.country == country)
        else:
            found = tuple(
                one for one in found if None in (country, one.country) or one.country == country
            )
        return found[0] if len(found) == 1 else None


@cache
def shipped() -> tuple[Institution, ...]:
    """Return the institutions of the package's own authority file."""
    text = (files("kg.resolution") / "data" / "authority.csv").read_text(encoding="utf-8")
    return tuple(read_table(text, where="authority.csv"))


def read_folder(folder: Path) -> tuple[Institution, ...]:
    """Return the institutions of the registries that were imported into a folder."""
    return tuple(
        one
        for path in sorted(folder.glob("*.csv"))
        for one in read_table(path.read_text(encoding="utf-8"), where=str(path))
    )


def read_table(text: str, *, where: str) -> Iterator[Institution]:
    """Yield the institutions of a CSV table; lines that begin with ``#`` are comments.

    Raises
    ------
    UsageError
        If it has no column ``name``, or a kind or country that there is not.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    rows = csv.DictReader(lines)
    if "name" not in (rows.fieldnames or ()):
        remedy = f"begin it with a line of columns: {', '.join(COLUMNS)}"
        raise UsageError("the table has no column “name”", where=where, remedy=remedy)
    for row in rows:
        one = {column: (row.get(column) or "").strip() for column in COLUMNS}
        if one["name"]:
            yield _institution(one, where)


def write_table(institutions: Iterable[Institution]) -> str:
    """Return institutions as the CSV table that `read_table` reads."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in institutions:
        rows.writerow([
            one.name, *("|".join(one.names.get(tag, ())) for tag in ("en", "ru", "kk", "zh")),
            "|".join(one.acronyms), "|".join(one.former), one.kind, one.country or "",
            one.city or "", one.parent or "", one.ror or "", one.wikidata or "",
        ])  # fmt: skip
    return out.getvalue()


def _institution(row: Mapping[str, str], where: str) -> Institution:
    kind, country = row["kind"] or "Organization", row["country"].upper()
    if kind not in ENTITY_TYPES:
        remedy = f"use one of {', '.join(ENTITY_TYPES)}"
        raise UsageError(
            f"“{row['name']}” has an unknown kind {kind!r}", where=where, remedy=remedy
        )
    if country and not (len(country) == 2 and country.isalpha()):
        remedy = "use a code of ISO 3166, such as KZ"
        raise UsageError(f"“{row['name']}” has a country {country!r}", where=where, remedy=remedy)
    ror = row["ror"].removeprefix("https://ror.org/")
    for id, form in ((ror, ROR_ID), (row["wikidata"], WIKIDATA_ID)):
        if id and not form.fullmatch(id):
            remedy = "ROR's look like 02v51f717, Wikidata's like Q16952"
            message = f"“{row['name']}” has an identifier {id!r}"
            raise UsageError(message, where=where, remedy=remedy)
    names = {tag: _several(row[tag]) for tag in ("en", "ru", "kk", "zh") if row[tag]}
    return Institution(
        row["name"], names, _several(row["acronyms"]), _several(row["former"]), kind,
        country or None, row["city"] or None, row["parent"] or None,
        ror or None, row["wikidata"] or None,
    )  # fmt: skip


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))
