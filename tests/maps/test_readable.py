import pytest

from kg.maps import readable


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2019-03-04", "2025-09-22", "March 2019 to September 2025"),
        ("2025-03-01", "2025-09-22", "March to September 2025"),
        ("2025-09-01", "2025-09-22", "September 2025"),
        ("2025-09-22", "2025-09-22", "22 September 2025"),
        ("2019", "2025-09-22", "2019 to September 2025"),
        ("2019", "2019", "2019"),
        ("", "2025-09-22", "22 September 2025"),
        ("", "", ""),
        ("long ago", "lately", "long ago to lately"),
    ],
)
def test_spans(first, last, words):
    assert readable.span(first, last) == words


def test_kinds_of_institution():
    assert readable.kind("GovernmentBody") == "Government body"
    assert readable.kind("Enterprise") == "Company"
    assert readable.kind("SomethingNew") == "Something new"
    assert readable.kind("") == "Kind not known"


def test_countries():
    assert readable.country("KZ") == "Kazakhstan"
    assert readable.country("cn") == "China"
    assert readable.country("QQ") == "QQ"
    assert readable.country("") == "Country not known"
