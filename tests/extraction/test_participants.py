"""Who organized an event and who took part."""

import time
from collections.abc import Callable

import pytest

from extraction.reports import Told
from kg.documents.document import Document
from kg.extraction.pipeline import Extractor

Tell = Callable[..., Told]
K, B, F = "Karkaraly University", "Baihe Normal University", "Fjordheim University"


@pytest.mark.parametrize(
    ("text", "organizers"),
    [
        (f"The seminar was organized by {K}.", {K}),
        (f"The seminar was organized jointly by {K} and {B}.", {K, B}),
        (f"The seminar was organized by {K} in collaboration with {B} and the {F}.", {K, B, F}),
        (f"The seminar was organized by {K}, {B}, and {F}.", {K, B, F}),
        (f"The seminar was initiated by {K} and co-organized by {B}.", {K, B}),
        (f"{K} hosted a seminar in Oslo.", {K}),
        (f"{K} and {B} held an online meeting.", {K, B}),
        (f"A seminar was held in Oslo. It was hosted by {K}.", {K}),
        (f"A seminar was held in Oslo. The organizers were {K} and {B}.", {K, B}),
        (f"A seminar was held in Oslo at the initiative of {K}.", {K}),
    ],
)
def test_organizers(tell: Tell, text: str, organizers: set[str]) -> None:
    told = tell(text)
    (event,) = told.record.events
    assert told.names(event.organizers) == organizers
    assert event.participants == ()


@pytest.mark.parametrize(
    "text",
    [
        f"The seminar was supported by {F} and organized by {K}.",
        f"The seminar was held under the auspices of {F}. It was organized by {K}.",
    ],
)
def test_supporters_and_patrons_are_neither(tell: Tell, text: str) -> None:
    told = tell(text)
    assert told.organizers("Seminar") == {K}
    assert told.participants("Seminar") == set()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Dean Tan Zeyu spoke at the seminar.", {"Tan Zeyu"}),
        ("The seminar was opened by Dean Tan Zeyu.", {"Tan Zeyu"}),
        ("Dean Tan Zeyu and Dean Olga Remizova attended the seminar.",
         {"Tan Zeyu", "Olga Remizova"}),
        (f"Tan Zeyu, Dean of {B}, and Olga Remizova, Dean of {K}, spoke at the seminar.",
         {"Tan Zeyu", "Olga Remizova"}),
        ("The seminar was in Oslo. It was chaired by Dean Tan Zeyu. Dean Olga Remizova spoke.",
         {"Tan Zeyu", "Olga Remizova"}),
        ("Dean Tan Zeyu met the students at a seminar. He praised them.", {"Tan Zeyu"}),
    ],
)  # fmt: skip
def test_people_take_part_themselves(tell: Tell, text: str, people: set[str]) -> None:
    assert tell(text).participants("Seminar") == people


def test_the_employer_of_a_participant_is_not_added(tell: Tell) -> None:
    told = tell(
        f"The seminar was in Oslo. Tan Zeyu, Dean of {B}, and the rectors of {K} and {F} spoke."
    )
    assert told.participants("Seminar") == {"Tan Zeyu"}


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (f"Presentations were made by {K}, the {B} and the Amber Museum at the seminar.",
         {K, B, "Amber Museum"}),
        (f"Representatives of {K} and {B} took part in the seminar.", {K, B}),
        (f"A delegation of {K} attended the seminar.", {K}),
        (f"Officials from {K} and the Amber Museum came to the seminar.", {K, "Amber Museum"}),
        (f"{K} and {B} took part in the seminar.", {K, B}),
        (f"The {K} delegation attended the seminar.", {K}),
        (f"The seminar was held in Oslo. Guests from {K} attended.", {K}),
    ],
)  # fmt: skip
def test_organizations_take_part_where_the_text_says_so(
    tell: Tell, text: str, bodies: set[str]
) -> None:
    assert tell(text).participants("Seminar") == bodies


def test_who_organizes_does_not_take_part_as_well(tell: Tell) -> None:
    told = tell(f"{K} hosted a seminar. Representatives of {K} and {B} took part in the seminar.")
    assert told.organizers("Seminar") == {K}
    assert told.participants("Seminar") == {B}


