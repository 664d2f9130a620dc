"""Who holds which post where, pattern by pattern; names and institutions are invented."""

from collections.abc import Callable

import pytest

from extraction.reports import Told

Tell = Callable[..., Told]
K, U, B = "Karkaraly University", "Ulytau Technical University", "Baihe Normal University"
ASET, MARAT, TAN = "Aset Duisenov", "Marat Kemelov", "Tan Zeyu"
Post = tuple[str, str, str | None]


def check(tell: Tell, text: str, *posts: Post) -> None:
    assert tell(text).posts == set(posts)


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (f"Rector {ASET} spoke.", (ASET, "rector", None)),
        (f"Rector of {K} {ASET} spoke.", (ASET, "rector", K)),
        (f"Vice-Rector for Academic Affairs of {K} {ASET} spoke.",
         (ASET, "vice-rector for academic affairs", K)),
        (f"Rector of {K}, {ASET}, spoke.", (ASET, "rector", K)),
        (f"{K} Rector {ASET} spoke.", (ASET, "rector", K)),
        (f"Director of the Institute of Optics {TAN} spoke.",
         (TAN, "director", "Institute of Optics")),
        (f"Professor {TAN} of {B} spoke.", (TAN, "professor", B)),
        (f"Academician {ASET} spoke.", (ASET, "academician", None)),
        (f"Former rector of {K} {ASET} spoke.", (ASET, "rector", K)),
        (f"The rector, {ASET}, spoke.", (ASET, "rector", None)),
        (f"Deputy Minister of Education {ASET} spoke.",
         (ASET, "deputy minister of education", None)),
        (f"President {ASET} spoke.", (ASET, "president", None)),
    ],
)  # fmt: skip
def test_before_the_name(tell: Tell, text: str, post: Post) -> None:
    check(tell, text, post)


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (f"{ASET}, Rector of {K}, spoke.", (ASET, "rector", K)),
        (f"{ASET}, Rector of the {K}, spoke.", (ASET, "rector", K)),
        (f"{ASET}, the rector of {K}, spoke.", (ASET, "rector", K)),
        (f"{ASET}, Associate Professor at {K}, spoke.", (ASET, "associate professor", K)),
        (f"{ASET}, Doctor of Philology, Rector of {K}, spoke.", (ASET, "rector", K)),
        (f"{ASET}, who is the rector of {K}, spoke.", (ASET, "rector", K)),
        (f"{ASET} is the rector of {K}.", (ASET, "rector", K)),
        (f"{ASET}, {K}'s vice-rector, spoke.", (ASET, "vice-rector", K)),
        (f"{ASET}, Head of International Cooperation of {K}, spoke.",
         (ASET, "head of international cooperation", K)),
        (f"{ASET}, Vice-Rector for Research and International Cooperation of {K}, spoke.",
         (ASET, "vice-rector for research and international cooperation", K)),
    ],
)  # fmt: skip
def test_behind_the_name(tell: Tell, text: str, post: Post) -> None:
    check(tell, text, post)


@pytest.mark.parametrize(
    "text",
    [
        f"{TAN} (Rector of {B}) spoke.",
        f"{TAN} – Rector of {B} – spoke.",
        f"{TAN} — Rector of {B}.",
        f"Speakers: {TAN} – Rector of {B}.",
    ],
)
def test_in_brackets_or_behind_a_dash(tell: Tell, text: str) -> None:
    check(tell, text, (TAN, "rector", B))


def test_taking_part_as(tell: Tell) -> None:
    check(tell, f"{ASET} took part in the forum as Vice-Rector of {K}.", (ASET, "vice-rector", K))


def test_a_list_with_semicolons(tell: Tell) -> None:
    text = (
        f"The guests were {TAN}, Dean of the Faculty of Law of {B}; {ASET}, Director of the "
        f"Karkaraly Lyceum; {MARAT}, Head of the International Office of {K}; and others."
    )
    check(
        tell,
        text,
        (TAN, "dean", f"Faculty of Law of {B}"),
        (ASET, "director", "Karkaraly Lyceum"),
        (MARAT, "head", f"International Office of {K}"),
    )


