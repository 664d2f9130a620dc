import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.places import Place, adjective, countries_named, get, lookup


def key(name: str) -> str | None:
    place = lookup(name)
    return place.key if place else None


# Keys are ISO 3166 codes; the figures of cities are their ids in GeoNames.
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kazakhstan", "kz"),
        ("the Republic of Kazakhstan", "kz"),
        ("PRC", "cn"),
        ("People's Republic of China", "cn"),
        ("People’s Republic of China", "cn"),
        ("United States", "us"),
        ("USA", "us"),
        ("Georgia", "ge"),
        ("Sichuan", "cn-sc"),
        ("Sichuan Province", "cn-sc"),
        ("province of Sichuan", "cn-sc"),
        ("Xinjiang Uygur Autonomous Region", "cn-xj"),
        ("Almaty Region", "kz-19"),
        ("Almaty Oblast", "kz-19"),
        ("Turkestan Region", "kz-61"),
        ("Almaty", "city-1526384"),
        ("almaty", "city-1526384"),
        ("City of Almaty", "city-1526384"),
        ("Astana", "city-1526273"),
        ("Nur-Sultan", "city-1526273"),
        ("Xi'an", "city-1790630"),
        ("Xi’an", "city-1790630"),
        ("Central Asia", "area-central-asia"),
    ],
)
def test_lookup(name: str, expected: str) -> None:
    assert key(name) == expected


@pytest.mark.parametrize("name", ["", " ", "Atlantis", "Lund Amber", "Kazakhstani", "Province"])
def test_lookup_of_no_place(name: str) -> None:
    assert lookup(name) is None


def test_a_city_and_the_region_of_its_name_are_two() -> None:
    city, region = lookup("Almaty"), lookup("Almaty Region")
    assert city is not None
    assert region is not None
    assert (city.kind, region.kind) == ("city", "region")
    assert city.country == region.country == "KZ"
    assert city.parent == region.parent == "kz"


def test_a_city_is_no_republic() -> None:
    assert lookup("Republic of Almaty") is None


def test_an_area_lies_in_no_country() -> None:
    area = lookup("Central Asia")
    assert area is not None
    assert (area.kind, area.country, area.parent) == ("area", None, None)


def test_places_tell_where_they_are() -> None:
    place = get("city-1526384")
    assert (place.name, place.kind, place.geonames) == ("Almaty", "city", 1526384)
    assert place.latitude == pytest.approx(43.25, abs=0.1)
    assert place.longitude == pytest.approx(76.9, abs=0.1)


def test_a_key_gives_the_place_that_a_name_gives() -> None:
    for name in ("Kazakhstan", "Sichuan", "Oslo", "Central Asia"):
        place = lookup(name)
        assert place is not None
        assert get(place.key) == place


def test_an_unknown_key_is_told() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        get("nowhere")


def test_a_place_is_frozen() -> None:
    with pytest.raises(AttributeError):
        Place("kz", "Kazakhstan", "country").name = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("word", "country"),
    [("Kazakh", "kz"), ("Kazakhstani", "kz"), ("Chinese", "cn"), ("chinese", "cn"),
     ("Uzbek", "uz"), ("Dutch", "nl"), ("American", "us")],
)  # fmt: skip
def test_adjectives(word: str, country: str) -> None:
    place = adjective(word)
    assert place is not None
    assert place.key == country


@pytest.mark.parametrize("word", ["Amber", "China", "", "normal"])
def test_other_words_are_no_adjectives(word: str) -> None:
    assert adjective(word) is None


@pytest.mark.parametrize(
    ("name", "countries"),
    [
        ("Kazakh National Agrarian University", ("KZ",)),
        ("Sichuan Normal University", ("CN",)),
        ("University of Oslo", ("NO",)),
        ("China–Kazakhstan Institute", ("CN", "KZ")),
        ("Kazakh-German University", ("DE", "KZ")),
        ("Xi'an University of Posts", ("CN",)),
        ("German-Kazakh Institute in Almaty", ("DE", "KZ")),
        ("Amber University", ()),
        ("Council of Central Asia", ()),
        ("", ()),
    ],
)
def test_countries_that_a_name_points_to(name: str, countries: tuple[str, ...]) -> None:
    assert countries_named(name) == countries


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_words_can_be_looked_up(words: str) -> None:
    for place in (lookup(words), adjective(words)):
        assert place is None or get(place.key) == place
    assert list(countries_named(words)) == sorted(set(countries_named(words)))
