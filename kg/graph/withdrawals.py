"""What was withdrawn from a graph, and who is forgotten: kept as salted hashes, nothing else.

They stand in a named graph of their own. A document is known by a keyed hash of its address; a
person by a slow hash (scrypt, RFC 7914) of each name, since names can be guessed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from kg.documents.document import Document
from kg.extraction.record import Entity
from kg.graph.results import value
from kg.graph.store import Graph
from kg.graph.vocabulary import COOP, PROV, RDF, RDFS, XSD, graph, node
from kg.resolution.forgetting import name_key, telling_names

WITHDRAWALS = "withdrawals"
_COST = 2**10  # of scrypt: some milliseconds a name, asked only where somebody is forgotten


class Withdrawals:
    """The withdrawals of a graph.

    Parameters
    ----------
    graph : Graph
        The graph.
    """

    def __init__(self, whole: Graph):
        self._graph = whole
        self._name = graph(WITHDRAWALS, whole.base)
        found = list(whole.store.quads_for_pattern(None, None, None, self._name))
        self._triples = [quad.triple for quad in found]
        salts = [value(quad.object) for quad in found if quad.predicate == COOP.salt]
        self._salt = str(salts[0]) if salts else secrets.token_hex(16)
        self._prints = {
            str(value(quad.object)) for quad in found if quad.predicate == COOP.fingerprint
        }

    def __len__(self) -> int:
        return len(self._prints)

    def withdrawn(self, document: Document) -> bool:
        """Whether a document was withdrawn, by its address."""
        if not self._prints:
            return False
        addresses = {document.address, document.source} - {None}
        return any(self._of_address(str(address)) in self._prints for address in addresses)

    def forgotten(self, person: Entity) -> bool:
        """Whether a person of a record is to be forgotten, by one of the names."""
        if not any(each.startswith("person ") for each in self._prints):
            return False
        keys = {name_key(name) for name in telling_names(person)} - {""}
        return any(self._of_name(key) in self._prints for key in keys)

    def withdraw(self, document: Document, because: str, at: datetime) -> None:
        """Note that a document was withdrawn."""
        addresses = sorted({document.address, document.source or document.address})
        self._note([self._of_address(address) for address in addresses], because, at)

    def forget(self, names: Iterable[str], because: str, at: datetime) -> None:
        """Note that a person is to be forgotten, under each of these names."""
        keys = sorted({name_key(name) for name in names} - {""})
        self._note([self._of_name(key) for key in keys], because, at)

    def _note(self, prints: list[str], because: str, at: datetime) -> None:
        one = node(f"withdrawal-{secrets.token_hex(8)}", self._graph.base)
        moment = at.isoformat(timespec="seconds").replace("+00:00", "Z")
        self._triples += [
            Triple(self._name, COOP.salt, Literal(self._salt)),
            Triple(one, RDF.type, COOP.Withdrawal),
            Triple(one, PROV.endedAtTime, Literal(moment, datatype=XSD.dateTime)),
            Triple(one, RDFS.comment, Literal(because)),
            *(Triple(one, COOP.fingerprint, Literal(each)) for each in prints),
        ]
        self._prints.update(prints)
        self._graph.put(self._name, self._triples)

    def _of_address(self, address: str) -> str:
        digest = hmac.new(self._salt.encode(), address.encode("utf-8", "surrogatepass"), "sha256")
        return f"document {digest.hexdigest()}"

    def _of_name(self, key: str) -> str:
        return f"person {_slowly(key, self._salt)}"


@lru_cache(maxsize=100_000)
def _slowly(key: str, salt: str) -> str:
    return hashlib.scrypt(key.encode(), salt=salt.encode(), n=_COST, r=8, p=1, dklen=32).hex()


def names_of(whole: Graph, person: NamedNode) -> dict[str, set[str]]:
    """Return the names of a person by the key of each document that names them."""
    query = f"""SELECT ?graph ?name {{
      GRAPH ?graph {{ {person} a foaf:Person ; rdfs:label|skos:altLabel ?name }} }}"""
    start = graph("doc-", whole.base).value
    found: dict[str, set[str]] = {}
    for name_of_graph, name in whole.rows(query):
        if str(name_of_graph).startswith(start):
            found.setdefault(str(name_of_graph).removeprefix(start), set()).add(name)
    return found
