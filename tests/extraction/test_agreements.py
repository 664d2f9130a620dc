"""Documents between institutions."""

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
K, B, F, U = (
    "Karkaraly University",
    "Baihe Normal University",
    "Fjordheim University",
    "Ulytau Technical University",
)


@pytest.mark.parametrize(
    ("words", "type"),
    [
        ("a memorandum of understanding", "Memorandum"),
        ("a memorandum of cooperation", "Memorandum"),
        ("an MoU", "Memorandum"),
        ("a cooperation agreement", "Agreement"),
        ("an agreement", "Agreement"),
        ("a contract", "Contract"),
        ("a joint declaration", "Declaration"),
        ("a joint statement", "Declaration"),
        ("a roadmap", "Roadmap"),
        ("a letter of intent", "Other"),
        ("a protocol", "Other"),
    ],
)
def test_types(tell: Tell, words: str, type: str) -> None:
    told = tell(f"{K} and {B} signed {words}.")
    assert (told.agreement.type, told.agreement.status) == (type, "signed")
    assert told.parties == [{K, B}]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (f"A cooperation agreement between {K} and {F} was signed in Oslo.", {K, F}),
        (f"A memorandum was signed between {K}, the {B} and Amber Bank.", {K, B, "Amber Bank"}),
        (f"An agreement was signed by the Ministry of Health of Mongolia and {K}.",
         {"Ministry of Health of Mongolia", K}),
        (f"{K}, {U} and {B} signed a roadmap.", {K, U, B}),
        (f"{K} signed a contract with Amber Bank.", {K, "Amber Bank"}),
        (f"Aset Duisenov, Rector of {K}, and Tan Zeyu, President of {B}, signed a memorandum.",
         {K, B}),
        (f"A delegation of {B} visited {K}. The two universities signed a memorandum.", {K, B}),
        (f"A delegation of {B} visited {K}. Both sides signed a memorandum.", {K, B}),
    ],
)  # fmt: skip
def test_parties_are_institutions(tell: Tell, text: str, parties: set[str]) -> None:
    assert tell(text).parties == [parties]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (f"On 4 May 2023 {K} and {B} signed a memorandum.", "2023-05-04"),
        (f"In May 2023 {K} and {B} signed a memorandum.", "2023-05"),
        (f"On May 4, {K} and {B} signed a memorandum.", "--05-04"),
        (f"On 9 October 2023 the signing ceremony of a memorandum between {K} and {B} was held.",
         "2023-10-09"),
        (f"{K} and {B} signed a memorandum.", None),
        (f"A delegation of {B} visited {K} on 4 May 2023. A memorandum was signed.", "2023-05-04"),
        (f"A delegation of {B} visited {K} on 4 May 2023. {B} and {K} had signed a memorandum "
         "earlier.", None),
        (f"A delegation of {B} visited {K} from 4 to 9 May 2023. A memorandum was signed.", None),
        (f"On 4 May 2023 {K} and {B} signed an agreement on the Amber Hall, established in 2019.",
         "2023-05-04"),
        (f"On 4 May 2030 {K} and {B} will sign a memorandum.", "2030-05-04"),
        (f"On 4 May 2030 {K} and {B} agreed to sign a memorandum.", None),
    ],
)  # fmt: skip
def test_the_date_of_signing(tell: Tell, text: str, date: str | None) -> None:
    assert tell(text).agreement.date == date


def test_a_year_that_was_added_is_told(tell: Tell) -> None:
    agreement = tell(f"On May 4, {K} and {B} signed a memorandum.", "2023-05-06").agreement
    assert (agreement.date, agreement.date_stated) == ("2023-05-04", "--05-04")


@pytest.mark.parametrize(
    "text",
    [
        f"{K} plans to sign a memorandum with {B}.",
        f"{K} intends to sign a memorandum with {B}.",
        f"A memorandum between {K} and {B} will be signed in June.",
        f"{K} and {B} agreed to sign a memorandum.",
    ],
)
def test_planned(tell: Tell, text: str) -> None:
    told = tell(text)
    assert told.agreement.status == "planned"
    assert told.parties == [{K, B}]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (f"{K} and {B} signed a memorandum on student exchange.", "student exchange"),
        (f"{K} and {B} signed a roadmap for joint research.", "joint research"),
        (f"{K} and {B} signed a memorandum.", None),
        (f"{K} signed a memorandum with {B}.", None),
    ],
)
def test_the_subject(tell: Tell, text: str, subject: str | None) -> None:
    assert tell(text).agreement.subject == subject


@pytest.mark.parametrize(
    "text",
    [
        f"{K} and {B} agreed to cooperate in research.",
        f"{K} and {B} will cooperate in research.",
        "The two sides reached agreement that more students will come.",
        "The parties signed a memorandum.",
        f"{K} and {B} are in agreement.",
        f"{K} has many agreements.",
    ],
)
def test_a_plan_or_an_unnamed_document_is_none(tell: Tell, text: str) -> None:
    assert tell(text).record.agreements == ()


