"""How well confidences keep what they promise, and the weights that make them keep it.

``python -m kg.evaluation.calibration FOLDER…`` fits the weights on annotated texts, writes them
into the package, and prints what they are worth on texts that were held out.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.evaluation.corpus import Extractor, Sample, compare, samples
from kg.evaluation.judging import HIT
from kg.evaluation.report import Report
from kg.extraction import calibration as model
from kg.extraction.calibration import KINDS, Features, Weights
from kg.extraction.pipeline import Extractor as Rules
from kg.extraction.pipeline import load

if TYPE_CHECKING:
    import pandas as pd


BINS = 10
FOLDS = 10
_PENALTY = 3.0
_STEPS = 50
_TARGET = Path(model.__file__).parent / "data" / "en" / "calibration.csv"
_HEAD = """\
# How sure each kind of statement is: weights of a logistic regression over what a record shows of
# it. Made from {texts} annotated texts by `make calibrate`; do not edit by hand.
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """A statement that was extracted: what is shown of it, how sure it was, whether it is right."""

    document: str
    kind: str
    features: Features
    confidence: float
    right: bool


def trials(samples: Iterable[Sample]) -> list[Trial]:
    """Return every statement that was extracted, with whether the gold has it."""
    return [trial for sample in samples for trial in _trials(sample)]


def _trials(sample: Sample) -> Iterator[Trial]:
    report = Report()
    compare(sample.document.id, sample.gold, sample.found, report)
    view = model.View(sample.found)
    for one in report.judgements:
        if one.found is not None and one.kind in KINDS:
            shown = view.features(one.kind, one.found.item, one.found.part)
            right = one.error == HIT
            yield Trial(one.document, one.kind, shown, one.found.confidence, right)


def fit(trials: Sequence[Trial]) -> Weights:
    """Return weights for each kind: logistic regression with an L2 penalty, by Newton's method.

    The penalty is that of a normal prior with variance 1/3 on all weights but the intercept's.
    """
    by_kind: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_kind[trial.kind].append(trial)
    return {kind: _fit(by_kind[kind]) for kind in KINDS if by_kind[kind]}


