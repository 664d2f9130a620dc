"""Records against gold annotations: precision, recall and F1 for each kind of statement.

Two entities are the same when a normalised name or alias is the same or nearly so; a relation
counts when all its ends match; events are aligned one to one by type family, date, name and
shared agents, agreements by shared parties. Figures are micro-averaged over documents.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kg.documents.document import Document
from kg.documents.sources import read
from kg.errors import DocumentError, RecordError, UsageError
from kg.extraction.record import Agreement, Entity, Event, Record

if TYPE_CHECKING:
    import pandas as pd

KINDS = (
    "Person",
    "University",
    "government",
    "entities",
    "position",
    "position of",
    "event",
    "participation",
    "event date",
    "event place",
    "agreement",
    "agreement party",
    "facility",
    "part_of",
    "located_in",
)
_GOVERNMENT = ("GovernmentBody", "DiplomaticMission")
_FAMILIES = {
    "Forum": "gathering", "Conference": "gathering", "Seminar": "gathering", "Summit": "gathering",
    "Exhibition": "gathering", "Competition": "gathering", "Other": "gathering",
    "Meeting": "encounter", "Visit": "encounter", "Ceremony": "ceremony",
}  # fmt: skip


class Extractor(Protocol):
    """What evaluation needs of an extractor."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        """Yield a record for each document, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Error:
    """A statement that the extractor missed or that the gold does not have."""

    document: str
    kind: str
    error: str
    statement: str


@dataclass(slots=True)
class Score:
    """Counts for one kind of statement."""

    gold: int = 0
    found: int = 0
    hits: int = 0

    @property
    def precision(self) -> float:
        """Share of the found statements that the gold has; 1.0 where nothing was found."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold's statements that were found; 1.0 where there are none."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.gold + self.found
        return 2 * self.hits / total if total else 1.0


@dataclass(slots=True)
class Report:
    """Scores by kind, and every error behind them."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    all_errors: list[Error] = field(default_factory=list)
    documents: int = 0

    def table(self) -> pd.DataFrame:
        """Return one row a kind: gold, found, hits, precision, recall, f1."""
        import pandas as pd  # noqa: PLC0415 - most uses need no table

        rows = []
        for kind in KINDS:
            score = self.scores[kind]
            rows.append(
                (kind, score.gold, score.found, score.hits, round(score.precision, 3),
                 round(score.recall, 3), round(score.f1, 3))
            )  # fmt: skip
        columns = ["kind", "gold", "found", "hits", "precision", "recall", "f1"]
        return pd.DataFrame(rows, columns=columns)

    def errors(self, kind: str) -> pd.DataFrame:
        """Return the missed and the spurious statements of a kind.

        Raises
        ------
        UsageError
            If there is no such kind.
        """
        import pandas as pd  # noqa: PLC0415 - most uses need no table

        if kind not in KINDS:
            raise UsageError(f"unknown kind {kind!r}", remedy=f"one of: {', '.join(KINDS)}")
        rows = [(e.document, e.error, e.statement) for e in self.all_errors if e.kind == kind]
        return pd.DataFrame(rows, columns=["document", "error", "statement"])

    def count(
        self, document: str, kind: str, gold: Mapping[object, str], found: Mapping[object, str]
    ) -> None:
        """Add the statements of one document: keys that can be compared, to their words."""
        score = self.scores[kind]
        score.gold += len(gold)
        score.found += len(found)
        score.hits += len(gold.keys() & found.keys())
        for key in gold.keys() - found.keys():
            self.all_errors.append(Error(document, kind, "missed", gold[key]))
        for key in found.keys() - gold.keys():
            self.all_errors.append(Error(document, kind, "spurious", found[key]))