@pytest.mark.parametrize(
    "text",
    [
        "A message from Tan Zeyu was read at the seminar in Oslo.",
        "Tan Zeyu's book was shown at the seminar in Oslo.",
    ],
)
def test_who_is_only_spoken_of_does_not_take_part(tell: Tell, text: str) -> None:
    assert tell(text).participants("Seminar") == set()


def test_each_event_keeps_its_own_people(tell: Tell) -> None:
    told = tell(
        "On 5 May a seminar was held in Oslo. Dean Tan Zeyu spoke at the seminar.\n\n"
        "On 9 May an exhibition was held in Almaty. Dean Olga Remizova opened the exhibition."
    )
    assert told.participants("Seminar") == {"Tan Zeyu"}
    assert told.participants("Exhibition") == {"Olga Remizova"}


def test_a_part_told_in_another_sentence_says_which(tell: Tell) -> None:
    told = tell(f"A seminar was held in Oslo. It was hosted by {K}. Dean Tan Zeyu spoke.")
    event = told.event("Seminar")
    quotes = {told.name(id): told.text[slice(*span)] for id, span in event.evidence_of.items()}
    assert quotes == {K: f"It was hosted by {K}.", "Tan Zeyu": "Dean Tan Zeyu spoke."}
    assert told.text[slice(*event.evidence)] == "A seminar was held in Oslo."


def test_a_meeting_of_two_people(tell: Tell) -> None:
    told = tell("Dean Tan Zeyu met Dean Olga Remizova in Oslo on 3 May 2024.")
    assert told.participants("Meeting") == {"Tan Zeyu", "Olga Remizova"}
    assert told.places("Meeting") == {"Oslo"}
    assert told.event("Meeting").date == "2024-05-03"


def test_a_long_list_of_institutions_is_read_in_one_way_only(extractor: Extractor) -> None:
    names = ", and ".join(f"the Amber{letter} University" for letter in "bcdfghklmnpqrstvwz")
    text = f"A forum was organized by {names}, and some others who came to Oslo."
    document = Document("list", text)
    begun = time.perf_counter()
    extractor.read(Document("one", "A forum was held."))
    record = extractor.read(document)
    assert time.perf_counter() - begun < 20  # reading it in every way takes minutes
    assert len(record.entities) >= 18


@pytest.mark.parametrize(
    "behind",
    [
        "Liu Yang has been appointed director.",
        "The first director is Liu Yang.",
        "Liu Yang could not attend.",
        "According to Liu Yang, the plan is old.",
        '"The plan is old," says Liu Yang.',
        "In 2011 Liu Yang wrote the first plan.",
    ],
)
def test_who_is_only_described_does_not_take_part(tell: Tell, behind: str) -> None:
    told = tell(f"On 3 May 2023 a forum was held in Oslo. It was opened by Erik Solheim. {behind}")
    assert told.names(told.event("Forum").participants) == {"Erik Solheim"}


def test_who_invites_to_a_fair_to_come_is_not_there(tell: Tell) -> None:
    text = "Liu Yang invited the guests to the Harbour Education Fair, which will be held on 3 May."
    assert tell(text).event("Exhibition").participants == ()


def test_a_meeting_before_a_ceremony_has_its_own_people(tell: Tell) -> None:
    text = (
        "On 3 May 2023 a signing ceremony was held in Oslo. It was opened by Erik Solheim. "
        "Before the ceremony, Kari Nordmann met with Liu Yang."
    )
    told = tell(text)
    assert told.names(told.event("Meeting").participants) == {"Kari Nordmann", "Liu Yang"}


def test_visitors_who_also_met_somebody_are_on_both(tell: Tell) -> None:
    told = tell(f"Erik Solheim led a delegation to visit {K} on 3 May 2023 and met with Liu Yang.")
    assert told.names(told.event("Visit").participants) == {"Erik Solheim", K}
    assert told.names(told.event("Meeting").participants) == {"Erik Solheim", "Liu Yang"}


def test_named_guests_stand_for_their_institution_in_the_meeting(tell: Tell) -> None:
    text = (
        f"On 3 May 2023 a delegation of {B} headed by Liu Yang visited {K}. "
        "The guests were received by Erik Solheim."
    )
    told = tell(text)
    assert told.names(told.event("Meeting").participants) == {"Liu Yang", "Erik Solheim"}


def test_for_whom_a_lecture_is_given_takes_no_part(tell: Tell) -> None:
    text = f"On 3 May 2023 Liu Yang gave a lecture for the students of {K}."
    told = tell(text)
    assert told.names(told.event("Seminar").participants) == {"Liu Yang"}


