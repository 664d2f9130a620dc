"""Sources of each kind, made by the tests."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

from kg.documents import sources
from kg.documents.document import Document
from kg.documents.sources import Options, Reader
from kg.errors import DocumentError

FIRST = "Anna Berg, Rector of Northern University, met the leaders of Harbour University in Oslo."
SECOND = "They signed a memorandum of understanding on the exchange of students and teachers."
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Rector in Oslo | Northern News</title>
<link rel="canonical" href="https://n.example/news/1">
<meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2024-05-13T10:00:00+05:00">
</head><body>
<nav><a href="/">Home</a> <a href="/about">About us</a> <a href="/contact">Contact</a></nav>
<article><h1>Rector of Northern University in Oslo</h1><p>{FIRST}</p>
<p>{SECOND} The exchange is to begin in the autumn of the same year.</p></article>
<footer>Copyright 2024. All rights reserved. Cookie policy.</footer></body></html>"""
RUSSIAN = (
    "<html><head><title>Визит ректора</title></head><body><article><h1>Визит ректора</h1><p>"
    + "Ректор Северного университета Анна Берг встретилась с руководством университета. " * 3
    + "</p></article></body></html>"
)


def read(source: str | Path, options: Options | None = None) -> list[Document | DocumentError]:
    with Reader(options) as reader:
        return list(sources.read(source, reader))


def documents(source: str | Path, options: Options | None = None) -> list[Document]:
    found = read(source, options)
    assert all(isinstance(one, Document) for one in found), [str(one) for one in found]
    return [one for one in found if isinstance(one, Document)]


def only(source: str | Path, options: Options | None = None) -> Document:
    (document,) = documents(source, options)
    return document


def refused(source: str | Path, options: Options | None = None) -> DocumentError:
    (error,) = read(source, options)
    assert isinstance(error, DocumentError), error
    assert error.remedy
    assert error.where
    return error


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def pdf(*pages: list[str], title: str = "Report") -> bytes:
    """A PDF file with lines of text, written out by hand as ISO 32000 has it."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
    ]
    font = f"{3 + 2 * len(pages)} 0 R"
    for number, lines in enumerate(pages):
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {4 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 {font} >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    objects.append(f"<< /Title ({title}) /Author (A Ministry) /CreationDate (D:20240513) >>")
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    start = len(out)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n"
    return f"{out}startxref\n{start}\n%%EOF".encode("latin-1")


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            part = tarfile.TarInfo(name)
            part.size = len(content)
            archive.addfile(part, io.BytesIO(content))
    return buffer.getvalue()


def warc(*answers: tuple[str, str, str, bytes]) -> bytes:
    """A WARC 1.0 file of answers: address, status, media type, body."""
    out = b""
    for number, (address, status, media_type, body) in enumerate(answers):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n".encode() + body
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"WARC-Target-URI: {address}\r\nWARC-Date: 2024-05-13T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n"
        )
        out += head.encode() + b"\r\n" + http + b"\r\n\r\n"
    return out
