from resolution.samples import report, resolved, thing


def test_known_places_have_the_gazetteers_key_and_name() -> None:
    found = resolved(report("place Nur-Sultan"), report("place Astana"), report("place PRC"))
    assert len(found.entities) == 2
    china = thing(found, "PRC")
    assert (china.key, china.name, china.country) == ("place-cn", "China", "CN")


def test_unknown_places_are_told_apart_by_country() -> None:
    def village(country: str) -> object:
        return report("place Upper Amberly", f"place {country}",
                      located_in=[("Upper Amberly", country)])  # fmt: skip

    found = resolved(village("China"), village("Kazakhstan"), village("China"))
    villages = [one for one in found.entities.values() if one.name == "Upper Amberly"]
    assert sorted((one.country, one.country_stated, len(one.members)) for one in villages) == [
        ("CN", True, 2),
        ("KZ", True, 1),
    ]
    assert all(one.key.startswith("place-x-") for one in villages)