def evaluate(corpus: str | Path, extractor: Extractor) -> Report:
    """Extract every text of a folder that has a gold file beside it, and compare.

    Raises
    ------
    DocumentError
        If the folder has no text with a gold file (``NAME.txt`` with ``NAME.gold.json``).
    RecordError
        If a gold file does not hold.
    """
    pairs = sorted(_pairs(Path(corpus)), key=lambda pair: pair[0].id)
    if not pairs:
        raise DocumentError(
            "no text with a gold annotation here",
            where=str(corpus),
            remedy="put NAME.gold.json beside NAME.txt",
        )
    report = Report()
    records = extractor.pipe(document for document, _ in pairs)
    for (document, gold), record in zip(pairs, records, strict=True):
        compare(document.id, gold, record, report)
    return report


def _pairs(corpus: Path) -> Iterator[tuple[Document, Record]]:
    for document in read(corpus):
        if isinstance(document, DocumentError):
            raise document
        folder = corpus if corpus.is_dir() else corpus.parent
        for path in folder.rglob(f"{document.id}.gold.json"):
            yield document, gold_record(path)
            break


def gold_record(path: Path) -> Record:
    """Read a gold annotation; raises `RecordError` naming the file."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RecordError(f"not JSON ({error})", where=str(path)) from None
    return Record.from_dict(data, where=str(path))


def compare(document: str, gold: Record, found: Record, report: Report) -> None:
    """Add the comparison of one record with its gold to a report."""
    ids = align_entities(gold, found)
    _entities(document, gold, found, ids, report)
    _positions(document, gold, found, ids, report)
    _events(document, gold, found, ids, report)
    _agreements(document, gold, found, ids, report)
    _links(document, gold, found, ids, report)


def normal(name: str) -> str:
    """Return a name without case, diacritics, articles, honorifics and possessives."""
    text = anyascii(name).casefold().replace("'s ", " ")
    text = re.sub(r"^(?:the|mr|mrs|ms|dr|prof|professor)\.? ", "", text)
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same or nearly so (ratio of at least 0.9)."""
    a, b = normal(one), normal(other)
    return a == b or (min(len(a), len(b)) > 5 and fuzz.ratio(a, b) >= 90)


def align_entities(gold: Record, found: Record) -> dict[str, str]:
    """Map ids of the found record to ids of the gold, one to one, best matches first."""
    candidates = []
    for mine in found.entities:
        for theirs in gold.entities:
            score = _likeness(theirs, mine)
            if score:
                candidates.append((-score, theirs.id, mine.id))
    return _one_to_one(candidates)


