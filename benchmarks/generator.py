"""Realistic reports of any number, each with the record that a perfect extractor would give.

The reports of one seed are the same everywhere. As in the press, a few people and institutions
are in the news every day and most of them once: names are drawn from a pool that grows with the
square root of the number of reports, after Zipf's law.

    python benchmarks/generator.py 1000 folder      writes 1,000 text files
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import isqrt
from pathlib import Path

from kg.documents.document import Document
from kg.extraction.record import Agreement, Entity, Event, Position, Record, Span

_GIVEN = (
    "Aigul Aibek Alisher Anara Arman Askar Asel Baurzhan Bolat Dana Daniyar Dinara Erlan Gulnara "
    "Kairat Kanat Laura Madina Marat Nurlan Saule Serik Timur Zhanar Wei Jing Lei Fang Min Jun "
    "Qiang Yan Hui Ling Tao Xin Bo Hao"
).split()
_SYLLABLES = (
    "Abd Akh Ali Bai Bek Dos Erm Ibr Iss Kar Kass Kenzh Mukh Nur Omar Orazb Sad Sap Seit Suley "
    "Tast Tul Usen Yerm Zhaks Zhum"
).split()
_ENDINGS = "anov ayev enov enko imov in kulov man ov ova rakhimov uly yeva zhanov".split()
_TOWNS = (
    "Almaty Astana Shymkent Karaganda Aktobe Pavlodar Semey Atyrau Kostanay Oral Taraz Beijing "
    "Chengdu Xi'an Lanzhou Urumqi Wuhan Nanjing Tianjin Harbin Shanghai Chongqing"
).split()
_FIELDS = (
    "Technical Agricultural Medical Pedagogical Polytechnic Normal Economic Mining Petroleum "
    "Transport Law Engineering"
).split()
_ROLES = ("Rector", "Vice-Rector", "Dean", "Director", "Deputy Minister", "Chairman", "Professor")
_EVENTS = {"Forum": "forum", "Conference": "conference", "Seminar": "seminar", "Meeting": "meeting"}
_TOPICS = (
    "the exchange of students", "water management", "joint doctorates", "digital agriculture",
    "the training of teachers", "renewable energy", "logistics along the corridor", "archaeology",
)  # fmt: skip
_FILLERS = (
    "Those present asked how many students would take part and who would pay for their travel.",
    "It was noted that such work takes years, and that its results are seen only later.",
    "Guests were shown the library, the new laboratories and a dormitory for 300 students.",
    "Earlier talks had been put off twice, once for the weather and once for want of a hall.",
    "A working group is to prepare a list of subjects, with dates and those responsible.",
    "Journalists were told that a second part of the programme would follow in another city.",
)  # fmt: skip


@dataclass(slots=True)
class _Text:
    """A text that is being written, and where its entities are named."""

    words: str = ""
    mentions: dict[str, list[Span]] = field(default_factory=dict)

    def add(self, *parts: str | tuple[str, str]) -> Span:
        """Write a sentence; a pair is an entity's id and the name to write."""
        start = len(self.words)
        for part in parts:
            if isinstance(part, tuple):
                id, name = part
                span = (len(self.words), len(self.words) + len(name))
                self.mentions.setdefault(id, []).append(span)
                self.words += name
            else:
                self.words += part
        end = len(self.words)
        self.words += " "
        return start, end


