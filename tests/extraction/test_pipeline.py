import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from kg.documents.document import Document
from kg.errors import ExtractionError
from kg.extraction.pipeline import Extractor, load
from kg.extraction.version import DEFAULT_MODEL, extractor_version


def test_the_default_is_loaded_once(extractor: Extractor) -> None:
    assert load() is extractor
    assert extractor.version == extractor_version()


def test_a_record_carries_the_document_and_the_version(extractor: Extractor) -> None:
    document = Document(
        "oslo", "It rained in Oslo.", source="https://e.org/1", title="Rain", published="2024-05"
    )
    record = extractor.read(document)
    assert (record.id, record.language, record.source) == ("oslo", "en", "https://e.org/1")
    assert (record.title, record.published) == ("Rain", "2024-05")
    assert record.extractor == extractor.version
    assert [entity.name for entity in record.entities] == ["Oslo"]


def test_a_title_is_not_read(extractor: Extractor) -> None:
    record = extractor.read(Document("a", "It rained.", title="Rain in Oslo"))
    assert record.entities == ()


def test_records_come_in_the_order_of_the_documents_and_lazily(extractor: Extractor) -> None:
    given: list[str] = []

    def documents() -> list[Document]:
        for number in range(70):
            given.append(str(number))
            yield Document(str(number), f"Dean Lund spoke in Oslo on 5 May {1950 + number}.")

    records = extractor.pipe(documents())
    assert next(records).id == "0"
    assert len(given) < 70
    assert [record.id for record in records] == [str(number) for number in range(1, 70)]


def test_what_was_read_before_does_not_matter(extractor: Extractor) -> None:
    one = Document("1", "Northern Lakes University (NLU) is old.")
    two = Document("2", "NLU is old. The university is big.")
    assert [extractor.read(one), extractor.read(two)] == list(extractor.pipe([one, two]))
    assert extractor.read(two) == next(iter(extractor.pipe([two, one])))


def test_an_unsupported_language_is_told_with_its_remedy(extractor: Extractor) -> None:
    with pytest.raises(ExtractionError, match=r"'xx'.*language"):
        extractor.read(Document("a", "Text.", language="xx"))


@pytest.mark.parametrize(
    "model", ["no_such_model", "no-such-model", "/no/such/folder", "..", "os", "kg", "en core web"]
)
def test_a_model_that_is_not_installed(model: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        load(model)
    assert repr(model) in str(caught.value)
    assert caught.value.remedy


def test_a_pipeline_without_a_recogniser(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ExtractionError, match="no entity recogniser") as caught:
        load(str(tmp_path / "blank"))
    assert "ner" in str(caught.value.remedy)


def test_a_folder_that_holds_no_pipeline(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text('{"lang": "en", "name": "broken"}')
    with pytest.raises(ExtractionError, match="cannot be loaded"):
        load(str(tmp_path))


def test_another_pipeline_in_a_folder(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns([{"label": "GPE", "pattern": "Oslo"}])  # type: ignore[attr-defined]
    nlp.meta |= {"name": "own", "version": "1.2.3"}
    nlp.to_disk(tmp_path / "own")
    extractor = load(str(tmp_path / "own"))
    assert extractor.version.startswith("kg ")
    assert extractor.version.endswith(" en_own 1.2.3")
    record = extractor.read(Document("a", "Olga Remizova, Rector of Oslo Academy, spoke."))
    assert [position.role for position in record.positions] == ["Rector"]


def test_a_changed_file_of_the_default_model_is_refused(tmp_path: Path) -> None:
    package = tmp_path / DEFAULT_MODEL
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "meta.json").write_text(json.dumps({"lang": "en", "name": "core_web_sm"}))
    probe = "from kg.extraction.pipeline import load\ntry: load()\nexcept Exception as e: print(e)"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{probe}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(package) in done.stdout
    assert "not the one this version was tested with" in done.stdout
    assert "pip install" in done.stdout


@pytest.mark.parametrize("noise", ["(" * 20_000, '"' * 20_000, "=" * 20_000, "QUJD" * 5_000])
def test_runs_without_a_space_cost_nothing_and_shift_no_offset(
    extractor: Extractor, noise: str
) -> None:
    text = f"{noise} Rector Li Wei of Amber University met guests on 3 May 2024."
    record = extractor.read(Document("noisy", text))
    (position,) = record.positions
    assert position.role == "Rector"
    start, end = record.entity(position.person).mentions[0]
    assert text[start:end] == "Li Wei"


def test_a_text_that_is_too_long_says_so(extractor: Extractor) -> None:
    with pytest.raises(ExtractionError, match="split it into its reports"):
        extractor.read(Document("endless", "a " * (extractor.nlp.max_length // 2 + 1)))


def test_a_long_text_is_seen_in_parts_and_read_as_a_whole(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = (
        "Olga Remizova, Rector of Karkaraly University (KU), met Tan Zeyu in Oslo on 5 May 2024.\n"
    )
    document = Document(
        "a", line + "The weather was fine that day.\n" * 30 + "KU has many guests.\n"
    )
    whole = extractor.read(document)
    monkeypatch.setattr("kg.extraction.pipeline._LONG", 200)
    assert extractor.read(document) == whole
    short = Document("b", "Tan Zeyu met Olga Remizova.")
    mixed = list(extractor.pipe([short, document, short]))
    assert [record.id for record in mixed] == ["b", "a", "b"]
    assert mixed[0] == mixed[2]


def test_a_long_text_without_lines_is_cut_between_words(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.extraction.pipeline._LONG", 60)
    text = "It rained in Oslo and nobody of Karkaraly University went out. " * 10
    record = extractor.read(Document("a", text))
    record.check(text)
    assert {"Oslo", "Karkaraly University"} <= {entity.name for entity in record.entities}
