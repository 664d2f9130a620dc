"""The briefing: two pages that a leader reads before a meeting, each sentence with its source."""

from kg.maps.brief.writing import write

__all__ = ["write"]
