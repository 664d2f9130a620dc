"""The formats in which others publish annotated texts, read into one form.

dwie
    A folder of JSON files with ``content``, ``mentions``, ``concepts`` and ``relations``
    (Zaporojets et al., "DWIE", 2021).
knowledgenet
    A file of JSON lines with ``passages`` and their ``facts`` (Mesquita et al., 2019).
re3d
    A folder with ``documents.json``, ``entities.json`` and ``relations.json`` in JSON lines, or a
    folder of such folders (Dstl, 2017).
brat
    A folder of ``NAME.txt`` with ``NAME.ann`` beside it (standoff of the brat tool), with
    the types of NEREL (Loukachevitch et al., 2021).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import DocumentError
from kg.extraction.record import Entity

Relation = tuple[str, str, str]
"""Kind, and the two ends."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A text with what others read in it; ``kinds`` are those that they looked for."""

    id: str
    text: str
    entities: tuple[Entity, ...]
    relations: frozenset[Relation]
    kinds: frozenset[str]
    language: str = "en"


@cache
def _mapping(form: str) -> dict[str, Any]:
    text = (files(__package__) / "mappings.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)[form])


def _kinds(form: str) -> frozenset[str]:
    known = _mapping(form)
    return frozenset({*known["types"].values(), *known["relations"].values()})


def _entity(id: str, type: str, names: Iterable[str]) -> Entity | None:
    """Return an entity under its longest name; None without a name that has a capital."""
    proper = [" ".join(name.split()) for name in names if any(map(str.isupper, name))]
    ordered = sorted(dict.fromkeys(proper), key=len, reverse=True)
    return Entity(id, type, ordered[0], tuple(ordered[1:])) if ordered else None


def _between(entities: Iterable[Entity], relations: Iterable[Relation]) -> frozenset[Relation]:
    """Return the relations between entities that are compared."""
    known = {entity.id for entity in entities}
    return frozenset(one for one in relations if {one[1], one[2]} <= known and one[1] != one[2])


def dwie(path: Path) -> Iterator[Annotation]:
    """Yield the texts of a folder of DWIE's JSON files."""
    known = _mapping("dwie")
    for file in _files(path, "*.json"):
        with _told(file):
            data = json.loads(file.read_text(encoding="utf-8"))
            names: dict[Any, list[str]] = defaultdict(list)
            for mention in data["mentions"]:
                names[mention["concept"]].append(mention["text"])
            found = [
                _entity(str(one["concept"]), type, [one["text"] or "", *names[one["concept"]]])
                for one in data["concepts"]
                if (type := _first(known["types"], one.get("tags") or ())) is not None
            ]
            entities = tuple(one for one in found if one is not None)
            relations = (
                (known["relations"][one["p"]], str(one["s"]), str(one["o"]))
                for one in data["relations"]
                if one["p"] in known["relations"]
            )
            annotation = Annotation(
                str(data["id"]),
                data["content"],
                entities,
                _between(entities, relations),
                _kinds("dwie"),
            )
        yield annotation


def knowledgenet(path: Path) -> Iterator[Annotation]:
    """Yield the passages of a file of KnowledgeNet, each as a text."""
    for file in _files(path, "*.json*"):
        for line in _lines(file):
            with _told(file):
                passages = [
                    _passage(one)
                    for one in line["passages"]
                    if one["exhaustivelyAnnotatedProperties"]
                ]
            yield from (one for one in passages if one.kinds)


def _passage(data: Mapping[str, Any]) -> Annotation:
    known = _mapping("knowledgenet")
    properties = data["exhaustivelyAnnotatedProperties"]
    sought = {one["propertyId"]: one["propertyName"] for one in properties}
    facts = []
    for fact in data["facts"]:
        property = sought.get(fact["propertyId"])
        if property in known["relations"]:
            facts.append((property, fact["subjectText"], fact["objectText"]))
    entities: dict[str, Entity] = {}
    for property, *ends in facts:
        for type, name in zip(known["ends"][property], ends, strict=True):
            entity = _entity(name, type, [name])
            if entity is not None:
                entities[name] = entity
    relations = ((known["relations"][property], one, other) for property, one, other in facts)
    return Annotation(
        str(data["passageId"]),
        data["passageText"],
        tuple(entities.values()),
        _between(entities.values(), relations),
        frozenset(kind for name, kind in known["relations"].items() if name in sought.values()),
    )


def re3d(path: Path) -> Iterator[Annotation]:
    """Yield the texts of a folder of re3d, or of the folders in it."""
    for file in _files(path, "documents.json"):
        entities, relations = (
            _grouped(file.with_name(f"{n}.json")) for n in ("entities", "relations")
        )
        for document in _lines(file):
            with _told(file):
                id = str(document["_id"])
                annotation = _re3d(id, document["text"], entities[id], relations[id])
            yield annotation


def _re3d(id: str, text: str, entities: list[Any], relations: list[Any]) -> Annotation:
    known = _mapping("re3d")
    found: dict[str, Entity] = {}
    for one in entities:
        type = known["types"].get(one["type"])
        entity = _entity(one["value"], type, [_bare(one["value"])]) if type else None
        if entity is not None:
            found[entity.id] = entity
    told = set()
    for one in relations:
        kind, source, target = known["relations"].get(one["type"]), one["source"], one["target"]
        if kind and source in found and target in found:
            kind = _re3d_kind(kind, found[source].type, found[target].type)
            told.add((kind, source, target))
    kept = frozenset(one for one in told if one[0])
    return Annotation(
        id, text, tuple(found.values()), _between(found.values(), kept), _kinds("re3d")
    )


def _re3d_kind(kind: str, source: str, target: str) -> str:
    """Return what a relation is between ends of these types; nothing where it is none of ours."""
    if kind == "located_in":
        return kind if target == "Place" and source != "Person" else ""
    if source == "Person":
        return "works for" if target != "Person" else ""
    return kind if kind == "part_of" and source == target == "Organization" else ""


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|The) ", "", name)


