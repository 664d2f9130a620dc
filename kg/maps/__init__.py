"""Maps: a network becomes one self-contained page that opens offline."""

from kg.maps.dossiers import described
from kg.maps.gatherings import gatherings
from kg.maps.html import write
from kg.maps.views import between, compare, focus

__all__ = ["between", "compare", "described", "focus", "gatherings", "write"]
