"""How long a name is looked for: 100,000 invented names, typed letter by letter and with errors.

Run with ``python benchmarks/search.py``; it prints milliseconds of the processor; ``--names``
and ``--questions`` take other numbers. Ends with status 1 if 95 in 100 do not end in 50 ms.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from kg.search.index import Index, Name, make

SYLLABLES = [
    one + two for one in ("b", "ch", "d", "g", "j", "k", "m", "n") for two in ("a", "en", "u")
]
ENDS = ("大学", "университет", "Institute", "Academy", "Ministry", "Университеті", "Bureau")
GOAL = 50.0


def invented(random_: random.Random, key: int) -> Name:
    """Return a name of two words and an ending in one of three scripts."""
    words = ["".join(random_.choices(SYLLABLES, k=random_.randint(2, 4))) for _ in range(2)]
    label = f"{words[0].title()} {words[1].title()} {random_.choice(ENDS)}"
    return Name(f"org-x-{key:08x}", label, "org", label, random_.randint(1, 50))


def mistyped(random_: random.Random, name: str) -> str:
    """Return the name with two letters exchanged and one left out."""
    at = random_.randrange(1, 6)
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    gone = random_.randrange(7, 10)
    return swapped[:gone] + swapped[gone + 1 :]


def main() -> int:
    """Measure, print, and say whether the goal is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--names", type=int, default=100_000)
    options.add_argument("--questions", type=int, default=300)
    options.add_argument("--short", action="store_true", help="10,000 names, 100 questions")
    given = options.parse_args()
    if given.short:
        given.names, given.questions = 10_000, 100
    random_ = random.Random(7)
    names = [invented(random_, key) for key in range(given.names)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.sqlite"
        begun = time.perf_counter()
        make(path, names, ())
        print(f"{given.names:,} names indexed in {time.perf_counter() - begun:.1f} s")
        index = Index(path)
        index.names("warm-up for the list of names")
        asked = random_.sample(names, given.questions)
        kinds = {
            "first four letters": [(one, one.label[:4]) for one in asked],
            "whole name": [(one, one.label) for one in asked],
            "with typing errors": [(one, mistyped(random_, one.label)) for one in asked],
        }
        slow = False
        for kind, questions in kinds.items():
            taken, found = [], 0
            for one, text in questions:
                begun = time.process_time()
                keys = {name.key for name in index.names(text)}
                taken.append(1000 * (time.process_time() - begun))
                found += one.key in keys
            p95 = statistics.quantiles(taken, n=20)[-1]
            slow |= p95 > GOAL
            print(
                f"{kind:20} median {statistics.median(taken):6.1f} ms   p95 {p95:6.1f} ms   "
                f"in the first ten {found / len(questions):.1%}"
            )
        index.close()
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