def test_on_whose_behalf_somebody_speaks_is_not_there(tell: Tell) -> None:
    text = "On 3 May 2023, on behalf of President Erik Solheim, Liu Yang opened a forum in Oslo."
    told = tell(text)
    assert told.names(told.event("Forum").participants) == {"Liu Yang"}


def test_a_house_that_invites_to_a_forum_organizes_it(tell: Tell) -> None:
    text = f"{K} invites all young engineers to the forum, which will be held on 3 May 2023."
    told = tell(text)
    assert told.names(told.event("Forum").organizers) == {K}


@pytest.mark.parametrize(
    "aside",
    [
        "the laboratory named after academician Asan Usenov was shown",
        "the anniversary of the poet Asan Usenov was marked",
        "a portrait of Asan Usenov was unveiled",
    ],
)
def test_those_whom_things_are_named_for_took_no_part(tell: Tell, aside: str) -> None:
    told = tell(f"Dean Olga Remizova opened a seminar in Oslo on 3 May 2024, where {aside}.")
    assert "Asan Usenov" not in told.participants("Seminar")


def test_an_officer_of_a_body_called_like_an_event_is_at_another(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 a seminar was held in Oslo. It was opened by the Chairman of the Nordic "
        "Rectors Forum Olga Remizova."
    )
    assert told.events == ["Seminar"]
    assert told.participants("Seminar") == {"Olga Remizova"}


def test_people_organize_too(tell: Tell) -> None:
    told = tell("On 3 May 2024 a seminar was held in Oslo. The seminar was organized by Liu Yang.")
    assert (told.organizers("Seminar"), told.participants("Seminar")) == ({"Liu Yang"}, set())


def test_a_list_on_lines_of_its_own(tell: Tell) -> None:
    told = tell(
        f"A seminar was held in Oslo on 3 May 2024. The following took part in it:\n{K};\n{B};\n"
        f"{F}.\n\nLine University is a partner of old."
    )
    assert told.participants("Seminar") == {K, B, F}


def test_other_guests_in_a_sentence_of_their_own(tell: Tell) -> None:
    told = tell(f"A seminar was held in Oslo. Other foreign universities included {K} and {B}.")
    assert told.participants("Seminar") == {K, B}


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (f"On 3 May 2024 talks were held via Zoom between {K} and {B}.", {K, B}),
        (f"On 3 May 2024 a meeting was held between {K} and Dean Tan Zeyu.", {K, "Tan Zeyu"}),
        (f"On 3 May 2024 a meeting was held on an agreement between {K} and {B}.", set()),
    ],
)
def test_between_whom_talks_were(tell: Tell, text: str, bodies: set[str]) -> None:
    assert tell(text).participants("Meeting") == bodies


def test_with_whom_an_institution_signs(tell: Tell) -> None:
    told = tell(
        f"A signing ceremony was held in Oslo on 3 May 2024. {K} signed agreements with two "
        f"foreign universities at the ceremony, namely {B} and {F}."
    )
    assert told.participants("Ceremony") == {K, B, F}


def test_institutions_spoken_of_behind_the_news_took_no_part(tell: Tell) -> None:
    told = tell(
        "Dean Olga Remizova spoke at a seminar in Oslo on 3 May 2024. "
        f"She praised the staff of {K}."
    )
    assert told.participants("Seminar") == {"Olga Remizova"}


def test_whose_signing_people_look_on_at(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 Minister Olga Remizova met with Rector Tan Zeyu in Oslo and witnessed the "
        f"signing of a memorandum between {B} and {F}."
    )
    assert told.participants("Meeting") == {"Olga Remizova", "Tan Zeyu"}
    assert told.participants("Ceremony") == {B, F}


def test_a_signing_within_a_meeting_is_not_told_apart(tell: Tell) -> None:
    told = tell(
        f"Rector Tan Zeyu of {B} met with Rector Olga Remizova of {K}. Dean Erik Falk and Dean "
        "Anna Berg signed an agreement."
    )
    assert told.participants("Meeting") == {"Tan Zeyu", "Olga Remizova", "Erik Falk", "Anna Berg"}


