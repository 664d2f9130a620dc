from resolution.samples import report, resolved, same, thing


def test_a_consulate_is_one_under_all_its_names() -> None:
    names = ("Consulate General of the People's Republic of China in Almaty",
             "Chinese Consulate General in Almaty")  # fmt: skip
    assert same(*(report(f"mission {name}") for name in names), names=names)


def test_consulates_in_two_cities_stay_apart() -> None:
    names = ("Chinese Consulate General in Almaty", "Chinese Consulate General in Aktobe")
    assert not same(*(report(f"mission {name}") for name in names), names=names)


def test_an_embassy_is_received_by_the_only_other_country_of_the_text() -> None:
    bare = report("mission Chinese Embassy", "place China", "place Kazakhstan")
    full = report("mission Chinese Embassy in Kazakhstan")
    names = ("Chinese Embassy", "Chinese Embassy in Kazakhstan")
    assert same(bare, full, names=names)
    open_case = report("mission Chinese Embassy", "place Uzbekistan", "place Kazakhstan")
    assert not same(open_case, full, names=names)


def test_a_mission_belongs_to_the_state_that_sent_it() -> None:
    name = "Chinese Embassy in Kazakhstan"
    record = report(f"mission {name}", "place Kazakhstan", located_in=[(name, "Kazakhstan")])
    assert thing(resolved(record), name).country == "CN"


def test_a_bare_consulate_is_known_by_its_head() -> None:
    posts = [("Askar Serikov", "Consul General", "Kazakhstan")]
    around = ("person Askar Serikov", "place Kazakhstan", "place Xi'an")
    located = [("Consulate General", "Xi'an")]
    bare = report("mission Consulate General", *around, posts=posts, located_in=located)
    full = report("mission Consulate General of the Republic of Kazakhstan",
                  "person Askar Serikov", "place Kazakhstan", posts=posts)  # fmt: skip
    found = resolved(bare, full)
    mission = thing(found, "Consulate General")
    assert len(mission.members) == 2
    assert mission.country == "KZ"