def _fit(trials: Sequence[Trial]) -> dict[str, float]:
    names = sorted({name for trial in trials for name in trial.features})
    shown = np.array([[trial.features.get(name, 0.0) for name in names] for trial in trials])
    right = np.array([float(trial.right) for trial in trials])
    hits = right.sum()
    # Platt's targets, so that what was always right is not promised for certain.
    target = np.where(right, (hits + 1) / (hits + 2), 1 / (len(right) - hits + 2))
    penalty = np.array([0.0 if name == "bias" else _PENALTY for name in names])
    found = np.zeros(len(names))
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(shown @ found, -30, 30)))
        gradient = shown.T @ (chance - target) + penalty * found
        hessian = (shown * (chance * (1 - chance))[:, None]).T @ shown + np.diag(penalty + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        found -= step
        if np.abs(step).max() < 1e-8:
            break
    return {name: round(float(weight), 4) for name, weight in zip(names, found, strict=True)}


def held_out(trials: Sequence[Trial], folds: int = FOLDS) -> list[Trial]:
    """Return the trials with the confidences that weights fitted on other documents give them."""
    documents = sorted({trial.document for trial in trials})
    fold = {document: number % folds for number, document in enumerate(documents)}
    told = []
    for number in range(folds):
        weights = fit([trial for trial in trials if fold[trial.document] != number])
        told += [_told(trial, weights) for trial in trials if fold[trial.document] == number]
    return told


def _told(trial: Trial, weights: Weights) -> Trial:
    known = weights.get(trial.kind)
    if known is None:
        return trial
    return replace(trial, confidence=model.probability(known, trial.features))


def reliability(trials: Iterable[Trial], kind: str) -> pd.DataFrame:
    """Return one row for each tenth of the scale that a kind's confidences fall into.

    Columns: from, to, statements, confidence (their mean), right (the share that is).
    """
    import pandas as pd  # noqa: PLC0415 - most uses need no table

    if kind not in KINDS:
        raise UsageError(f"unknown kind {kind!r}", remedy=f"one of: {', '.join(KINDS)}")
    confidence, right = _arrays(trial for trial in trials if trial.kind == kind)
    rows = [
        (at / BINS, (at + 1) / BINS, int(size), round(sure, 3), round(hits, 3))
        for at, size, sure, hits in _bins(confidence, right)
    ]
    return pd.DataFrame(rows, columns=["from", "to", "statements", "confidence", "right"])


def ece(trials: Iterable[Trial]) -> float:
    """Return the expected calibration error of some confidences.

    The mean difference between confidence and share of hits over ten bins of equal width,
    weighted by how many statements a bin has (Naeini et al., 2015; Guo et al., 2017); 0.0 for
    no statements.
    """
    return _ece(*_arrays(trials))


def chance(trials: Iterable[Trial], draws: int = 200) -> float:
    """Return the error that perfect confidences would show on so few statements, on average."""
    confidence, _ = _arrays(trials)
    dice = np.random.default_rng(0)
    thrown = (dice.random(len(confidence)) < confidence for _ in range(draws))
    return float(np.mean([_ece(confidence, one.astype(float)) for one in thrown]))


def _arrays(trials: Iterable[Trial]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    pairs = [(trial.confidence, float(trial.right)) for trial in trials]
    both = np.array(pairs, dtype=float).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _ece(confidence: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    rows = _bins(confidence, right)
    return sum(size * abs(sure - hits) for _, size, sure, hits in rows) / max(1, len(right))


def _bins(
    confidence: NDArray[np.float64], right: NDArray[np.float64]
) -> list[tuple[int, int, float, float]]:
    """Return the bins that are not empty: number, size, mean confidence, share of hits."""
    place = np.minimum((confidence * BINS + 1e-9).astype(int), BINS - 1)
    found = []
    for number in sorted(set(place.tolist())):
        inside = place == number
        means = float(confidence[inside].mean()), float(right[inside].mean())
        found.append((number, int(inside.sum()), *means))
    return found


def table(shipped: Sequence[Trial], refitted: Sequence[Trial]) -> pd.DataFrame:
    """Return one row a kind: how sure, how right, and the calibration errors.

    ``ece`` is that of the confidences as they are, ``held out`` that of confidences fitted on the
    other documents, ``by chance`` what perfect confidences would show on as many statements.
    """
    import pandas as pd  # noqa: PLC0415 - most uses need no table

    rows = []
    for kind in KINDS:
        mine = [trial for trial in shipped if trial.kind == kind]
        fair = [trial for trial in refitted if trial.kind == kind]
        confidence, right = _arrays(mine)
        means = [round(float(one.mean()), 3) if mine else None for one in (confidence, right)]
        errors = [round(one, 3) for one in (ece(mine), ece(fair), chance(fair))]
        rows.append((kind, len(mine), *means, *errors))
    columns = ["kind", "statements", "confidence", "right", "ece", "held out", "by chance"]
    return pd.DataFrame(rows, columns=columns)


def measured(corpus: Sequence[str | Path], extractor: Extractor) -> tuple[list[Trial], list[Trial]]:
    """Return the statements of some folders as they are told, and as held-out weights tell them."""
    if isinstance(extractor, Rules):
        raw = samples(corpus, extractor.uncalibrated())
        told = [replace(one, found=extractor.calibrated(one.found)) for one in raw]
    else:
        raw = told = samples(corpus, extractor)
    return trials(told), held_out(trials(raw))


def write(weights: Weights, path: Path, texts: int) -> None:
    """Write weights where the extraction finds them."""
    lines = [_HEAD.format(texts=texts), "kind,feature,weight\n"]
    lines += [
        f"{kind},{name},{weight:g}\n"
        for kind, known in weights.items()
        for name, weight in known.items()
    ]
    path.write_text("".join(lines), encoding="utf-8")


def main(folders: Sequence[str]) -> None:
    """Fit the weights on annotated texts, write them, and print what they are worth."""
    raw = samples(folders, load().uncalibrated())
    tried = trials(raw)
    weights: Mapping[str, Mapping[str, float]] = fit(tried)
    write(weights, _TARGET, len(raw))
    shipped = [_told(trial, weights) for trial in tried]
    fair = held_out(tried)
    print(table(shipped, fair).to_string(index=False))
    print(f"all kinds, held out: {ece(fair):.3f} ({len(raw)} texts)")


if __name__ == "__main__":
    main(sys.argv[1:])
