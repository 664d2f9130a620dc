"""Texts as they come off the web: long, without stops, shouted, mixed, with left-overs."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents.document import Document
from kg.extraction.pipeline import Extractor, load
from kg.extraction.record import Record

REPORT = (
    "Olga Remizova, Rector of Karkaraly University, received Tan Zeyu, Dean of the Faculty of Law "
    "of Baihe Normal University, in Almaty on 5 May 2024. Karkaraly University and Baihe Normal "
    "University signed a memorandum of understanding. The Consul General of China in Almaty, Ma "
    "Wen, attended the Forum of Rectors, which the Ministry of Education organized."
)


def read(text: str, extractor: Extractor | None = None) -> Record:
    record = (extractor or load()).read(Document("any", text, published="2024-05-06"))
    record.check(text)
    return record


def names(record: Record) -> set[str]:
    return {entity.name for entity in record.entities}


def told(record: Record) -> set[tuple[object, ...]]:
    """The statements of a record by name, without ids and places."""
    name = {entity.id: entity.name for entity in record.entities}
    return {
        *(("position", name[p.person], p.role, name.get(p.of or "")) for p in record.positions),
        *(("link", name[x.child], name[x.parent]) for x in (*record.part_of, *record.located_in)),
        *(
            ("event", e.type, e.date, *sorted(name[w] for w in (*e.organizers, *e.participants)))
            for e in record.events
        ),
        *(("agreement", a.type, *sorted(name[p] for p in a.parties)) for a in record.agreements),
    }


def test_the_time_of_a_long_text_grows_with_it_and_no_faster(extractor: Extractor) -> None:
    filler = "The river ran low that week and the ferries did not leave the harbour. "
    text = REPORT + "\n\n" + filler * (200_000 // len(filler)) + "\n\n" + REPORT

    def seconds(text: str) -> float:
        begun = time.process_time()
        read(text, extractor)
        return time.process_time() - begun

    fifth, whole = seconds(text[:40_000]), seconds(text)
    assert whole < 15 * max(fifth, 0.2)


def test_the_ends_of_a_long_text_say_what_they_say_alone(extractor: Extractor) -> None:
    filler = "\n\n" + "The river ran low that week. " * 1_000 + "\n\n"
    alone = read(REPORT, extractor)
    both = read(REPORT + filler, extractor)
    assert told(alone) <= told(both)


@pytest.mark.parametrize(
    "text",
    [
        REPORT.replace(".", ""),
        REPORT.replace(".", "\n"),
        REPORT.replace(". ", " "),
        REPORT.replace(" ", "  \t"),
        REPORT.replace(" ", "\u00a0"),
    ],
    ids=["no stops", "lines", "stops run in", "tabs", "no-break spaces"],
)
def test_without_full_stops_or_with_other_spaces_the_names_are_found(
    extractor: Extractor, text: str
) -> None:
    found = names(read(text, extractor))
    assert {"Olga Remizova", "Karkaraly University", "Baihe Normal University"} <= found


@pytest.mark.parametrize(
    "before",
    [
        "&nbsp;&nbsp;&raquo;&#8203; ",
        "<div class='x'><p>",
        "<script>var a = {b: 1};</script>\n",
        "Home &gt; News &gt; 2024\nShare: Facebook | X | Telegram\n\n",
        '[caption id="1"]\n\n',
        "<!-- advert -->\n",
    ],
)
def test_left_overs_of_html_around_a_report_change_no_position(
    extractor: Extractor, before: str
) -> None:
    positions = {one for one in told(read(REPORT, extractor)) if one[0] == "position"}
    assert len(positions) == 3
    mixed = read(f"{before}\n{REPORT}\n{before}", extractor)
    assert positions <= told(mixed)
    assert not any("<" in name or "&" in name for name in names(mixed))


def test_a_shouted_text_is_read_without_making_a_name_of_every_word(extractor: Extractor) -> None:
    record = read(REPORT.upper(), extractor)
    assert len(record.entities) <= 3 * len(read(REPORT, extractor).entities)


def test_soft_hyphens_shift_no_offset(extractor: Extractor) -> None:
    read(REPORT.replace("University", "Uni\u00adver\u00adsity"), extractor)


@pytest.mark.parametrize(
    "other",
    [
        "Ректор Карагандинского университета принял гостей. ",
        "Қазақстан университетінің ректоры қонақтарды қабылдады. ",
        "北方大学校长会见了代表团。",
        "وصل الوفد إلى الجامعة. ",
    ],
)
def test_sentences_of_other_scripts_between_change_no_position(
    extractor: Extractor, other: str
) -> None:
    alone = {one for one in told(read(REPORT, extractor)) if one[0] == "position"}
    mixed = told(read(f"{other}\n\n{REPORT}\n\n{other}", extractor))
    assert alone <= mixed


UNRELATED = [
    "It rained all day, and the harvest was poor.",
    "The museum of clocks reopened after two years; tickets cost four coins.",
    "Price list: bread – 3, water – 4.",
    "Nobody knows why the ferry was late.",  # a date would take the day from undated events
    "Погода была хорошая. 天气很好。",
]
quick = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(st.lists(st.sampled_from(UNRELATED), min_size=1, max_size=4, unique=True))
def test_unrelated_paragraphs_behind_a_report_change_none_of_its_statements(
    paragraphs: list[str],
) -> None:
    longer = read("\n\n".join([REPORT, *paragraphs]))
    assert told(read(REPORT)) <= told(longer)


@quick
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60), st.integers(0, len(REPORT)))
def test_whatever_stands_in_the_middle_of_a_report_it_is_read(junk: str, at: int) -> None:
    text = REPORT[:at] + junk + REPORT[at:]
    assert read(text) == read(text)


@pytest.mark.parametrize("form", ["LLP", "JSC", "plant"])
def test_a_legal_form_behind_a_quotation_is_read(extractor: Extractor, form: str) -> None:
    record = read(f'The director of "Birch Metal" {form}, Tan Zeyu, came.', extractor)
    assert {e.type for e in record.entities if "Birch Metal" in e.name} == {"Company"}