def test_a_list_with_semicolons_and_dashes(tell: Tell) -> None:
    text = f"Speakers: {ASET} – Vice-Rector of {K}; {TAN} – Dean of {B}; {MARAT} – lecturer."
    check(tell, text, (ASET, "vice-rector", K), (TAN, "dean", B), (MARAT, "lecturer", None))


@pytest.mark.parametrize(
    "text",
    [
        f"They were Rector of {K} {ASET}, Vice-Rector of {U} {MARAT} and Dean of {B} {TAN}.",
        f"They were Rector of {K} {ASET}, Vice-Rector of {U} {MARAT}, Dean of {B} {TAN}.",
        f"Rector of {K} {ASET}, Vice-Rector of {U} {MARAT}, as well as Dean of {B} {TAN} spoke.",
    ],
)
def test_a_list_of_posts_before_names_without_commas(tell: Tell, text: str) -> None:
    check(tell, text, (ASET, "rector", K), (MARAT, "vice-rector", U), (TAN, "dean", B))


@pytest.mark.parametrize(
    "text",
    [
        f"Rectors {ASET} and {MARAT} of {K} and {U}, respectively, spoke.",
        f"The rectors of {K} and {U}, {ASET} and {MARAT}, spoke.",
        f"The rectors of {K} and {U} {ASET} and {MARAT} spoke.",
    ],
)
def test_a_plural_shared_in_order(tell: Tell, text: str) -> None:
    check(tell, text, (ASET, "rector", K), (MARAT, "rector", U))


def test_a_plural_shared_by_three(tell: Tell) -> None:
    text = f"Rectors {ASET}, {MARAT} and {TAN} spoke."
    check(tell, text, (ASET, "rector", None), (MARAT, "rector", None), (TAN, "rector", None))


def test_a_plural_shared_at_one_place(tell: Tell) -> None:
    text = f"Vice-rectors {ASET} and {MARAT} of {K} spoke."
    check(tell, text, (ASET, "vice-rector", K), (MARAT, "vice-rector", K))


@pytest.mark.parametrize(
    "text",
    [
        f"{ASET}, Chairman of the Board – Rector of {K}, spoke.",
        f"Chairman of the Board – Rector of {K} {ASET} spoke.",
        f"{ASET}, Chairman of the Board and Rector of {K}, spoke.",
    ],
)
def test_two_posts_joined_are_two_positions_of_one_owner(tell: Tell, text: str) -> None:
    check(tell, text, (ASET, "chairman of the board", K), (ASET, "rector", K))


def test_two_posts_of_two_owners(tell: Tell) -> None:
    text = f"{ASET} is the president of the Association of Amber Schools and rector of {K}."
    check(tell, text, (ASET, "president", "Association of Amber Schools"), (ASET, "rector", K))


def test_a_title_before_and_a_post_behind(tell: Tell) -> None:
    text = f"Professor {TAN}, Rector of {B}, spoke."
    check(tell, text, (TAN, "professor", None), (TAN, "rector", B))


@pytest.mark.parametrize(
    "text",
    [
        f"{K}'s rector {ASET} spoke.",
        f"{K}'s rector, {ASET}, spoke.",
        f"{K} met. Its rector, {ASET}, spoke.",
        f"{K} met. The rector, {ASET}, spoke.",
        f"{K} met. The university's rector {ASET} spoke.",
        f"{K} met. {ASET}, rector of the university, spoke.",
    ],
)
def test_an_owner_that_the_context_makes_plain(tell: Tell, text: str) -> None:
    check(tell, text, (ASET, "rector", K))


def test_nothing_is_guessed_where_no_owner_is_named(tell: Tell) -> None:
    check(tell, f"Its rector, {ASET}, spoke.", (ASET, "rector", None))


