# ruff: noqa: N815 - terms are spelled as their vocabularies spell them
"""Every namespace and IRI of the graph, spelled here and nowhere else.

A term is an attribute of its vocabulary, as it is written in Turtle without the colon::

    COOP.University    https://w3id.org/coop-kg/ns#University
    FACT["actual"]     https://w3id.org/coop-kg/factuality/actual

Nodes and named graphs of a deployment stand under its base: `node` and `graph` make their
IRIs, with one path segment each, so that ``id:org-x-3fa2c1d0`` is a legal prefixed name.
"""

from __future__ import annotations

from inspect import get_annotations
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.errors import UsageError

DEFAULT_BASE = "https://kg.example.org/"
ONTOLOGY_IRI = "https://w3id.org/coop-kg/ns"


class _Vocabulary(type):
    """Gives a vocabulary's declared names their IRIs, and any other by subscript."""

    iri: str

    def __getitem__(cls, name: str) -> NamedNode:
        return NamedNode(cls.iri + quote(name, safe=_SAFE, errors="surrogatepass"))

    def __str__(cls) -> str:
        return cls.iri


class Vocabulary(metaclass=_Vocabulary):
    """A namespace; each annotated name of a subclass becomes a term of it."""

    iri: ClassVar[str]

    def __init_subclass__(cls, iri: str) -> None:
        cls.iri = iri
        for name in get_annotations(cls):
            setattr(cls, name, NamedNode(iri + name))


_SAFE = "-._~"


class COOP(Vocabulary, iri=f"{ONTOLOGY_IRI}#"):
    """The cooperation ontology."""

    University: NamedNode
    School: NamedNode
    AcademicUnit: NamedNode
    ResearchInstitute: NamedNode
    GovernmentBody: NamedNode
    DiplomaticMission: NamedNode
    PartyOrganization: NamedNode
    Association: NamedNode
    Enterprise: NamedNode
    InternationalOrganization: NamedNode
    Media: NamedNode
    JointFacility: NamedNode
    Tenure: NamedNode
    Event: NamedNode
    EventSeries: NamedNode
    Visit: NamedNode
    Signing: NamedNode
    Participation: NamedNode
    Agreement: NamedNode
    AgreementStage: NamedNode
    CooperationProject: NamedNode
    SourceDocument: NamedNode
    Sentence: NamedNode
    Evidence: NamedNode
    Claim: NamedNode
    Extraction: NamedNode
    DateMention: NamedNode
    CooperationTie: NamedNode
    Reprints: NamedNode
    Withdrawal: NamedNode
    Decision: NamedNode

    viaPost: NamedNode
    territory: NamedNode
    hasParticipation: NamedNode
    participationIn: NamedNode
    participant: NamedNode
    participationRole: NamedNode
    inCapacityOf: NamedNode
    onBehalfOf: NamedNode
    organizer: NamedNode
    attendedBy: NamedNode
    eventType: NamedNode
    takesPlaceIn: NamedNode
    occursAt: NamedNode
    editionOf: NamedNode
    party: NamedNode
    signedAt: NamedNode
    establishes: NamedNode
    stageOf: NamedNode
    stageType: NamedNode
    validFrom: NamedNode
    validThrough: NamedNode
    term: NamedNode
    partner: NamedNode
    hostInstitution: NamedNode
    cooperationArea: NamedNode
    region: NamedNode
    theme: NamedNode
    supervisedBy: NamedNode
    sendingState: NamedNode
    receivingState: NamedNode
    basedIn: NamedNode
    inSentence: NamedNode
    supports: NamedNode
    evidence: NamedNode
    extractedBy: NamedNode
    factuality: NamedNode
    mergedInto: NamedNode
    verdict: NamedNode
    keeps: NamedNode
    concerns: NamedNode
    decidedBy: NamedNode
    because: NamedNode
    sides: NamedNode
    withholds: NamedNode
    inferred: NamedNode
    tieEnd: NamedNode
    tieKind: NamedNode
    reports: NamedNode
    fingerprint: NamedNode
    salt: NamedNode
    strength: NamedNode
    firstSeen: NamedNode
    lastSeen: NamedNode
    endedBy: NamedNode
    begunAfter: NamedNode
    cooperatesWith: NamedNode
    country: NamedNode
    confidence: NamedNode
    monthDay: NamedNode
    monthDayEnd: NamedNode
    earliest: NamedNode
    latest: NamedNode
    verbatim: NamedNode
    rank: NamedNode
    adminLevel: NamedNode
    textHash: NamedNode
    address: NamedNode
    record: NamedNode
    extractorVersion: NamedNode
    assignment: NamedNode
    heldAt: NamedNode
    bodyClass: NamedNode
    bodyLabel: NamedNode
    reserved: NamedNode


