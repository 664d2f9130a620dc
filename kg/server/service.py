"""What the endpoint says of itself: SPARQL 1.1 Service Description and VoID."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.store import Graph
from kg.graph.vocabulary import DCTERMS, FOAF, RDF, VOCABULARIES, XSD, Vocabulary


class SD(Vocabulary, iri="http://www.w3.org/ns/sparql-service-description#"):
    """SPARQL service descriptions."""


class VOID(Vocabulary, iri="http://rdfs.org/ns/void#"):
    """Descriptions of data sets."""


PREFIXES = {
    "sd": SD.iri,
    "void": VOID.iri,
    "dcterms": DCTERMS.iri,
    "foaf": FOAF.iri,
    "xsd": XSD.iri,
    "formats": "http://www.w3.org/ns/formats/",
}
_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
_COUNTS = """
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties)
       (COUNT(DISTINCT ?o) AS ?objects) { ?s ?p ?o }"""
_CLASSES = "SELECT ?class (COUNT(?s) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY ?class"
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"


def description(address: str, graph: Graph, *, updates: bool) -> Iterator[Triple]:
    """Yield the service description of an endpoint (SPARQL 1.1 Service Description)."""
    service, whole, default = NamedNode(address), BlankNode("dataset"), BlankNode("default")
    yield Triple(service, RDF.type, SD["Service"])
    yield Triple(service, SD["endpoint"], service)
    yield Triple(service, SD["supportedLanguage"], SD["SPARQL11Query"])
    if updates:
        yield Triple(service, SD["supportedLanguage"], SD["SPARQL11Update"])
    yield Triple(service, SD["feature"], SD["UnionDefaultGraph"])
    for form in _FORMATS:
        name = NamedNode(f"http://www.w3.org/ns/formats/{form}")
        yield Triple(service, SD["resultFormat"], name)
    yield Triple(service, SD["defaultDataset"], whole)
    yield Triple(whole, RDF.type, SD["Dataset"])
    yield Triple(whole, SD["defaultGraph"], default)
    yield Triple(default, RDF.type, SD["Graph"])
    (row,) = graph.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    yield Triple(default, VOID["triples"], Literal(row[0]))


def dataset(address: str, graph: Graph) -> Iterator[Triple]:
    """Yield the VoID description of the data set that an endpoint serves.

    Parameters
    ----------
    address : str
        The endpoint.
    graph : Graph
        The data set; its figures are counted.
    """
    whole = NamedNode(f"{graph.base}dataset")
    yield Triple(whole, RDF.type, VOID["Dataset"])
    yield Triple(whole, DCTERMS["title"], Literal("Silkgraph", language="en"))
    yield Triple(whole, VOID["sparqlEndpoint"], NamedNode(address))
    yield Triple(whole, VOID["uriSpace"], Literal(graph.prefixes["id"]))
    for vocabulary in VOCABULARIES.values():
        yield Triple(whole, VOID["vocabulary"], NamedNode(vocabulary.iri))
    (row,) = graph.rows(_COUNTS)
    names = ("triples", "distinctSubjects", "properties", "distinctObjects")
    for name, number in zip(names, row, strict=True):
        yield Triple(whole, VOID[name], Literal(number))
    yield from _parts(whole, "class", "entities", graph.rows(_CLASSES))
    yield from _parts(whole, "property", "triples", graph.rows(_PROPERTIES))


def _parts(
    whole: NamedNode, of: str, counted: str, rows: Iterator[tuple[str, int]]
) -> Iterator[Triple]:
    for number, (iri, count) in enumerate(rows):
        node = BlankNode(f"{of}{number}")
        yield Triple(whole, VOID[f"{of}Partition"], node)
        yield Triple(node, VOID[of], NamedNode(iri))
        yield Triple(node, VOID[counted], Literal(count))