def test_an_agreement_told_twice_is_one(tell: Tell) -> None:
    told = tell(f"{K} signed a memorandum with {B}. {B} and {K} signed it on 3 May 2024 in Oslo.")
    assert told.parties == [{K, B}]
    told = tell(f"{K} signed a memorandum with {B}. On 3 May 2024 {B} and {K} signed a memorandum.")
    assert told.parties == [{K, B}]
    assert told.agreement.date == "2024-05-03"


def test_agreements_of_two_days_are_two(tell: Tell) -> None:
    told = tell(
        f"On 3 May 2023 {K} and {B} signed a memorandum. "
        f"On 5 May 2024 {K} and {B} signed a contract."
    )
    assert [agreement.date for agreement in told.record.agreements] == ["2023-05-03", "2024-05-05"]


def test_several_documents_on_one_occasion_are_one(tell: Tell) -> None:
    told = tell(f"{K} and {B} signed a memorandum and a contract on 3 May 2024.")
    assert told.parties == [{K, B}]


def test_two_agreements_of_one_party(tell: Tell) -> None:
    told = tell(f"{K} and {B} signed a memorandum. {K} and {F} signed a memorandum.")
    assert told.parties == [{K, B}, {K, F}]


def test_the_evidence_is_the_sentence(tell: Tell) -> None:
    told = tell(f"It rained. {K} and {B} signed a memorandum. It rained.")
    quote = told.text[slice(*told.agreement.evidence)]
    assert quote == f"{K} and {B} signed a memorandum."


def test_the_two_countries_are_no_city(tell: Tell) -> None:
    told = tell(
        "The agreement was among the papers exchanged in Oslo, Norway, on 3 July 2024; "
        "the ministers of the two countries handed it over."
    )
    assert all("Oslo" not in told.names(one.parties) for one in told.record.agreements)


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (f"{K} signed a memorandum with three universities of Norway, namely {F}, {B} and {U}.",
         {K, F, B, U}),
        (f"{K} signed a memorandum with President Tan Zeyu of {B}, together with {F} in "
         f"Norway and {U}.", {K, B, F, U}),
        (f"{K} signed a memorandum with the rector of {F} Olav Brekke.", {K, F}),
        (f"{K} signed a memorandum with {F}, Norway.", {K, F}),
        (f"A memorandum was signed between {K} and {F} of the Kingdom of Norway.", {K, F}),
        (f"{K} and the Norwegian company Amber Bank signed a memorandum.", {K, "Amber Bank"}),
        ("Mongolia and Norway have signed a declaration.", {"Mongolia", "Norway"}),
        (f"The document, a memorandum, was signed by Aset Duisenov, Rector of {K}, and Tan Zeyu, "
         f"President of {B}, in the presence of Olav Brekke, Rector of {F}.", {K, B}),
        (f"In the presence of Olav Brekke, {K} and {B} signed a memorandum.", {K, B}),
        (f"A memorandum was signed. {K} was represented by Aset Duisenov, {B} by Tan Zeyu.",
         {K, B}),
        (f"{B} took its ties with {K} further by signing a memorandum.", {B, K}),
    ],
)  # fmt: skip
def test_parties_in_other_words(tell: Tell, text: str, parties: set[str]) -> None:
    assert tell(text).parties == [parties]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (f"A delegation headed by the rector of {B} Tan Zeyu arrived in Oslo. "
         f"It visited {F}. At the end of the meeting a memorandum was signed.", {B, F}),
        (f"The delegation of {B} came to Oslo. The rector of {F} met the guests and signed a "
         "memorandum.", {B, F}),
        (f"A meeting of {K} and {F} took place. Olav Brekke, lecturer of {U}, gave a talk. "
         "After the talks a memorandum was signed.", {K, F}),
    ],
)  # fmt: skip
def test_the_occasion_tells_the_parties(tell: Tell, text: str, parties: set[str]) -> None:
    assert tell(text).parties == [parties]


@pytest.mark.parametrize(
    "text",
    [
        f"The President of {K} thanked {B} for its work on signing the agreement.",
        f"Aset Duisenov, Rector of {K}, attended the forum, during which the signing of a "
        "charter took place.",
        f"At {K} an agreement was reached on exchanges with {B}.",
        f"{K} and {B} exchanged views on the agreement.",
    ],
)
def test_who_only_speaks_of_a_document_is_no_party(tell: Tell, text: str) -> None:
    assert tell(text).record.agreements == ()


@pytest.mark.parametrize(
    "text",
    [
        f"The signing of an agreement between {K} and {B} will take place in June.",
        f"A memorandum between {K} and {B} is being prepared.",
        f"{K} and {B} discussed the signing of a memorandum.",
    ],
)
def test_planned_in_other_words(tell: Tell, text: str) -> None:
    told = tell(text)
    assert told.agreement.status == "planned"
    assert told.parties == [{K, B}]


