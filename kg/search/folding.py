"""Names as they are compared: one alphabet, no case, no marks."""

from __future__ import annotations

import re

from anyascii import anyascii

_BREAKS = re.compile(r"[^0-9a-z]+")
_HAN = re.compile("([\u3400-\u9fff\U00020000-\U0003ffff])")


def folded(name: str) -> str:
    """Return a name in lower-case Latin letters and digits, its words one space apart.

    Examples
    --------
    >>> folded("Қазақстан Республикасы")
    'qazaqstan respublikasy'
    >>> folded("四川大学")
    'si chuan da xue'
    >>> folded("  Universität—Zürich ")
    'universitat zurich'
    """
    apart = _HAN.sub(r" \1 ", name)  # each character is a syllable, and words are not written apart
    return _BREAKS.sub(" ", anyascii(apart).lower()).strip()


def squeezed(name: str) -> str:
    """Return a folded name without its spaces, as 'sichuan' is typed for 'si chuan'."""
    return name.replace(" ", "")
