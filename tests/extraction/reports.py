"""What a short report says, told in names: a record without its local ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extraction.record import Agreement, Entity, Event, Facility, Record


@dataclass(frozen=True, slots=True)
class Told:
    """A text with the record that was made of it, asked and answered in names."""

    text: str
    record: Record

    def name(self, id: str | None) -> str | None:
        """Return the name of an entity."""
        return None if id is None else self.record.entity(id).name

    def names(self, ids: Iterable[str]) -> set[str]:
        """Return the names of entities."""
        return {self.record.entity(id).name for id in ids}

    def entity(self, form: str) -> Entity:
        """Return the one entity that has this name or alias."""
        (found,) = [e for e in self.record.entities if form in (e.name, *e.aliases)]
        return found

    def forms(self, form: str) -> set[str]:
        """Return all forms of the name of the entity that has this one."""
        entity = self.entity(form)
        return {entity.name, *entity.aliases}

    @property
    def types(self) -> dict[str, str]:
        """The entities by name, with their types."""
        return {entity.name: entity.type for entity in self.record.entities}

    def of_type(self, *types: str) -> set[str]:
        """Return the names of the entities of some types."""
        return {entity.name for entity in self.record.entities if entity.type in types}

    @property
    def posts(self) -> set[tuple[str | None, str, str | None]]:
        """The positions as person, role in lower case, organization or place."""
        return {
            (self.name(p.person), p.role.lower(), self.name(p.of)) for p in self.record.positions
        }

    @property
    def events(self) -> list[str]:
        """The types of the events, in order."""
        return [event.type for event in self.record.events]

    def event(self, type: str) -> Event:
        """Return the one event of a type."""
        (found,) = [event for event in self.record.events if event.type == type]
        return found

    def organizers(self, type: str) -> set[str]:
        """Return the names of the organizers of the one event of a type."""
        return self.names(self.event(type).organizers)

    def participants(self, type: str) -> set[str]:
        """Return the names of the participants of the one event of a type."""
        return self.names(self.event(type).participants)

    def places(self, type: str) -> set[str]:
        """Return the names of the places of the one event of a type."""
        return self.names(self.event(type).places)

    @property
    def agreement(self) -> Agreement:
        """The one agreement."""
        (found,) = self.record.agreements
        return found

    @property
    def parties(self) -> list[set[str]]:
        """The parties of each agreement."""
        return [self.names(agreement.parties) for agreement in self.record.agreements]

    @property
    def facility(self) -> Facility:
        """The one joint facility of which the text tells the makers."""
        (found,) = self.record.facilities
        return found

    @property
    def part_of(self) -> set[tuple[str | None, str | None]]:
        """The pairs of a unit and its whole."""
        return {(self.name(link.child), self.name(link.parent)) for link in self.record.part_of}

    @property
    def located_in(self) -> set[tuple[str | None, str | None]]:
        """The pairs of a thing and the place that it is in."""
        return {(self.name(link.child), self.name(link.parent)) for link in self.record.located_in}
