"""People whom a text names without their being there: quoted, honoured, spoken for."""

from __future__ import annotations

import re
from functools import cache

from kg.extraction.abstracts import ANY, ORGANIZATION, POST, Abstract
from kg.extraction.lexicon import either


def is_named_only(abstract: Abstract, match: re.Match[str], language: str) -> bool:
    """Whether a person is named for another reason: a message, a quotation's source, a namesake."""
    before, after = abstract.text[: match.start()], abstract.text[match.end() : match.end() + 40]
    behalf = rf"\bon behalf of (?:the )?(?:\ue000R\d+\ue001 (?:of (?:the )?{ANY} )?)?$"
    if re.search(behalf, before, re.IGNORECASE):
        return True
    if _honoured(language).search(before):
        return True
    if re.search(r"\bquotes\s$", before) or re.match(r"(?:,[^,;.]*)?,\s(?:whom|quoted)\b", after):
        return True
    if re.search(
        r"\b(?:message|letter|telegram|greetings?|congratulations)\b[^.;]{0,60}\b(?:from|of|by)\b[^.;]{0,60}$",
        before,
        re.IGNORECASE,
    ):
        return True
    if _to_the_press(language).match(after):
        return True
    return after.startswith("'s") and not re.match(
        r"'s\s(?:\d{4}\s)?(?:[a-z]+\s){0,2}(?:visit|speech|words|opinion|view)", after
    )


@cache
def _to_the_press(language: str) -> re.Pattern[str]:
    """Return a pattern for "told reporters" right behind a name."""
    press = either(language, "events", "cues.press")
    told = r"(?:later\s|also\s)?(?:told|specified\sto|informed)"
    return re.compile(rf"\s{told}\s(?:the\s)?(?:{press}|{ORGANIZATION})")


@cache
def _honoured(language: str) -> re.Pattern[str]:
    """Return a pattern for "named after (the scientist)" right before a name."""
    phrases = either(language, "events", "cues.honoured")
    return re.compile(
        rf"\b(?:{phrases})\s(?:the\s)?(?:[a-z-]+\s){{0,4}}"
        rf"(?:{POST}\s(?:of\s(?:the\s)?{ANY}\s)?)?$",
        re.IGNORECASE,
    )
