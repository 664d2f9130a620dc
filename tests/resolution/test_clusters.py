from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.clusters import Clusters

HANDLES = [(f"d{number}", "e1") for number in range(8)]
FAMILIES = {handle: "person" if number < 5 else "place" for number, handle in enumerate(HANDLES)}


@given(st.lists(st.tuples(st.sampled_from(HANDLES), st.sampled_from(HANDLES))), st.randoms())
def test_clusters_do_not_depend_on_the_order_of_joins(pairs: list, random: object) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)
    one, other = Clusters(FAMILIES), Clusters(FAMILIES)
    for first, second in pairs:
        one.join(first, second, "because")
    for first, second in shuffled:
        other.join(second, first, "because")
    assert one.groups() == other.groups()


def test_families_are_never_joined() -> None:
    clusters = Clusters(FAMILIES)
    assert not clusters.join(HANDLES[0], HANDLES[7], "a mistake")
    assert not clusters.same(HANDLES[0], HANDLES[7])


def test_reasons_are_kept_through_later_joins() -> None:
    clusters = Clusters(FAMILIES)
    clusters.join(HANDLES[0], HANDLES[1], "one reason")
    clusters.join_all(HANDLES[2:4], "another reason")
    assert clusters.join(HANDLES[1], HANDLES[3], "a third")
    assert clusters.reasons(HANDLES[0]) == ("a third", "another reason", "one reason")
    assert clusters.groups("person") == [tuple(HANDLES[:4]), (HANDLES[4],)]
