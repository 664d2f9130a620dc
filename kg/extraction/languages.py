"""Which language a text is in, and whether it is one that is read.

What a document says of its language counts; a text that is plainly in another one is not read, for
word lists of the wrong language find rubbish. "Plainly" is: by its letters, or, where the letters
agree, by a statistical identifier when the words that no text can do without are missing.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from typing import Any

from kg.documents.document import Document
from kg.errors import ExtractionError
from kg.extraction.lexicon import DATA

_SAMPLE = 20_000  # characters that are looked at
_ENOUGH = 200  # letters; of fewer, nothing is said
_FEW = 0.02  # share of function words below which a text is hardly in a language
_VARIED = 25  # different words; a list of a few names is in no language
_CERTAIN = 0.99


@cache
def packs() -> dict[str, dict[str, Any]]:
    """Return what is known of each language that is read, by its tag."""
    return tomllib.loads((DATA / "languages.toml").read_text(encoding="utf-8"))


def check(document: Document) -> None:
    """Raise `ExtractionError` if a document is in a language that is not read."""
    tag = re.split(r"[-_]", document.language, maxsplit=1)[0].lower()
    if tag not in packs():
        raise _unread(document, f"the document is in the language {document.language!r}")
    other = _other(document.text[:_SAMPLE], packs()[tag])
    if other is not None and other != tag:
        raise _unread(
            document, f"the text is not in the language {tag!r} but seems to be {other!r}"
        )


def _unread(document: Document, message: str) -> ExtractionError:
    read = ", ".join(sorted(packs()))
    return ExtractionError(
        f"{message}, and no texts of that language are read",
        where=document.id,
        remedy=f"give texts in a supported language: {read}",
    )


def _other(text: str, pack: dict[str, Any]) -> str | None:
    """Return the language of a text that is plainly not in that of a pack; else None."""
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < _ENOUGH:
        return None
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in letters)
    if scripts[pack["script"]] * 2 < len(letters):
        return _identified(text)[0]
    words = re.findall(r"[^\W\d_]+", text.casefold())
    known = frozenset(pack["function_words"])
    if len(set(words)) < _VARIED or sum(word in known for word in words) >= _FEW * len(words):
        return None
    language, probability = _identified(text)
    return language if probability >= _CERTAIN else None


def _identified(text: str) -> tuple[str, float]:
    language, probability = _identifier().classify(text)
    return str(language), float(probability)


@cache
def _identifier() -> Any:
    from py3langid.langid import (  # noqa: PLC0415 - most texts do not need it
        MODEL_FILE,
        LanguageIdentifier,
    )

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
