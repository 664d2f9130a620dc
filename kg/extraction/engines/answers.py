"""From what a language model answers to a record: nothing is believed that the text does not say.

Every statement must quote the text; a quote that is not there takes the statement with it, and
so does a name. Roles, names of events, themes and subjects must be words of the text too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.documents.document import Document
from kg.errors import ExtractionError
from kg.extraction.record import (
    AGREEMENT_TYPES,
    ENTITY_TYPES,
    EVENT_TYPES,
    Agreement,
    Entity,
    Event,
    Facility,
    Link,
    Position,
    Record,
    Span,
)

CONFIDENCE = 0.7
"""Of statements whose model has not been calibrated."""
_MOST = 500  # entries of a list that are read
_MENTIONS = 200  # places of a name that are noted
_DAY = r"(?:\d{4}(?:-M(?:-D)?)?|--M(?:-D)?)".replace("M", r"(?:0[1-9]|1[0-2])").replace(
    "D", r"(?:0[1-9]|[12]\d|3[01])"
)
_DATE = re.compile(rf"{_DAY}(?:/{_DAY})?")
_LIKE = {"'": "['’‘ʼ]", "’": "['’‘ʼ]", '"': '["“”„«»]', "“": '["“”„«»]', "”": '["“”„«»]',
         "-": "[-‐‑–—]", "–": "[-‐‑–—]", "—": "[-‐‑–—]"}  # fmt: skip

_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_IDS = {"type": "array", "items": _TEXT}


def schema() -> dict[str, Any]:
    """Return the JSON schema of an answer; every key is required and no other is allowed."""
    link = _object(child=_TEXT, parent=_TEXT, quote=_TEXT)
    lists = {
        "entities": _object(id=_TEXT, type=_one_of(ENTITY_TYPES), name=_TEXT, aliases=_IDS),
        "positions": _object(person=_TEXT, role=_TEXT, of=_MAYBE, quote=_TEXT),
        "events": _object(
            type=_one_of(EVENT_TYPES), name=_MAYBE, date=_MAYBE, places=_IDS, organizers=_IDS,
            participants=_IDS, theme=_MAYBE, factuality=_one_of(_FACTUALITY), quote=_TEXT,
        ),
        "agreements": _object(
            type=_one_of(AGREEMENT_TYPES), parties=_IDS, date=_MAYBE, status=_one_of(_STATUS),
            subject=_MAYBE, quote=_TEXT,
        ),
        "facilities": _object(facility=_TEXT, founders=_IDS, host=_MAYBE, quote=_TEXT),
        "part_of": link,
        "located_in": link,
    }  # fmt: skip
    return _object(**{name: {"type": "array", "items": item} for name, item in lists.items()})


_FACTUALITY = ("actual", "planned", "denied", "cancelled")
_STATUS = ("signed", "planned")


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _one_of(values: Sequence[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


@dataclass(slots=True)
class Reader:
    """Reads one answer against the text that it is about.

    ``dropped`` counts the entries that were not believed.
    """

    document: Document
    dropped: int = 0
    types: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    def record(self, answer: object, version: str) -> Record:
        """Return what is true of an answer.

        Raises
        ------
        ExtractionError
            If it is no object with lists.
        """
        if not isinstance(answer, Mapping) or not any(
            isinstance(answer.get(name), list) for name in schema()["properties"]
        ):
            raise ExtractionError("the answer is no record", where=self.document.id)
        document = self.document
        return Record(
            id=document.id,
            language=document.language,
            source=document.source,
            title=document.title,
            published=document.published,
            extractor=version,
            entities=tuple(self._entities(answer)),
            positions=tuple(self._each(answer, "positions", self._position)),
            events=tuple(self._each(answer, "events", self._event)),
            agreements=tuple(self._each(answer, "agreements", self._agreement)),
            facilities=tuple(self._each(answer, "facilities", self._facility)),
            part_of=tuple(self._each(answer, "part_of", self._link)),
            located_in=tuple(self._each(answer, "located_in", self._link)),
        )

    def _entities(self, answer: Mapping[str, Any]) -> Iterator[Entity]:
        yield from self._each(answer, "entities", self._entity)

    def _each(self, answer: Mapping[str, Any], name: str, read: Any) -> Iterator[Any]:
        """Yield the entries of a list that hold, each once."""
        entries = answer.get(name)
        if not isinstance(entries, list):
            return
        self.dropped += max(0, len(entries) - _MOST)
        for number, entry in enumerate(entries[:_MOST], start=1):
            found = read(entry, number) if isinstance(entry, Mapping) else None
            if found is None:
                self.dropped += 1
            else:
                yield found

    def _entity(self, entry: Mapping[str, Any], _: int) -> Entity | None:
        type, name, id = entry.get("type"), _words(entry.get("name")), entry.get("id")
        spans = self._places(name)
        if type not in ENTITY_TYPES or not spans or not isinstance(id, str) or id in self._ids:
            return None
        aliases = [alias for alias in _strings(entry.get("aliases")) if alias != name]
        known = [alias for alias in dict.fromkeys(aliases) if self._places(alias)]
        spans = [*spans, *(span for alias in known for span in self._places(alias))]
        mine = f"e{len(self._ids) + 1}"
        self._ids[id], self.types[mine] = mine, type
        mentions = tuple(sorted(set(spans))[:_MENTIONS])
        return Entity(mine, type, name, tuple(known), mentions, CONFIDENCE)

    def _position(self, entry: Mapping[str, Any], _: int) -> Position | None:
        person, of = self._id(entry.get("person")), self._id(entry.get("of"))
        role, span = _words(entry.get("role")), self._quote(entry)
        if person is None or span is None or self.types[person] != "Person":
            return None
        if (entry.get("of") and of is None) or not self._says(role, span):
            return None
        return Position(person, role, of, span, CONFIDENCE)

    def _event(self, entry: Mapping[str, Any], number: int) -> Event | None:
        type, span = entry.get("type"), self._quote(entry)
        if type not in EVENT_TYPES or span is None:
            return None
        factuality = entry.get("factuality")
        organizers = self._known(entry.get("organizers"))
        participants = self._known(entry.get("participants"))
        return Event(
            f"v{number}",
            type,
            self._spoken(entry.get("name")),
            _date(entry.get("date")),
            tuple(id for id in self._known(entry.get("places")) if self.types[id] == "Place"),
            organizers,
            tuple(id for id in participants if id not in organizers),
            self._spoken(entry.get("theme")),
            span,
            CONFIDENCE,
            factuality=factuality if factuality in _FACTUALITY else "actual",
        )

    def _agreement(self, entry: Mapping[str, Any], number: int) -> Agreement | None:
        type, status, span = entry.get("type"), entry.get("status"), self._quote(entry)
        parties = self._known(entry.get("parties"))
        if type not in AGREEMENT_TYPES or status not in _STATUS or span is None or not parties:
            return None
        date, subject = _date(entry.get("date")), self._spoken(entry.get("subject"))
        return Agreement(f"a{number}", type, parties, date, status, subject, span, CONFIDENCE)

    def _facility(self, entry: Mapping[str, Any], _: int) -> Facility | None:
        facility, host = self._id(entry.get("facility")), self._id(entry.get("host"))
        founders, span = self._known(entry.get("founders")), self._quote(entry)
        others = tuple(id for id in founders if id != facility)
        if facility is None or span is None or not (others or host) or host == facility:
            return None
        return Facility(facility, others, host, span, CONFIDENCE)

    def _link(self, entry: Mapping[str, Any], _: int) -> Link | None:
        child, parent = self._id(entry.get("child")), self._id(entry.get("parent"))
        span = self._quote(entry)
        if child is None or parent is None or child == parent or span is None:
            return None
        return Link(child, parent, span, CONFIDENCE)

    def _id(self, given: object) -> str | None:
        return self._ids.get(given) if isinstance(given, str) else None

    def _known(self, given: object) -> tuple[str, ...]:
        """Return the entities of a list that were believed; the others are dropped from it."""
        wanted = _strings(given)
        found = [id for one in wanted if (id := self._id(one)) is not None]
        self.dropped += len(wanted) - len(found)
        return tuple(dict.fromkeys(found))

    def _quote(self, entry: Mapping[str, Any]) -> Span | None:
        return next(iter(self._places(_words(entry.get("quote")), whole=False)), None)

    def _spoken(self, given: object) -> str | None:
        """Return words that the text has, or None."""
        words = _words(given)
        return words if words and self._places(words, whole=False) else None

    def _says(self, words: str, span: Span) -> bool:
        """Whether a stretch of the text has some words, in capitals or not."""
        pattern = _pattern(words, whole=True)
        text = self.document.text[slice(*span)]
        return pattern is not None and re.search(pattern, text, re.IGNORECASE) is not None

    def _places(self, words: str, *, whole: bool = True) -> list[Span]:
        """Return where the text has some words, whatever its spaces, quotation marks and dashes."""
        pattern = _pattern(words, whole=whole)
        if pattern is None:
            return []
        found = re.finditer(pattern, self.document.text)
        return [match.span() for match, _ in zip(found, range(_MENTIONS), strict=False)]


def _pattern(words: str, *, whole: bool) -> str | None:
    if not any(map(str.isalnum, words)):
        return None
    spelled = r"\s+".join(
        "".join(_LIKE.get(letter, re.escape(letter)) for letter in word) for word in words.split()
    )
    return rf"(?<!\w){spelled}(?!\w)" if whole else spelled


def _words(given: object) -> str:
    """Return the words of a string with single spaces; nothing for anything else or too long."""
    return " ".join(given.split()) if isinstance(given, str) and len(given) <= 5_000 else ""


def _strings(given: object) -> list[str]:
    found: Iterable[object] = given[:_MOST] if isinstance(given, list) else ()
    return [words for one in found if (words := _words(one))]


def _date(given: object) -> str | None:
    return given if isinstance(given, str) and _DATE.fullmatch(given) else None
