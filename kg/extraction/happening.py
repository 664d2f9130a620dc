"""An event in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.dates import FoundDate
from kg.extraction.record import Factuality


@dataclass(slots=True)
class Happening:
    """An event in the making, with the sentences that tell of it."""

    type: str
    name: str | None = None
    lines: list[int] = field(default_factory=list)
    triggers: list[tuple[int, int]] = field(default_factory=list)
    date: FoundDate | None = None
    places: dict[str, int] = field(default_factory=dict)
    organizers: dict[str, int] = field(default_factory=dict)
    participants: dict[str, int] = field(default_factory=dict)
    theme: str | None = None
    factuality: Factuality = "actual"
    by_verb: bool = False
    background: bool = False
    signing: bool = False
    opened: bool = False  # the sentence that told it first told of its opening
    language: str = "en"
    days: frozenset[str] = frozenset()  # the dates of the sentence that told it first

    def tell(self, line: int, at: int) -> None:
        """Note that a sentence tells of the event, with a trigger at a place in its abstract."""
        if line not in self.lines:
            self.lines.append(line)
        self.triggers.append((line, at))
