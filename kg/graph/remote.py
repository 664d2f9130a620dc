"""A graph that lives in another SPARQL endpoint: any engine, when the embedded one is outgrown.

The same questions, networks and pages work over it. What only a folder can do, such as being
built or exported as a whole, it refuses. User and password come from the environment, as
``KG_STORE_USER`` and ``KG_STORE_PASSWORD``; they are sent as the endpoint asks for them, with
HTTP's digest authentication (RFC 7616) or the basic one (RFC 7617).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse,
    parse_query_results,
)
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from urllib3 import Retry

from kg.errors import GraphError, QueryError, UsageError
from kg.graph.export import as_rdflib
from kg.graph.results import UNLIMITED, Limits, bounded, frame, refuse, term, value
from kg.graph.store import Graph
from kg.graph.vocabulary import DEFAULT_BASE, prefixes

_FORM = "application/x-www-form-urlencoded"
_UPDATE = "application/sparql-update"
_JSON = "application/sparql-results+json"
_NTRIPLES = "application/n-triples"
_RETRIES = Retry(
    total=4,
    backoff_factor=0.3,
    status_forcelist=(429, 502, 503, 504),
    allowed_methods=None,  # queries only read, and updates may be done twice
    raise_on_status=False,
)
_PROLOGUE = r"\A(?:\s*(?:#[^\n]*\n|PREFIX\s+[^\s<]*\s*<[^>]*>|BASE\s*<[^>]*>))*\s*"
_DISTINCT = re.compile(_PROLOGUE + r"SELECT\s+DISTINCT\b", re.IGNORECASE)
"""Queries that ask for each row once, whatever stands before SELECT."""
_BUILDS = re.compile(_PROLOGUE + r"(?:CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
"""Queries that ask for a graph."""
_SIZE = """
SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o {
  GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), "%s")) } }"""
_SECONDS = 120.0
_REMEDIES = {
    401: "set KG_STORE_USER and KG_STORE_PASSWORD to what it wants",
    404: "name the address at which it takes SPARQL queries",
    429: "come again later: it was asked too often, or given wrong passwords",
    503: "come again later: it is busy, or a build is writing to it",
}
_BASE = "SELECT ?it { ?it a coop:SourceDocument } LIMIT 1"


class RemoteGraph(Graph):
    """A graph in a SPARQL endpoint; `kg.graph.mirror` fills one.

    Parameters
    ----------
    address : str
        The endpoint, ``http://…`` or ``https://…``.
    seconds : float
        Time that one request may take; one that fails for a moment is sent again, up to four
        times, ever later.

    Raises
    ------
    UsageError
        If the address is none.
    GraphError
        If the endpoint does not answer.
    """

    def __init__(self, address: str, *, seconds: float = _SECONDS):
        super().__init__(Store())
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise UsageError(
                f"{address!r} is not the address of an endpoint",
                remedy="write http://host:port/sparql; user and password go into the environment",
            )
        self.address = address
        self._seconds = seconds
        self._http = requests.Session()
        self._http.trust_env = False  # a password is sent where ours says, and nowhere else
        for scheme in ("http://", "https://"):
            self._http.mount(scheme, HTTPAdapter(max_retries=_RETRIES))
        self._held = None  # there is no store here to look into
        self._http.auth = self._authentication()
        found = list(self.rows(_BASE))
        self.base = found[0][0].rpartition("id/doc-")[0] if found else DEFAULT_BASE

    def __repr__(self) -> str:
        return f"<RemoteGraph {self.address}>"

    @property
    def store(self) -> Store:
        """Refuse: the quads are elsewhere."""
        raise GraphError(
            "this works on a graph in a folder only",
            where=self.address,
            remedy="give its folder with --graph",
        )

    @property
    def state(self) -> str:
        """Return nothing: an endpoint does not say when it changes."""
        return ""

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    def query(self, sparql: str, *, limits: Limits = UNLIMITED, **bindings: object) -> Any:
        """Answer a SPARQL query; see `Graph.query`."""
        refuse(sparql)
        found = self._asked(sparql, bindings, limits)
        if isinstance(found, QueryBoolean):
            return bool(found)
        if isinstance(found, list):
            return as_rdflib(found, self.prefixes)
        names = [variable.value for variable in found.variables]
        if names == ["__ASK_RETVAL"]:  # so Virtuoso says no, and yes with a row
            return next(found, None) is not None
        few = bounded(found, limits.rows)
        rows = (tuple(value(row[name]) for name in names) for row in few)
        # Virtuoso 7.2 gives rows twice that DISTINCT should give once
        return frame(names, dict.fromkeys(rows) if _DISTINCT.match(sparql) else rows)

    def rows(self, sparql: str) -> Iterator[tuple[Any, ...]]:
        """Answer a SELECT query as tuples of Python values."""
        found = self._asked(sparql, {}, UNLIMITED)
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        for row in found:
            yield tuple(value(row[name]) for name in names)

    def size(self) -> int:
        """Return how many different triples the graphs under our base hold."""
        ((number,),) = self.rows(_SIZE % f"{self.base}graph/")
        return int(number)

    def triples(self, sparql: str) -> list[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query."""
        found: list[Triple] = self._asked(sparql, {}, UNLIMITED)
        return found

    def raw(self, fields: Sequence[tuple[str, str]], accept: str) -> tuple[str, bytes]:
        """Send a query as it is and return the media type and the body of the answer.

        Raises
        ------
        QueryError
            If the endpoint does not take the query.
        GraphError
            If it does not answer.
        """
        body = urlencode(list(fields)).encode()
        response = self._sent(body, _FORM, accept)
        self._refused(response, "query")
        return response.headers.get("content-type", "").split(";")[0].strip(), response.content

    def update(self, sparql: str) -> None:
        """Send a SPARQL update that may be sent again, for one that fails for a moment is.

        Raises
        ------
        QueryError
            If the endpoint does not take the update.
        GraphError
            If it does not answer.
        """
        self._refused(self._sent(sparql.encode(), _UPDATE, "*/*"), "update")

    def _authentication(self) -> AuthBase | None:
        """Return how user and password are sent: as the endpoint asks who comes without them."""
        user, password = (os.environ.get(f"KG_STORE_{name}", "") for name in ("USER", "PASSWORD"))
        if not user:
            return None
        answer = self._sent(urlencode({"query": "ASK {}"}).encode(), _FORM, _JSON)
        if "digest" in answer.headers.get("www-authenticate", "").lower():
            return HTTPDigestAuth(user, password)
        return HTTPBasicAuth(user.encode(), password.encode())

    def _sent(self, body: bytes, media: str, accept: str) -> requests.Response:
        headers = {"Accept": accept, "Content-Type": media}
        try:
            response = self._http.post(
                self.address,
                data=body,
                headers=headers,
                timeout=self._seconds,
                allow_redirects=False,  # which would make queries of updates
            )
        except requests.RequestException as error:
            raise GraphError(
                f"the endpoint does not answer ({type(error).__name__})",
                where=self.address,
                remedy="check its address, and that it runs",
            ) from None
        return response

    def _refused(self, response: requests.Response, what: str) -> None:
        if response.status_code in (400, 403, 413, 422):
            problem = " ".join(response.content.decode("utf-8", "replace").split())[:300]
            raise QueryError(f"the endpoint refuses the {what} ({problem})", where=self.address)
        if response.is_redirect:
            raise GraphError(
                "the endpoint is elsewhere",
                where=self.address,
                remedy=f"name {response.headers['location'][:300]} if you trust it",
            )
        if response.status_code not in (200, 201, 204):
            raise GraphError(
                f"the endpoint answers with status {response.status_code}",
                where=self.address,
                remedy=_REMEDIES.get(response.status_code, "ask who runs it"),
            )

    def _asked(self, sparql: str, bindings: dict[str, Any], limits: Limits) -> Any:
        """Send a query with its prefixes, and return the answer as Oxigraph would."""
        query = self.whole(sparql, bindings)
        wanted = _NTRIPLES if _BUILDS.match(query) else _JSON  # Virtuoso gives both as either
        media, body = self.raw([("query", query)], wanted)
        try:
            if media in (_JSON, "application/json"):
                return parse_query_results(body, format=QueryResultsFormat.JSON)
            return [quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)]
        except (SyntaxError, ValueError):
            raise GraphError(
                f"the endpoint answers with what it should not ({media or 'no content type'})",
                where=self.address,
                remedy="name the address at which it takes SPARQL queries",
            ) from None

    def whole(self, sparql: str, bindings: dict[str, Any]) -> str:
        """Return a query that declares the prefixes it uses, and is bound as asked."""
        base = getattr(self, "base", DEFAULT_BASE)
        lower = sparql.lower()
        declared = "".join(
            f"PREFIX {name}: <{iri}>\n"
            for name, iri in prefixes(base).items()
            if f"{name}:" in sparql and f"prefix {name}:" not in lower
        )
        if not bindings:
            return f"{declared}{sparql}"
        names = " ".join(str(Variable(name)) for name in bindings)
        terms = " ".join(str(term(given)) for given in bindings.values())
        return f"{declared}{sparql}\nVALUES ({names}) {{ ({terms}) }}"
