"""A competency question: a SPARQL query in a file, with what a person needs to ask it.

The file begins with comment lines that any SPARQL engine passes over::

    #+ title: Which posts has a person held?
    #+ description: The posts of one person in the order in which the reports tell of them.
    #+ asked by: analyst
    #+ competency: 3
    #+ parameter: person (person, required): the person, by any of the names in the reports
    #+ parameter: since (date, default 2020): the first day, month or year

Each parameter stands once in the query, as ``VALUES ?given_person { UNDEF }``, so that the
file by itself asks the question of everything. A value given takes the place of UNDEF; a
clause without one is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError

KINDS = (
    *("text", "date", "number", "country"),
    *("person", "organization", "place", "document", "entity"),
)

_HEADER = re.compile(r"#\+ (?P<key>[a-z ]+): (?P<text>.*\S)\s*")
_PARAMETER = re.compile(
    r"(?P<name>[a-z]\w*) \((?P<kind>[a-z]+)"
    r"(?:, (?:(?P<required>required)|default (?P<default>[^)]+)))?\): (?P<help>.+)"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A blank in a question.

    Parameters
    ----------
    name : str
        Its name, as in ``--param person=…``.
    kind : str
        ``text`` (words that are contained), ``date`` (of any precision), ``number`` (whole),
        ``country`` (name or two letters), or what is found by any of its names: ``person``,
        ``organization``, ``place``, ``document``, ``entity``.
    help : str
        What to fill in.
    default : str or None
        What is taken where nothing is given.
    required : bool
        Whether something must be given.
    """

    name: str
    kind: str
    help: str
    default: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question that users ask, with the query that answers it.

    Parameters
    ----------
    name : str
        Short name, as in ``kg ask NAME``.
    title : str
        The question.
    description : str
        What the answer gives, in one sentence or two.
    asked_by : tuple of str
        Who comes with it: analyst, researcher, leadership.
    parameters : mapping of str to Parameter
        Its blanks by name.
    sparql : str
        The query.
    competency : int or None
        Number of the competency question of the ontology that it answers.
    """

    name: str
    title: str
    description: str
    asked_by: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    sparql: str
    competency: int | None = None

    @classmethod
    def parse(cls, name: str, text: str) -> Question:
        """Read a question from the text of its file.

        Raises
        ------
        QueryError
            If its header says too little, or names a parameter that the query has not.
        """
        headers = [match for line in text.splitlines() if (match := _HEADER.fullmatch(line))]
        blanks = [match["text"] for match in headers if match["key"] == "parameter"]
        said = {match["key"]: match["text"] for match in headers}
        try:
            question = cls(
                name,
                said["title"],
                said["description"],
                tuple(said["asked by"].split(", ")),
                {blank.name: blank for blank in map(_parameter, blanks)},
                text,
                int(said["competency"]) if "competency" in said else None,
            )
        except KeyError as missing:
            raise QueryError(f"the header has no {missing} line", where=f"{name}.rq") from None
        except ValueError as error:
            raise QueryError(str(error), where=f"{name}.rq") from None
        if set(re.findall(r"VALUES \?given_(\w+) \{ UNDEF \}", text)) != set(question.parameters):
            raise QueryError("header and query differ in their parameters", where=f"{name}.rq")
        return question

    def filled(self, values: Mapping[str, Iterable[NamedNode | Literal]]) -> str:
        """Return the query with values in its blanks; what has none asks of everything."""
        query = self.sparql
        for name in self.parameters:
            blank = f"VALUES ?given_{name} {{ UNDEF }}"
            terms = " ".join(map(str, values.get(name, ())))
            query = query.replace(blank, blank.replace("UNDEF", terms) if terms else "")
        return query


def _parameter(text: str) -> Parameter:
    match = _PARAMETER.fullmatch(text)
    if match is None or match["kind"] not in KINDS:
        raise ValueError(f"not a parameter line: {text!r}")
    return Parameter(
        match["name"], match["kind"], match["help"], match["default"], bool(match["required"])
    )