def test_documents_with_their_own_parties_are_several(tell: Tell) -> None:
    told = tell(
        f"At the forum a memorandum between {K} and {B} was signed, as well as a contract between "
        f"{K} and {F}."
    )
    assert told.parties == [{K, B}, {K, F}]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (f"The guests honoured the anniversary of {U}, and {K} signed a memorandum with {B}.",
         {K, B}),
        (f"{K} visited the museum of {U} and signed a memorandum with {B}.", {K, B}),
        (f"On the anniversary of the relations between Norway and Mongolia, {K} and {B} signed a "
         "memorandum.", {K, B}),
        (f"{K} has signed cooperation pacts with 45 universities.", {K}),
    ],
)  # fmt: skip
def test_who_stands_beside_is_no_party(tell: Tell, text: str, parties: set[str]) -> None:
    assert tell(text).parties == [parties]


def test_many_documents_of_many_have_no_parties(tell: Tell) -> None:
    told = tell(
        f"The Ministry of Health of Mongolia held a forum at {K}. "
        "About 30 memoranda were signed at the forum by the rectors."
    )
    assert told.record.agreements == ()


def test_a_lecturer_makes_no_university_a_side(tell: Tell) -> None:
    told = tell(
        f"A meeting of {K} and {F} took place. {K} showed its halls. {F} showed a film. "
        f"Olav Brekke, lecturer of {U}, gave a talk. Then a memorandum was signed between the two "
        "educational institutions."
    )
    assert told.parties == [{K, F}]


def test_a_document_spoken_of_later_is_not_another(tell: Tell) -> None:
    told = tell(
        f"{K} and {B} signed an agreement. The Scientific Research Office came, too. "
        "He said that the agreement between the two parties was good."
    )
    assert told.parties == [{K, B}]


def test_what_is_told_again_with_fewer_parties_is_the_same(tell: Tell) -> None:
    told = tell(f"{K} signed a memorandum with {B} and {F}. Later {K} signed the memorandum.")
    assert told.parties == [{K, B, F}]


@pytest.mark.parametrize(
    "words",
    ["between the governments of Norway and Mongolia", "between the two governments"],
)
def test_governments_are_their_countries(tell: Tell, words: str) -> None:
    told = tell(f"Norway and Mongolia have old ties. There is an agreement {words} on schools.")
    assert told.parties == [{"Norway", "Mongolia"}]


def test_a_new_agreement_behind_a_definite_noun_is_another(tell: Tell) -> None:
    told = tell(
        f"{K} and {B} signed an agreement on May 3. On May 4 a delegation of {K} visited {F}. "
        "At the end of the talks, an agreement was signed."
    )
    assert told.parties == [{K, B}, {K, F}]


@pytest.mark.parametrize(
    "text",
    [
        f"{K} signed memoranda with two universities of Norway, namely {F} and {B}.",
        f"{K} signed cooperation agreements with {F} and {B}.",
        f"Memoranda with {K} were signed by {F} and {B}.",
    ],
)
def test_several_documents_with_several_partners_are_one_each(tell: Tell, text: str) -> None:
    assert sorted(map(sorted, tell(text).parties)) == [sorted({K, B}), sorted({K, F})]


def test_the_two_academies_are_those_named_so(tell: Tell) -> None:
    told = tell(
        "The Academy of Sciences of Norway and the Mongolian Academy of Sciences plan a telescope. "
        f"It will be run by {K} and {B}. In May 2013 the two academies signed a memorandum."
    )
    assert told.parties == [{"Academy of Sciences of Norway", "Mongolian Academy of Sciences"}]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (f"The Amber Centre for Northern Seas (ACNS) of {K} signed a memorandum with {B}.",
         {"Amber Centre for Northern Seas", B}),
        (f"A memorandum of understanding between Norway and Mongolia: {F} and {K}, was signed.",
         {F, K}),
        (f"A memorandum was signed between {K} and Oslo-based {F}.", {K, F}),
        (f"During the meeting of the heads of {K} and {B}, two agreements were signed.", {K, B}),
        (f"The signing of an agreement with {B} took place, attended by the Rector of {K}.",
         {K, B}),
        (f"Aset Duisenov, Rector of {K}, and Skalde, the President of {B}, signed an agreement.",
         {K, B}),
    ],
)  # fmt: skip
def test_the_sides_of_a_sentence(tell: Tell, text: str, parties: set[str]) -> None:
    assert tell(text).parties == [parties]


@pytest.mark.parametrize(
    "more",
    [
        "The agreement would remain in force for five years from the date of signing.",
        f"According to the MoU, the exchange between {K} and {F} will be signed off every year.",
        f'"We are glad to be the first to sign such a memorandum with {B}," he said.',
    ],
)
def test_what_a_document_brings_is_no_other(tell: Tell, more: str) -> None:
    assert tell(f"{K} signed a memorandum with {B}. {more}").parties == [{K, B}]


def test_a_title_line_signs_nothing(tell: Tell) -> None:
    text = f"KU signs a memorandum with {B}\n\n{K} and {B} signed a memorandum. It was warm."
    assert tell(text).parties == [{K, B}]


def test_what_the_parties_signed_was_told_before(tell: Tell) -> None:
    text = (
        f"A ceremony of signing a memorandum took place between {K} and {B}. The Rector of {F}"
        " spoke. Then a memorandum was signed between the parties."
    )
    assert tell(text).parties == [{K, B}]