def test_a_signing_gathers_only_who_signed_or_looked_on(tell: Tell) -> None:
    told = tell(
        "The agreement was signed in Oslo on 3 May 2024 by Rector Tan Zeyu and Rector Olga "
        "Remizova. Dean Erik Falk was also present. Minister Anna Berg instructed the mayor to "
        "find a house."
    )
    assert told.participants("Ceremony") == {"Tan Zeyu", "Olga Remizova", "Erik Falk"}


def test_who_spoke_at_an_opening_told_apart(tell: Tell) -> None:
    told = tell(
        "The Northern Conference of Deans was held in Oslo on 3 May 2024. Rector Tan Zeyu and Dean "
        "Olga Remizova attended the opening ceremony."
    )
    assert told.participants("Ceremony") == {"Tan Zeyu", "Olga Remizova"}
    assert told.participants("Conference") == set()


def test_an_opening_told_at_once_is_the_gathering(tell: Tell) -> None:
    told = tell(
        "The Northern Conference of Deans opened in Oslo on 3 May 2024. Rector Tan Zeyu addressed "
        "the opening ceremony."
    )
    assert told.participants("Conference") == {"Tan Zeyu"}


def test_institutions_that_sign_at_a_forum(tell: Tell) -> None:
    told = tell(
        f"The Northern Forum was held in Oslo on 3 May 2024. {K} and {B} signed an agreement on "
        "exchange."
    )
    assert told.participants("Forum") >= {K, B}


def test_institutions_given_as_examples(tell: Tell) -> None:
    told = tell(
        f"The Northern Forum was held in Oslo. Experts from more than 30 universities such as {K} "
        f"and {F} attended it."
    )
    assert told.participants("Forum") == {K, F}


@pytest.mark.parametrize(
    "text",
    [
        f"Dean Olga Remizova held a meeting with Tan Zeyu, who is in Oslo on a visit to {K}.",
        "The signing ceremony, which Dean Olga Remizova attended, was held within the framework of "
        "the visit to Norway of Rector Tan Zeyu.",
        "The signing ceremony, which Dean Olga Remizova attended, was held within the framework of "
        "Tan Zeyu's official visit to Norway.",
    ],
)
def test_whose_visit_it_is(tell: Tell, text: str) -> None:
    people = tell(text).participants("Visit")
    assert "Tan Zeyu" in people
    assert "Olga Remizova" not in people


def test_who_invited_to_a_visit_organized_it(tell: Tell) -> None:
    told = tell(f"At the invitation of {K}, Rector Tan Zeyu visited {F} on 3 May.")
    assert told.organizers("Visit") == {K}
    assert told.participants("Visit") == {"Tan Zeyu", F}


def test_an_institution_that_visits_as_a_body(tell: Tell) -> None:
    assert tell(f"{B} paid a visit to {K}.").participants("Visit") == {B, K}


def test_what_did_not_take_place_gathers_nobody(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 Dean Tan Zeyu met with Erik Solheim. In 2009 an exhibition in Oslo was "
        "cancelled. Ainur Sadykova also spoke."
    )
    assert told.participants("Meeting") == {"Tan Zeyu", "Erik Solheim", "Ainur Sadykova"}


def test_who_is_told_before_a_part_is_at_the_whole(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 Rector Tan Zeyu took part in the Birch Forum, during which the signing of "
        f"an agreement between {K} and {B} took place."
    )
    assert "Tan Zeyu" in told.participants("Forum")
    assert "Tan Zeyu" not in told.participants("Ceremony")


def test_guests_are_not_those_who_spoke_before(tell: Tell) -> None:
    told = tell(
        f"On 3 May 2024 Tan Zeyu spoke at a seminar. On 4 May 2024 the guests visited {K}, and "
        f"on 5 May 2024 they were received at {F}."
    )
    assert "Tan Zeyu" not in told.participants("Meeting")
    assert told.event("Meeting").date == "2024-05-05"


def test_a_long_name_in_a_list_of_those_who_sign(tell: Tell) -> None:
    told = tell(
        "On 3 May 2024 a signing ceremony for a memorandum on joint research in many fields of "
        f"physics took place between {K} named after Academician Erik Solheim, and {B}."
    )
    assert B in told.participants("Ceremony")


def test_an_agreement_that_was_concluded_at_a_forum(tell: Tell) -> None:
    told = tell(
        f"The Birch Forum was held in Oslo on 3 May 2024. {K} concluded a three-party agreement "
        f"with {B}."
    )
    assert told.participants("Forum") == {K, B}