@pytest.mark.parametrize(
    ("text", "role", "of"),
    [
        (f"{ASET}, Deputy Akim of Almaty, spoke.", "deputy akim", "Almaty"),
        (f"{ASET}, First Deputy Akim of Almaty Region, spoke.", "first deputy akim",
         "Almaty Region"),
        (f"{ASET}, Vice Governor of Sichuan Province, spoke.", "vice governor", "Sichuan Province"),
        (f"{ASET}, Consul General of Norway in Almaty, spoke.", "consul general", "Norway"),
        (f"{ASET}, Ambassador of Norway to Kazakhstan, spoke.", "ambassador", "Norway"),
        (f"{ASET}, Minister of Health of Mongolia, spoke.", "minister of health", "Mongolia"),
        (f"Minister of Health of the Kyrgyz Republic {ASET} spoke.", "minister of health",
         "Kyrgyz Republic"),
        (f"Consul General of Norway in Almaty {ASET} spoke.", "consul general", "Norway"),
    ],
)  # fmt: skip
def test_a_post_of_a_territory(tell: Tell, text: str, role: str, of: str) -> None:
    check(tell, text, (ASET, role, of))


def test_a_unit_is_the_owner_where_it_is_named(tell: Tell) -> None:
    text = f"{ASET}, First Secretary of the Embassy of Norway in Kazakhstan, spoke."
    check(tell, text, (ASET, "first secretary", "Embassy of Norway in Kazakhstan"))


def test_secretary_of_the_party_committee_of_a_school(tell: Tell) -> None:
    school = f"Affiliated Middle School of {B}"
    text = f"Ms. {TAN}, Secretary of the Party Committee of the {school}, spoke."
    check(tell, text, (TAN, "secretary", f"Party Committee of the {school}"))


@pytest.mark.parametrize(
    "text",
    [
        f"Mr. {ASET}, Dr. {MARAT} and Ms. {TAN} spoke.",
        f"Head of the delegation {ASET} spoke.",
        f"{ASET} spoke. The rector was away.",
        f"The Office of the President thanked {ASET}.",
        f"{ASET}, PhD, spoke.",
    ],
)
def test_honorifics_delegations_and_degrees_are_no_posts(tell: Tell, text: str) -> None:
    check(tell, text)


def test_the_role_keeps_its_spelling(tell: Tell) -> None:
    (position,) = tell(f"{ASET}, First Vice-Rector of {K}, spoke.").record.positions
    assert position.role == "First Vice-Rector"


def test_a_post_told_twice_is_one_position(tell: Tell) -> None:
    check(tell, f"{ASET}, Rector of {K}, spoke. Rector {ASET} left.", (ASET, "rector", K))


def test_the_evidence_is_the_sentence(tell: Tell) -> None:
    told = tell(f"It rained. {ASET}, Rector of {K}, spoke. It rained.")
    (position,) = told.record.positions
    assert told.text[slice(*position.evidence)] == f"{ASET}, Rector of {K}, spoke."
    assert 0 < position.confidence <= 1


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("Rector of Turan University Prof. Dr. Olga Remizova spoke.",
         {("Olga Remizova", "rector", "Turan University"), ("Olga Remizova", "prof.", None)}),
        ("Rector of Turan University, Academician of the Academy of Sciences Olga Remizova spoke.",
         {("Olga Remizova", "rector", "Turan University"),
          ("Olga Remizova", "academician", "Academy of Sciences")}),
        ("The Dean of Turan University, PhD in Law, Associate Professor Olga Remizova spoke.",
         {("Olga Remizova", "dean", "Turan University"),
          ("Olga Remizova", "associate professor", None)}),
        ("Guests were met by Turan University Rector Prof Olga Remizova, Vice-Rector for R&D and "
         "Sport Prof Dana Lund and others.",
         {("Olga Remizova", "rector", "Turan University"), ("Olga Remizova", "prof", None),
          ("Dana Lund", "vice-rector for r&d and sport", "Turan University"),
          ("Dana Lund", "prof", None)}),
        ("Olga Remizova,Rector of Turan University, spoke.",
         {("Olga Remizova", "rector", "Turan University")}),
        ("Olga Remizova, Board Chairman of Turan University, spoke.",
         {("Olga Remizova", "board chairman", "Turan University")}),
        ("Olga Remizova, President of the Oslo-based Turan University, spoke.",
         {("Olga Remizova", "president", "Turan University")}),
        ("Turan University's Faculty of Maps and Science Dean Olga Remizova spoke.",
         {("Olga Remizova", "dean", "Faculty of Maps and Science")}),
        ("Olga Remizova, the Economic and Trade Counsellor, spoke.",
         {("Olga Remizova", "economic and trade counsellor", None)}),
    ],
)  # fmt: skip
def test_titles_and_degrees_beside_a_post(
    tell: Tell, text: str, posts: set[tuple[str, str, str | None]]
) -> None:
    assert tell(text).posts == posts


