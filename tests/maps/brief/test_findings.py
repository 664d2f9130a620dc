import networkx as nx

from kg.maps.brief.findings import findings


def entry(quote, source="https://news.example.org/1"):
    return {"quote": quote, "title": "Report", "source": source, "date": "2024-05-01"}


def network():
    found = nx.Graph()
    found.add_node("jin", label="Jinhe University", country="CN")
    planned = {
        "name": "Memorandum of J and T",
        "status": "planned",
        "day": "",
        "evidence": [entry("They plan a memorandum.")],
    }
    found.add_node("tul", label="Tulpar University", country="KZ", agreements=[planned])
    found.add_node("sam", label="Samal University", country="KZ")
    found.add_edge(
        "jin",
        "tul",
        weight=0.8,
        kinds=["agreement", "facility"],
        first="2023-02-01",
        last="2024-05-01",
        years=[2023, 2024],
        confidence=0.9,
        reports=2,
        evidence=[entry("They signed.")],
    )
    found.add_edge(
        "jin",
        "sam",
        weight=0.2,
        kinds=["event"],
        first="2024",
        last="2024",
        years=[2024],
        confidence=0.6,
        reports=1,
        evidence=[entry("They met.", "javascript:alert(1)")],
    )
    return found


def told(title):
    [finding] = [each for each in findings(network()) if each.title.startswith(title)]
    return finding.sentences


def test_the_strongest_partners_come_first_with_their_sentences():
    [first] = told("Strongest")  # who only met is no partner
    assert first.text == (
        "Jinhe University and Tulpar University: "
        "agreement and joint facility, February 2023 to May 2024."
    )
    assert [note.quote for note in first.notes] == ["They signed."]


def test_new_is_what_no_earlier_year_has():
    [only] = told("New in 2024")
    assert only.text.startswith("Jinhe University and Samal University: event")
    assert only.notes[0].source == ""  # no address that a browser should open


def test_bridges_are_counted_by_partners_abroad():
    first = told("Who bridges")[0]
    assert first.text == (
        "Jinhe University is tied to 1 institution of Kazakhstan, by agreement and joint facility."
    )


def test_a_promise_is_open_until_a_report_calls_it_signed():
    [only] = told("Open promises")
    assert only.text == "Memorandum of J and T is planned; no report calls it signed."
    assert only.notes[0].quote == "They plan a memorandum."


def test_what_is_uncertain_is_said():
    counts, unsure = told("What is uncertain")
    assert counts.text.startswith("Of 2 ties, 1 rest on a single report and 0 have no date")
    assert "Samal University was read with confidence 0.60" in unsure.text


def test_every_sentence_has_a_note_unless_it_says_that_there_is_nothing():
    for finding in findings(network()):
        assert all(sentence.notes for sentence in finding.sentences)
    empty = [sentence.text for finding in findings(nx.Graph()) for sentence in finding.sentences]
    assert len(empty) == 5
