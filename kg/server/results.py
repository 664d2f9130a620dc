"""Solutions of a SELECT query in the four formats of the standard, counted as they come.

Oxigraph writes these formats itself, but then nobody counts the rows.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryResultsFormat, Triple

from kg.graph.vocabulary import XSD

Row = Sequence[Any]
_XMLNS = "http://www.w3.org/2005/sparql-results#"


def written(names: Sequence[str], rows: Iterable[Row], media: str) -> bytes:
    """Return solutions in a media type of `kg.server.negotiation.RESULTS`."""
    return WRITERS[media](names, rows).encode("utf-8", "replace")


def boolean(answer: QueryBoolean, media: str) -> bytes:
    """Return the answer to an ASK query."""
    return answer.serialize(format=_FORMATS[media]) or b""


def _json(names: Sequence[str], rows: Iterable[Row]) -> str:
    bindings = [
        {name: _json_term(term) for name, term in zip(names, row, strict=True) if term is not None}
        for row in rows
    ]
    answer = {"head": {"vars": list(names)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def _json_term(term: Any) -> Mapping[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = zip(("subject", "predicate", "object"), term, strict=True)
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts}}
    said = {"type": "literal", "value": term.value}
    if term.language:
        return {**said, "xml:lang": term.language}
    return said if term.datatype == XSD.string else {**said, "datatype": term.datatype.value}


def _xml(names: Sequence[str], rows: Iterable[Row]) -> str:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    body = "".join(
        "<result>"
        + "".join(
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(names, row, strict=True)
            if term is not None
        )
        + "</result>"
        for row in rows
    )
    start = f'<?xml version="1.0" encoding="UTF-8"?><sparql xmlns="{_XMLNS}">'
    return f"{start}<head>{head}</head><results>{body}</results></sparql>"


def _xml_term(term: Any) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, Triple):
        parts = zip(("subject", "predicate", "object"), term, strict=True)
        inner = "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts)
        return f"<triple>{inner}</triple>"
    if term.language:
        mark = f" xml:lang={quoteattr(term.language)}"
    else:
        plain = term.datatype == XSD.string
        mark = "" if plain else f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{mark}>{_legal(escape(term.value))}</literal>"


def _legal(text: str) -> str:
    """Replace what XML cannot hold, which a query may make by itself."""
    return "".join(char if char >= " " or char in "\t\n\r" else "\ufffd" for char in text)


def _csv(names: Sequence[str], rows: Iterable[Row]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_csv_term(term) for term in row] for row in rows)
    return stream.getvalue()


def _csv_term(term: Any) -> str:
    if isinstance(term, NamedNode | Literal):
        return term.value
    return "" if term is None else str(term)


def _tsv(names: Sequence[str], rows: Iterable[Row]) -> str:
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join(_tsv_term(term) for term in row) for row in rows]
    return "\n".join(lines) + "\n"


def _tsv_term(term: Any) -> str:
    return "" if term is None else str(term).replace("\t", "\\t")


WRITERS: Mapping[str, Callable[[Sequence[str], Iterable[Row]], str]] = {
    "application/sparql-results+json": _json,
    "application/sparql-results+xml": _xml,
    "text/csv": _csv,
    "text/tab-separated-values": _tsv,
    "application/json": _json,
    "application/xml": _xml,
}
_FORMATS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