def _one_to_one(candidates: Iterable[tuple[float, str, str]]) -> dict[str, str]:
    """Map found ids to gold ids from (negative score, gold, found), the best matches first."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for _, theirs, mine in sorted(candidates):
        if mine not in ids and theirs not in taken:
            ids[mine] = theirs
            taken.add(theirs)
    return ids


def _likeness(gold: Entity, found: Entity) -> float:
    if (
        gold.type in ("Person", "Place") or found.type in ("Person", "Place")
    ) and gold.type != found.type:
        return 0.0
    names = [(a, b) for a in (gold.name, *gold.aliases) for b in (found.name, *found.aliases)]
    equal = sum(normal(a) == normal(b) for a, b in names)
    if not equal and not any(same_name(a, b) for a, b in names):
        return 0.0
    return 1.0 + equal + (gold.type == found.type) + (normal(gold.name) == normal(found.name))


def _entities(
    document: str, gold: Record, found: Record, ids: dict[str, str], report: Report
) -> None:
    def table(
        record: Record, types: Sequence[str] | None, mapped: Callable[[str], str]
    ) -> dict[object, str]:
        return {
            (
                mapped(entity.id),
                "government" if types == _GOVERNMENT else entity.type,
            ): f"{entity.type}: {entity.name}"
            for entity in record.entities
            if types is None or entity.type in types
        }

    def mine(id: str) -> str:
        return ids.get(id, f"?{id}")

    for kind, types in (
        ("Person", ("Person",)),
        ("University", ("University",)),
        ("government", _GOVERNMENT),
        ("entities", None),
    ):
        report.count(document, kind, table(gold, types, str), table(found, types, mine))


def _role(role: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", role.casefold()).split())


def _positions(
    document: str, gold: Record, found: Record, ids: dict[str, str], report: Report
) -> None:
    names = {entity.id: entity.name for entity in gold.entities}
    mine_names = {entity.id: entity.name for entity in found.entities}
    roles = {(p.person, _role(p.role)) for p in gold.positions}

    def canonical(person: str, role: str) -> str:
        close = [r for p, r in roles if p == person and fuzz.ratio(r, role) >= 90]
        return role if role in close or not close else close[0]

    gold_pairs: dict[object, str] = {}
    gold_triples: dict[object, str] = {}
    for p in gold.positions:
        words = f"{names[p.person]}: {p.role} of {names.get(p.of or '')}"
        gold_pairs[p.person, _role(p.role)] = words
        gold_triples[p.person, _role(p.role), p.of] = words
    pairs: dict[object, str] = {}
    triples: dict[object, str] = {}
    for p in found.positions:
        person = ids.get(p.person, f"?{p.person}")
        role = canonical(person, _role(p.role))
        of = ids.get(p.of, f"?{p.of}") if p.of else None
        words = f"{mine_names[p.person]}: {p.role} of {mine_names.get(p.of or '')}"
        pairs[person, role] = words
        triples[person, role, of] = words
    report.count(document, "position", gold_pairs, pairs)
    report.count(document, "position of", gold_triples, triples)


def same_date(one: str | None, other: str | None) -> bool:
    """Whether two dates agree; where either lacks a year, month and day are compared."""
    if one is None or other is None:
        return one == other
    if one == other:
        return True
    a, b = (_without_year(date) if "--" in one + other else date for date in (one, other))
    return a == b


def _without_year(date: str) -> str:
    return "/".join(re.sub(r"^(?:\d{4}|-)-", "", part).lstrip("-") for part in date.split("/"))


def _events(
    document: str, gold: Record, found: Record, ids: dict[str, str], report: Report
) -> None:
    aligned = align_events(gold.events, found.events, ids)
    for kind in ("event", "participation", "event date", "event place"):
        theirs: dict[object, str] = {}
        mine: dict[object, str] = {}
        for event in gold.events:
            theirs.update(_event_statements(kind, event, event.id, gold, {}))
        for event in found.events:
            target = aligned.get(event.id)
            mine.update(_event_statements(kind, event, target or f"?{event.id}", found, ids))
            if kind == "event date" and target is not None:
                date = next(e.date for e in gold.events if e.id == target)
                if event.date and date and same_date(event.date, date):
                    mine = {key: words for key, words in mine.items() if key[0] != target}  # type: ignore[index]  # keys are tuples
                    mine[target, date] = f"{event.type} {date}"
        report.count(document, kind, theirs, mine)


def _event_statements(
    kind: str, event: Event, id: str, record: Record, ids: Mapping[str, str]
) -> dict[object, str]:
    words = f"{event.type} {event.name or ''} {event.date or ''}".strip()
    names = {entity.id: entity.name for entity in record.entities}

    def agent(local: str) -> str:
        return ids.get(local, f"?{local}") if ids or id.startswith("?") else local

    if kind == "event":
        return {(id,): words}
    if kind == "event date":
        return {(id, event.date): words} if event.date else {}
    if kind == "event place":
        return {(id, agent(place)): f"{words} @ {names[place]}" for place in event.places}
    return {
        (id, capacity, agent(who)): f"{words}: {capacity} {names[who]}"
        for capacity, agents in (
            ("organizer", event.organizers),
            ("participant", event.participants),
        )
        for who in agents
    }


def align_events(
    gold: Sequence[Event], found: Sequence[Event], ids: Mapping[str, str]
) -> dict[str, str]:
    """Map ids of found events to ids of gold events, one to one."""
    candidates = []
    for mine in found:
        for theirs in gold:
            score = _event_likeness(theirs, mine, ids)
            if score >= 1:
                candidates.append((-score, theirs.id, mine.id))
    return _one_to_one(candidates)


def _event_likeness(gold: Event, found: Event, ids: Mapping[str, str]) -> float:
    named = bool(
        gold.name
        and found.name
        and Levenshtein.normalized_similarity(normal(gold.name), normal(found.name)) >= 0.75
    )
    if _FAMILIES[gold.type] != _FAMILIES[found.type] and not named:
        return 0.0
    if gold.date and found.date and not _compatible(gold.date, found.date):
        return 0.0
    agents = {*gold.organizers, *gold.participants}
    mine = {ids.get(id, id) for id in (*found.organizers, *found.participants)}
    shared = len(agents & mine) / max(1, min(len(agents), len(mine)))
    score = float(gold.type == found.type) + 2.0 * named + shared
    score += 1.0 if gold.date and found.date and same_date(gold.date, found.date) else 0.0
    score += 0.5 if set(gold.places) & {ids.get(id, id) for id in found.places} else 0.0
    return score


def _compatible(one: str, other: str) -> bool:
    """Whether two dates can be of one event: the same, or one within the other."""
    if same_date(one, other):
        return True
    a, b = sorted(
        (
            _without_year(one) if "--" in one + other else one,
            _without_year(other) if "--" in one + other else other,
        ),
        key=len,
    )
    return a in b.split("/") or b.startswith(a)


def _agreements(
    document: str, gold: Record, found: Record, ids: dict[str, str], report: Report
) -> None:
    aligned = _align_agreements(gold.agreements, found.agreements, ids)
    theirs, parties = _agreement_statements(gold, str, str)
    mine, mine_parties = _agreement_statements(
        found,
        lambda agreement: aligned.get(agreement, f"?{agreement}"),
        lambda party: ids.get(party, f"?{party}"),
    )
    report.count(document, "agreement", theirs, mine)
    report.count(document, "agreement party", parties, mine_parties)


def _agreement_statements(
    record: Record, agreement_id: Callable[[str], str], party_id: Callable[[str], str]
) -> tuple[dict[object, str], dict[object, str]]:
    """Return the agreements of a record and their parties, under the gold's ids."""
    names = {entity.id: entity.name for entity in record.entities}
    agreements: dict[object, str] = {}
    parties: dict[object, str] = {}
    for agreement in record.agreements:
        id = agreement_id(agreement.id)
        named = ", ".join(names[party] for party in agreement.parties)
        words = f"{agreement.type} {agreement.status} {agreement.date or ''}: {named}"
        agreements[id,] = words
        for party in agreement.parties:
            parties[id, party_id(party)] = f"{words} · {names[party]}"
    return agreements, parties