def brat(path: Path) -> Iterator[Annotation]:
    """Yield the texts of a folder of brat's standoff files."""
    known = _mapping("brat")
    for file in _files(path, "*.ann"):
        with _told(file):
            lines = file.read_text(encoding="utf-8").splitlines()
            text = file.with_suffix(".txt").read_text(encoding="utf-8")
            rows = [line.split("\t") for line in lines if line[:1] in "TR" and "\t" in line]
            found: dict[str, Entity] = {}
            relations = []
            for id, what, *words in rows:
                label, *rest = what.split(" ")
                if id.startswith("T") and label in known["types"]:
                    entity = _entity(id, known["types"][label], words[:1])
                    if entity is not None:
                        found[id] = entity
                elif id.startswith("R") and label in known["relations"]:
                    one, other = (end.partition(":")[2] for end in rest[:2])
                    relations.append((known["relations"][label], one, other))
            entities, relations = _same(found, relations)
            language = "ru" if re.search("[а-я]", text) else "en"
            annotation = Annotation(
                file.stem, text, entities, _between(entities, relations), _kinds("brat"), language
            )
        yield annotation


def _same(
    found: Mapping[str, Entity], relations: Iterable[Relation]
) -> tuple[tuple[Entity, ...], list[Relation]]:
    """Return mentions with one name and type as one entity, and the relations between those."""
    first: dict[tuple[str, str], str] = {}
    ids = {id: first.setdefault((one.type, one.name), id) for id, one in found.items()}
    entities = tuple(one for id, one in found.items() if ids[id] == id)
    return entities, [(kind, ids.get(a, a), ids.get(b, b)) for kind, a, b in relations]


FORMATS: dict[str, Callable[[Path], Iterator[Annotation]]] = {
    "dwie": dwie,
    "knowledgenet": knowledgenet,
    "re3d": re3d,
    "brat": brat,
}


def _first(types: Mapping[str, str], tags: Iterable[str]) -> str | None:
    return next((types[tag] for tag in tags if tag in types), None)


def _files(path: Path, pattern: str) -> list[Path]:
    found = [path] if path.is_file() else sorted(path.rglob(pattern))
    if not found:
        raise DocumentError(
            f"no {pattern} here", where=str(path), remedy="name the data set's file or folder"
        )
    return found


def _lines(file: Path) -> Iterator[Any]:
    """Yield the values of a file of JSON lines."""
    with _told(file):
        lines = file.read_text(encoding="utf-8").splitlines()
        values = [json.loads(line) for line in lines if line.strip()]
    yield from values


def _grouped(file: Path) -> dict[str, list[Any]]:
    """Return the values of a file of JSON lines by the document that they are about."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for one in _lines(file):
        groups[str(one.get("documentId"))].append(one)
    return groups


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Tell what does not hold in a file with the file's name."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DocumentError(
            f"not in this format ({type(error).__name__}: {str(error)[:120]})",
            where=str(file),
            remedy="see which formats there are: kg yardstick --help",
        ) from None
