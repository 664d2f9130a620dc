"""Posts, in one wording each."""

from __future__ import annotations

from functools import lru_cache

from kg.resolution.names.spelling import fold
from kg.resolution.words import words


@lru_cache(maxsize=20_000)
def role_key(role: str) -> str:
    """Return a post in one wording: "Consul-General" is "consul general".

    Examples
    --------
    >>> role_key("Vice-Rector") == role_key("Prorector")
    True
    """
    table = words().roles
    plain = fold(role)
    for phrase, usual in table.items():
        if " " in phrase:
            plain = plain.replace(phrase, usual)
    return " ".join(table.get(word, word) for word in plain.split() if word not in words().small)