def _align_agreements(
    gold: Sequence[Agreement], found: Sequence[Agreement], ids: Mapping[str, str]
) -> dict[str, str]:
    candidates = []
    for mine in found:
        for theirs in gold:
            shared = len(set(theirs.parties) & {ids.get(p, p) for p in mine.parties})
            if shared:
                score = (
                    shared + 0.5 * (theirs.type == mine.type) + 0.5 * (theirs.status == mine.status)
                )
                score += 0.5 * bool(theirs.date and mine.date and same_date(theirs.date, mine.date))
                candidates.append((-score, theirs.id, mine.id))
    return _one_to_one(candidates)


def _links(document: str, gold: Record, found: Record, ids: dict[str, str], report: Report) -> None:
    for kind in ("facility", "part_of", "located_in"):
        theirs = dict(_link_statements(kind, gold, str))
        mine = dict(_link_statements(kind, found, lambda id: ids.get(id, f"?{id}")))
        report.count(document, kind, theirs, mine)


def _link_statements(
    kind: str, record: Record, mapped: Callable[[str], str]
) -> Iterator[tuple[object, str]]:
    names = {entity.id: entity.name for entity in record.entities}
    if kind != "facility":
        for link in record.part_of if kind == "part_of" else record.located_in:
            yield (
                (mapped(link.child), mapped(link.parent)),
                f"{names[link.child]} → {names[link.parent]}",
            )
        return
    for row in record.facilities:
        for founder in row.founders:
            yield (
                (mapped(row.facility), "founder", mapped(founder)),
                f"{names[row.facility]} founded by {names[founder]}",
            )
        if row.host:
            yield (
                (mapped(row.facility), "host", mapped(row.host)),
                f"{names[row.facility]} hosted by {names[row.host]}",
            )
