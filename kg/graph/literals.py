"""Text, names, numbers and addresses as legal RDF terms, whatever a document holds."""

from __future__ import annotations

import math
import re

from pyoxigraph import Literal, NamedNode

from kg.errors import RecordError
from kg.graph.vocabulary import XSD

# What XML 1.0 may not hold: a graph must survive every export, and a quote must keep its
# length, so each such character is replaced by one other.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7a3]"), "ko"),
    (re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"), "zh"),
    (re.compile("[әғқңөұүһі]", re.IGNORECASE), "kk"),
    (re.compile("[\u0400-\u052f]"), "ru"),
    (re.compile("[a-z]", re.IGNORECASE), "en"),
)


def legal(text: str) -> str:
    """Return the text with each character that no export can carry replaced by U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


def tongue(name: str) -> str:
    """Return the language tag that the letters of a name suggest; ``und`` if they suggest none.

    A name has the same tag in every document, so that its documents agree on its label.
    """
    for letters, language in _SCRIPTS:
        if letters.search(name):
            return language
    return "und"


def name_literal(name: str) -> Literal:
    """Return a name on one line, tagged with the language of its letters."""
    text = " ".join(legal(name).split()) or "\ufffd"
    return Literal(text, language=tongue(text))


def text_literal(text: str, language: str) -> Literal:
    """Return running text in a language; a tag that is none becomes ``und``."""
    try:
        return Literal(legal(text), language=language)
    except ValueError:
        return Literal(legal(text), language="und")


def string(text: str) -> Literal:
    """Return text without a language."""
    return Literal(legal(text))


def probability(value: float, *, where: str | None = None) -> Literal:
    """Return a confidence as a decimal of four places.

    Raises
    ------
    RecordError
        If it is not between 0 and 1.
    """
    if not (math.isfinite(value) and 0 <= value <= 1):
        raise RecordError(f"the confidence {value} is not between 0 and 1", where=where)
    return Literal(f"{value:.4f}".rstrip("0").rstrip(".") or "0", datatype=XSD.decimal)


def degrees(value: float) -> Literal:
    """Return a latitude or longitude as a decimal."""
    return Literal(f"{value:.5f}", datatype=XSD.decimal)


def address(text: str) -> NamedNode | Literal:
    """Return a web address as an IRI, and what is none as a string."""
    if text.startswith(("http://", "https://")):
        try:
            return NamedNode(text)
        except ValueError:
            pass
    return string(text)


TRUE = Literal("true", datatype=XSD.boolean)