def report(number: int, of: int, seed: int = 1) -> tuple[Document, Record]:
    """Return one report with its record.

    Parameters
    ----------
    number, of : int
        Which of how many.
    seed : int
        Reports of another seed are about other people.
    """
    chance = random.Random(f"{seed}-{number}")
    pool = 40 + 4 * isqrt(of)
    people = [_person(_zipf(chance, pool * 2), seed) for _ in range(3)]
    houses = [_university(_zipf(chance, pool), seed) for _ in range(2)]
    town, kind = chance.choice(_TOWNS), chance.choice(list(_EVENTS))
    day = date(2015, 1, 1) + timedelta(days=chance.randrange(4000))
    ids = [f"e{n}" for n in range(1, 7)]
    names = dict(zip(ids, (*people, *houses, town), strict=True))
    named = {id: (id, name) for id, name in names.items()}
    roles, topic, text = chance.sample(_ROLES, 2), chance.choice(_TOPICS), _Text()
    held = f"{day.strftime('%B')} {day.day}, {day.year}"
    gathered = text.add(f"A {_EVENTS[kind]} on {topic} took place in ", named["e6"], f" on {held}.")
    posts = [
        text.add(named[who], f", {role} of ", named[house], f", spoke of {topic}.")
        for who, role, house in (("e1", roles[0], "e4"), ("e2", roles[1], "e5"))
    ]
    came = text.add("Among the guests was ", named["e3"], ".")
    for filler in chance.sample(_FILLERS, chance.randrange(2, len(_FILLERS))):
        text.add(filler)
    signed = text.add(named["e4"], " and ", named["e5"], " signed a memorandum of understanding.")
    types = {"e4": "University", "e5": "University", "e6": "Place"}
    entities = tuple(
        Entity(id, types.get(id, "Person"), names[id], (), tuple(text.mentions[id]), 0.95)
        for id in ids
    )
    event = Event(
        "v1", kind, date=day.isoformat(), places=("e6",), participants=("e1", "e2", "e3"),
        evidence=gathered, confidence=0.9,
        evidence_of={"e1": posts[0], "e2": posts[1], "e3": came},
    )  # fmt: skip
    address = f"https://news.example.org/{seed}/{number}"
    title = f"{_EVENTS[kind].capitalize()} on {topic} in {town}"
    published = (day + timedelta(days=1)).isoformat()
    document = Document(
        f"report-{number:07d}", text.words.strip(), "en", address, address, title, published
    )
    record = Record(
        document.id, "en", address, title, published, "generator 1", entities,
        tuple(
            Position(who, role, house, post, 0.95)
            for who, role, house, post in zip(("e1", "e2"), roles, ("e4", "e5"), posts, strict=True)
        ),
        (event,),
        (Agreement("a1", "Memorandum", ("e4", "e5"), day.isoformat(), evidence=signed),),
    )  # fmt: skip
    return document, record


class Knowing:
    """An extractor that knows the reports of the generator: what is measured is all but reading."""

    version = "generator 1"

    def __init__(self, of: int, seed: int = 1):
        self._of, self._seed = of, seed

    def pipe(self, documents: Iterable[Document]) -> Iterator[Record]:
        """Yield the record of each report, in order."""
        for document in documents:
            yield report(int(document.id.rpartition("-")[2]), self._of, self._seed)[1]


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Write reports as text files with front matter, a thousand to a folder."""
    for number in range(count):
        document, _ = report(number, count, seed)
        path = folder / f"{number // 1000:04d}" / f"{document.id}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = (
            f"title: {document.title}\nsource: {document.source}\npublished: {document.published}"
        )
        path.write_text(f"---\n{head}\n---\n\n{document.text}\n", encoding="utf-8")


def _zipf(chance: random.Random, pool: int) -> int:
    """Return a rank from 0 to below `pool`, the first the likeliest."""
    return int(pool ** chance.random()) - 1


def _person(rank: int, seed: int) -> str:
    chance = random.Random(f"person-{seed}-{rank}")
    surname = (
        chance.choice(_SYLLABLES)
        + chance.choice(["", "a", "e", "i", "u"])
        + chance.choice(_ENDINGS)
    )
    return f"{chance.choice(_GIVEN)} {surname}"


def _university(rank: int, seed: int) -> str:
    chance = random.Random(f"university-{seed}-{rank}")
    founder = chance.choice(_SYLLABLES) + chance.choice(_ENDINGS)
    return f"{founder} {chance.choice(_FIELDS)} University"


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