class ROLE(Vocabulary, iri="https://w3id.org/coop-kg/role/"):
    """Roles in organizations (SKOS)."""

    other: NamedNode


class PROLE(Vocabulary, iri="https://w3id.org/coop-kg/participation-role/"):
    """Roles in events (SKOS)."""

    attendee: NamedNode
    organizer: NamedNode


class ETYPE(Vocabulary, iri="https://w3id.org/coop-kg/event-type/"):
    """Event types (SKOS)."""

    signing: NamedNode


class AREA(Vocabulary, iri="https://w3id.org/coop-kg/area/"):
    """Fields of cooperation (SKOS)."""


class FTYPE(Vocabulary, iri="https://w3id.org/coop-kg/facility-type/"):
    """Types of joint facilities (SKOS)."""

    other: NamedNode


class ATYPE(Vocabulary, iri="https://w3id.org/coop-kg/agreement-type/"):
    """Agreement types (SKOS)."""


class STAGE(Vocabulary, iri="https://w3id.org/coop-kg/agreement-stage/"):
    """Stages of agreements (SKOS)."""


class FACT(Vocabulary, iri="https://w3id.org/coop-kg/factuality/"):
    """Whether a sentence presents a fact as actual, planned, denied or cancelled (SKOS)."""

    actual: NamedNode
    planned: NamedNode
    denied: NamedNode
    cancelled: NamedNode


