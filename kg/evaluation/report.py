"""The figures: precision, recall and F1 by kind, and the errors behind them by class."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.evaluation.judging import CLASSES, HIT, Judgement
from kg.evaluation.statements import KINDS, Statement

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Error:
    """A statement that was missed, made up, or told otherwise than the gold has it.

    ``error`` is one of `kg.evaluation.CLASSES`; ``gold`` and ``found`` are words, empty where
    that side has nothing.
    """

    document: str
    kind: str
    error: str
    gold: str
    found: str


@dataclass(slots=True)
class Score:
    """Counts for one kind of statement."""

    gold: int = 0
    found: int = 0
    hits: int = 0

    @property
    def precision(self) -> float:
        """Share of the found statements that the gold has; 1.0 where nothing was found."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold's statements that were found; 1.0 where there are none."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.gold + self.found
        return 2 * self.hits / total if total else 1.0


@dataclass(slots=True)
class Report:
    """Scores by kind, and every judgement behind them."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    judgements: list[Judgement] = field(default_factory=list)

    @property
    def all_errors(self) -> list[Error]:
        """Every error of every kind."""
        return [_error(one) for one in self.judgements if one.error != HIT]

    def add(
        self,
        kind: str,
        gold: Sequence[Statement],
        found: Sequence[Statement],
        judgements: Iterable[Judgement],
    ) -> None:
        """Count the statements of a kind of one document; of equal ones, one."""
        theirs, mine = ({statement.ends for statement in side} for side in (gold, found))
        score = self.scores[kind]
        score.gold += len(theirs)
        score.found += len(mine)
        score.hits += len(theirs & mine)
        self.judgements.extend(judgements)

    def table(self) -> pd.DataFrame:
        """Return one row a kind: gold, found, hits, precision, recall, f1."""
        import pandas as pd  # noqa: PLC0415 - most uses need no table

        rows = []
        for kind in KINDS:
            score = self.scores[kind]
            rows.append(
                (kind, score.gold, score.found, score.hits, round(score.precision, 3),
                 round(score.recall, 3), round(score.f1, 3))
            )  # fmt: skip
        columns = ["kind", "gold", "found", "hits", "precision", "recall", "f1"]
        return pd.DataFrame(rows, columns=columns)

    def classes(self) -> pd.DataFrame:
        """Return one row a kind: how many errors of each class; a pair counts once."""
        import pandas as pd  # noqa: PLC0415 - most uses need no table

        counts = Counter((one.kind, one.error) for one in self.judgements)
        rows = [(kind, *(counts[kind, error] for error in CLASSES)) for kind in KINDS]
        return pd.DataFrame(rows, columns=["kind", *CLASSES])

    def errors(self, kind: str) -> pd.DataFrame:
        """Return the errors of a kind, each with its class and what the two sides say.

        Raises
        ------
        UsageError
            If there is no such kind.
        """
        import pandas as pd  # noqa: PLC0415 - most uses need no table

        if kind not in KINDS:
            raise UsageError(f"unknown kind {kind!r}", remedy=f"one of: {', '.join(KINDS)}")
        found = sorted(
            (e for e in self.all_errors if e.kind == kind),
            key=lambda e: (e.document, CLASSES.index(e.error), e.gold, e.found),
        )
        rows = [(e.document, e.error, e.gold, e.found) for e in found]
        return pd.DataFrame(rows, columns=["document", "error", "gold", "found"])


def _error(judgement: Judgement) -> Error:
    gold, found = (one.words if one else "" for one in (judgement.gold, judgement.found))
    return Error(judgement.document, judgement.kind, judgement.error, gold, found)
