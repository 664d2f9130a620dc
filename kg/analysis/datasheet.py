"""A graph described for those who will use or cite it: Markdown for people, DCAT for catalogues.

The questions are those of Gebru et al., Datasheets for Datasets (Communications of the ACM 64,
86-92, 2021). Every figure is counted in the graph; what nobody measured is said to be unknown.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.graph.basis import CO_ATTENDANCE, PARTNERSHIP
from kg.graph.export import sorted_quads
from kg.graph.overview import figures
from kg.graph.vocabulary import ONTOLOGY_IRI, VOCABULARIES

if TYPE_CHECKING:
    import pandas as pd

    from kg.graph.store import Graph

_GAPS = {
    "events without a day of a known year": """
      ?fact a coop:Event FILTER NOT EXISTS { ?fact coop:occursAt/coop:earliest ?day }""",
    "events without a place": """
      ?fact a coop:Event FILTER NOT EXISTS { ?fact coop:takesPlaceIn ?place }""",
    "agreements without a date": """
      ?fact a coop:Agreement
      FILTER NOT EXISTS { ?fact coop:signedAt?/coop:occursAt/coop:earliest ?day }""",
    "organizations of unknown country": """
      ?fact a/rdfs:subClassOf* org:Organization FILTER NOT EXISTS { ?fact coop:country ?any }""",
    "people without a post": """
      ?fact a foaf:Person FILTER NOT EXISTS { ?tenure org:member ?fact }""",
    "reports without a full date of publication": """
      ?fact a coop:SourceDocument FILTER NOT EXISTS { ?fact dcterms:issued ?day }""",
    "ties that rest on one report": "?fact a coop:CooperationTie ; coop:reports 1",
}
_ALL = {
    "events": "?fact a coop:Event",
    "agreements": "?fact a coop:Agreement",
    "organizations": "?fact a/rdfs:subClassOf* org:Organization",
    "people": "?fact a foaf:Person",
    "reports": "?fact a coop:SourceDocument",
    "ties": "?fact a coop:CooperationTie",
}
_REPORTS = """
SELECT ?document ?address ?language ?day ?extractor {
  ?document a coop:SourceDocument .
  OPTIONAL { ?document dcterms:source ?stated } OPTIONAL { ?document coop:address ?read }
  OPTIONAL { ?document dcterms:language ?language }
  OPTIONAL { ?document dcterms:issued|dcterms:date ?day }
  OPTIONAL { ?document coop:extractorVersion ?extractor }
  BIND(STR(COALESCE(?stated, ?read)) AS ?address)
}"""
_SURE = """
SELECT ?factuality (COUNT(?evidence) AS ?n) (AVG(?confidence) AS ?mean) {
  ?evidence a coop:Evidence ; coop:factuality ?what ; coop:confidence ?confidence .
  BIND(STRAFTER(STR(?what), "factuality/") AS ?factuality)
} GROUP BY ?factuality ORDER BY DESC(?n)"""


@dataclass(frozen=True, slots=True)
class Datasheet:
    """What there is to say about a graph.

    Parameters
    ----------
    title, licence, creator : str
        As its maker gives them; empty if not given.
    version : str
        SHA-256 over all quads in order, in hexadecimal digits: the same graph, the same version.
    base : str
        Address under which its nodes stand.
    counts : pandas.DataFrame
        ``group``, ``kind`` and ``figure`` (`Graph.stats`).
    reports : pandas.DataFrame
        ``source`` (host of the address), ``reports``, ``first`` and ``last``, by source.
    languages, extractors : tuple of str
        Of the reports, and what read them.
    confidences : pandas.DataFrame
        ``factuality``, ``evidence`` (how many sentences say so) and ``mean`` confidence.
    gaps : pandas.DataFrame
        ``gap``, ``number`` and ``of``, how many there are in all.
    problems : tuple of int, optional
        Violations of the shapes, and warnings; None if they were not checked.
    """

    title: str
    licence: str
    creator: str
    version: str
    base: str
    counts: pd.DataFrame
    reports: pd.DataFrame
    languages: tuple[str, ...]
    extractors: tuple[str, ...]
    confidences: pd.DataFrame
    gaps: pd.DataFrame
    problems: tuple[int, int] | None = None

    @property
    def period(self) -> str:
        """From when to when its facts are dated; empty if none is."""
        dates = self.counts[self.counts["group"] == "dates"].set_index("kind")["figure"]
        known = {"first", "last"} <= set(dates.index)
        return f"{dates['first']} to {dates['last']}" if known else ""

    @property
    def triples(self) -> int:
        """How many different triples it holds."""
        return int(self.counts.loc[self.counts["group"] == "triples", "figure"].iloc[0])

    def citation(self) -> str:
        """Return how to cite just this state of the graph."""
        who = f"{self.creator}. " if self.creator else ""
        version = f"version sha256:{self.version[:16]}"
        return f"{who}{self.title}. Knowledge graph, {version}. {self.base}"

    def markdown(self) -> str:
        """Return the datasheet for people."""
        return "\n\n".join(_sections(self)) + "\n"

    def dcat(self) -> str:
        """Return the datasheet as Turtle: a dcat:Dataset that is a void:Dataset as well."""
        return _described(self)

    def _repr_markdown_(self) -> str:
        return self.markdown()


def datasheet(
    graph: Graph,
    *,
    title: str = "A knowledge graph of institutional cooperation",
    licence: str = "",
    creator: str = "",
    validate: bool = False,
) -> Datasheet:
    """Describe a graph.

    Parameters
    ----------
    graph : Graph
        The graph.
    title, licence, creator : str
        Its name; the address of the licence under which it is given away; who made it.
    validate : bool
        Whether to check it against the shapes of the ontology, which takes its time.
    """
    import pandas as pd  # noqa: PLC0415 - loads slowly

    told = graph.query(_REPORTS).fillna("")
    found = graph.validate() if validate else []
    broken = sum(result.severity == "Violation" for result in found)
    sure = graph.query(_SURE).rename(columns={"n": "evidence"})
    return Datasheet(
        title=title,
        licence=licence,
        creator=creator,
        version=_version(graph),
        base=graph.base,
        counts=figures(graph),
        reports=_sources(told),
        languages=tuple(sorted(set(told["language"]) - {""})) if len(told) else (),
        extractors=tuple(sorted(set(told["extractor"]) - {""})) if len(told) else (),
        confidences=sure,
        gaps=pd.DataFrame(_gaps(graph), columns=["gap", "number", "of"]),
        problems=(broken, len(found) - broken) if validate else None,
    )


def _version(graph: Graph) -> str:
    digest = hashlib.sha256()
    for quad in sorted_quads(graph.store):
        digest.update(f"{quad}\n".encode())
    return digest.hexdigest()


def _sources(told: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - loads slowly

    hosts: dict[str, list[str]] = {}
    each = told.drop_duplicates("document") if len(told) else told
    for address, day in each[["address", "day"]].itertuples(index=False):
        host = _host(str(address))
        hosts.setdefault(host, []).append(str(day))
    rows = []
    for host, days in hosts.items():
        known = sorted(day for day in days if day)
        rows.append((host, len(days), known[0] if known else "", known[-1] if known else ""))
    rows.sort(key=lambda row: (-row[1], row[0]))
    return pd.DataFrame(rows, columns=["source", "reports", "first", "last"])


def _host(address: str) -> str:
    """Return the host of an address; reports without a well-formed one are local files."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        host = ""
    return host if _HOST.fullmatch(host) else "local files"


