"""Taking a person out of a document and its record, and nothing else.

The person's names are covered in the text, sign by sign, so that every other statement keeps
its place; what the record says of the person goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from kg.documents.document import Document
from kg.extraction.record import Entity, Record
from kg.resolution.names.spelling import fold

COVER = "\N{FULL BLOCK}"
_SHORTEST = 3  # letters of a part of a name that is covered wherever it stands
_PART = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def name_key(name: str) -> str:
    """Return what is the same for a name in any case, script, accent and order of its parts.

    Empty for a name of one part, which many people share.

    Examples
    --------
    >>> name_key("Berg Ánna") == name_key("Anna BERG")
    True
    >>> name_key("Berg")
    ''
    """
    parts = fold(name).split()
    return " ".join(sorted(parts)) if len(parts) > 1 else ""


def telling_names(entity: Entity) -> list[str]:
    """Return the names that tell a person from others: the first, and all without initials."""
    full = [name for name in entity.aliases if all(len(part) > 1 for part in fold(name).split())]
    return [entity.name, *full]


def without_people(
    document: Document, record: Record, is_forgotten: Callable[[Entity], bool]
) -> tuple[Document, Record]:
    """Return a document and its record without the people whom a rule names.

    Parameters
    ----------
    document, record : Document, Record
        What was read, and what it says.
    is_forgotten : callable
        Whether a person of the record is to go.

    Returns
    -------
    tuple
        The same objects where nobody is.
    """
    gone = [each for each in record.entities if each.type == "Person" and is_forgotten(each)]
    if not gone:
        return document, record
    mentions = [document.text[start:end] for each in gone for start, end in each.mentions]
    names = {name for each in gone for name in (each.name, *each.aliases)} | set(mentions)
    cover = _covering(names)
    covered = replace(
        document,
        text=cover(document.text),
        title=cover(document.title) if document.title else None,
        author=cover(document.author) if document.author else None,
        original_hash=document.text_hash,
    )
    left = _without({each.id for each in gone}, record.to_dict())
    kept = Record.from_dict(_each_text(left, _covering(n for n in names if name_key(n))))
    return covered, replace(kept, title=covered.title)


def same_but_for_covers(held: str | None, found: str | None) -> bool:
    """Whether two texts are the same where the first is not covered."""
    if held is None or found is None or len(held) != len(found):
        return held == found
    return all(one in (other, COVER) for one, other in zip(held, found, strict=True))


def _covering(names: Iterable[str]) -> Callable[[str], str]:
    """Return a function that covers names, and the longer parts of them, in a text."""
    wholes = {" ".join(name.split()) for name in names if name.strip()}
    parts = {part for name in wholes for part in _PART.findall(name) if len(part) >= _SHORTEST}
    longest_first = sorted(wholes | parts, key=lambda words: (-len(words), words))
    patterns = (r"\s+".join(map(re.escape, words.split())) for words in longest_first)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")

    def cover(text: str) -> str:
        return pattern.sub(lambda match: re.sub(r"\S", COVER, match[0]), text)

    return cover


def _without(ids: set[str], data: dict[str, Any]) -> dict[str, Any]:
    """Return a record's values without entities and what is said of them."""
    for pairs in ("part_of", "located_in"):
        kept = [not ids & set(pair) for pair in data[pairs]]
        for key in (pairs, f"{pairs}_evidence"):
            data[key] = [value for value, keep in zip(data[key], kept, strict=True) if keep]
    data["entities"] = [each for each in data["entities"] if each["id"] not in ids]
    data["positions"] = [each for each in data["positions"] if each["person"] not in ids]
    for event in data["events"]:
        for role in ("participants", "organizers", "places"):
            event[role] = [id for id in event[role] if id not in ids]
        event["evidence_of"] = {k: v for k, v in event["evidence_of"].items() if k not in ids}
    for agreement in data["agreements"]:
        agreement["parties"] = [id for id in agreement["parties"] if id not in ids]
    return data


def _each_text(value: Any, change: Callable[[str], str], key: str = "") -> Any:
    """Return JSON values with each text changed that is no id or reference."""
    if isinstance(value, dict):
        return {name: _each_text(inner, change, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_each_text(inner, change, key) for inner in value]
    if isinstance(value, str) and key in _TEXTS:
        return change(value)
    return value


_TEXTS = frozenset({"name", "aliases", "role", "theme", "subject", "title"})
