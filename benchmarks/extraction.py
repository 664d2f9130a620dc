"""Words a second of the extraction, beside the same spaCy pipeline run bare on the same texts.

Bare means `nlp.pipe` with all components of the language model, parser included. Both are measured
in turn, several times, in processor time of one process; the ratio is of their medians.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy

from kg.documents.document import Document
from kg.documents.sources import read
from kg.extraction.pipeline import load
from kg.extraction.version import DEFAULT_MODEL

CORPUS = Path(__file__).parents[1] / "corpus"
GOAL = 1.0


def seconds(run: Callable[[], Iterable[object]]) -> float:
    """Return the processor time of running something to its end."""
    begun = time.process_time()
    for _ in run():
        pass
    return time.process_time() - begun


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="on a part of the texts")
    short = parser.parse_args().short
    rounds = 2 if short else 5
    documents = [one for one in read(CORPUS) if isinstance(one, Document)]
    documents = documents[:12] if short else documents
    texts = [document.text for document in documents]
    words = sum(len(text.split()) for text in texts)
    extractor, bare = load(), spacy.load(DEFAULT_MODEL)
    runs: dict[str, Callable[[], Iterable[object]]] = {
        "bare spaCy pipeline": lambda: bare.pipe(texts, batch_size=32),
        "extraction": lambda: extractor.pipe(documents),
    }
    for run in runs.values():  # the first time fills caches
        seconds(run)
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            times[name].append(seconds(run))
    speed = {name: words / statistics.median(found) for name, found in times.items()}
    print(f"{words:,} words of {len(texts)} texts, {rounds} rounds, words a second:")
    for name, figure in speed.items():
        print(f"  {name:<22} {figure:>9,.0f}")
    ratio = speed["extraction"] / speed["bare spaCy pipeline"]
    print(f"  {'ratio':<22} {ratio:>9.2f}   (goal: at least {GOAL:.1f})")


if __name__ == "__main__":
    main()
