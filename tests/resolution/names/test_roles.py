import pytest

from kg.resolution.names.roles import role_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Consul-General", "consul general"),
        ("Vice-Rector", "Prorector"),
        ("Vice Minister of Education", "Deputy Minister of Education"),
        ("Adviser to the Akim", "advisor to the Akim"),
    ],
)
def test_one_post_has_one_wording(one: str, other: str) -> None:
    assert role_key(one) == role_key(other)


def test_rank_is_part_of_the_post() -> None:
    assert role_key("Deputy Akim") != role_key("Akim")
