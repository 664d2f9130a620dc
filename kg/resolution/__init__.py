"""Which entries of different records are the same real person, institution, place or event."""

from kg.resolution.resolver import resolve

__all__ = ["resolve"]
