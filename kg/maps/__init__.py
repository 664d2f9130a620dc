"""Maps: a network becomes one self-contained page that opens offline."""

from kg.maps.html import write

__all__ = ["write"]
