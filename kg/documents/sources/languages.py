"""In which language a text is, where its source does not say so."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

# Telling a few languages apart is surer than telling a hundred apart: those of the region,
# and those that its news is written in.
_CHOICE = ["en", "ru", "kk", "zh", "ky", "uz", "tr", "de", "fr", "es", "mn"]
_ENOUGH = 2000


def language_of(text: str) -> str:
    """Return the tag of the language that a text is most likely in.

    English, where the library that tells languages apart (py3langid) is not installed.
    """
    classify = _classifier()
    return classify(text[:_ENOUGH])[0] if classify is not None else "en"


@cache
def _classifier() -> Callable[[str], tuple[str, float]] | None:
    try:
        import py3langid  # noqa: PLC0415 - loads slowly
    except ImportError:
        return None
    py3langid.set_languages(_CHOICE)
    classify: Callable[[str], tuple[str, float]] = py3langid.classify
    return classify