def test_a_deputy_named_behind_the_chief_has_the_same_body(tell: Tell) -> None:
    told = tell("Dana Lund, Director of Turan Museum, Olga Remizova, Deputy Director, spoke.")
    assert ("Olga Remizova", "deputy director", "Turan Museum") in told.posts


def test_a_unit_in_lower_case_between_a_post_and_its_body(tell: Tell) -> None:
    told = tell("The director of the translation department of Turan Club Olga Remizova spoke.")
    assert told.posts == {("Olga Remizova", "director", "translation department")}
    assert told.part_of == {("translation department", "Turan Club")}


def test_what_the_text_states_goes_before_what_its_context_tells(tell: Tell) -> None:
    told = tell(
        "Vice-Rector Olga Remizova of Turan University came to Baihe University. "
        "Vice-Rector Olga Remizova spoke."
    )
    assert told.posts == {("Olga Remizova", "vice-rector", "Turan University")}


def test_a_unit_is_no_field_of_a_post(tell: Tell) -> None:
    told = tell("Dana Lund, Vice Minister of Tourism Department of Sichuan Province, spoke.")
    assert {role for _, role, _ in told.posts} == {"vice minister"}


def test_a_post_told_before_without_a_name(tell: Tell) -> None:
    told = tell("The ambassador of Peru met students. Ambassador Olga Remizova told of Peru.")
    assert told.posts == {("Olga Remizova", "ambassador", "Peru")}


def test_a_guest_has_no_post_where_the_visit_is(tell: Tell) -> None:
    told = tell("President Olga Remizova visited Turan University. President Remizova was glad.")
    assert told.posts == {("Olga Remizova", "president", None)}


def test_a_president_told_of_behind_a_university_is_its_own(tell: Tell) -> None:
    told = tell("Guests came to Turan University. President Olga Remizova met them.")
    assert told.posts == {("Olga Remizova", "president", "Turan University")}


def test_a_head_of_state_is_no_university_s_president(tell: Tell) -> None:
    told = tell("Guests came to Turan University. President Tokayev met them.")
    assert all(of is None for _, _, of in told.posts)


def test_a_post_told_again_in_short_is_one(tell: Tell) -> None:
    told = tell(
        "Olga Remizova, Ambassador Extraordinary and Plenipotentiary of Peru, came. "
        "Olga Remizova, the Ambassador, spoke."
    )
    assert told.posts == {("Olga Remizova", "ambassador extraordinary and plenipotentiary", "Peru")}


def test_others_of_whom_only_the_posts_are_told(tell: Tell) -> None:
    told = tell("They met Olga Remizova, Dean of Turan University, and the rector of the college.")
    assert told.posts == {("Olga Remizova", "dean", "Turan University")}


def test_by_its_president(tell: Tell) -> None:
    told = tell(
        "The guests of Turan University signed it while Baihe University was represented by its "
        "President Tan Zeyu."
    )
    assert ("Tan Zeyu", "president", "Baihe University") in told.posts


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (f"{ASET}, Chairman of the Board of Trustees of {K}, spoke.",
         (ASET, "chairman", f"Board of Trustees of {K}")),
        (f"They were guests of {K}, whose rector {ASET} spoke.", (ASET, "rector", K)),
        (f"Registrar {ASET} of {K} spoke.", (ASET, "registrar", K)),
        (f"{ASET}, Registrar {K}, spoke.", (ASET, "registrar", K)),
        (f"{ASET}, Dean, Faculty of Law and Prof. {MARAT} spoke.",
         (ASET, "dean", "Faculty of Law")),
        (f"{K} is old. The Rector of the University, Doctor of Maps {ASET}, spoke.",
         (ASET, "rector", K)),
        (f"{ASET} came to {U}, being President of {K}.", (ASET, "president", K)),
    ],
)  # fmt: skip
def test_whose_a_post_is(tell: Tell, text: str, post: Post) -> None:
    assert post in tell(text).posts


