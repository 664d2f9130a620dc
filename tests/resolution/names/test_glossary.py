from kg.extraction.record import Entity
from kg.resolution.names.glossary import glossary


def university(name: str, *aliases: str) -> Entity:
    return Entity("e1", "University", name, aliases)


def test_an_explained_acronym_is_written_out_alone_and_inside_names() -> None:
    known = glossary([university("Amber Banking University", "ABU")])
    assert known.full("ABU") == "Amber Banking University"
    assert known.expanded("ABU Institute") == "Amber Banking University Institute"


def test_an_acronym_that_nobody_explains_means_the_only_name_with_its_letters() -> None:
    known = glossary([university("Amber Banking University")])
    assert known.full("ABU") == "Amber Banking University"
    assert known.expanded("ABU Institute") == "ABU Institute"


def test_an_acronym_with_two_readings_is_left_alone() -> None:
    names = ["Amber Banking University", "Altai Business University"]
    assert glossary([university(name) for name in names]).full("ABU") == "ABU"
    told = [university(name, "ABU") for name in names]
    assert glossary(told).full("ABU") == "ABU"


def test_a_reading_told_often_outweighs_a_chance_one() -> None:
    told = [university("Amber Banking University", "ABU")] * 2
    known = glossary([*told, university("Altai Business University")])
    assert known.full("ABU") == "Amber Banking University"


def test_words_are_not_acronyms() -> None:
    assert glossary([]).expanded("Amber Banking University") == "Amber Banking University"
