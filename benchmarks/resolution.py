"""Speed and false merges of resolution on names made by code: ``python benchmarks/resolution.py``.

A world of people and universities is drawn from lists of surnames, given names and places; each
is named in several reports, written as reports do: in Latin, Russian, Kazakh or Chinese letters,
surname first or last, with initials, a hyphen, or another romanisation. Many people share a name
with somebody else. Nothing here is real, and nothing of it is known to the resolver beforehand.

Printed for each size: seconds, seconds for each thousand mentions, B-cubed precision and recall,
and how many pairs of people and of institutions were merged wrongly.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.record import Entity, Position, Record
from kg.resolution import resolve
from kg.resolution.measures import b_cubed
from kg.resolution.names.chinese import palladius, pinyin

_KAZAKH = [
    ("Серик", "Serik"), ("Асқар", "Askar"), ("Болат", "Bolat"), ("Нұрлан", "Nurlan"),
    ("Ерлан", "Yerlan"), ("Айдар", "Aidar"), ("Гүлнар", "Gulnar"), ("Әсел", "Assel"),
    ("Дана", "Dana"), ("Жанар", "Zhanar"), ("Қайрат", "Kairat"), ("Мұрат", "Murat"),
    ("Самат", "Samat"), ("Талғат", "Talgat"), ("Бақыт", "Bakyt"), ("Динара", "Dinara"),
    ("Ғалым", "Galym"), ("Ілияс", "Iliyas"), ("Тимур", "Timur"), ("Райхан", "Raikhan"),
]  # fmt: skip
_STEMS = [
    ("Ахмет", "Akhmet"), ("Жұмабек", "Zhumabek"), ("Оспан", "Ospan"), ("Қасым", "Kassym"),
    ("Сейіт", "Seit"), ("Нұрғали", "Nurgali"), ("Тоқтар", "Toktar"), ("Байжан", "Baizhan"),
    ("Ермек", "Yermek"), ("Дәулет", "Daulet"), ("Есен", "Yessen"), ("Мырза", "Myrza"),
    ("Сапар", "Sapar"), ("Тілеу", "Tileu"), ("Шәріп", "Sharip"), ("Ыбырай", "Ybyrai"),
    ("Кенже", "Kenzhe"), ("Алдаберген", "Aldabergen"), ("Рахым", "Rakhym"), ("Үсен", "Ussen"),
    ("Жақып", "Zhakyp"), ("Базар", "Bazar"), ("Темір", "Temir"), ("Молда", "Molda"),
]  # fmt: skip
_ENDINGS = [
    ("ов", "ov"),
    ("баев", "bayev"),
    ("беков", "bekov"),
    ("жанов", "zhanov"),
    ("ханов", "khanov"),
]
_HAN_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢"
    "韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
_HAN_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建文志国海燕春梅晓东辉鹏飞宏波林峰"
)
_PLACES = [
    "Amber", "Birch", "Cedar", "Delta", "Ember", "Falcon", "Garnet", "Harbour", "Iris", "Jasper",
    "Kestrel", "Laurel", "Maple", "Nimbus", "Onyx", "Poplar", "Quartz", "Raven", "Saffron", "Topaz",
]  # fmt: skip
_FIELDS = [
    ("Technical University", "Technical University"), ("Medical University", "Medical University"),
    ("University of Economics", "Economics University"),
    ("National University", "National University"),
    ("Pedagogical University", "Pedagogical University"), ("State University", "State University"),
    ("Agricultural University", "Agrarian University"), ("University", "University"),
]  # fmt: skip
_SYLLABLES = ["ba", "ke", "lo", "mi", "nu", "pa", "re", "so", "ti", "vu"]
_POSTS = ["Rector", "Vice-Rector", "Dean", "Director", "Head of Department", "Professor"]
_NAMED = 4  # reports that name one person, on average
_HOMONYMS = 0.08


@dataclass(frozen=True, slots=True)
class _Person:
    id: str
    chinese: bool
    native: tuple[str, str]
    latin: tuple[str, str]
    posts: tuple[tuple[str, str], ...]


def world(mentions: int, seed: int = 1) -> tuple[dict[str, Record], dict[tuple[str, str], str]]:
    """Return reports that name people about so many times, and who each mention is.

    Parameters
    ----------
    mentions : int
        Mentions of people and institutions together.
    seed : int
        Of the draw; one seed gives one world.
    """
    draw = random.Random(seed)
    universities = [f"u{n}" for n in range(max(20, mentions // 40))]
    names = [_university(number) for number in range(len(universities))]
    people = list(_people(max(10, mentions // (2 * _NAMED)), universities, draw))
    records: dict[str, Record] = {}
    truth: dict[tuple[str, str], str] = {}
    for number in range(mentions // 2):
        person, key = draw.choice(people), f"d{number:06}"
        at = draw.randrange(len(person.posts))
        post, university = person.posts[at]
        body = Entity("u", "University", draw.choice(names[int(university[1:])]))
        who = Entity("p", "Person", _written(person, draw))
        records[key] = Record(id=key, entities=(who, body), positions=(Position("p", post, "u"),))
        truth[key, "p"], truth[key, "u"] = person.id, university
    return records, truth


def _people(count: int, universities: list[str], draw: random.Random) -> Iterator[_Person]:
    known: list[tuple[bool, tuple[str, str], tuple[str, str]]] = []
    for number in range(count):
        if known and draw.random() < _HOMONYMS:
            chinese, native, latin = draw.choice(known)
        else:
            chinese, native, latin = _chinese(draw) if draw.random() < 0.5 else _kazakh(draw)
            known.append((chinese, native, latin))
        first = (draw.choice(_POSTS), draw.choice(universities))
        moved = ((draw.choice(_POSTS), first[1]),) if draw.random() < 0.2 else ()
        yield _Person(f"p{number}", chinese, native, latin, (first, *moved))


def _kazakh(draw: random.Random) -> tuple[bool, tuple[str, str], tuple[str, str]]:
    given, stem, ending = draw.choice(_KAZAKH), draw.choice(_STEMS), draw.choice(_ENDINGS)
    return False, (stem[0] + ending[0], given[0]), (stem[1] + ending[1], given[1])


def _chinese(draw: random.Random) -> tuple[bool, tuple[str, str], tuple[str, str]]:
    surname = draw.choice(_HAN_SURNAMES)
    given = "".join(draw.choices(_HAN_GIVEN, k=draw.choice((1, 2, 2, 2))))
    read = ("".join(pinyin(surname)).capitalize(), "".join(pinyin(given)).capitalize())
    read = ("Zeng" if surname == "曾" else read[0], read[1])
    return True, (surname, given), read


def _written(person: _Person, draw: random.Random) -> str:
    """Return a name as some report writes it."""
    surname, given = person.latin
    if person.chinese:
        cyrillic = _in_cyrillic(person.native)
        syllables = "-".join(pinyin(person.native[1])).capitalize()
        return draw.choice(
            [f"{surname} {given}", f"{given} {surname}", f"{surname.upper()} {given}",
             f"{surname} {syllables}", "".join(person.native), cyrillic]
        )  # fmt: skip
    return draw.choice(
        [f"{given} {surname}", f"{surname} {given}", f"{given[0]}. {surname}",
         f"{person.native[1]} {person.native[0]}", f"{person.native[0]} {person.native[1]}",
         f"{given} {surname.replace('zh', 'j').replace('Zh', 'J')}"]
    )  # fmt: skip


def _in_cyrillic(native: tuple[str, str]) -> str:
    spelled = {latin: cyrillic for cyrillic, latin in palladius().items()}
    parts = ["".join(spelled.get(one, "") for one in pinyin(text)) for text in native]
    parts[0] = "цзэн" if native[0] == "曾" else parts[0]
    return " ".join(part.capitalize() for part in parts)


def _university(number: int) -> list[str]:
    """Return the ways in which reports name one university."""
    place = _PLACES[number % len(_PLACES)]
    more = number // len(_PLACES)
    field, other = _FIELDS[more % len(_FIELDS)]
    series = more // len(_FIELDS)
    town = place + "".join(_SYLLABLES[int(digit)] for digit in str(series)) if series else place
    return [f"{town} {other}", f"The {town} {other}", f"{town} {other} LLP"] + (
        [f"{town} {field}"] if not field.startswith("University of") else []
    )


def measure(mentions: int) -> dict[str, float]:
    """Resolve a world of so many mentions, and compare with the truth."""
    records, truth = world(mentions)
    began = time.perf_counter()
    keys = resolve(records, (), ()).keys
    seconds = time.perf_counter() - began
    figures: dict[str, float] = {"mentions": len(truth), "seconds": seconds}
    for kind in ("p", "u"):
        gold = {handle: label for handle, label in truth.items() if handle[1] == kind}
        found = {handle: keys[handle] for handle in gold}
        score = b_cubed(found, gold)
        figures |= {f"{kind} precision": score.precision, f"{kind} recall": score.recall}
        figures[f"{kind} merged"] = len(_merged(found, gold))
        figures[f"{kind} things"] = len(set(gold.values()))
    return figures


def _merged(
    found: dict[tuple[str, str], str], gold: dict[tuple[str, str], str]
) -> set[frozenset[str]]:
    """Return the pairs of two things of which some mentions became one."""
    inside: dict[str, set[str]] = {}
    for handle, key in found.items():
        inside.setdefault(key, set()).add(gold[handle])
    return {
        frozenset((one, other))
        for things in inside.values()
        for one in things
        for other in things
        if one < other
    }


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 30_000, 100_000])
    parser.add_argument("--short", action="store_true", help="1,000 and 3,000 mentions")
    given = parser.parse_args()
    print("mentions  seconds  s/1000  people: P      R      merged   bodies: P     R      merged")
    for size in [1_000, 3_000] if given.short else given.sizes:
        row = measure(size)
        print(
            f"{row['mentions']:8,.0f} {row['seconds']:8.1f} "
            f"{1000 * row['seconds'] / row['mentions']:7.3f} "
            f"{row['p precision']:10.4f} {row['p recall']:7.4f} {row['p merged']:6.0f}"
            f" of {row['p things']:6,.0f}"
            f"{row['u precision']:8.4f} {row['u recall']:7.4f} {row['u merged']:5.0f}"
        )


if __name__ == "__main__":
    main()
