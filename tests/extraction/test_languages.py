"""A text in a language that is not read ends in a notice, not in rubbish statements."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents.document import Document
from kg.documents.sources import read
from kg.errors import ExtractionError
from kg.extraction.languages import check, packs
from kg.extraction.lexicon import DATA
from kg.extraction.pipeline import Extractor

CORPUS = Path(__file__).parents[2] / "corpus"
FOREIGN = {
    "ru": "Ректор Северного университета Анна Берг вчера встретилась с делегацией Гаванского "
    "университета. Стороны обсудили обмен студентами и преподавателями, а также подписали "
    "меморандум о сотрудничестве. После встречи гости осмотрели новую библиотеку и лаборатории.",
    "kk": "Солтүстік университетінің ректоры Анна Берг кеше қонақтармен кездесті. Тараптар "
    "студенттер мен оқытушылар алмасу мәселесін талқылап, ынтымақтастық туралы меморандумға қол "
    "қойды. Кездесуден кейін қонақтар жаңа кітапхана мен зертханаларды аралап көрді.",
    "zh": "北方大学校长昨日会见了港口大学代表团，双方就学生和教师交流进行了讨论。" * 8,
    "de": "Die Rektorin der Nordischen Universität, Anna Berg, traf gestern eine Abordnung der "
    "Hafenuniversität. Beide Seiten sprachen über den Austausch von Studenten und Lehrern und "
    "unterzeichneten eine Absichtserklärung. Danach sahen sich die Gäste die neue Bibliothek, "
    "zwei Labore und das Wohnheim an und pflanzten zusammen einen Baum.",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_text_in_another_language_is_told_whatever_it_is_called(language: str) -> None:
    with pytest.raises(ExtractionError, match=f"seems to be '{language}'") as caught:
        check(Document("a", FOREIGN[language], language="en"))
    assert caught.value.where == "a"
    assert "supported language: en" in str(caught.value)


@pytest.mark.parametrize("language", ["ru", "kk-KZ", "zh_Hans", "xx"])
def test_a_document_of_another_language_is_told(language: str) -> None:
    with pytest.raises(ExtractionError, match=f"in the language '{language}'"):
        check(Document("a", "Text.", language=language))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "天气很好。",
        "Karkaraly University, " * 500,
        "Ректор Берг said: " + "the guests of the university were shown the new library. " * 8,
        "ANNA BERG OPENED THE FORUM OF RECTORS IN OSLO AND SPOKE OF THE EXCHANGE OF STUDENTS. " * 4,
        "0123456789 " * 200,
    ],
)
def test_what_is_not_plainly_in_another_language_is_read(text: str) -> None:
    check(Document("a", text))


def test_every_text_of_the_corpus_is_read() -> None:
    documents = [one for one in read(CORPUS) if isinstance(one, Document)]
    assert len(documents) == 41
    for document in documents:
        check(document)


def test_every_language_has_its_word_lists() -> None:
    assert all((DATA / tag / "names.toml").is_file() for tag in packs())


def test_the_extraction_says_so(extractor: Extractor) -> None:
    with pytest.raises(ExtractionError, match="seems to be 'ru'"):
        extractor.read(Document("a", FOREIGN["ru"]))