_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def _gaps(graph: Graph) -> Iterable[tuple[str, int, int]]:
    totals = {name: _count(graph, pattern) for name, pattern in _ALL.items()}
    for gap, pattern in _GAPS.items():
        yield gap, _count(graph, pattern), totals[gap.partition(" ")[0]]


def _count(graph: Graph, pattern: str) -> int:
    ((number,),) = graph.rows(f"SELECT (COUNT(DISTINCT ?fact) AS ?n) {{ {pattern} }}")
    return int(number)


# ---------- Markdown ----------


def _sections(sheet: Datasheet) -> Iterable[str]:
    yield f"# Datasheet: {_plain(sheet.title)}"
    yield (
        f"Version `sha256:{sheet.version}` · {sheet.triples:,} triples · "
        f"facts dated {sheet.period or 'nowhere'}\n\nCite as: {_plain(sheet.citation())}"
    )
    counts = sheet.counts[~sheet.counts["group"].isin(["dates"])]
    yield "## What is in it"
    yield _table(counts.columns, counts.itertuples(index=False))
    yield _ties(sheet)
    yield "## From which sources"
    yield _table(sheet.reports.columns, sheet.reports.itertuples(index=False))
    yield (
        f"Languages: {', '.join(sheet.languages) or 'unknown'}. "
        f"Read by: {', '.join(map(_plain, sheet.extractors)) or 'unknown'}. How the reports were "
        "chosen the graph does not know: they are no sample of all that was written."
    )
    yield "## How good it is"
    yield _table(sheet.confidences.columns, sheet.confidences.itertuples(index=False))
    yield _quality(sheet)
    yield "## Known gaps"
    yield _table(sheet.gaps.columns, sheet.gaps.itertuples(index=False))
    yield "## Licence and use"
    yield _licence(sheet)


