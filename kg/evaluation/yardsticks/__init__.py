"""Annotations that others made, as a yardstick: what of theirs is found, in types both sides know.

Their types are coarser than ours: a person, an organization of whatever kind, a place; who works
for whom, what is part of what, what is located where. Names without a capital letter (pronouns,
"the regime") are left out on their side, for no such thing is an entity here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.documents.document import Document
from kg.errors import KgError, UsageError
from kg.evaluation.corpus import Extractor
from kg.evaluation.matching import align_entities
from kg.evaluation.report import Score
from kg.evaluation.yardsticks.formats import FORMATS, Annotation
from kg.extraction.record import Record

if TYPE_CHECKING:
    import pandas as pd

_COARSE = ("Person", "Place")


@dataclass(slots=True)
class Measured:
    """What came of a comparison: counts by kind, and the texts that could not be read."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    texts: int = 0
    failed: list[KgError] = field(default_factory=list)

    def table(self) -> pd.DataFrame:
        """Return one row a kind: gold, found, hits, precision, recall, f1."""
        import pandas as pd  # noqa: PLC0415 - most uses need no table

        rows = [
            (kind, one.gold, one.found, one.hits, round(one.precision, 3), round(one.recall, 3),
             round(one.f1, 3))
            for kind, one in sorted(self.scores.items())
        ]  # fmt: skip
        columns = ["kind", "gold", "found", "hits", "precision", "recall", "f1"]
        return pd.DataFrame(rows, columns=columns)


def measure(form: str, path: str | Path, extractor: Extractor) -> Measured:
    """Compare an extractor with the annotations of a data set.

    Parameters
    ----------
    form : str
        One of `FORMATS`.
    path : str or Path
        The file or folder of the data set, as it is distributed.
    extractor : Extractor
        What is measured.

    Raises
    ------
    UsageError
        If there is no such format.
    DocumentError
        If the path has no data in it, or they do not hold.
    """
    if form not in FORMATS:
        raise UsageError(f"unknown format {form!r}", remedy=f"one of: {', '.join(FORMATS)}")
    measured = Measured()
    for annotation in FORMATS[form](Path(path)):
        measured.texts += 1
        document = Document(annotation.id, annotation.text, annotation.language)
        try:
            found = next(iter(extractor.pipe([document])))
        except KgError as error:
            measured.failed.append(error)
            continue
        _count(annotation, _coarse(found), measured)
    return measured


def _coarse(record: Record) -> Record:
    entities = (
        replace(one, type=one.type if one.type in _COARSE else "Organization")
        for one in record.entities
    )
    return replace(record, entities=tuple(entities))


def _count(annotation: Annotation, found: Record, measured: Measured) -> None:
    ids = align_entities(Record(annotation.id, entities=annotation.entities), found)

    def mine(id: str) -> str:
        return ids.get(id, f"?{id}")

    gold = {*_entities(annotation), *annotation.relations}
    told = {
        *((entity.type, mine(entity.id)) for entity in found.entities),
        *_relations(found, mine),
    }
    for kind in annotation.kinds:
        theirs, ours = ({one for one in side if one[0] == kind} for side in (gold, told))
        score = measured.scores[kind]
        score.gold += len(theirs)
        score.found += len(ours)
        score.hits += len(theirs & ours)


def _entities(annotation: Annotation) -> Iterable[tuple[str, ...]]:
    return ((entity.type, entity.id) for entity in annotation.entities)


def _relations(record: Record, mine: Callable[[str], str]) -> Iterator[tuple[str, ...]]:
    for position in record.positions:
        if position.of is not None:
            yield "works for", mine(position.person), mine(position.of)
    for kind, links in (("part_of", record.part_of), ("located_in", record.located_in)):
        for link in links:
            yield kind, mine(link.child), mine(link.parent)
