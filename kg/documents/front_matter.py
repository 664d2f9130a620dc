"""The YAML block that may open a text: title, source, published, language.

Values are read as the words that stand there, never as YAML's own types: the title ``Yes``
stays a word, the language ``no`` stays Norwegian, and a date keeps its precision.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml  # type: ignore[import-untyped]
from frontmatter.default_handlers import YAMLHandler

from kg.errors import DocumentError

MAX_LENGTH = 64 * 1024
"""Longest block of front matter in characters; a longer one is no description of a text."""

_HANDLER = YAMLHandler(fm_boundary=re.compile(r"^-{3,}[^\S\n]*$", re.MULTILINE))
_QUICK = getattr(yaml, "CBaseLoader", None)
_PLAIN = frozenset({
    yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent,
    yaml.MappingStartEvent, yaml.MappingEndEvent, yaml.ScalarEvent,
})  # fmt: skip
_ABSENT = frozenset({"", "~", "null", "Null", "NULL"})
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_TIME_OF_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}\S*(?: ?[+-]\d{2}:?\d{2}| ?Z)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a text says of itself before it begins."""

    title: str | None = None
    source: str | None = None
    published: str | None = None
    language: str = "en"


def split(text: str, where: str) -> tuple[FrontMatter, str]:
    """Take the front matter off a text.

    Parameters
    ----------
    text : str
        The whole text, with a line feed at the end of lines.
    where : str
        Name of the text in errors.

    Returns
    -------
    tuple
        The front matter and the body without blank space around it; a text without
        front matter comes back as it is.

    Raises
    ------
    DocumentError
        The block is not closed, is not YAML, or has a value that does not hold.
    """
    opening = text.lstrip()
    if not _HANDLER.detect(opening):
        return FrontMatter(), text
    first_line = 1 + text[: len(text) - len(opening)].count("\n")
    try:
        block, body = _HANDLER.split(opening)
    except ValueError:
        raise DocumentError(
            "the front matter is not closed",
            where=f"{where}, line {first_line}",
            remedy="end it with a line '---', or take the '---' that opens the text away",
        ) from None
    return _read(block, where, first_line), body.strip()


def is_date(value: str) -> bool:
    """Whether a value is an ISO 8601 date, possibly of reduced precision (``2025-09``)."""
    try:
        date(*[int(part) for part in f"{value}-1-1".split("-")[:3]])
    except ValueError:
        return False
    return _DATE.fullmatch(value) is not None


def _read(block: str, where: str, first_line: int) -> FrontMatter:
    values = _values(block, where, first_line)
    fields = {key: _words(values[key], key, where) for key in _FIELDS if key in values}
    present = {key: value for key, value in fields.items() if value is not None}
    for key, check in _FIELDS.items():
        if key in present:
            line = _line_of(key, block, first_line)
            present[key] = check(present[key], f"{where}, line {line}")
    return FrontMatter(**present)


def _values(block: str, where: str, first_line: int) -> dict[str, Any]:
    """Parse the block, by libyaml where it is plain and sound, which is thirty times as quick."""
    quick = _quick_values(block)
    return quick if quick is not None else _careful_values(block, where, first_line)


def _quick_values(block: str) -> dict[str, Any] | None:
    """Return what a block says that is nothing but words after keys; None for any other."""
    if _QUICK is None or len(block) > MAX_LENGTH:
        return None
    try:
        kinds = [type(event) for event in yaml.parse(block, Loader=_QUICK)]
        if kinds.count(yaml.MappingStartEvent) != 1 or not _PLAIN.issuperset(kinds):
            return None
        values = yaml.load(block, Loader=_QUICK)
    except (yaml.YAMLError, ValueError):
        return None
    return values if isinstance(values, dict) else None


def _careful_values(block: str, where: str, first_line: int) -> dict[str, Any]:
    """Parse the block into a mapping of words; YAML's aliases are refused, they can explode."""
    line = first_line
    try:
        if len(block) > MAX_LENGTH:
            raise ValueError(f"it is longer than {MAX_LENGTH // 1024} KiB")
        for event in yaml.parse(block, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent):
                line += event.start_mark.line
                raise ValueError("it refers to another of its parts (*alias)")
        values = _HANDLER.load(block, Loader=yaml.BaseLoader)
        if values is None:
            return {}
        if not isinstance(values, dict):
            raise ValueError("it has no 'key: value' lines")
    except yaml.YAMLError as error:
        line, problem = _position(error, first_line)
        raise _malformed(f"{where}, line {line}", problem) from None
    except RecursionError:
        raise _malformed(f"{where}, line {line}", "it is nested too deep") from None
    except ValueError as error:
        raise _malformed(f"{where}, line {line}", str(error)) from None
    return values


def _position(error: Exception, first_line: int) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    return first_line + (mark.line if mark else 0), str(problem)


def _malformed(where: str, problem: str) -> DocumentError:
    return DocumentError(
        f"the front matter is malformed: {problem}",
        where=where,
        remedy="write one 'key: value' a line between two lines '---', "
        "with quotes around a value that holds ': '",
    )


def _words(value: object, key: str, where: str) -> str | None:
    if not isinstance(value, str):
        raise DocumentError(
            f"'{key}' in the front matter is a list or a block",
            where=where,
            remedy=f"give '{key}' one value on its line",
        )
    return None if value.strip() in _ABSENT else " ".join(value.split())


def _line_of(key: str, block: str, first_line: int) -> int:
    lines = block.split("\n")
    named = (at for at, line in enumerate(lines) if line.lstrip("\"' ").startswith(key))
    return first_line + next(named, 0)


def _published(value: str, where: str) -> str:
    match = _TIME_OF_DAY.fullmatch(value)
    day = match.group(1) if match else value
    try:
        if not is_date(day):
            raise ValueError
        if match:
            datetime.fromisoformat(value[:16])
    except ValueError:
        raise DocumentError(
            f"'published' is no date: {value[:40]}",
            where=where,
            remedy="write it as 2025, 2025-09 or 2025-09-22",
        ) from None
    return day


def _language(value: str, where: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise DocumentError(
            f"'language' is no language tag: {value[:40]}",
            where=where,
            remedy="write the language's short tag, such as en or ru",
        )
    return value


def _source(value: str, where: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise DocumentError(
            f"'source' is no address: {value[:80]}",
            where=where,
            remedy="give the report's address (https://…), or leave 'source' out",
        )
    return value


def _title(value: str, _where: str) -> str:
    return value


_FIELDS = {"title": _title, "source": _source, "published": _published, "language": _language}