class RDF(Vocabulary, iri="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """RDF itself."""

    type: NamedNode
    subject: NamedNode
    predicate: NamedNode
    object: NamedNode
    JSON: NamedNode


class RDFS(Vocabulary, iri="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema."""

    comment: NamedNode
    label: NamedNode
    subClassOf: NamedNode


class OWL(Vocabulary, iri="http://www.w3.org/2002/07/owl#"):
    """The Web Ontology Language."""

    deprecated: NamedNode


class XSD(Vocabulary, iri="http://www.w3.org/2001/XMLSchema#"):
    """XML Schema datatypes."""

    boolean: NamedNode
    date: NamedNode
    dateTime: NamedNode
    decimal: NamedNode
    duration: NamedNode
    gMonthDay: NamedNode
    gYear: NamedNode
    gYearMonth: NamedNode
    integer: NamedNode
    string: NamedNode


class SKOS(Vocabulary, iri="http://www.w3.org/2004/02/skos/core#"):
    """Concept schemes."""

    altLabel: NamedNode
    broader: NamedNode
    exactMatch: NamedNode
    inScheme: NamedNode
    notation: NamedNode
    prefLabel: NamedNode


class DCTERMS(Vocabulary, iri="http://purl.org/dc/terms/"):
    """Dublin Core terms."""

    date: NamedNode
    identifier: NamedNode
    issued: NamedNode
    language: NamedNode
    source: NamedNode
    title: NamedNode
    type: NamedNode


class ORG(Vocabulary, iri="http://www.w3.org/ns/org#"):
    """The W3C organization ontology."""

    Organization: NamedNode
    OrganizationalUnit: NamedNode
    Post: NamedNode
    classification: NamedNode
    member: NamedNode
    organization: NamedNode
    postIn: NamedNode
    role: NamedNode
    subOrganizationOf: NamedNode
    unitOf: NamedNode


class FOAF(Vocabulary, iri="http://xmlns.com/foaf/0.1/"):
    """People and agents."""

    Person: NamedNode


class PROV(Vocabulary, iri="http://www.w3.org/ns/prov#"):
    """Provenance."""

    SoftwareAgent: NamedNode
    endedAtTime: NamedNode
    hadMember: NamedNode
    used: NamedNode
    wasAssociatedWith: NamedNode
    wasDerivedFrom: NamedNode


class OA(Vocabulary, iri="http://www.w3.org/ns/oa#"):
    """Web Annotation."""

    TextPositionSelector: NamedNode
    TextQuoteSelector: NamedNode
    end: NamedNode
    exact: NamedNode
    hasSelector: NamedNode
    hasSource: NamedNode
    start: NamedNode


class SCHEMA(Vocabulary, iri="https://schema.org/"):
    """schema.org, in its https form."""

    AdministrativeArea: NamedNode
    City: NamedNode
    Country: NamedNode
    Place: NamedNode
    containedInPlace: NamedNode
    creditText: NamedNode
    latitude: NamedNode
    longitude: NamedNode
    sameAs: NamedNode
    softwareVersion: NamedNode
    text: NamedNode


class TIME(Vocabulary, iri="http://www.w3.org/2006/time#"):
    """OWL-Time."""


class M8G(Vocabulary, iri="http://data.europa.eu/m8g/"):
    """Core vocabularies of the European Union."""


GEONAMES = "https://sws.geonames.org/"

VOCABULARIES: dict[str, type[Vocabulary]] = {
    "coop": COOP,
    "role": ROLE,
    "prole": PROLE,
    "etype": ETYPE,
    "area": AREA,
    "ftype": FTYPE,
    "atype": ATYPE,
    "stage": STAGE,
    "fact": FACT,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "org": ORG,
    "foaf": FOAF,
    "prov": PROV,
    "oa": OA,
    "schema": SCHEMA,
    "time": TIME,
    "m8g": M8G,
}

CLASSES: dict[str, NamedNode] = {
    "Person": FOAF.Person,
    "University": COOP.University,
    "School": COOP.School,
    "ResearchInstitute": COOP.ResearchInstitute,
    "GovernmentBody": COOP.GovernmentBody,
    "DiplomaticMission": COOP.DiplomaticMission,
    "PartyOrganization": COOP.PartyOrganization,
    "Association": COOP.Association,
    "Company": COOP.Enterprise,
    "InternationalOrganization": COOP.InternationalOrganization,
    "Media": COOP.Media,
    "OrganizationalUnit": ORG.OrganizationalUnit,
    "JointFacility": COOP.JointFacility,
    "Organization": ORG.Organization,
    "Place": SCHEMA.Place,
}
"""The class of each entity type of the extraction record."""


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """Return prefix → namespace for SPARQL and Turtle, ``id:`` and ``g:`` under `base`."""
    names = {prefix: vocabulary.iri for prefix, vocabulary in VOCABULARIES.items()}
    return {**names, "id": f"{base}id/", "g": f"{base}graph/"}


def checked_base(base: str) -> str:
    """Return `base` with a final slash, or raise `UsageError` if it is no absolute http IRI."""
    whole = base if base.endswith(("/", "#")) else f"{base}/"
    try:
        NamedNode(f"{whole}id/x")
    except ValueError:
        whole = ""
    if not whole.startswith(("http://", "https://")):
        raise UsageError(
            f"the base address {base!r} cannot begin the address of a node",
            remedy=f"give an absolute http or https address such as {DEFAULT_BASE}",
        )
    return whole


def node(key: str, base: str = DEFAULT_BASE) -> NamedNode:
    """Return the IRI of the node with this key: ``org-x-3fa2c1d0``, ``place-cn``.

    Any string makes a legal IRI: what an IRI may not hold is percent-encoded.
    """
    return NamedNode(f"{base}id/{quote(key, safe=_SAFE, errors='surrogatepass')}")


def graph(name: str, base: str = DEFAULT_BASE) -> NamedNode:
    """Return the IRI of a named graph: ``gazetteer``, ``inferred``, ``derived``, ``identity``."""
    return NamedNode(f"{base}graph/{quote(name, safe=_SAFE, errors='surrogatepass')}")


def document_graph(key: str, base: str = DEFAULT_BASE) -> NamedNode:
    """Return the IRI of the named graph that holds all that one document says."""
    return graph(f"doc-{key}", base)


GAZETTEER = "gazetteer"
"""Graph of the places that the documents name, and of what contains them."""
INFERRED = "inferred"
"""Graph of what no text states: the country that an organization's name points to."""
DERIVED = "derived"
"""Graph of the cooperation ties and shortcuts, recomputed and never edited."""
ONTOLOGY = "ontology"
"""Graph of the ontology and its concept schemes."""
IDENTITY = "identity"
"""Graph of merges."""
AUTHORITY = "authority"
"""Graph of the names and identifiers that the authority file has for institutions."""
CURATION = "curation"
"""Graph of people's decisions."""


def ontology_file(name: str) -> Path:
    """Return the path of a file of the ontology, in a checkout or in an installed package.

    Raises
    ------
    UsageError
        If the ontology has no such file.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "ontology", package.parent / "ontology"):
        if (folder / name).is_file():
            return folder / name
    raise UsageError(f"the ontology has no file {name!r}", remedy="reinstall the package")
