"""E-mail (``.eml``): the letter, and each attachment of a kind that is read."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.documents.document import Document
from kg.documents.sources.content import Content, damaged, document_of, no_text
from kg.documents.sources.folders import is_document
from kg.documents.sources.formats import Format, Found
from kg.documents.sources.html import page
from kg.documents.sources.languages import language_of
from kg.errors import DocumentError

if TYPE_CHECKING:
    from kg.documents.sources.reader import Reader

_LETTER = "message/rfc822"
_ERRORS = (ValueError, TypeError, LookupError, AttributeError, IndexError)


def read(content: Content, reader: Reader) -> Found:
    """Yield the letter and its attachments; a letter without words is passed over for those."""
    try:
        message = message_from_bytes(content.whole(), policy=default)
        if not message.keys():
            raise ValueError("it has no header")
        attachments = list(message.iter_attachments())
        letter = _letter(message, content)
    except _ERRORS as error:
        raise damaged("e-mail", error, content.name) from None
    readable = [each for each in attachments if is_document(_file_name(each))]
    if letter is not None:
        yield letter
    elif not readable:
        raise no_text(content.name)
    for each in readable:
        try:
            attached = _attached(each, content)
        except _ERRORS as error:
            yield damaged("attachment", error, f"{content.name}/{_file_name(each)}")
            continue
        yield from reader.documents(attached)


def _letter(message: EmailMessage, content: Content) -> Document | None:
    body = message.get_body(("plain", "html"))
    text = body.get_content() if body is not None else ""
    if not isinstance(text, str) or not text.strip():
        return None
    if body is not None and body.get_content_subtype() == "html":
        try:
            text = page(text.encode("utf-8", "replace"), content).text
        except DocumentError:
            return None
    text = text.replace("\r\n", "\n").replace("\0", "")
    return document_of(
        content,
        text.strip(),
        id=content.stem,
        address=_address(message),
        title=str(message.get("subject") or ""),
        author=str(message.get("from") or ""),
        published=_day(message),
        language=language_of(text),
    )


def _address(message: EmailMessage) -> str | None:
    """Return the letter's address by its Message-ID (RFC 2392)."""
    id = str(message.get("message-id") or "").strip().strip("<>")
    return f"mid:{quote(id, safe='@')}" if id else None


def _day(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["date"])).date().isoformat()
    except _ERRORS:
        return None


def _file_name(part: EmailMessage) -> str:
    name = (part.get_filename() or "").replace("\\", "/").rpartition("/")[2]
    if part.get_content_type() == _LETTER and not name.lower().endswith(".eml"):
        return f"{name or 'attached'}.eml"
    return name


def _attached(part: EmailMessage, content: Content) -> Content:
    if part.get_content_type() == _LETTER:  # forwarded as an attachment
        inner = part.get_content()
        raw = inner.as_bytes() if isinstance(inner, EmailMessage) else inner
    else:
        raw = part.get_payload(decode=True)
    return content.member(_file_name(part), raw if isinstance(raw, bytes) else b"")


FORMAT = Format("e-mail", read, suffixes=frozenset({".eml"}), media_types=frozenset({_LETTER}))