def _ties(sheet: Datasheet) -> str:
    every = sheet.counts[sheet.counts["group"] == "ties"].set_index("kind")["figure"]
    return (
        f"A tie says that two organizations share something: {every[PARTNERSHIP]} of {every['']} "
        f"ties rest on an agreement or a joint facility, {every[CO_ATTENDANCE]} on co-attendance "
        "alone, which is no partnership: both were reported at the same events. Planned, denied "
        "and cancelled facts are marked as such and make no tie."
    )


def _quality(sheet: Datasheet) -> str:
    checked = "The graph was not checked against the shapes of its ontology for this sheet."
    if sheet.problems is not None:
        broken, warned = sheet.problems
        checked = f"Against the shapes of its ontology: {broken} violations, {warned} warnings."
    return (
        f"{checked} A confidence is how often the extractor was right with such a statement on "
        "annotated texts, which may be unlike these reports. Precision and recall are measured on "
        "annotated texts by `kg evaluate`, not on this graph."
    )


def _licence(sheet: Datasheet) -> str:
    given = f"Licence: <{_plain(sheet.licence)}>." if sheet.licence else "No licence was given."
    return (
        f"{given} The sentences that are quoted belong to their publishers. The graph names "
        "people in their public posts: correct or withdraw what is wrong about them."
    )


def _table(columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> str:
    names = list(columns)
    lines = [" | ".join(names), " | ".join("---" for _ in names)]
    lines += [" | ".join(map(_cell, row)) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _cell(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else _plain(str(value))


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is: names come from strangers."""
    escaped = "".join(f"\\{one}" if one in "\\`*_[]<>|#" else one for one in text)
    return " ".join(escaped.split())


# ---------- DCAT and VoID ----------


def _described(sheet: Datasheet) -> str:
    import rdflib  # noqa: PLC0415 - loads slowly
    from rdflib.namespace import DCAT, DCTERMS, RDF, VOID, XSD  # noqa: PLC0415

    made = rdflib.Graph()
    made.bind("dcat", DCAT)
    made.bind("void", VOID)
    one = rdflib.URIRef(f"{sheet.base}dataset")
    text = {
        DCTERMS.title: rdflib.Literal(sheet.title, lang="en"),
        DCTERMS.identifier: rdflib.Literal(f"sha256:{sheet.version}"),
        rdflib.URIRef(f"{DCAT}version"): rdflib.Literal(sheet.version[:16]),
        DCTERMS.bibliographicCitation: rdflib.Literal(sheet.citation()),
        DCTERMS.description: rdflib.Literal(f"{_ties(sheet)} {_quality(sheet)}", lang="en"),
        VOID.triples: rdflib.Literal(sheet.triples),
        VOID.uriSpace: rdflib.Literal(f"{sheet.base}id/"),
        DCTERMS.conformsTo: rdflib.URIRef(ONTOLOGY_IRI),
    }
    made.add((one, RDF.type, DCAT.Dataset))
    made.add((one, RDF.type, VOID.Dataset))
    for predicate, value in text.items():
        made.add((one, predicate, value))
    _add_given(made, one, sheet)
    for language in sheet.languages:
        made.add((one, DCTERMS.language, rdflib.Literal(language)))
    for vocabulary in VOCABULARIES.values():
        made.add((one, VOID.vocabulary, rdflib.URIRef(vocabulary.iri)))
    if sheet.period:
        when, (first, last) = rdflib.BNode(), sheet.period.split(" to ")
        made.add((one, DCTERMS.temporal, when))
        made.add((when, RDF.type, DCTERMS.PeriodOfTime))
        made.add((when, DCAT.startDate, rdflib.Literal(first, datatype=XSD.date)))
        made.add((when, DCAT.endDate, rdflib.Literal(last, datatype=XSD.date)))
    _add_sources(made, one, sheet)
    return str(made.serialize(format="turtle"))


def _add_given(made: Any, one: Any, sheet: Datasheet) -> None:
    import rdflib  # noqa: PLC0415 - loads slowly
    from rdflib.namespace import DCTERMS  # noqa: PLC0415

    if sheet.creator:
        made.add((one, DCTERMS.creator, rdflib.Literal(sheet.creator)))
    if sheet.licence:
        address = re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", sheet.licence)
        licence = rdflib.URIRef(sheet.licence) if address else rdflib.Literal(sheet.licence)
        made.add((one, DCTERMS.license, licence))


def _add_sources(made: Any, one: Any, sheet: Datasheet) -> None:
    import rdflib  # noqa: PLC0415 - loads slowly
    from rdflib.namespace import DCTERMS  # noqa: PLC0415

    for host in sheet.reports["source"]:
        if "." in host:
            made.add((one, DCTERMS.source, rdflib.URIRef(f"https://{host}/")))
        else:
            made.add((one, DCTERMS.provenance, rdflib.Literal(host)))