def test_the_owner_behind_a_holder_goes_before_the_body_before_the_post(tell: Tell) -> None:
    check(
        tell,
        f"They met Rector {ASET} of {K}, president {TAN} of {B}.",
        (ASET, "rector", K),
        (TAN, "president", B),
    )


def test_a_post_joined_to_one_before_stays_with_its_holder(tell: Tell) -> None:
    check(
        tell,
        f"They met {ASET}, dean of {K} and rector of {U}, {TAN}, president of {B}.",
        (ASET, "dean", K),
        (ASET, "rector", U),
        (TAN, "president", B),
    )


def test_the_rector_of_our_university_is_the_text_owners(tell: Tell) -> None:
    text = (
        f"{K} was visited by guests of {B}. They were met by the Rector of our university, "
        f"Doctor of Technical Sciences, Professor {ASET}."
    )
    assert (ASET, "rector", K) in tell(text).posts


def test_guests_are_received_by_the_hosts_people(tell: Tell) -> None:
    text = (
        f"{K} was visited by a delegation headed by {TAN}, President of {B}. "
        f"Colleagues from China were welcomed by the Vice-Rector {ASET}."
    )
    assert (ASET, "vice-rector", K) in tell(text).posts


def test_a_deputy_governs_the_territory_that_a_text_tells_of(tell: Tell) -> None:
    text = f"The Akim of Pavlodar Region {MARAT} spoke. The deputy akim {ASET} left."
    assert (ASET, "deputy akim", "Pavlodar Region") in tell(text).posts


def test_a_traveller_has_one_post_of_those_that_only_the_context_tells(tell: Tell) -> None:
    text = f"{K} is old. President {TAN} spoke. In {U} he ate. In {B} President {TAN} spoke."
    assert len([post for post in tell(text).posts if post[0] == TAN]) == 1


def test_the_embassy_that_nobody_names_has_a_counsellor(tell: Tell) -> None:
    told = tell(f"They ate in the Embassy. Counsellor {TAN} spoke.")
    assert told.posts == {(TAN, "counsellor", "Embassy")}
    assert told.types["Embassy"] == "DiplomaticMission"


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("Extraordinary and Plenipotentiary Ambassador of Peru Ramon Silva Torres spoke.",
         ("Ramon Silva Torres", "extraordinary and plenipotentiary ambassador", "Peru")),
        ("Head of the Water Department of the Ministry of Trade and Health Tural Kemelov spoke.",
         ("Tural Kemelov", "head", "Water Department of the Ministry of Trade and Health")),
        (f"Head of the Department of Chemistry of {K}, docent, {ASET}, spoke.",
         (ASET, "head", f"Department of Chemistry of {K}")),
        (f"Chairman of the Alder Association and Rector of {K} {ASET} spoke.",
         (ASET, "chairman", "Alder Association")),
        (f"They visited the College of Letters of {K}. Dean {ASET} spoke.",
         (ASET, "dean", f"College of Letters of {K}")),
        (f"{ASET}, director of the Water Department, and {MARAT}, its deputy director, spoke.",
         (MARAT, "deputy director", "Water Department")),
        (f"The dean for academic affairs of the National Law University {ASET} spoke.",
         (ASET, "dean for academic affairs", "National Law University")),
        (f"The first Vice-Rector {ASET} spoke.", (ASET, "first vice-rector", None)),
        ("Among them was the Ambassador of Italy, Dorino Pelva, and others.",
         ("Dorino Pelva", "ambassador", "Italy")),
        ("Rector L.Duisenov spoke.", ("L.Duisenov", "rector", None)),
    ],
)  # fmt: skip
def test_in_the_lists_of_guests(tell: Tell, text: str, post: Post) -> None:
    assert post in tell(text).posts


@pytest.mark.parametrize(
    "text",
    [
        f"{ASET}, Minister of Education, spoke. Minister {ASET} left.",
        f"{ASET}, minister of education arrived.",
    ],
)
def test_a_post_is_told_once_and_without_a_verb(tell: Tell, text: str) -> None:
    assert {role for _, role, _ in tell(text).posts} == {"minister of education"}
